"""Hooks that a single defect of WhiteBIT needs, with a memory of what an account has done."""

import base64
import re
import time

from server_proxy import Defect, reply
from server_whitebit_hooks import (
    ACCOUNT, CANCEL, CONDITIONAL, HISTORY, LIST, PLACE, account, is_signed, leg, members, number, payload,
    result, right_signature, sign, status, takes, validation, written)


# ---- nonces

def nonces(takes_equal=False, takes_lower=False):
    """Nonces are compared here; those that pass are replaced by a counter."""
    def change(body, account):
        nonce = number(body.get("nonce"))
        memory = account.memory
        if nonce is None:
            return
        if body.get("nonceWindow"):
            memory["count"] = max(memory.get("count", 0), int(nonce))
            return
        last = memory.get("last", -1)
        if nonce > last or (nonce == last and takes_equal) or (nonce < last and takes_lower):
            memory["last"] = max(last, nonce)
            memory["count"] = memory.get("count", 0) + 1
            body["nonce"] = memory["count"]
        else:
            body["nonce"] = 0
    return Defect(request=members(None, change))


def window(test, change):
    """Changes nonces of the window that pass `test`, by their age in milliseconds."""
    def apply(body, account):
        nonce = number(body.get("nonce"))
        if body.get("nonceWindow") is not True or nonce is None:
            return None
        now = account.body.get("frozen_at_ms", time.time() * 1000)
        if test(now - nonce):
            return change(body, int(now), account)
        return None
    return Defect(request=members(None, apply))


def set_nonce(offset):
    def change(body, now, account):
        body["nonce"] = now + offset
    return change


TOO_MANY = reply(429, {"code": 0, "errors": {}, "message": "Too many requests."})


def used_in_window(body, now, account):
    used = account.memory.setdefault("used", {})
    used[body["nonce"]] = used.get(body["nonce"], 0) + 1
    body["nonce"] += used[body["nonce"]] - 1


def out_of_order(body, now, account):
    if body["nonce"] < account.memory.get("highest", 0):
        return TOO_MANY
    account.memory["highest"] = body["nonce"]
    return None


def second_call(body, account):
    account.memory["calls"] = account.memory.get("calls", 0) + 1
    return TOO_MANY if account.memory["calls"] > 1 else None


# ---- client order ids

def ids(change):
    """`change(body, account, used)`: `used` has the client ids of the account by market."""
    def apply(body, account):
        name = body.get("clientOrderId")
        if not isinstance(name, str):
            return None
        used = account.memory.setdefault("ids", {}).setdefault(body.get("market"), set())
        answer = change(body, account, used)
        used.add(name)
        return answer
    return Defect(request=members(PLACE, apply))


USED = validation(36, "clientOrderId", "This client order id is already used by the current account.")
BAD_ID = validation(36, "clientOrderId",
                    "ClientOrderId field field should contain only latin letters, numbers and dashes.")


def reused(body, account, used):
    if body["clientOrderId"] in used:
        del body["clientOrderId"]


def never_free(body, account, used):
    return USED if body["clientOrderId"] in used else None


def across_markets(body, account, used):
    everywhere = set().union(*account.memory["ids"].values())
    return USED if body["clientOrderId"] in everywhere - used else None


def small_letters(body, account, used):
    body["clientOrderId"] = body["clientOrderId"].lower()


def id_change(test, new):
    return takes(lambda body: isinstance(body.get("clientOrderId"), str) and test(body["clientOrderId"]),
                 clientOrderId=new)


def cut(name, digits):
    """Cuts a number's text after so many decimals."""
    return lambda value: re.sub(r"(\.[0-9]{%d})[0-9]+$" % digits, r"\1", value)


def is_long(name, digits):
    return lambda body: re.search(r"\.[0-9]{%d}[0-9]" % digits, str(body.get(name)))


def buys(body):
    return body.get("side") == "buy"


def sells(body):
    return body.get("side") == "sell"


def all_of(*tests):
    return lambda body: all(test(body) for test in tests)


def reduces(body):
    return body.get("reduceOnly") is True


def reduce_only(test):
    """`reduceOnly` is overlooked where `test(body, account's positions)` holds."""
    def change(body, account):
        if reduces(body) and test(body, account.body.get("positions", [])):
            body["reduceOnly"] = False
    return Defect(request=members(PLACE, change))


def amounts_asked(leg, name, request):
    leg["amount"] = leg["left"] = request.json["amount"]


