"""What defects of BingX are made of: signing, requests and replies changed, accounts made otherwise."""

import hashlib
import hmac
import re
import time
import urllib.parse

from server_proxy import Defect, reply

OCO = "/openApi/spot/v1/oco/"
PLACE, CANCEL = OCO + "order", OCO + "cancel"
LIST, OPEN, ENDED = OCO + "orderList", OCO + "openOrderList", OCO + "historyOrderList"
ORDER = "/openApi/spot/v1/trade/query"
TRADES = "/openApi/spot/v1/trade/myTrades"
BALANCE = "/openApi/spot/v1/account/balance"
TIME = "/openApi/spot/v1/server/time"
SYMBOLS = "/openApi/spot/v1/common/symbols"


# ---- signing

def digest(secret, text, kind="sha256"):
    return hmac.new(secret.encode(), text.encode(), getattr(hashlib, kind))


def query(request):
    """The parameters of the query in their order, decoded; a plus sign stays one."""
    text = request.start[1].partition("?")[2].replace("+", "%2B")
    return urllib.parse.parse_qsl(text, keep_blank_values=True)


def joined(pairs):
    return "&".join(f"{name}={value}" for name, value in pairs)


def split(request):
    """The parameters without the signature, and the signature."""
    pairs = query(request)
    return [pair for pair in pairs if pair[0] != "signature"], dict(pairs).get("signature")


def right_signature(pairs, account):
    return digest(account.secret, joined(sorted(pairs))).hexdigest()


def is_signed(request, state):
    account = state.of(request)
    pairs, signature = split(request)
    return account is not None and signature == right_signature(pairs, account)


def send(request, pairs, account):
    """Makes the query of these parameters, rightly signed."""
    pairs = sorted(pairs) + [("signature", right_signature(pairs, account))]
    request.start[1] = request.path + "?" + urllib.parse.urlencode(pairs, quote_via=urllib.parse.quote)


def accepts(test):
    """A signature that is not right passes when `test(given, parameters, account)` holds."""
    def apply(request, state):
        account = state.of(request)
        pairs, given = split(request)
        if account and pairs and test(given or "", pairs, account):
            send(request, pairs, account)
    return Defect(request=apply)


def parameters(path, change):
    """Changes the parameters of rightly signed requests to `path` (None: to any), and signs them again."""
    def apply(request, state):
        if path not in (None, request.path) or not is_signed(request, state):
            return None
        pairs, _ = split(request)
        values = dict(pairs)
        answer = change(values, state.of(request))
        if answer is None:
            send(request, list(values.items()), state.of(request))
        return answer
    return apply


def takes(test, path=PLACE, **new):
    """Requests that pass `test` go on with other values; None leaves a parameter out."""
    def change(values, account):
        if not test(values):
            return
        for name, value in new.items():
            value = value(values.get(name)) if callable(value) else value
            if value is None:
                values.pop(name, None)
            else:
                values[name] = value
    return Defect(request=parameters(path, change))


def default(name, value, path=PLACE):
    return takes(lambda values: not values.get(name), path, **{name: value})


def is_number(values, name, test):
    try:
        return test(float(values[name]))
    except (KeyError, ValueError):
        return False


def at(name, test):
    return lambda values: is_number(values, name, test)


def equal(name, value):
    return lambda values: values.get(name) == value


def buys(values):
    return values.get("side") == "BUY"


def sells(values):
    return values.get("side") == "SELL"


def given(*names):
    return lambda values: all(name in values for name in names)


def both(*tests):
    return lambda values: all(test(values) for test in tests)


def asks(path, test=lambda values: True, **new):
    """As `takes`, of calls that nobody signs."""
    def apply(request, state):
        values = dict(query(request))
        if request.path != path or not test(values):
            return
        values.update({name: value for name, value in new.items() if value is not None})
        pairs = [(name, value) for name, value in values.items() if new.get(name, value) is not None]
        request.start[1] = path + "?" + urllib.parse.urlencode(pairs)
    return Defect(request=apply)


def goes_to(path, method, other, change):
    """Calls of `path` are answered by `other`; `change` makes the `data` of the reply."""
    def request(request, state):
        if request.path == path:
            request.put("X-In-Place-Of", path)
            request.start[0], request.start[1] = method, request.start[1].replace(path, other, 1)

    def answer(request, answer, state):
        body = answer.json
        if request.get("X-In-Place-Of") == path and body.get("code") == 0:
            return written(answer, {**body, "data": change(body["data"])})
        return None
    return Defect(request=request, reply=answer)


# ---- refusals

def gate(code, message):
    return reply(200, {"code": code, "msg": message, "timestamp": int(time.time() * 1000)})


def service(code, message):
    return reply(200, {"code": code, "msg": message, "debugMsg": ""})


SUCCESS = reply(200, {"code": 0, "msg": "", "debugMsg": "", "data": []})
STALE = gate(100421, "Null timestamp or timestamp mismatch")
LIMITED = gate(100410, "rate limited")


def refuses(path, test, answer):
    return Defect(request=parameters(path, lambda values, account: answer if test(values) else None))


