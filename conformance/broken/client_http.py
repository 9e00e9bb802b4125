"""HTTP/1.1 as a careful client speaks it: one deadline for the whole exchange, connections kept
while they are good, and never a second sending of what may have been carried out."""

import select
import socket
import threading
import time
import urllib.parse

MOST_BYTES = 4 << 20


class NoReply(Exception):
    """No usable reply. `sent`: the request may have been carried out all the same."""

    def __init__(self, why, sent=True):
        super().__init__(why)
        self.sent = sent


class Reply:
    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body


class Http:
    def __init__(self, base_url):
        self.url = urllib.parse.urlsplit(base_url)
        self.idle = []
        self.lock = threading.Lock()

    def is_good(self, connection):
        """Nothing to read: neither an end nor bytes that nobody has asked for."""
        return not select.select([connection], [], [], 0)[0]

    def connect(self, deadline):
        with self.lock:
            while self.idle:
                connection = self.idle.pop()
                if self.is_good(connection):
                    return connection
                connection.close()
        connection = socket.create_connection((self.url.hostname, self.url.port or 80),
                                              timeout=left(deadline))
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return connection

    def exchange(self, method, target, headers, body, deadline):
        """One request and its reply. Raises NoReply."""
        lines = [f"{method} {target} HTTP/1.1", f"Host: {self.url.netloc}",
                 *(f"{name}: {value}" for name, value in headers.items()),
                 f"Content-Length: {len(body)}", "", ""]
        try:
            connection = self.connect(deadline)
        except OSError as error:
            raise NoReply(f"no connection: {error}", sent=False) from error
        try:
            connection.settimeout(left(deadline))
            connection.sendall("\r\n".join(lines).encode() + body)
            reply = self.read(connection, deadline)
        except (OSError, ValueError, NoReply) as error:
            connection.close()
            raise NoReply(f"no whole reply: {error}") from error
        if reply.headers.get("connection", "").lower() == "close":
            connection.close()
        else:
            with self.lock:
                self.idle.append(connection)
        return reply

    def receive(self, connection, deadline):
        connection.settimeout(left(deadline))
        data = connection.recv(65536)
        if not data:
            raise NoReply("the connection ended")
        return data

    def read(self, connection, deadline):
        data = b""
        while b"\r\n\r\n" not in data:
            data += self.receive(connection, deadline)
            if len(data) > MOST_BYTES:
                raise NoReply("the reply is too large")
        head, body = data.split(b"\r\n\r\n", 1)
        first, *lines = head.decode("latin-1").split("\r\n")
        version, status, *_ = first.split(" ")
        if not version.startswith("HTTP/1."):
            raise NoReply("the reply is no HTTP")
        headers = {}
        for line in lines:
            name, value = line.split(":", 1)
            headers[name.strip().lower()] = value.strip()
        size = int(headers.get("content-length", "0"))
        if size > MOST_BYTES:
            raise NoReply("the reply is too large")
        while len(body) < size:
            body += self.receive(connection, deadline)
        if len(body) > size:  # a second reply that nobody asked for
            headers["connection"] = "close"
        return Reply(int(status), headers, body[:size])


def left(deadline):
    """Seconds until then. Raises TimeoutError."""
    seconds = deadline - time.monotonic()
    if seconds <= 0:
        raise TimeoutError("the time was up")
    return seconds
