#!/usr/bin/env python3
"""How long a right request takes while others send refused ones that the doctor looks at.

    bench/doctor_in_the_way.py [--seconds N] OCOKIT [OCOKIT...]

Each OCOKIT is served in turn, with the lines of its log written to a file. One client asks for its
open orders, over and over; beside it, two send requests of 4 KB, right ones or with a wrong
signature, to the same account or to another one. The figures are of one run: compare them with each other.
"""

import argparse
import hashlib
import hmac
import json
import multiprocessing
import os
import socket
import statistics
import subprocess
import tempfile
import time

SECRET = "test-secret"


def connect(port):
    sock = socket.create_connection(("127.0.0.1", port))
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return sock


def ask(sock, request):
    sock.sendall(request)
    reply = b""
    while b"\r\n\r\n" not in reply:
        piece = sock.recv(65536)
        if not piece:
            raise SystemExit("the server closed the connection")
        reply += piece
    head, body = reply.split(b"\r\n\r\n", 1)
    length = next(
        int(line.split(b":")[1])
        for line in head.split(b"\r\n")
        if line.lower().startswith(b"content-length")
    )
    while len(body) < length:
        body += sock.recv(65536)
    return body


def signed(key, secret, note=""):
    query = f"{note}pageIndex=1&pageSize=1&recvWindow=60000&timestamp={int(time.time() * 1000)}"
    digest = hmac.new(secret.encode(), query.encode(), hashlib.sha256).hexdigest()
    return (
        f"GET /openApi/spot/v1/oco/openOrderList?{query}&signature={digest} HTTP/1.1\r\n"
        f"Host: x\r\nX-BX-APIKEY: {key}\r\n\r\n"
    ).encode()


def attack(port, key, right, until):
    sock = connect(port)
    count = 0
    while time.monotonic() < until:
        secret = SECRET if right else f"wrong-{os.getpid()}-{count}"
        ask(sock, signed(key, secret, "note=" + "x" * 4000 + "&"))
        count += 1


def innocent(port, seconds):
    sock = connect(port)
    times = []
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        request = signed("first", SECRET)
        start = time.perf_counter()
        body = ask(sock, request)
        times.append(time.perf_counter() - start)
        if json.loads(body)["code"] != 0:
            raise SystemExit(f"refused: {body!r}")
        time.sleep(0.001)
    return times


def measure(program, attacked, seconds, header, right):
    with tempfile.TemporaryDirectory() as folder:
        settings = {"rate_limits": "off", "diagnosis_header": header}
        accounts = [
            {"venue": "bingx", "key": key, "secret": SECRET, "settings": settings}
            for key in ("first", "second")
        ]
        config = os.path.join(folder, "config")
        with open(config, "w", encoding="utf-8") as file:
            json.dump({"accounts": accounts}, file)
        with open(os.path.join(folder, "log"), "wb") as log:
            command = [program, "serve", "--listen", "127.0.0.1:0", "--config", config]
            with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log) as server:
                try:
                    ready = json.loads(server.stdout.readline())
                    port = int(ready["bingx_url"].rsplit(":", 1)[1])
                    until = time.monotonic() + seconds + 0.5
                    others = [
                        multiprocessing.Process(target=attack, args=(port, attacked, right, until))
                        for _ in range(2 if attacked else 0)
                    ]
                    for other in others:
                        other.start()
                    time.sleep(0.3)
                    times = innocent(port, seconds)
                    for other in others:
                        other.join()
                finally:
                    server.terminate()
    return times


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=5)
    parser.add_argument("program", nargs="+")
    options = parser.parse_args()
    cases = [
        ("alone", "", False, False),
        ("beside right requests of 4 KB", "second", False, True),
        ("beside refused ones, of the same account", "first", False, False),
        ("beside refused ones, of another account", "second", False, False),
        ("beside refused ones, with the header", "first", True, False),
    ]
    for program in options.program:
        print(program)
        for name, attacked, header, right in cases:
            times = sorted(measure(program, attacked, options.seconds, header, right))
            p50 = statistics.median(times) * 1000
            p99 = times[int(len(times) * 0.99)] * 1000
            print(f"  {name:44} p50 {p50:7.3f} ms   p99 {p99:7.3f} ms   {len(times)} requests")


if __name__ == "__main__":
    main()
