"""What defects of streams are made of: handshakes, frames and messages changed on their way."""

import gzip
import json
import zlib

import websocket
from server_proxy import Defect, reply
from websocket import BINARY, TEXT, Frame


# ---- handshakes

def is_handshake(request):
    return (request.get("Upgrade") or "").lower() == "websocket"


def offers(change):
    """`change(request)` of handshakes."""
    def apply(request, state):
        return change(request) if is_handshake(request) else None
    return Defect(request=apply)


def answers(change):
    """`change(answer, request)` of the replies to handshakes that opened a stream."""
    def apply(request, answer, state):
        if is_handshake(request) and answer.status == 101:
            return change(answer, request)
        return None
    return Defect(reply=apply)


def header(name, value):
    return answers(lambda answer, request: answer.put(name, value))


def puts(name, value, test=lambda value: True):
    """A header of the handshake is set where what it is passes `test`."""
    def change(request):
        if test(request.get(name)):
            request.put(name, value)
    return offers(change)


def refuses(test, status=400):
    return offers(lambda request: reply(status, b"") if test(request) else None)


# ---- frames

def hears(change):
    """`change(frame, stream)` of the client's frames: None leaves it as it is, a list takes its place."""
    return Defect(hears=lambda stream, frame: change(frame, stream))


def says(change):
    """The same of the server's."""
    return Defect(says=lambda stream, frame: change(frame, stream))


def closes(test, code):
    """Frames of the client that pass `test` end the stream with that code, or without a closing frame."""
    def change(frame, stream):
        if not test(frame):
            return None
        return ended(stream, code)
    return hears(change)


def ended(stream, code=None):
    if code is not None:
        stream.tell_client(websocket.close_frame(code))
    stream.end()
    return []


def forgives(test, change):
    """Frames of the client that pass `test` are changed; None takes one away."""
    def apply(frame, stream):
        if not test(frame):
            return None
        changed = change(frame)
        return [] if changed is None else [changed]
    return hears(apply)


def member(**values):
    def change(frame):
        for name, value in values.items():
            setattr(frame, name, value)
        return frame
    return change


# ---- messages of JSON

def text_of(frame):
    """What a data frame says, without gzip; None where that cannot be told."""
    try:
        data = gzip.decompress(frame.payload) if frame.payload[:2] == b"\x1f\x8b" else frame.payload
        return data.decode()
    except (OSError, EOFError, zlib.error, UnicodeDecodeError):
        return None


def message_of(frame):
    if frame.opcode not in (TEXT, BINARY) or not frame.fin:
        return None
    try:
        return json.loads(text_of(frame) or "")
    except ValueError:
        return None


def written(text, like):
    """A frame with that text in the way of another."""
    if like.payload[:2] == b"\x1f\x8b":
        return Frame(BINARY, gzip.compress(text.encode(), 1))
    return Frame(TEXT, text.encode(), key=like.key)


def made(message, like):
    """The same of JSON, in the venue's way: WhiteBIT's has blanks."""
    compact = like.payload[:2] == b"\x1f\x8b" or like.key
    return written(json.dumps(message, separators=(",", ":") if compact else None, ensure_ascii=False), like)


def of_messages(change):
    """Of frames with a message: `change(message, stream)` gives None where it passes, with what was changed in it, or a
    list of messages in its place."""
    def apply(frame, stream):
        message = message_of(frame)
        if message is None:
            return None
        before = json.dumps(message)
        out = change(message, stream)
        if out is None:
            return None if json.dumps(message) == before else [made(message, frame)]
        return [made(each, frame) for each in out]
    return apply


def told(change):
    """`change(message, stream)` of what the server says."""
    return says(of_messages(change))


def asked(change):
    """The same of what the client says."""
    return hears(of_messages(change))


def answered(change, like_gzip):
    """`change(message, stream)` of what the client says: what it gives is answered in the server's place; None lets
    the message pass."""
    def apply(frame, stream):
        message = message_of(frame)
        out = None if message is None else change(message, stream)
        if out is None:
            return None
        like = Frame(BINARY, b"\x1f\x8b") if like_gzip else Frame(TEXT, b"")
        stream.tell_client(*(made(each, like) for each in out))
        return []
    return hears(apply)


def both(*defects):
    """One defect that needs hooks of several kinds."""
    out = Defect()
    for defect in defects:
        for name in ("control", "account", "request", "reply", "says", "hears"):
            if getattr(defect, name):
                setattr(out, name, getattr(defect, name))
    return out
