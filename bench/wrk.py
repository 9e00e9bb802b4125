"""Signed placements from wrk, against whatever answers them."""

import json
import os
import pathlib
import re
import statistics
import subprocess

from processes import Failed, Mock, Process, free_port, nginx

HERE = pathlib.Path(__file__).resolve().parent
PATHS = {"bingx": "/openApi/spot/v1/oco/order", "whitebit": "/api/v4/order/collateral/oco"}
MARKETS = {"bingx": ["BTC-USDT"], "whitebit": ["BTC_USDT"]}
SECRET = "test-secret"
TIMESTAMP = 1_700_000_000_000  # orders.h's kNow
SERVER_THREADS = 2

# BingX takes a request any number of times while the account's time stands still.
CYCLE = 1024
KEYS = 16
# wrk's connections overtake one another, which WhiteBIT allows to nonces in a window of time: of each key these, each
# once, while the account's time stands still.
NONCES = 10_001
# So many of WhiteBIT's a second are signed at first; a machine on which they run out gets twice as many.
PER_SECOND = 60_000
MOST_PER_SECOND = 2_000_000


def config(venue, keys):
    """The mock's config file: accounts that take any number of placements. Off are the limits on requests, open
    orders, positions and pending value, and nothing else."""
    return {"accounts": [{
        "venue": venue, "key": f"bench-key-{i}", "secret": SECRET, "frozen_at_ms": TIMESTAMP,
        "balances": {"USDT": "1000000000000"},
        "markets": [{"symbol": market, "max_position": "0", "max_pending_value": "0"} for market in MARKETS[venue]],
        "settings": {"rate_limits": "off", "max_open_orders": "off"},
    } for i in range(keys)]}


class RanOut(Failed):
    """The server took all requests of a file and was sent the first again."""


