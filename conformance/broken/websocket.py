"""WebSockets as RFC 6455 has them, frame by frame, for the subjects of this folder: each may send what no good peer
sends. Standard library only."""

import base64
import hashlib
import os
import struct

CONTINUATION, TEXT, BINARY, CLOSE, PING, PONG = 0, 1, 2, 8, 9, 10
MAGIC = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
# Of one frame's payload: more than any that a venue sends.
MOST_BYTES = 16 << 20


class Ended(Exception):
    """The other side is gone, in the middle of a frame or between two."""


class TooLong(Ended):
    """A frame claims more than MOST_BYTES; `head` is what of it was read."""

    def __init__(self, head):
        super().__init__()
        self.head = head


class Frame:
    """One frame. `key` masks it, four bytes; None leaves it bare, as servers send."""

    def __init__(self, opcode, payload=b"", fin=True, reserved=0, key=None):
        self.opcode, self.payload, self.fin, self.reserved, self.key = opcode, payload, fin, reserved, key

    def bytes(self):
        first = (0x80 if self.fin else 0) | (self.reserved << 4) | self.opcode
        mask = 0x80 if self.key else 0
        size = len(self.payload)
        if size < 126:
            head = struct.pack("!BB", first, mask | size)
        elif size < 1 << 16:
            head = struct.pack("!BBH", first, mask | 126, size)
        else:
            head = struct.pack("!BBQ", first, mask | 127, size)
        return head + self.key + masked(self.payload, self.key) if self.key else head + self.payload


def masked(payload, key):
    if not payload:
        return payload
    long_key = (key * (len(payload) // 4 + 1))[:len(payload)]
    return (int.from_bytes(payload, "big") ^ int.from_bytes(long_key, "big")).to_bytes(len(payload), "big")


def exactly(file, size):
    data = file.read(size)
    if data is None or len(data) < size:
        raise Ended
    return data


def read_frame(file):
    """The next frame of a binary file object, as `socket.makefile("rb")` gives one; its payload unmasked."""
    first, second = exactly(file, 2)
    size = second & 0x7F
    if size == 126:
        size, = struct.unpack("!H", exactly(file, 2))
    elif size == 127:
        size, = struct.unpack("!Q", exactly(file, 8))
    if size > MOST_BYTES:
        raise TooLong(struct.pack("!BBQ", first, second, size))
    key = exactly(file, 4) if second & 0x80 else None
    payload = exactly(file, size)
    return Frame(first & 0x0F, masked(payload, key) if key else payload, bool(first & 0x80), first >> 4 & 7, key)


def close_frame(code=None, reason="", key=None):
    return Frame(CLOSE, b"" if code is None else struct.pack("!H", code) + reason.encode(), key=key)


def accepts(key):
    """What a server answers to `Sec-WebSocket-Key`."""
    return base64.b64encode(hashlib.sha1(key.encode() + MAGIC).digest()).decode()


def handshake(host, target):
    """A request for a WebSocket, and the `Sec-WebSocket-Accept` that its answer must have."""
    key = base64.b64encode(os.urandom(16)).decode()
    request = (f"GET {target} HTTP/1.1\r\nHost: {host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
               f"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {key}\r\n\r\n")
    return request.encode(), accepts(key)
