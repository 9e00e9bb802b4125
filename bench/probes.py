"""Start to ready, and connections that are idle."""

import hashlib
import hmac
import json
import pathlib
import resource
import socket
import statistics
import time
import urllib.request

from processes import Mock

CONFIG = {"accounts": [{"venue": "bingx", "key": "test-key", "secret": "test-secret"}]}
HEALTH = b"GET /control/v1/health HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"


def start_to_ready(ocokit, folder, times):
    """Milliseconds from the start of the process to its ready line, with the default accounts."""
    took = []
    for _ in range(times):
        start = time.perf_counter()
        with Mock(ocokit, folder):
            took.append((time.perf_counter() - start) * 1000)
    return {"times": times, "median_ms": round(statistics.median(took), 2), "least_ms": round(min(took), 2),
            "most_ms": round(max(took), 2)}


def signed_order(url):
    """Whether BingX's example order is taken."""
    text = ("limitPrice=48000&orderPrice=88000&quantity=0.001&side=BUY&symbol=BTC-USDT"
            f"&timestamp={time.time_ns() // 1_000_000}&triggerPrice=87000")
    signature = hmac.new(b"test-secret", text.encode(), hashlib.sha256).hexdigest()
    request = urllib.request.Request(f"{url}/openApi/spot/v1/oco/order?{text}&signature={signature}", method="POST",
                                     headers={"X-BX-APIKEY": "test-key"})
    with urllib.request.urlopen(request, timeout=10) as reply:
        return json.load(reply)["code"] == 0


def idle_connections(ocokit, folder, wanted):
    """Opens as many connections, each of which has been answered once, and looks what they cost."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    connections = []
    with Mock(ocokit, folder, "--config", write(folder, CONFIG)) as mock:
        before = mock.rss_bytes()
        try:
            for _ in range(wanted):
                connection = socket.create_connection(("127.0.0.1", mock.port), timeout=10)
                connections.append(connection)
                connection.sendall(HEALTH)
            answered = sum(1 for connection in connections if connection.recv(4096).startswith(b"HTTP/1.1 200"))
            held = mock.rss_bytes()
            serves = signed_order(mock.url)
            with urllib.request.urlopen(mock.url + "/metrics", timeout=30) as reply:
                open_now = next(int(float(line.split()[1])) for line in reply.read().decode().splitlines()
                                if line.startswith("ocokit_connections "))
        finally:
            for connection in connections:
                connection.close()
            resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    return {"wanted": wanted, "answered": answered, "open": open_now, "serves": serves,
            "bytes_each": round((held - before) / wanted), "rss_mib": round(held / 2**20, 1)}


def write(folder, config):
    path = pathlib.Path(folder) / "probe.json"
    path.write_text(json.dumps(config))
    return path
