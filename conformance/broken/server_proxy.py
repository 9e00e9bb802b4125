"""The proxy: HTTP/1.1 in, HTTP/1.1 out, and in between the hooks of a defect."""

import contextlib
import json
import socket
import sys
import threading
import urllib.parse

import websocket

HTTP_ERROR = b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"


class Malformed(Exception):
    """What came is no HTTP."""


class Message:
    """A request or a reply; `start` is the list of the three parts of its first line."""

    def __init__(self, start, headers, body):
        self.start, self.headers, self.body = start, headers, body

    def get(self, name):
        for header, value in self.headers:
            if header.lower() == name.lower():
                return value
        return None

    def put(self, name, value):
        """Sets a header, in its place if it is there; None takes it away."""
        for pair in self.headers:
            if pair[0].lower() == name.lower():
                if value is None:
                    self.headers.remove(pair)
                else:
                    pair[1] = value
                return
        if value is not None:
            self.headers.append([name, value])

    @property
    def path(self):
        return self.start[1].split("?")[0]

    @property
    def status(self):
        return int(self.start[1])

    @status.setter
    def status(self, status):
        self.start[1] = str(status)

    @property
    def json(self):
        try:
            return json.loads(self.body)
        except ValueError:
            return None

    @json.setter
    def json(self, value):
        self.body = json.dumps(value, separators=(",", ":"), ensure_ascii=False).encode()

    def bytes(self):
        if self.body or self.get("Content-Length") is not None:
            self.put("Content-Length", str(len(self.body)))
        head = " ".join(self.start) + "\r\n" + "".join(f"{name}: {value}\r\n" for name, value in self.headers)
        return head.encode("latin-1") + b"\r\n" + self.body


def reply(status, body, content_type="application/json"):
    if not isinstance(body, bytes):
        body = json.dumps(body, separators=(",", ":")).encode()
    return Message(["HTTP/1.1", str(status), "Reply"],
                   [["Content-Type", content_type], ["Content-Length", str(len(body))]], body)


class Defect:
    """What goes wrong. Each hook has the request first and the proxy's state last.

    control: changes a call of the control API before it goes on.
    account: changes the body that an account is made from.
    request: changes a request, or gives the reply in the venue's place.
    reply: changes the reply, or gives another.
    wire: gives the bytes that go out for a reply; None: nothing, and the connection is closed.
    whole: whether a request is waited for until all of it has come.
    chunked: whether a body in chunks is read as one.
    garbage: what answers that which is no HTTP; None: nobody does.
    keep: whether the connection is kept after a reply.
    says: of a WebSocket, frames of the server: `says(stream, frame)` gives those that go on in its place; None: it
        goes on as it is.
    hears: the same of frames of the client.
    too_long: what becomes of a frame that claims more than there can be: "pass" lets its bytes through; None: the rest
        of it is waited for.
    `request` and `reply` see the handshake of a WebSocket, too.
    """

    def __init__(self, control=None, account=None, request=None, reply=None, wire=None, whole=True,
                 chunked=True, garbage=HTTP_ERROR, keep=True, says=None, hears=None, too_long="pass"):
        self.control, self.account, self.request, self.reply, self.wire = control, account, request, reply, wire
        self.whole, self.chunked, self.garbage, self.keep = whole, chunked, garbage, keep
        self.says, self.hears, self.too_long = says, hears, too_long


class Account:
    def __init__(self, body, name):
        self.name = name
        self.venue, self.key, self.secret = body["venue"], body["key"], body["secret"]
        self.body = body
        self.memory = {}


class State:
    def __init__(self):
        self.lock = threading.RLock()
        self.accounts = {}

    def of(self, request):
        """The account whose key the request bears, or None."""
        return self.accounts.get(request.get("X-TXC-APIKEY") or request.get("X-BX-APIKEY"))

    def named(self, path):
        """The account at whose own address that path is, or None."""
        name = path[2:].split("/")[0] if path.startswith("/@") else ""
        return next((account for account in self.accounts.values() if account.name == name), None)


