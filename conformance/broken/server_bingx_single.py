"""Hooks that a single defect of BingX needs, with a memory of what an account has done."""

import json
import re
import time

from server_common import remembers
from server_proxy import Defect, reply
from server_bingx_hooks import (
    BALANCE, CANCEL, ENDED, LIMITED, OPEN, PLACE, SUCCESS, default, digest, gate, joined, parameters,
    query, right_signature, service, split, written)


# ---- what needs a memory

def add_pair(memory, answer, request):
    body = answer.json
    if body.get("code") == 0:
        memory.setdefault("pairs", []).append(body["data"])


def still_open(memory, request, answer):
    body = answer.json
    if request.path == OPEN and body.get("data") == [] and "pairs" in memory \
            and dict(query(request)).get("pageIndex") == "1":
        pair = memory["pairs"][0]
        body["data"] = [{**pair[1], "status": "NEW"}, {**pair[0], "status": "PENDING"}]
        return written(answer, body)
    return None


def one_id(memory, request, answer):
    body = answer.json
    if request.path == PLACE and body.get("code") == 0:
        body["data"][1]["orderId"] = body["data"][0]["orderId"]
        memory["ids"] = True
        return written(answer, body)
    if request.path == OPEN and "ids" in memory and len(body.get("data") or []) == 2:
        body["data"][0]["orderId"] = body["data"][1]["orderId"]
        return written(answer, body)
    return None


def last_cancel(memory, answer, request):
    if answer.json.get("code") == 0:
        memory["cancel"] = answer.body


def cancel_again(memory, request, answer):
    if request.path == CANCEL and answer.json.get("code") == 100404 and "cancel" in memory:
        return reply(200, memory["cancel"])
    return None


def never_freed(memory, request, answer):
    body = answer.json
    if request.path != BALANCE or body.get("code") != 0:
        return None
    for row in body["data"]["balances"]:
        if row["asset"] == "USDT":
            if float(row["locked"]) > 0:
                memory["row"] = dict(row)
            row.update(memory.get("row", {}))
    return written(answer, body)


def nothing(memory, answer, request):
    pass


def ids(change):
    """Ids of the client's that an account has used, in `used`."""
    def apply(values, owner):
        used = owner.memory.setdefault("ids", set())
        answer = change(values, used)
        used.add(values.get("listClientOrderId"))
        return answer
    return Defect(request=parameters(PLACE, apply))


def forget_used(values, used):
    if values.get("listClientOrderId") in used:
        values.pop("listClientOrderId", None)


def counted(count):
    """The limit is one for all calls of an account."""
    def apply(request, state):
        owner = state.of(request)
        if owner is None or request.path not in (OPEN, ENDED):
            return None
        owner.memory["calls"] = owner.memory.get("calls", 0) + 1
        return LIMITED if owner.memory["calls"] > count and "frozen_at_ms" in owner.body else None
    return Defect(request=apply)


def same_order():
    """Equal orders pass at once: they are told apart by a cent that nobody asked for."""
    def change(values, owner):
        owner.memory["cents"] = owner.memory.get("cents", 0) + 1
        if owner.memory["cents"] > 1 and values.get("limitPrice") == "48000":
            values["limitPrice"] = "47999.%02d" % (100 - owner.memory["cents"])
    return Defect(request=parameters(PLACE, change))


def any_order_is_the_same(values, owner):
    last = owner.memory.get("last")
    owner.memory["last"] = values.get("symbol"), values.get("limitPrice")
    if last == owner.memory["last"] and values.get("quantity") == "0.002":
        return service(100400, "The same order can only be submitted once per second.")
    return None


# ---- time

def by_age(test, age):
    """Calls whose age in milliseconds passes `test` go on with another age."""
    def change(values, owner):
        now = owner.body.get("frozen_at_ms", time.time() * 1000)
        try:
            given = now - int(values.get("timestamp", "x"))
        except ValueError:
            return None
        if not test(given, values):
            return None
        if not isinstance(age, int):
            return age
        values["timestamp"] = str(int(now) - age)
        return None
    return Defect(request=parameters(None, change))


def fresh_time(test):
    def change(values, owner):
        if test(values.get("timestamp")):
            values["timestamp"] = str(int(owner.body.get("frozen_at_ms", time.time() * 1000)))
    return Defect(request=parameters(None, change))


def rounded(values, owner):
    for name in ("quantity", "limitPrice", "orderPrice", "triggerPrice"):
        digits = 5 if name == "quantity" else 2
        if re.fullmatch(r"[0-9]+\.[0-9]{%d,}" % (digits + 1), values.get(name, "")):
            values[name] = str(round(float(values[name]), digits))


def long_decimals(values):
    return re.fullmatch(r"0\.[0-9]{6,}", values.get("quantity", ""))


# ---- where parameters stand

def refuses_body(kind, answer):
    return Defect(request=lambda request, state: answer if kind in (request.get("Content-Type") or "") else None)


def signs_json_text(request, state):
    owner, body = state.of(request), request.json
    if owner is None or not isinstance(body, dict) or "signature" not in body:
        return
    members = {name: value for name, value in body.items() if name != "signature"}
    text = json.dumps(members, separators=(",", ":"))
    if body["signature"] == digest(owner.secret, text).hexdigest():
        pairs = [(name, value if isinstance(value, str) else json.dumps(value)) for name, value in members.items()]
        body["signature"] = right_signature(pairs, owner)
        request.json = body


def sent_order(request, state):
    """What is signed in another order than the sorted one is refused."""
    owner = state.of(request)
    pairs, signature = split(request)
    if owner and signature and signature == digest(owner.secret, joined(pairs)).hexdigest() and pairs != sorted(pairs):
        return gate(100001, "Signature verification failed due to signature mismatch")
    return None


def decodes_nothing(request, state):
    """The signature is held against the percent-encoded text."""
    if "%" in request.start[1] and state.of(request):
        return gate(100001, "Signature verification failed due to signature mismatch")
    return None


def string_numbers(request, state):
    body = request.json
    return service(100400, "arguments invalid") \
        if request.path == PLACE and isinstance(body, dict) and isinstance(body.get("quantity"), str) else None


def get_places(request, state):
    if request.path == PLACE:
        request.start[0] = "POST"


def body_of_nothing(request, state):
    return reply(200, SUCCESS.body) if request.path == PLACE and request.body == b'{"symbol":' else None


def when(test, answer):
    return Defect(request=lambda request, state: answer if test(request, state) else None)


def on(path, change):
    """A reply of `path`, whatever it is."""
    return Defect(reply=lambda request, answer, state: change(answer) if request.path == path else None)


def unknown_key(request, state):
    return request.get("X-BX-APIKEY") and not state.of(request)


def missing_is_default(*names):
    values = {"symbol": "BTC-USDT", "side": "BUY", "quantity": "0.001", "limitPrice": "48000",
              "triggerPrice": "87000", "orderPrice": "88000"}
    return {f"{name.lower()}-optional-bingx": default(name, values[name]) for name in names}


def other_seconds(answer):
    body = answer.json
    body["data"]["serverTime"] //= 1000
    return written(answer, body)


MISMATCH = "Signature verification failed due to signature mismatch"
