"""What defects of WhiteBIT are made of: signing, requests and replies changed, accounts made otherwise."""

import base64
import hashlib
import hmac
import json
import re
import urllib.parse

from server_proxy import Defect, reply

PLACE = "/api/v4/order/collateral/oco"
CANCEL = "/api/v4/order/oco-cancel"
CANCEL_CONDITIONAL = "/api/v4/order/conditional-cancel"
LIST = "/api/v4/oco-orders"
CONDITIONAL = "/api/v4/conditional-orders"
ACCOUNT = "/api/v4/collateral-account/"
TRADE = "/api/v4/trade-account/"
HISTORY = TRADE + "order/history"


# ---- signing

def digest(secret, text, kind="sha512"):
    return hmac.new(secret.encode(), text, getattr(hashlib, kind))


def right_signature(request, account):
    return digest(account.secret, (request.get("X-TXC-PAYLOAD") or "").encode()).hexdigest()


def is_signed(request, state):
    account = state.of(request)
    return account is not None and request.get("X-TXC-SIGNATURE") == right_signature(request, account)


def sign(request, account):
    request.put("X-TXC-PAYLOAD", base64.b64encode(request.body).decode())
    request.put("X-TXC-SIGNATURE", right_signature(request, account))


def accepts(test):
    """A signature that is not right passes when `test(given, request, account)` holds."""
    def apply(request, state):
        account = state.of(request)
        if account and test(request.get("X-TXC-SIGNATURE") or "", request, account):
            request.put("X-TXC-SIGNATURE", right_signature(request, account))
    return Defect(request=apply)


def payload(request):
    return (request.get("X-TXC-PAYLOAD") or "").encode()


def members(path, change):
    """Changes the members of rightly signed requests to `path` (None: to any), and signs them again."""
    def apply(request, state):
        body = request.json
        if (path not in (None, request.path)) or not isinstance(body, dict) or not is_signed(request, state) \
                or base64.b64encode(request.body) != payload(request):
            return None
        answer = change(body, state.of(request))
        if answer is None or answer is body:
            request.json = body
            sign(request, state.of(request))
            return None
        return answer
    return apply


def takes(test, **values):
    """A placement whose members pass `test` is placed with other values: what is wrong is accepted.
    A value that is callable makes the new value of the old one; None leaves the member out."""
    def change(body, account):
        if not test(body):
            return
        for name, value in values.items():
            new = value(body.get(name)) if callable(value) else value
            if new is None:
                body.pop(name, None)
            else:
                body[name] = new
    return Defect(request=members(PLACE, change))


def sends(path, test=lambda body: True, **values):
    """As `takes`, of another call."""
    def change(body, account):
        if test(body):
            update(body, values)
    return Defect(request=members(path, change))


def update(body, values):
    for name, value in values.items():
        new = value(body) if callable(value) else value
        if new is None:
            body.pop(name, None)
        else:
            body[name] = new


def lacks(name):
    return lambda body: name not in body


def has(name, *values):
    return lambda body: name in body and (not values or body[name] in values)


def goes_to(path, other, change, test=lambda body: True):
    """Calls of `path` that pass `test` are answered by `other`; `change` makes the reply of its reply."""
    def request(request, state):
        body = request.json
        if request.path == path and is_signed(request, state) and test(body):
            request.put("X-In-Place-Of", path)
            request.start[1] = other
            request.json = {**body, "request": other}
            sign(request, state.of(request))

    def answer(request, answer, state):
        if request.get("X-In-Place-Of") == path and answer.status == 200:
            return written(answer, change(answer.json))
        return None
    return Defect(request=request, reply=answer)


def asks(path, test=lambda values: True, **new):
    """As `sends`, of calls that nobody signs."""
    def apply(request, state):
        values = dict(urllib.parse.parse_qsl(request.start[1].partition("?")[2]))
        if request.path != path or not test(values):
            return
        values.update(new)
        pairs = [(name, value) for name, value in values.items() if value is not None]
        request.start[1] = path + ("?" + urllib.parse.urlencode(pairs) if pairs else "")
    return Defect(request=apply)


def default(name, value):
    return takes(lambda body: name not in body, **{name: value})


def number(value):
    try:
        return float(value)
    except (TypeError, ValueError):
        return None


def at(name, test):
    """Whether a member is a number that passes `test`."""
    return lambda body: number(body.get(name)) is not None and test(number(body[name]))


def not_number(name):
    return lambda body: name in body and number(body[name]) is None


# ---- refusals

def validation(code, key, *texts, status=422):
    return reply(status, {"code": code, "errors": {key: list(texts)}, "message": "Validation failed"})


def inner(code, key, text):
    return reply(400, {"code": code, "errors": {key: [text]}, "message": "Inner validation failed"})


def refuses(path, test, answer):
    """A request whose members pass `test` is refused, though it is right."""
    return Defect(request=members(path, lambda body, account: answer if test(body) else None))


def error(test, change):
    """Changes the replies that are errors and pass `test`; `change` gets and may give a reply."""
    def apply(request, answer, state):
        body = answer.json
        if not isinstance(body, dict) or "code" not in body or "message" not in body or not test(body):
            return None
        return change(answer, body) or written(answer, body)
    return Defect(reply=apply)