class Requests:
    """Files of signed requests of one venue: some to warm up with, and those to measure with."""

    def __init__(self, presign, folder, venue, seconds, per_second=PER_SECOND):
        self.presign = presign
        self.venue = venue
        self.seconds = seconds
        self.per_second = per_second
        self.config = pathlib.Path(folder) / f"{venue}.config.json"
        self.warm_up = pathlib.Path(folder) / f"{venue}.warm-up"
        self.measured = pathlib.Path(folder) / f"{venue}.measured"
        self.write()

    def write(self):
        once = self.venue == "whitebit"
        warm_up = self.per_second if once else CYCLE
        count = self.per_second * self.seconds if once else CYCLE
        keys = -(-(warm_up + count) // NONCES) if once else KEYS
        self.config.write_text(json.dumps(config(self.venue, keys)))
        for path, first, number in ((self.warm_up, 0, warm_up), (self.measured, warm_up, count)):
            subprocess.run([str(self.presign), self.venue, str(first), str(number), str(keys), str(path)], check=True)

    def grow(self):
        """Twice as many; RanOut when no server can be as quick as that."""
        if self.per_second * 2 > MOST_PER_SECOND:
            raise RanOut(f"{self.per_second * self.seconds} requests ran out in {self.seconds} s")
        self.per_second *= 2
        self.write()


def run_wrk(port, requests, seconds, connections, once=False):
    """What signed.lua tells of one run. Raises Failed when an answer was not 2xx or did not come, and RanOut when that is
    since the file was over and began anew. `once`: its requests are good for one time."""
    # Half the processors: the other half answers.
    threads = max(1, min(connections, len(os.sched_getaffinity(0)) // 2))
    command = ["wrk", "-t", str(threads), "-c", str(connections), "-d", f"{seconds}s", "--timeout", "10s",
               "-s", str(HERE / "peers" / "signed.lua"), f"http://127.0.0.1:{port}", "--", str(requests), str(threads)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    lines = [line for line in done.stdout.splitlines() if line.startswith("{")]
    if not lines:
        raise Failed("wrk: " + (done.stderr.strip() or done.stdout.strip() or f"status {done.returncode}"))
    out = json.loads(lines[-1])
    out["requests_per_s"] = out["requests"] / (out["duration_us"] / 1e6)
    wrong = {name: out[name] for name in out if name.endswith("_errors") or name == "timeouts"}
    if once and out["laps"]:
        raise RanOut("the file of requests was too short")
    if out["requests"] == 0 or any(wrong.values()):
        raise Failed("not every request was answered with 2xx: " +
                     ", ".join(f"{count} {name}" for name, count in wrong.items() if count))
    return out


def run_wrk_and_count(process, requests, seconds, connections, once=False):
    """As run_wrk, with the processor time that the server took for a request."""
    before = process.cpu_seconds()
    out = run_wrk(process.port, requests, seconds, connections, once)
    out["cpu_us"] = (process.cpu_seconds() - before) * 1e6 / out["requests"]
    return out


class MockSubject:
    """The simulator, begun anew for each round: its memory and nonces are those of a new one."""

    name = "ocokit"

    def __init__(self, ocokit, folder):
        self.ocokit = ocokit
        self.folder = folder

    def measure(self, requests, seconds, connections):
        while True:
            try:
                return self.measure_once(requests, seconds, connections)
            except RanOut:
                requests.grow()

    def measure_once(self, requests, seconds, connections):
        options = ("--threads", SERVER_THREADS, "--config", requests.config)
        with Mock(self.ocokit, self.folder, *options) as mock:
            once = requests.venue == "whitebit"
            warm_up = run_wrk(mock.port, requests.warm_up, 1, connections, once)
            out = run_wrk_and_count(mock, requests.measured, seconds, connections, once)
            counts = mock.counts()
            refused = {key: count for key, count in counts.items() if key != (200, 0)}
            if refused:
                raise Failed(f"(status, code) refused: {refused}")
            if counts.get((200, 0), 0) < warm_up["requests"] + out["requests"]:
                raise Failed("it has counted fewer requests than wrk")
            out["rss_bytes"] = mock.rss_bytes()
            return out

    def stop(self):
        pass


class FixedSubject:
    """A server that is started once and answers a fixed body."""

    def __init__(self, name, process, warm_up_seconds=1):
        self.name = name
        self.process = process
        self.warm_up_seconds = warm_up_seconds
        self.warm = set()

    def measure(self, requests, seconds, connections):
        # What compiles as it runs is warmed up for longer, once.
        warm_up = 1 if requests.venue in self.warm else self.warm_up_seconds
        self.warm.add(requests.venue)
        run_wrk(self.process.port, requests.warm_up, warm_up, connections)
        return run_wrk_and_count(self.process, requests.measured, seconds, connections)

    def stop(self):
        self.process.stop()


def sample_replies(ocokit, presign, folder):
    """What the simulator answers to the first placement, by venue: the body that the others answer."""
    out = {}
    for venue in PATHS:
        first = pathlib.Path(folder) / f"{venue}.first"
        subprocess.run([str(presign), venue, "0", "1", "1", str(first)], check=True)
        text = first.read_bytes().split(b"\n", 1)[1]
        config_file = pathlib.Path(folder) / f"{venue}.first.json"
        config_file.write_text(json.dumps(config(venue, 1)))
        with Mock(ocokit, folder, "--config", config_file) as mock:
            out[venue] = post(mock.port, text)
    return out


def post(port, request):
    """Sends the bytes of a request; the body of the answer."""
    import socket
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        connection.sendall(request)
        received = b""
        while b"\r\n\r\n" not in received:
            received += connection.recv(65536)
        head, body = received.split(b"\r\n\r\n", 1)
        size = int(re.search(rb"content-length: (\d+)", head, re.I)[1])
        while len(body) < size:
            body += connection.recv(65536)
    if not head.startswith(b"HTTP/1.1 200"):
        raise Failed(f"answered {head.splitlines()[0].decode()}")
    return body.decode()


NGINX = """worker_processes %(workers)d;
events { worker_connections 4096; }
http {
  access_log off;
  default_type application/json;
  keepalive_requests 1000000000;
  client_body_temp_path client_body; proxy_temp_path proxy; fastcgi_temp_path fastcgi;
  uwsgi_temp_path uwsgi; scgi_temp_path scgi;
  server {
    listen 127.0.0.1:%(port)d reuseport;
%(locations)s
  }
}
"""


def nginx_subject(folder, replies):
    port = free_port()
    locations = "\n".join(f"    location = {PATHS[venue]} {{ return 200 '{body}'; }}" for venue, body in replies.items())
    conf = NGINX % {"workers": SERVER_THREADS, "port": port, "locations": locations}
    return FixedSubject("nginx", nginx(folder, conf, port, PATHS["bingx"]))


def rounds(subjects, requests, count, seconds, connections, say=lambda text: None):
    """A B C A B C ...: by the subject's name the runs of one venue's requests, or why there are none."""
    out = {subject.name: [] for subject in subjects}
    failed = {}
    for number in range(count):
        for subject in subjects:
            if subject.name in failed:
                continue
            say(f"{requests.venue}, round {number + 1} of {count}: {subject.name}")
            try:
                out[subject.name].append(subject.measure(requests, seconds, connections))
            except Failed as error:
                failed[subject.name] = str(error)
    return out, failed


def summarize(runs, failed, venue, against="nginx"):
    """A row for each subject: medians over the rounds, and of each round's ratio to `against`."""
    rows = []
    base = runs.get(against, []) if against not in failed else []
    for name, results in runs.items():
        row = {"venue": venue, "subject": name}
        if name in failed:
            rows.append(row | {"error": failed[name]})
            continue
        row["rounds"] = len(results)
        if all("share_of_each" in result for result in results):
            row["share_of_each"] = [result["share_of_each"] for result in results]
        for key in ("requests_per_s", "p50_us", "p99_us", "p999_us", "cpu_us"):
            if any(key not in result for result in results):
                continue
            row[key] = round(statistics.median(result[key] for result in results), 1)
        if any("rss_bytes" in result for result in results):
            row["rss_mib"] = round(max(result["rss_bytes"] for result in results) / 2**20, 1)
        if base and name != against:
            pairs = list(zip(results, base))
            for key in ("requests_per_s", "p50_us", "p99_us"):
                row["ratio_" + key] = round(statistics.median(mine[key] / max(theirs[key], 1) for mine, theirs in pairs), 3)
        rows.append(row)
    return rows
