"""Defects of the connection and of HTTP, the same for both venues."""

import threading

from server_proxy import Defect, reply

# A call of each venue that few cases make: what goes wrong there is told by those.
CALLS = {"whitebit": "/api/v4/collateral-account/balance-summary", "bingx": "/openApi/spot/v1/account/balance"}


def hang():
    """The thread of this connection waits for ever; it ends with the program."""
    threading.Event().wait()


def small_letters_are_not_read(request, state):
    for pair in request.headers:
        if pair[0].startswith("x-"):
            pair[0] = "unread-" + pair[0]


def remembers(path, learn, tell):
    """`learn(memory, answer, request)` from replies of `path`; `tell(memory, request, answer)` may change any."""
    def apply(request, answer, state):
        owner = state.of(request)
        if owner is None:
            return None
        if request.path == path:
            learn(owner.memory, answer, request)
        return tell(owner.memory, request, answer)
    return Defect(reply=apply)


def of(path):
    def at(request):
        return request.path == path

    def wire(change):
        return lambda request, data: change(data) if at(request) else data

    def answers(change):
        return lambda request, answer, state: change(answer) if at(request) else None

    def body(change):
        def apply(answer):
            answer.body = change(answer.body)
            return answer
        return answers(apply)

    def cut_length(data):
        head, _, rest = data.partition(b"\r\n\r\n")
        return head.replace(b"Content-Length: ", b"Content-Length: 9") + b"\r\n\r\n" + rest

    return {
        "hangs": Defect(wire=wire(lambda data: hang())),
        "closes-before-the-reply": Defect(wire=wire(lambda data: None)),
        "closes-in-the-reply": Defect(wire=wire(lambda data: data[:-5])),
        "wrong-content-length": Defect(wire=wire(cut_length)),
        "no-http-reply": Defect(wire=wire(lambda data: b"SPDY " + data)),
        "malformed-json": Defect(reply=body(lambda text: text[:-1])),
        "huge-reply": Defect(reply=body(lambda text: text + b" " * (5 << 20))),
        "empty-reply": Defect(reply=body(lambda text: b"")),
        "closes-a-kept-connection": Defect(keep=False),
        "hangs-on-garbage": Defect(garbage=None),
        "reads-one-piece": Defect(whole=False),
        "ignores-chunked-bodies": Defect(chunked=False),
        "header-names-by-case": Defect(request=small_letters_are_not_read),
        "unknown-path-answers-200": Defect(
            reply=lambda request, answer, state: reply(200, b"{}") if "/no" in request.path else None),
        "answers-500": Defect(reply=lambda request, answer, state: reply(500, answer.body) if at(request) else None),
    }


DEFECTS = {f"{name}-{venue}": defect for venue, path in CALLS.items() for name, defect in of(path).items()}