def echoed(body, request):
    asked = request.json
    body["take_profit"]["price"] = str(asked["price"])


def page(change):
    """Changes `limit` and `offset` of lists."""
    return Defect(request=members(LIST, lambda body, account: change(body)))


def without(*names):
    return lambda body: [body.pop(name, None) for name in names] and None


def first_of_missing(answer, body):
    key = sorted(body["errors"])[0]
    body["errors"] = {key: body["errors"][key]}


def over_placed(request, answer, state):
    """A placement that is over the limit is placed all the same, and answered as if it were not."""
    account = state.of(request)
    if request.path != PLACE or account is None:
        return None
    account.memory["placed"] = account.memory.get("placed", 0) + 1
    if account.memory["placed"] > 1 and "settings" in account.body:
        return reply(429, b"<html>429</html>", "text/html")
    return None


def shared_window(request, state):
    account = state.of(request)
    if account is None or request.path not in (LIST, CONDITIONAL):
        return None
    account.memory["calls"] = account.memory.get("calls", 0) + 1
    if account.memory["calls"] > 3 and "settings" in account.body:
        return reply(429, b"<html>429</html>", "text/html")
    return None



def other_order(body, request):
    return {"id": body["id"], "take_profit": body["take_profit"], "stop_loss": body["stop_loss"],
            **{name: value for name, value in body.items() if name not in ("id", "take_profit", "stop_loss")}}


def reversed_error(answer, body):
    answer.json = {"message": body["message"], "errors": body["errors"], "code": body["code"]}
    return answer


def filter_status(status):
    def change(body, request):
        for name in list(body):
            body[name] = [order for order in body[name] if order["status"] != status]
    return result(HISTORY, change)


def all_free(body, request):
    for row in body:
        row["availableWithoutBorrow"] = row["balance"]


def still_held(request, answer, state):
    """What was once held back is never given back."""
    if request.path != ACCOUNT + "balance-summary" or answer.status != 200:
        return None
    memory = state.of(request).memory
    body = answer.json
    for row in body:
        free = memory.setdefault(row["asset"], row["availableWithoutBorrow"])
        row["availableWithoutBorrow"] = min(free, row["availableWithoutBorrow"], key=float)
        memory[row["asset"]] = row["availableWithoutBorrow"]
    return written(answer, body)


def dead_cancel(paths):
    """A cancel is answered and not carried out: the pair still stands in the list afterwards."""
    def apply(request, answer, state):
        account = state.of(request)
        if account is None or answer.status != 200:
            return None
        memory = account.memory
        if request.path == LIST and answer.json:
            memory["list"] = answer.json
        if request.path in (PLACE,):
            memory["list"] = [answer.json]
        if request.path in paths:
            memory["dead"] = True
        if request.path == LIST and memory.get("dead"):
            return written(answer, memory.get("list", []))
        return None
    return Defect(reply=apply)


def repeated(request, answer, state):
    """A cancel that finds nothing is answered as the one before."""
    account = state.of(request)
    if request.path != CANCEL or account is None:
        return None
    if answer.status == 200:
        account.memory["cancelled"] = answer.body
    elif "cancelled" in account.memory:
        return reply(200, account.memory["cancelled"])
    return None


def not_found(answer, body):
    return reply(200, b"[]")


def by_leg(body, account):
    ids = account.memory.get("legs", {})
    body["orderId"] = ids.get(body.get("orderId"), body.get("orderId"))


def learn_legs(request, answer, state):
    account = state.of(request)
    if request.path == CONDITIONAL and account and answer.status == 200:
        for record in answer.json["records"]:
            for side in ("stopLoss", "takeProfit"):
                account.memory.setdefault("legs", {})[record[side]["orderId"]] = record["id"]


def same_id(request, answer, state):
    """Every pair of an account has the id of its first."""
    account = state.of(request)
    if account is None or answer.status != 200 or request.path not in (PLACE, LIST):
        return None
    body = answer.json
    first = account.memory.setdefault("id", body["id"] if request.path == PLACE else 0)
    for group in body if isinstance(body, list) else [body]:
        group["id"] = first
    return written(answer, body)


def texts_as_string(answer, body):
    body["errors"] = {key: texts[0] for key, texts in body["errors"].items()}


def camel_ids(value):
    if isinstance(value, dict):
        return {key: str(item) if key in ("id", "orderId") else camel_ids(item) for key, item in value.items()}
    return [camel_ids(item) for item in value] if isinstance(value, list) else value