class Stream:
    """A WebSocket through the proxy: `account` may be None; `memory` is a defect's own, as is the account's."""

    def __init__(self, request, account, client, server):
        self.request, self.account, self.client, self.server = request, account, client, server
        self.memory = {}
        self.lock = threading.RLock()

    @property
    def path(self):
        return self.request.path

    def tell_client(self, *frames):
        self.client.sendall(b"".join(frame.bytes() for frame in frames))

    def tell_server_as_it_is(self, *frames):
        self.server.sendall(b"".join(frame.bytes() for frame in frames))

    def tell_server(self, *frames):
        for frame in frames:
            frame.key = frame.key or b"\x01\x02\x03\x04"
        self.server.sendall(b"".join(frame.bytes() for frame in frames))

    def pass_on(self, reader, head, tell):
        """Bytes of a frame without end go on as they are."""
        side = self.client if tell == self.tell_client else self.server
        with contextlib.suppress(OSError):
            side.sendall(head + reader.buffer)
            while data := reader.connection.recv(65536):
                side.sendall(data)

    def end(self):
        """Both connections are gone, without a closing frame."""
        for side in (self.client, self.server):
            with contextlib.suppress(OSError):
                side.shutdown(socket.SHUT_RDWR)


class Reader:
    """Messages off a socket."""

    def __init__(self, connection):
        self.connection, self.buffer, self.patient = connection, b"", True

    def more(self):
        data = self.connection.recv(65536)
        self.buffer += data
        return bool(data)

    def head(self):
        while b"\r\n\r\n" not in self.buffer:
            if not self.more():
                return None
        head, self.buffer = self.buffer.split(b"\r\n\r\n", 1)
        lines = head.decode("latin-1").split("\r\n")
        start = lines[0].split(" ", 2)
        if len(start) < 2 or not (start[0].startswith("HTTP/") or lines[0].rpartition(" ")[2].startswith("HTTP/")):
            raise Malformed
        headers = [[name, value.strip()] for name, _, value in (line.partition(":") for line in lines[1:])]
        return Message(start, headers, b"")

    def read(self, size):
        """As a file has it: less only at the end, or, of an impatient reader, where a piece ends."""
        while len(self.buffer) < size and (self.patient or not self.buffer) and self.more():
            pass
        data, self.buffer = self.buffer[:size], self.buffer[size:]
        return data

    def exactly(self, size):
        while len(self.buffer) < size:
            if not self.more():
                raise ConnectionError
        data, self.buffer = self.buffer[:size], self.buffer[size:]
        return data

    def line(self):
        while b"\r\n" not in self.buffer:
            if not self.more():
                raise ConnectionError
        line, self.buffer = self.buffer.split(b"\r\n", 1)
        return line

    def chunks(self):
        body = b""
        while size := int(self.line().split(b";")[0], 16):
            body += self.exactly(size)
            self.line()
        self.line()
        return body

    def message(self, chunked=True):
        message = self.head()
        if message is None:
            return None
        if (message.get("Transfer-Encoding") or "").lower() == "chunked":
            body = self.chunks()
            message.put("Transfer-Encoding", None)
            message.put("Content-Length", "0")
            message.body = body if chunked else b""
        else:
            message.body = self.exactly(int(message.get("Content-Length") or 0))
        return message