def code(number):
    return lambda body: body["code"] == number


def text(pattern):
    """Whether one of an error's texts is like that."""
    return lambda body: re.search(pattern, json.dumps([body["errors"], body["message"]]))


def put(**values):
    return lambda answer, body: body.update(values)


def status(number):
    def change(answer, body):
        answer.status = number
        return answer
    return change


def rename(old, new):
    def change(answer, body):
        body["errors"] = {new if key == old else key: texts for key, texts in body["errors"].items()}
    return change


def retext(*texts):
    def change(answer, body):
        body["errors"] = {key: list(texts) for key in body["errors"]}
    return change


# ---- replies

def written(answer, body):
    answer.json = body
    return answer


def result(paths, change):
    """Changes the JSON of successes at these paths; what `change` gives, if anything, takes its place."""
    paths = paths if isinstance(paths, tuple) else (paths,)

    def apply(request, answer, state):
        body = answer.json
        if request.path not in paths or answer.status != 200 or body is None:
            return None
        new = change(body, request)
        return written(answer, body if new is None else new)
    return Defect(reply=apply)


def told(path, test=lambda body: True, **values):
    """Members of the reply there set where it passes `test`; None takes one away; what is callable gets the reply."""
    def change(body, request):
        if test(body):
            update(body, values)
    return result(path, change)


def every(path, test=lambda row: True, **values):
    """As `told`, of each element of an array."""
    def change(body, request):
        for row in body:
            if test(row):
                update(row, values)
    return result(path, change)


def forgives(path, pattern, body, test=lambda asked: True, status=200):
    """Refusals there that say something like that become successes with this body."""
    def apply(request, answer, state):
        if request.path == path and answer.status >= 400 and re.search(pattern, answer.body.decode()) \
                and test(request.json):
            return reply(status, json.dumps(body).encode())
        return None
    return Defect(reply=apply)


def legs_of(body):
    groups = body if isinstance(body, list) else body.get("records", [body])
    for group in groups:
        for name in ("stop_loss", "take_profit", "stopLoss", "takeProfit"):
            if name in group:
                yield name, group[name]


def each_leg(paths, change):
    def apply(body, request):
        for name, leg in legs_of(body):
            change(leg, name, request)
    return result(paths, apply)


def leg(paths, **values):
    """Members of the legs there set; None takes one away."""
    def change(leg, name, request):
        for member, value in values.items():
            if value is None:
                leg.pop(member, None)
            elif member in leg:
                leg[member] = value
    return each_leg(paths, change)


def renamed(leg, name, request):
    for old, new in (("order_id", "orderId"), ("client_order_id", "clientOrderId"), ("deal_money", "dealMoney"),
                     ("deal_stock", "dealStock"), ("deal_fee", "dealFee")):
        if old in leg:
            leg[new] = leg.pop(old)


def with_prefix(leg, name=None, request=None):
    leg["type"] = "margin " + leg["type"]


def fees(leg, name, request):
    leg.pop("takerFee", None)
    leg.pop("makerFee", None)


def history(change):
    """Changes each ended order of the history."""
    def apply(body, request):
        for orders in body.values():
            for order in orders:
                change(order)
    return result(HISTORY, apply)


def status_first(leg, name, request):
    last = {name: leg.pop(name) for name in ("mtime", "price") if name in leg}
    leg.update(last)


# ---- accounts and control calls

def account(**values):
    """Accounts are made with these members, or without those that are None."""
    def apply(body):
        for name, value in values.items():
            if name not in body and value is not None:
                continue
            if value is None:
                body.pop(name, None)
            else:
                body[name] = value(body[name]) if callable(value) else value
    return Defect(account=apply)


def settings(**values):
    return Defect(account=lambda body: {**body, "settings": {**body.get("settings", {}), **values}})


def market(**values):
    symbol = {"symbol": "BTC_USDT", **values}
    return Defect(account=lambda body: {**body, "markets": [symbol, *body.get("markets", [])]})


def limits(change):
    """Changes the limits that a case has given its account."""
    def apply(body):
        for window in body.get("settings", {}).get("rate_limits", {}).values():
            change(window)
    return Defect(account=apply)


def prices(change):
    def apply(request, state):
        body = request.json
        if request.path.endswith("/price") and isinstance(body, dict):
            request.json = change(body)
    return Defect(control=apply)


def one_price(old, new):
    """One price that a case sets is another."""
    return prices(lambda body: {**body, "last": new} if body.get("last") == old else body)


def moved_clock(old, new):
    def apply(request, state):
        if request.path.endswith("/clock") and request.json == {"advance_ms": old}:
            request.json = {"advance_ms": new}
    return Defect(control=apply)


def dropped(kind):
    """A control call has no effect: what the case moves stays where it was."""
    def apply(request, state):
        if request.path.endswith(kind) and request.start[0] in ("PUT", "POST"):
            request.start = ["GET", re.sub("/[^/]*$", "/orders" if kind == "/positions" else kind, request.path),
                             "HTTP/1.1"]
            request.body = b""
    return Defect(control=apply)