def doubled_positions(body, request):
    for position in body:
        position["amount"] = str(float(position["amount"]) * 2)


def counted(request, answer, state):
    """Each list tells how often it was asked for."""
    account = state.of(request)
    if request.path != LIST or account is None or answer.status != 200:
        return None
    account.memory["asked"] = account.memory.get("asked", 0) + 1
    body = answer.json
    for group in body:
        group["asked"] = account.memory["asked"]
    return written(answer, body)


def names_beside(body, request):
    for group in body:
        if "reduceOnly" in group:
            for name in ("stop_loss", "take_profit"):
                group[name]["reduceOnly"] = group["reduceOnly"]
            del group["reduceOnly"]


def within_legs(body, request):
    for name in ("stop_loss", "take_profit"):
        body[name]["reduceOnly"] = body["reduceOnly"]


def wrong_path(request, state):
    if request.path == LIST and is_signed(request, state):
        body = request.json
        if isinstance(body, dict) and body.get("request", LIST) != LIST:
            body["request"] = LIST
            request.json = body
            sign(request, state.of(request))


def signs_any(request, state):
    account = state.of(request)
    if account and payload(request):
        request.put("X-TXC-SIGNATURE", right_signature(request, account))


def body_alone(request, state):
    """The payload is never held against the body."""
    if is_signed(request, state):
        sign(request, state.of(request))


def twice_decoded(request, state):
    if not is_signed(request, state):
        return
    try:
        inner_payload = base64.b64decode(payload(request), validate=True)
        base64.b64decode(inner_payload, validate=True)
    except ValueError:
        return
    request.put("X-TXC-PAYLOAD", inner_payload.decode())
    request.put("X-TXC-SIGNATURE", right_signature(request, state.of(request)))


def no_payload(request, state):
    if state.of(request) and not payload(request):
        request.put("X-TXC-PAYLOAD", base64.b64encode(request.body).decode())


def no_json(request, state):
    if state.of(request) and request.json is None:
        return reply(200, b"[]")
    return None


def added(path, name, value):
    def apply(request, state):
        body = request.json
        if isinstance(body, dict) and name not in body and request.path == path and is_signed(request, state):
            body[name] = value(request) if callable(value) else value
            request.json = body
            sign(request, state.of(request))
    return Defect(request=apply)


def nonce_of_time(body, account):
    nonce = number(body.get("nonce"))
    return TOO_MANY if nonce is not None and nonce < 1e12 and not body.get("nonceWindow") else None


def string_nonce(body, account):
    return reply(401, {"code": 0, "errors": {}, "message": "Nonce not provided."}) \
        if isinstance(body.get("nonce"), str) and body["nonce"].isdigit() else None


def any_nonce(body, account):
    if number(body.get("nonce")) is None:
        body["nonce"] = int(time.time() * 1000)


def window_text(body, account):
    if isinstance(body.get("nonceWindow"), str):
        body["nonceWindow"] = True


def window_seconds(body, account):
    nonce = number(body.get("nonce"))
    if body.get("nonceWindow") is True and nonce is not None and nonce < 1e11:
        body["nonce"] = int(time.time() * 1000)


def json_limits(request, answer, state):
    if answer.status == 429 and answer.json is None:
        return reply(429, {"code": 0, "errors": {}, "message": "Too many requests."})
    return None


def nonce_html(request, answer, state):
    if answer.status == 429 and answer.json is not None:
        return reply(429, b"<html>429</html>", "text/html")
    return None




def shown_after_fill(request, answer, state):
    """A pair whose order has filled stays in the list, with both orders open."""
    account = state.of(request)
    if account is None or answer.status != 200 or request.path not in (PLACE, LIST, CANCEL):
        return None
    if request.path == PLACE:
        account.memory["pair"] = answer.json
    if request.path == CANCEL:
        account.memory.pop("pair", None)
    if request.path == LIST and answer.json == [] and "pair" in account.memory:
        return written(answer, [account.memory["pair"]])
    return None


def burns_nonces(request, state):
    """The nonce of a wrongly signed request is taken for the latest."""
    owner, nonce = state.of(request), (request.json or {}).get("nonce")
    if owner is None or not isinstance(nonce, int):
        return None
    if not is_signed(request, state):
        owner.memory["burnt"] = max(nonce, owner.memory.get("burnt", 0))
    elif nonce <= owner.memory.get("burnt", 0):
        return reply(429, {"code": 0, "errors": {}, "message": "Too many requests."})
    return None
