#!/usr/bin/env python3
"""What `ocokit serve` keeps in memory: after a load, for readers that came and went, and under --memory.

Usage: memory_test.py OCOKIT
"""
import http.client
import json
import re
import socket
import subprocess
import sys
import time

SLACK = 24  # MiB


class Served:
    """A server of its own; ends with the block."""

    def __init__(self, *options):
        self.process = subprocess.Popen(
            [sys.argv[1], "serve", "--listen", "127.0.0.1:0", "--quiet", *options], stdout=subprocess.PIPE)
        self.port = int(json.loads(self.process.stdout.readline())["bingx_url"].rsplit(":", 1)[1])

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        assert self.process.wait(timeout=20) == 0

    def resident(self):
        """MiB."""
        with open(f"/proc/{self.process.pid}/status") as status:
            return int(re.search(r"VmRSS:\s+(\d+)", status.read()).group(1)) // 1024

    def connect(self, text):
        out = socket.create_connection(("127.0.0.1", self.port), timeout=10)
        out.sendall(text)
        return out

    def get(self, path):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        connection.request("GET", path)
        return connection.getresponse().read().decode()

    def metric(self, name):
        return float(re.search("^" + re.escape(name) + " (.*)$", self.get("/metrics"), re.M).group(1))


def await_at_most(served, wanted, what):
    end = time.monotonic() + 45
    while served.resident() > wanted:
        if time.monotonic() > end:
            sys.exit(f"{what}: {served.resident()} MiB resident, {wanted} are wanted")
        time.sleep(0.2)


def memory_goes_back_when_idle():
    with Served() as served:
        before = served.resident()
        head = b"POST /x HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\n"
        halves = [served.connect(head + b"a" * 900_000) for _ in range(100)]
        end = time.monotonic() + 20
        while served.resident() < before + 2 * SLACK and time.monotonic() < end:
            time.sleep(0.05)
        assert served.resident() >= before + 2 * SLACK, "the load has not taken memory"
        for half in halves:
            half.close()
        await_at_most(served, before + SLACK, "after a load")


def readers_that_go_leave_nothing():
    with Served() as served:
        served.get("/control/v1/health")  # the first call reads the schemas, which stay
        before = served.resident()
        ask = b"GET /control/v1/accounts/bingx-1/journal/stream HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
        for _ in range(3000):
            reader = served.connect(ask)
            assert reader.recv(9) == b"HTTP/1.1 "
            reader.close()
        await_at_most(served, before + SLACK // 2, "after 3000 readers")


def the_limit_holds():
    with Served("--memory", "2MiB") as served:
        assert served.metric("ocokit_memory_limit_bytes") == 2 << 20
        for account in range(5):
            connection = http.client.HTTPConnection("127.0.0.1", served.port, timeout=10)
            connection.request("POST", "/control/v1/accounts", json.dumps({"venue": "whitebit"}))
            key = json.loads(connection.getresponse().read())["key"]
            for _ in range(10):
                connection.request("POST", "/api/v4/x", b"a" * 100_000, {"X-TXC-APIKEY": key})
                connection.getresponse().read()
        assert served.metric('ocokit_memory_bytes{of="journals"}') <= 2 << 20
        assert served.metric('ocokit_memory_forgotten_total{what="requests"}') > 0
        last = json.loads(served.get("/control/v1/accounts/whitebit-6/journal?tail=1"))
        assert last["last_seq"] == 10 and len(last["entries"]) == 1
        first = json.loads(served.get("/control/v1/accounts/whitebit-2/journal"))
        assert first["last_seq"] == 10 and not first["entries"], "the oldest go first"


memory_goes_back_when_idle()
readers_that_go_leave_nothing()
the_limit_holds()
for wrong in ("1KiB", "much"):
    out = subprocess.run([sys.argv[1], "serve", "--listen", "127.0.0.1:0", "--memory", wrong],
                         capture_output=True, text=True, timeout=20)
    assert out.returncode == 2 and "memory" in out.stderr, out
print("ok")