class Proxy:
    def __init__(self, defect, upstream, listen):
        self.defect, self.state = defect, State()
        url = urllib.parse.urlsplit(upstream)
        self.upstream = (url.hostname, url.port)
        self.idle = []
        host, _, port = listen.rpartition(":")
        self.listener = socket.create_server((host, int(port)), backlog=256)
        self.url = "http://%s:%d" % self.listener.getsockname()

    def serve(self):
        """Until close()."""
        while True:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            threading.Thread(target=self.client, args=(connection,), daemon=True).start()

    def close(self):
        """Accepts nobody any more; who is connected stays until they go."""
        # An accept() that waits is woken by this alone.
        with contextlib.suppress(OSError):
            self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
        while self.idle:
            self.idle.pop().connection.close()

    def client(self, connection):
        reader = Reader(connection)
        with connection:
            try:
                while self.one(connection, reader):
                    pass
            except (OSError, ConnectionError):
                pass

    def one(self, connection, reader):
        """One request and its reply; whether there may be another."""
        try:
            if not self.defect.whole:
                reader.more()
                if b"\r\n\r\n" not in reader.buffer:
                    raise Malformed
            request = reader.message(self.defect.chunked)
        except Malformed:
            if self.defect.garbage is None:
                threading.Event().wait()
            connection.sendall(self.defect.garbage)
            return False
        if request is None:
            return False
        if (request.get("Upgrade") or "").lower() == "websocket":
            self.stream(request, connection, reader)
            return False
        if request.path.startswith("/control/"):
            connection.sendall(self.control(request).bytes())
            return True
        answer = self.answer(request)
        data = answer.bytes()
        if self.defect.wire:
            data = self.defect.wire(request, data)
            if data is None:
                return False
            connection.sendall(data)
            return data == answer.bytes()
        connection.sendall(data)
        return self.defect.keep

    def answer(self, request):
        defect = self.defect
        answer = None
        with self.state.lock:
            if defect.request:
                answer = defect.request(request, self.state)
        if answer is None:
            answer = self.forward(request)
        if defect.reply:
            with self.state.lock:
                answer = defect.reply(request, answer, self.state) or answer
        return answer

    def stream(self, request, connection, reader):
        """A WebSocket: its handshake, and frames in both directions until one side is gone."""
        with socket.create_connection(self.upstream) as server:
            server.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            from_server = Reader(server)
            answer = None
            with self.state.lock:
                if self.defect.request:
                    answer = self.defect.request(request, self.state)
            if answer is None:
                server.sendall(request.bytes())
                answer = from_server.message()
            if answer is None:
                return
            if self.defect.reply:
                with self.state.lock:
                    answer = self.defect.reply(request, answer, self.state) or answer
            connection.sendall(answer.bytes())
            if answer.status != 101:
                return
            with self.state.lock:
                stream = Stream(request, self.state.named(request.path), connection, server)
            back = threading.Thread(target=self.pump, args=(stream, from_server, stream.tell_client, self.defect.says),
                                    daemon=True)
            back.start()
            reader.patient = self.defect.whole
            self.pump(stream, reader, stream.tell_server_as_it_is, self.defect.hears)
            back.join()

    def pump(self, stream, reader, tell, hook):
        """Frames of one side to the other. The end of one ends the other, once it has got everything."""
        try:
            while True:
                frame = websocket.read_frame(reader)
                with stream.lock:
                    frames = hook(stream, frame) if hook else None
                    tell(*([frame] if frames is None else frames))
        except websocket.TooLong as too_long:
            if self.defect.too_long is None:
                reader.read(sys.maxsize)
            stream.pass_on(reader, too_long.head, tell)
        except (OSError, websocket.Ended):
            pass
        other = stream.client if tell == stream.tell_client else stream.server
        with contextlib.suppress(OSError):
            other.shutdown(socket.SHUT_WR)

    def control(self, request):
        made = request.start[0] == "POST" and request.path.endswith("/accounts")
        body = request.json
        if made and self.defect.account:
            body = self.defect.account(body) or body
            request.json = body
        if self.defect.control:
            self.defect.control(request, self.state)
        answer = self.forward(request)
        if made and answer.status < 300:
            with self.state.lock:
                self.state.accounts[body["key"]] = Account(body, answer.json["account"])
        return answer

    def forward(self, request):
        """Over a connection that is kept; a new one when the kept one has gone meanwhile."""
        data = request.bytes()
        while True:
            try:
                reader, fresh = self.idle.pop(), False
            except IndexError:
                reader, fresh = Reader(socket.create_connection(self.upstream)), True
                reader.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            try:
                reader.connection.sendall(data)
                answer = reader.message()
            except OSError:
                answer = None
            if answer is not None:
                if (answer.get("Connection") or "").lower() != "close":
                    self.idle.append(reader)
                return answer
            reader.connection.close()
            if fresh:
                return reply(502, b"upstream has gone")
