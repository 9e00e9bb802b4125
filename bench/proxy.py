"""Two mocks behind examples/proxy/nginx.conf, beside one that is asked directly, and one behind nginx."""

import pathlib
import re

import wrk
from processes import Failed, Mock, free_port, nginx

CONF = pathlib.Path(__file__).resolve().parent.parent / "examples" / "proxy" / "nginx.conf"
# Of BingX, whose requests may come in any order: through a proxy they overtake one another freely.
VENUE = "bingx"


def adapted(port, mocks):
    """The example with these mocks, listening on `port`; nginx's own `daemon` and `pid` are given."""
    text = re.sub(r"^(daemon|pid) .*;\n", "", CONF.read_text(), flags=re.M)
    servers = "".join(f"    server 127.0.0.1:{mock.port};\n" for mock in mocks)
    text = re.sub(r"(    server 127\.0\.0\.1:\d+;\n)+", lambda _: servers, text, count=1)
    return re.sub(r"listen 127\.0\.0\.1:\d+;", f"listen 127.0.0.1:{port};", text)


class Mocks:
    """`count` mocks of one thread each, begun anew for each round, asked through nginx or directly."""

    def __init__(self, name, ocokit, folder, count, behind_nginx):
        self.name = name
        self.ocokit = ocokit
        self.folder = folder
        self.count = count
        self.behind_nginx = behind_nginx

    def measure(self, requests, seconds, connections):
        mocks = []
        front = None
        try:
            for _ in range(self.count):
                mocks.append(Mock(self.ocokit, self.folder, "--threads", 1, "--config", requests.config))
            port = mocks[0].port
            if self.behind_nginx:
                port = free_port()
                front = nginx(self.folder, adapted(port, mocks), port, "/openApi/spot/v1/server/time", "GET")
            wrk.run_wrk(port, requests.warm_up, 1, connections)
            out = wrk.run_wrk(port, requests.measured, seconds, connections)
            counts = [mock.counts() for mock in mocks]
        finally:
            for process in ([front] if front else []) + mocks:
                process.stop()
        refused = [key for of in counts for key in of if key != (200, 0)]
        if refused:
            raise Failed(f"(status, code) refused: {refused}")
        out["share_of_each"] = [sum(of.values()) for of in counts]
        return out


def measure(programs, folder, length, connections, say):
    requests = wrk.Requests(programs["presign"], folder, VENUE, length["seconds"])
    subjects = [Mocks("one, directly", programs["ocokit"], folder, 1, False),
                Mocks("one, behind", programs["ocokit"], folder, 1, True),
                Mocks("two, behind", programs["ocokit"], folder, 2, True)]
    runs, failed = wrk.rounds(subjects, requests, length["rounds"], length["seconds"], connections, say)
    return {"rows": wrk.summarize(runs, failed, VENUE, against="one, directly")}


def table(part):
    if "rows" not in part:
        return [part["error"]]
    lines = [f"{'mocks of one thread':<20} {'requests/s':>11} {'p50 us':>8} {'p99 us':>8}   of one, directly: requests/s"]
    for row in part["rows"]:
        if "error" in row:
            lines.append(f"{row['subject']:<20} not measured: {row['error']}")
            continue
        ratio = f"{row['ratio_requests_per_s']:.2f}x" if "ratio_requests_per_s" in row else ""
        lines.append(f"{row['subject']:<20} {row['requests_per_s']:>11,.0f} {row['p50_us']:>8,.0f} "
                     f"{row['p99_us']:>8,.0f}   {ratio}")
    return lines
