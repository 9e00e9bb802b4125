#!/usr/bin/env python3
"""Writes the figures of a report of bench.py into docs/performance.md, so that none is typed by hand.

  document.py --report F.json    keeps the report as docs/performance/report.json and writes tables and plots
  document.py --check            status 1 when they are not what the kept report says

What stands between `<!-- begin NAME -->` and `<!-- end NAME -->` is written anew.
"""

import argparse
import json
import pathlib
import re
import sys

import plot
import targets

ROOT = pathlib.Path(__file__).resolve().parent.parent
DOCUMENT = ROOT / "docs" / "performance.md"
FOLDER = ROOT / "docs" / "performance"

# (heading, (benchmark, in words)...), each group with its limit first or its rivals behind.
GROUPS = [
    ("Digests", [("BareHmacSha256", "HMAC-SHA256 from key state, BingX's text"),
                 ("EvpMacFetchedOnce/sha256", "the same, `EVP_MAC` fetched and keyed once"),
                 ("EvpMacFetchedEachTime/sha256", "the same, `EVP_MAC` fetched each time"),
                 ("OneShotHmac/sha256", "the same, `HMAC()`"),
                 ("BareHmacSha512", "HMAC-SHA512 from key state, WhiteBIT's payload"),
                 ("BareBase64HmacSha512", "the same with making the payload: base64 of the body"),
                 ("EvpMacFetchedOnce/sha512", "without it, `EVP_MAC` fetched and keyed once"),
                 ("EvpMacFetchedEachTime/sha512", "the same, `EVP_MAC` fetched each time"),
                 ("OneShotHmac/sha512", "the same, `HMAC()`")]),
    ("Requests", [("BingxSign", "BingX: sign"), ("BingxSerialize", "BingX: write the parameters"),
                  ("BingxOstringstream", "the same with std::ostringstream"),
                  ("BingxRequestTo/query", "BingX: signed request as a query, into memory used again"),
                  ("BingxRequest/query", "the same, into new strings"),
                  ("BingxRequestTo/json", "BingX: signed request as JSON, into memory used again"),
                  ("BingxRequest/json", "the same, into new strings"),
                  ("WhitebitSignTo", "WhiteBIT: sign, into memory used again"),
                  ("WhitebitSign", "the same, into new strings"),
                  ("WhitebitSerialize", "WhiteBIT: write the body"),
                  ("NlohmannBuildAndDump", "the same with nlohmann: build and dump"),
                  ("WhitebitRequestTo", "WhiteBIT: signed request, into memory used again"),
                  ("WhitebitRequest", "the same, into new strings")]),
    ("Replies", [("ClientRead/bingx", "BingX: read the reply to a placement"),
                 ("NlohmannParse/bingx", "nlohmann: parse it alone"),
                 ("ClientRead/whitebit", "WhiteBIT: read the reply to a placement"),
                 ("NlohmannParse/whitebit", "nlohmann: parse it alone")]),
    ("Decimals", [("DecimalParse", "parse"), ("DoubleStrtod", "`strtod`"), ("Int64FromChars", "`from_chars`, int64"),
                  ("DecimalAppendTo", "format"), ("DoubleSnprintf", "`snprintf`, double"),
                  ("Int64ToChars", "`to_chars`, int64"), ("Binary/decimal_add", "add"),
                  ("Binary/double_add", "add, double"), ("Binary/decimal_multiply", "multiply"),
                  ("Binary/double_multiply", "multiply, double")]),
    ("The simulator", [("BingxVerify", "BingX: read and verify a signed request"),
                       ("WhitebitVerifySignature", "WhiteBIT: verify the signature"),
                       ("WhitebitVerifyPayload", "WhiteBIT: payload against body"),
                       ("MockHttpAlone/bingx", "BingX: read and write HTTP alone"),
                       ("MockCreate/bingx_without_journal", "BingX: signed placement, bytes to bytes, no journal"),
                       ("MockCreate/bingx", "the same with the journal"),
                       ("MockHttpAlone/whitebit", "WhiteBIT: read and write HTTP alone"),
                       ("MockCreate/whitebit_without_journal",
                        "WhiteBIT: signed placement, bytes to bytes, no journal"),
                       ("MockCreate/whitebit", "the same with the journal")]),
    ("Over loopback, one connection", [("LoopbackBare/bingx", "BingX's bytes there and back, nothing done with them"),
                                       ("LoopbackBingx/http", "BingX: place with our client"),
                                       ("LoopbackBingx/tls", "the same in TLS"),
                                       ("LoopbackBare/whitebit", "WhiteBIT's bytes there and back"),
                                       ("LoopbackWhitebit/http", "WhiteBIT: place with our client"),
                                       ("LoopbackWhitebit/tls", "the same in TLS")]),
    ("The doctor", [(f"{venue}Doctor/{case}", f"{name}: {words}")
                    for venue, name in (("Bingx", "BingX"), ("Whitebit", "WhiteBIT"))
                    for case, words in (("right", "a right request"), ("cheapest", "found first"),
                                        ("dearest", "found last"), ("unknown", "nothing explains it"))]),
]


def markdown(heads, rows):
    lines = ["| " + " | ".join(heads) + " |", "|" + "|".join("---" if i == 0 else "---:" for i in range(len(heads))) + "|"]
    return "\n".join(lines + ["| " + " | ".join(row) + " |" for row in rows])


