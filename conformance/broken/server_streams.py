"""Defects of WebSockets themselves, the same for both venues."""

import websocket
from server_proxy import Defect
from server_stream_hooks import closes, ended, forgives, header, hears, member, offers, puts, refuses, says
from websocket import BINARY, CLOSE, CONTINUATION, PING, PONG, TEXT

SAMPLE_KEY = "dGhlIHNhbXBsZSBub25jZQ=="


def is_utf8(data):
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def any_path(request):
    place, _, name = request.path.rpartition("/")
    if name == "no-such-stream":
        request.start[1] = place + ("/market" if "bingx" in place else "/ws")


def first_part_is_all(frame, stream):
    """Takes the first part of a message for all of it."""
    if frame.opcode == CONTINUATION:
        return []
    frame.fin = True
    return [frame]


def two_parts_at_most(frame, stream):
    """Loses what comes between the first part of a message and the last."""
    if frame.opcode == CONTINUATION and not frame.fin:
        return []
    return None


def no_control_between(frame, stream):
    """Takes a ping between the parts of a message for its end."""
    if frame.opcode in (TEXT, BINARY):
        stream.memory["open"] = not frame.fin
    elif frame.opcode == CONTINUATION:
        stream.memory["open"] = not frame.fin
    elif stream.memory.get("open"):
        return ended(stream, 1002)
    return None


def empty_parts_end(frame, stream):
    if frame.opcode <= BINARY and not frame.payload:
        return ended(stream, 1002)
    return None


def each_part_is_utf8(frame, stream):
    """Wants UTF-8 of each frame by itself."""
    if frame.opcode in (TEXT, CONTINUATION) and not is_utf8(frame.payload):
        return ended(stream, 1007)
    return None


def new_message_wins(frame, stream):
    """Forgets a message that was not ended when another begins."""
    held = stream.memory.setdefault("held", [])
    if frame.opcode not in (TEXT, BINARY, CONTINUATION):
        return None
    if frame.opcode != CONTINUATION:
        held.clear()
    held.append(frame)
    if not frame.fin:
        return []
    out = list(held)
    held.clear()
    return out


def one_message_a_piece(frame, stream):
    """Reads the first of two messages that come together."""
    if frame.opcode == TEXT:
        stream.memory["read"] = stream.memory.get("read", 0) + 1
        return [] if stream.memory["read"] == 2 else None
    return None


def no_close(frame, stream):
    return [] if frame.opcode == CLOSE else None


def close_with(code, test=lambda frame: True):
    def change(frame, stream):
        if frame.opcode == CLOSE and test(frame):
            return [websocket.close_frame(code)]
        return None
    return says(change)


def codes_of_the_protocol(frame, stream):
    """Answers codes of applications with one of its own."""
    if frame.opcode == CLOSE and frame.payload[:1] >= b"\x0b":
        return [websocket.close_frame(1000)]
    return None


def pongs(change):
    def apply(frame, stream):
        if frame.opcode == PONG:
            frame.payload = change(frame.payload)
            return [frame]
        return None
    return says(apply)


def masks(frame, stream):
    frame.key = b"\x01\x02\x03\x04"
    return [frame]


def is_(opcode):
    return lambda frame: frame.opcode == opcode


DEFECTS = {f"{name}-{venue}": defect for venue in ("bingx", "whitebit") for name, defect in {
    "ws-accepts-with-another-key": header("Sec-WebSocket-Accept", websocket.accepts(SAMPLE_KEY)),
    "ws-switches-without-upgrade": header("Upgrade", None),
    "ws-masks-its-frames": says(masks),
    "ws-sets-reserved-bits": says(lambda frame, stream: [member(reserved=4)(frame)]),
    "ws-connection-is-one-word": refuses(lambda request: request.get("Connection") != "Upgrade"),
    "ws-takes-up-deflate": header("Sec-WebSocket-Extensions", "permessage-deflate"),
    "ws-chooses-any-subprotocol": header("Sec-WebSocket-Protocol", "no.such.protocol"),
    "ws-needs-no-key": puts("Sec-WebSocket-Key", SAMPLE_KEY, lambda value: value is None),
    "ws-takes-any-key": puts("Sec-WebSocket-Key", SAMPLE_KEY, lambda value: value == "AAAA"),
    "ws-takes-any-version": puts("Sec-WebSocket-Version", "13"),
    "ws-opens-at-any-path": offers(any_path),
    "ws-pongs-say-nothing": pongs(lambda payload: b""),
    "ws-no-pong-to-an-empty-ping": hears(
        lambda frame, stream: [] if frame.opcode == PING and not frame.payload else None),
    "ws-short-pongs": pongs(lambda payload: payload[:124]),
    "ws-pongs-end-streams": closes(is_(PONG), 1002),
    "ws-first-part-is-all": hears(first_part_is_all),
    "ws-two-parts-at-most": hears(two_parts_at_most),
    "ws-no-ping-within-a-message": hears(no_control_between),
    "ws-empty-parts-end-streams": hears(empty_parts_end),
    "ws-reads-one-piece": Defect(whole=False),
    "ws-one-message-a-piece": hears(one_message_a_piece),
    "ws-unmasked-frames-pass": forgives(lambda frame: not frame.key, member(key=b"\x01\x02\x03\x04")),
    "ws-reserved-bits-pass": forgives(lambda frame: frame.reserved, member(reserved=0)),
    "ws-reserved-opcodes-pass": forgives(is_(3), lambda frame: None),
    "ws-reserved-control-passes": forgives(is_(11), lambda frame: None),
    "ws-pings-in-parts-pass": forgives(lambda frame: frame.opcode == PING and not frame.fin, member(fin=True)),
    "ws-long-pings-pass": forgives(lambda frame: frame.opcode == PING and len(frame.payload) > 125,
                                   member(payload=b"x")),
    "ws-continues-nothing": forgives(is_(CONTINUATION), member(opcode=TEXT)),
    "ws-a-new-message-wins": hears(new_message_wins),
    "ws-any-bytes-are-text": forgives(lambda frame: frame.opcode == TEXT and not is_utf8(frame.payload),
                                     lambda frame: None),
    "ws-each-part-is-utf8": hears(each_part_is_utf8),
    "ws-waits-for-the-rest": Defect(too_long=None),
    "ws-ends-without-a-closing-frame": says(no_close),
    "ws-answers-no-code-with-an-error": close_with(1011, lambda frame: frame.payload[:2] in (b"", b"\x03\xe8")),
    "ws-knows-its-own-codes-alone": says(codes_of_the_protocol),
    "ws-any-closing-code-passes": forgives(lambda frame: frame.opcode == CLOSE and frame.payload == b"\x03\xee",
                                           member(payload=b"\x03\xe8")),
    "ws-half-a-code-passes": forgives(lambda frame: frame.opcode == CLOSE and len(frame.payload) == 1,
                                      member(payload=b"")),
}.items()}