def written(answer, body):
    answer.json = body
    return answer


def error(test, change):
    """Changes refusals that pass `test`; `change` gets and may give a reply."""
    def apply(request, answer, state):
        body = answer.json
        if not isinstance(body, dict) or not body.get("code") or not test(body):
            return None
        return change(answer, body) or written(answer, body)
    return Defect(reply=apply)


def code(number):
    return lambda body: body["code"] == number


def says(pattern):
    return lambda body: re.search(pattern, body["msg"])


def put(**values):
    return lambda answer, body: body.update(values)


def without(name):
    return lambda answer, body: body.pop(name, None) and None


def success(answer, body):
    return reply(200, {"code": 0, "msg": "", "debugMsg": "", "data": []})


def status(number):
    def change(answer, body):
        answer.status = number
        return answer
    return change


# ---- replies

def result(paths, change):
    """Changes `data` of successes at these paths; what `change` gives, if anything, takes its place."""
    paths = paths if isinstance(paths, tuple) else (paths,)

    def apply(request, answer, state):
        body = answer.json
        if request.path not in paths or not isinstance(body, dict) or body.get("code") != 0:
            return None
        new = change(body["data"], dict(query(request)))
        if new is not None:
            body["data"] = new
        return written(answer, body)
    return Defect(reply=apply)


def envelope(path, change):
    def apply(request, answer, state):
        body = answer.json
        if request.path != path or not isinstance(body, dict) or body.get("code") != 0:
            return None
        change(body)
        return written(answer, body)
    return Defect(reply=apply)


def legs(paths, test=lambda leg: True, **values):
    """Members of the orders there set; None takes one away; what is callable gets the order."""
    def change(data, asked):
        for leg in data:
            if test(leg):
                for name, value in values.items():
                    if value is None:
                        leg.pop(name, None)
                    else:
                        leg[name] = value(leg) if callable(value) else value
    return result(paths, change)


def told(path, test=lambda data: True, **values):
    """Members of `data` there set where it passes `test`; None takes one away; what is callable gets `data`."""
    def change(data, asked):
        if test(data):
            update(data, values)
    return result(path, change)


def update(row, values):
    for name, value in values.items():
        if value is None:
            row.pop(name, None)
        else:
            row[name] = value(row) if callable(value) else value


def rows(path, name, change):
    """Changes the list `name` of `data`."""
    return result(path, lambda data, asked: data.update({name: change(data[name])}))


def every(path, name, test=lambda row: True, **values):
    """As `told`, of each element of the list `name` of `data`."""
    def change(data, asked):
        for row in data[name]:
            if test(row):
                update(row, values)
    return result(path, change)


def each_row(path, change):
    """Changes each element of `data`."""
    def apply(data, asked):
        for row in data:
            change(row)
    return result(path, apply)


def forgives(path, pattern, data):
    """Refusals there whose text is like that become successes with this `data`."""
    def apply(request, answer, state):
        body = answer.json
        if request.path == path and isinstance(body, dict) and body.get("code") and re.search(pattern, body["msg"]):
            return reply(200, {"code": 0, "msg": "", "debugMsg": "", "data": data})
        return None
    return Defect(reply=apply)


def is_stop(leg):
    return leg["orderType"] == "ocoTps"


def is_limit(leg):
    return leg["orderType"] == "ocoLimit"


def header(name, change):
    def apply(request, answer, state):
        if answer.get(name) is not None:
            answer.put(name, change(answer.get(name)))
        return answer
    return Defect(reply=apply)


# ---- accounts and control calls

def account(**values):
    def apply(body):
        for name, value in values.items():
            if name not in body:
                continue
            if value is None:
                body.pop(name)
            else:
                body[name] = value(body[name]) if callable(value) else value
    return Defect(account=apply)


def settings(**values):
    def apply(body):
        own = body.get("settings", {})
        # A case without limits stays one.
        if own.get("rate_limits") == "off" and "rate_limits" in values:
            return body
        return {**body, "settings": {**own, **values}}
    return Defect(account=apply)


def market(**values):
    return Defect(account=lambda body: {
        **body, "markets": [{"symbol": "BTC-USDT", **values}, *body.get("markets", [])]})


def limit(name, count, per_ms=1000):
    usual = {"oco_create": {"count": 2, "per_ms": 1000}, "oco_cancel": {"count": 2, "per_ms": 1000},
             "oco_query": {"count": 5, "per_ms": 1000}}
    return settings(rate_limits={**usual, name: {"count": count, "per_ms": per_ms}})


def moved_clock(old, new):
    def apply(request, state):
        if request.path.endswith("/clock") and request.json == {"advance_ms": old}:
            request.json = {"advance_ms": new}
    return Defect(control=apply)


def no_book():
    """An order book that is set is not."""
    def apply(request, state):
        if request.path.endswith("/book"):
            request.start[0], request.body = "GET", b""
    return Defect(control=apply)


def prices(old, new):
    def apply(request, state):
        body = request.json
        if request.path.endswith("/price") and isinstance(body, dict) and body.get("last") == old:
            request.json = {**body, "last": new}
    return Defect(control=apply)
