"""What is aimed at, and whether a report meets it. One table: `rows(report)`."""


def number(value, digits=2):
    return f"{value:,.{digits}f}"


class Missing(Exception):
    """A figure that the report does not have."""


def benchmark(report, name):
    entry = report.get("benchmarks", {}).get(name, {"error": "was not run"})
    if "error" in entry:
        raise Missing(f"{name}: {entry['error']}")
    return entry


def least(report, name):
    return benchmark(report, name)["least_ns"]


def counter(report, name, key):
    return benchmark(report, name)["counters"][key]


def least_counter(name, key):
    """Of the repetition that the machine disturbed least, as of the times that are held against each other."""
    return lambda report: benchmark(report, name)["least_counters"][key]


def wrk_row(report, venue):
    rows = report.get("wrk", {}).get("rows", [])
    row = next((row for row in rows if (row["venue"], row["subject"]) == (venue, "ocokit")), {"error": "was not run"})
    if "error" in row:
        raise Missing(row["error"])
    if "ratio_requests_per_s" not in row:
        raise Missing("nginx was not measured")
    return row


def section(report, name):
    part = report.get(name) or {"error": "was not run"}
    if "error" in part:
        raise Missing(part["error"])
    return part


def ratio(what, bare):
    return lambda report: least(report, what) / least(report, bare)


def growth(name, suffix=""):
    """How many times as long it takes with a million open pairs as with a thousand."""
    return lambda report: (least(report, f"{name}/1000000{suffix}") / least(report, f"{name}/1000{suffix}"))


def signing_allocations(report):
    names = ("BingxSign", "WhitebitSignTo", "BingxRequestTo/query", "BingxRequestTo/json", "WhitebitRequestTo")
    return max(counter(report, name, "allocs/op") for name in names)


def held(report):
    idle = section(report, "idle")
    return min(idle["answered"], idle["open"]) if idle["serves"] else 0


# What a thousand times as many pairs may cost: twice the steps of a search tree, and the caches that a
# thousand pairs fit in and a million do not. Anything linear would be a thousand.
MOST_GROWTH = 10

# (what, how it is compared, its bound, unit, how it is measured). Ratios are of one run.
TARGETS = [
    ("BingX: sign / bare digest", "<=", 1.25, "x", ratio("BingxSign", "BareHmacSha256")),
    ("WhiteBIT: sign / bare digest with base64", "<=", 1.25, "x", ratio("WhitebitSignTo", "BareBase64HmacSha512")),
    ("BingX: signed request as a query / bare digest", "<=", 2.0, "x", ratio("BingxRequestTo/query", "BareHmacSha256")),
    ("BingX: signed request as JSON / bare digest", "<=", 2.0, "x", ratio("BingxRequestTo/json", "BareHmacSha256")),
    ("WhiteBIT: signed request / bare digest with base64", "<=", 1.5, "x",
     ratio("WhitebitRequestTo", "BareBase64HmacSha512")),
    ("signed requests of both venues: allocations", "<=", 0, "", signing_allocations),
    ("mock: signed WhiteBIT create in process, journal on, median", "<=", 10, "us",
     least_counter("MockCreate/whitebit", "median_us")),
    ("mock over loopback, BingX: requests a second / nginx", ">=", 0.5, "x",
     lambda report: wrk_row(report, "bingx")["ratio_requests_per_s"]),
    ("mock over loopback, BingX: p99 / nginx", "<=", 3, "x", lambda report: wrk_row(report, "bingx")["ratio_p99_us"]),
    ("mock over loopback, WhiteBIT: requests a second / nginx", ">=", 0.5, "x",
     lambda report: wrk_row(report, "whitebit")["ratio_requests_per_s"]),
    ("mock over loopback, WhiteBIT: p99 / nginx", "<=", 3, "x",
     lambda report: wrk_row(report, "whitebit")["ratio_p99_us"]),
    ("start to ready, median", "<=", 50, "ms", lambda report: section(report, "start")["median_ms"]),
    ("1,000,000 open pairs: bytes a pair", "<=", 1024, "",
     lambda report: counter(report, "EnginePlaceAndCancel/1000000", "bytes/pair")),
    ("place and cancel: 1,000,000 open pairs / 1,000", "<=", MOST_GROWTH, "x", growth("EnginePlaceAndCancel")),
    ("price that crosses nothing: 1,000,000 open pairs / 1,000", "<=", MOST_GROWTH, "x",
     growth("EngineTickThatCrossesNothing")),
    ("price that fills one pair: 1,000,000 open pairs / 1,000", "<=", MOST_GROWTH, "x",
     growth("EngineTickThatFills", "/1")),
    ("idle connections held, and a signed order taken", ">=", 10_000, "", held),
]


def rows(report):
    """A row for each target: what, bound, here, verdict; `here` is None, with `why`, when it was not measured."""
    out = []
    for what, how, bound, unit, measure in TARGETS:
        row = {"what": what, "how": how, "bound": bound, "unit": unit}
        try:
            row["here"] = round(measure(report), 3)
            row["verdict"] = "met" if (row["here"] <= bound if how == "<=" else row["here"] >= bound) else "missed"
        except Missing as error:
            row |= {"here": None, "verdict": "not measured", "why": str(error)}
        out.append(row)
    return out


def show(value, unit):
    digits = 2 if unit in ("x", "us", "ms") else 0
    return number(value, digits) + ("x" if unit == "x" else f" {unit}" if unit else "")


def table(target_rows):
    """As lines for a terminal."""
    lines = [f"{'target':<60} {'bound':>11} {'here':>11}"]
    for row in target_rows:
        sign = {"<=": "at most ", ">=": "at least "}[row["how"]]
        bound = sign + show(row["bound"], row["unit"])
        here = "-" if row["here"] is None else show(row["here"], row["unit"])
        lines.append(f"{row['what']:<58} {bound:>17} {here:>10}  {row['verdict']}"
                     + (f": {row['why']}" if "why" in row else ""))
    lines[0] = f"{'target':<58} {'bound':>17} {'here':>10}"
    return lines