def time_text(nanoseconds):
    for unit, size in (("ms", 1e6), ("us", 1e3)):
        if nanoseconds >= size:
            return f"{nanoseconds / size:.3g} {unit}"
    return f"{nanoseconds:.3g} ns"


def describe(report):
    machine, build = report["machine"], report["build"]
    governor = f", governor {machine['governor']}" if machine["governor"] else ""
    return (f"{machine['cpu']}, {machine['cores']} cores, {machine['kernel']}{governor}; {build['compiler']}, "
            f"`{build['flags']}`; {build['openssl'].split(' (')[0]}; commit {build['commit']}; {report['date'][:10]}.")


def target_table(report):
    rows = []
    for row in targets.rows(report):
        bound = {"<=": "at most ", ">=": "at least "}[row["how"]] + targets.show(row["bound"], row["unit"])
        here = "" if row["here"] is None else targets.show(row["here"], row["unit"])
        rows.append([row["what"], bound, here, row["verdict"]])
    return markdown(["what", "target", "measured", ""], rows)


def benchmark_tables(report):
    out = []
    for heading, members in GROUPS:
        rows = []
        for name, words in members:
            entry = report["benchmarks"].get(name)
            if entry and "error" not in entry:
                allocations = entry["counters"].get("allocs/op")
                rows.append([words, time_text(entry["least_ns"]), "" if allocations is None else f"{allocations:,.4g}"])
        if rows:
            out.append(f"**{heading}**\n\n" + markdown(["what", "time", "allocations"], rows))
    return "\n\n".join(out)


def wrk_table(rows, first="subject"):
    out = []
    for row in rows:
        start = [row["subject"], row["venue"]]
        if "error" in row:
            out.append(start + [f"not measured: {row['error']}", "", "", "", ""])
            continue
        ratio = f"{row['ratio_requests_per_s']:.2f}x" if "ratio_requests_per_s" in row else ""
        out.append(start + [f"{row['requests_per_s']:,.0f}", ratio, f"{row['p50_us']:,.0f} us", f"{row['p99_us']:,.0f} us",
                            f"{row['cpu_us']:.1f} us" if "cpu_us" in row else ""])
    return markdown([first, "venue", "requests a second", "ratio", "p50", "p99", "cpu"], out)


def blocks(report):
    idle = report.get("idle", {})
    idle_text = (f"{idle['wanted']:,} connections, each answered once, then idle: {idle['open']:,} open, "
                 f"{idle['bytes_each']:,} bytes of resident memory each." if "open" in idle else "Not measured.")
    proxy = report.get("proxy", {})
    wrk = report.get("wrk", {})
    versions = ", ".join(f"{name} {version}" for name, version in wrk.get("versions", {}).items())
    return {
        "machine": describe(report),
        "targets": target_table(report),
        "benchmarks": benchmark_tables(report),
        "peers": wrk_table(wrk.get("rows", [])) + (f"\n\nVersions: {versions}." if versions else ""),
        "idle": idle_text,
        "proxy": wrk_table(proxy["rows"], "mocks of one thread") if "rows" in proxy else "Not measured.",
    }


def replaced(document, name, block):
    pattern = re.compile(rf"(<!-- begin {name} -->\n).*?(<!-- end {name} -->)", re.S)
    if not pattern.search(document):
        raise SystemExit(f"docs/performance.md has no part {name}")
    return pattern.sub(lambda found: f"{found[1]}{block}\n{found[2]}", document)


def written(document, report):
    for name, block in blocks(report).items():
        document = replaced(document, name, block)
    return document


def files(report):
    """What is to be written, by path."""
    out = {DOCUMENT: written(DOCUMENT.read_text(), report)}
    return out | {FOLDER / name: drawn for name, drawn in plot.plots(report).items()}


FORMAT = 1


def read(path):
    """The report of a file; SystemExit that says what to run when it is none, or that of another version."""
    try:
        report = json.loads(pathlib.Path(path).read_text())
    except (OSError, ValueError) as error:
        raise SystemExit(f"document.py: {path} cannot be read: {error}") from error
    what = report.get("format") if isinstance(report, dict) else None
    lacking = None
    if what == FORMAT:
        try:
            files(report)
            return report
        except (KeyError, TypeError) as error:
            lacking = error
    build = report.get("build") if isinstance(report, dict) else None
    commit = build.get("commit") if isinstance(build, dict) else None
    raise SystemExit(f"document.py: {path} is no report of this version: "
                     + (f"it lacks {lacking}" if lacking else f"its format is {json.dumps(what)}, not {FORMAT}")
                     + (f"; commit {commit} wrote it" if commit else "")
                     + ". ./dev bench --peers --proxy --document measures anew and writes it")


def write(report):
    """Of a whole run: figures of different runs do not stand side by side."""
    if report["quick"] or "proxy" not in report:
        raise SystemExit("document.py: the report is not one of a whole run with --peers and --proxy")
    FOLDER.mkdir(exist_ok=True)
    kept = FOLDER / "report.json"
    for path, text in (files(report) | {kept: json.dumps(report, indent=1) + "\n"}).items():
        path.write_text(text)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--report")
    parser.add_argument("--check", action="store_true")
    arguments = parser.parse_args()
    if arguments.report:
        write(read(arguments.report))
    report = read(FOLDER / "report.json")
    wrong = [path for path, text in files(report).items() if not path.exists() or path.read_text() != text]
    for path in wrong:
        print(f"{path.relative_to(ROOT)} is not what docs/performance/report.json says; "
              "bench/document.py --report writes it")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
