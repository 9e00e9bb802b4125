"""A server that answers each connection with something that has no end, for hostile_test.sh.

    hostile_server.py MODE PORT_FILE

It ends when whoever started it has gone.
"""

import json
import os
import socket
import sys
import threading
import time

HEADER = b"X-A: " + b"a" * 60 + b"\r\n"
CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
# What a reply begins with, and what then comes again and again.
MODES = {
    "status": (b"HTTP/1.1 200 ", b"x" * 65536),
    "headers": (b"HTTP/1.1 200 OK\r\n", HEADER * 1000),
    "header": (b"HTTP/1.1 200 OK\r\nX-A: ", b"x" * 65536),
    "interim": (b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 1000),
    "extension": (CHUNKED + b"2;", b"x" * 65536),
    "extensions": (CHUNKED, (b"1;" + b"x" * 4000 + b"\r\n \r\n") * 16),
    "trailers": (CHUNKED + b"2\r\n{}\r\n0\r\n", HEADER * 1000),
    "body": (b"HTTP/1.1 200 OK\r\n\r\n", b"x" * 65536),
    "drip": (b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n", b" "),
    "line": (b"HTTP/1.1 200 OK\r\n\r\ndata: ", b"x" * 65536),
}

# A refusal of each kind whose texts command a terminal, in JSON and as they are.
EVIL = "\x1b[2J\x9b2J\u202e\x07\nocokit: forged"
EVIL_BODY = json.dumps({"code": 100400, "msg": EVIL, "message": EVIL, "detail": EVIL,
                        "errors": {EVIL: [EVIL]}}, ensure_ascii=False).encode()
for name, status, body in (("evil", b"422 No", EVIL_BODY),
                           ("evil-data", b"200 OK", EVIL.replace("\n", " ").encode() + b"\xff")):
    MODES[name] = (b"HTTP/1.1 %s\r\nContent-Length: %d\r\n\r\n" % (status, len(body)) + body, b"")


def answer(connection, begin, more, pause):
    try:
        connection.recv(65536)
        connection.sendall(begin)
        while more:
            connection.sendall(more)
            time.sleep(pause)
    except OSError:
        pass  # the other side has had enough
    finally:
        connection.close()


def main():
    mode, port_file = sys.argv[1:]
    begin, more = MODES[mode]
    listener = socket.create_server(("127.0.0.1", 0))
    with open(port_file + ".part", "w", encoding="ascii") as file:
        file.write(f"{listener.getsockname()[1]}\n")
    os.rename(port_file + ".part", port_file)
    parent = os.getppid()
    listener.settimeout(1)
    while os.getppid() == parent:
        try:
            connection, _ = listener.accept()
        except TimeoutError:
            continue
        pause = 0.05 if mode == "drip" else 0
        threading.Thread(target=answer, args=(connection, begin, more, pause), daemon=True).start()


main()
