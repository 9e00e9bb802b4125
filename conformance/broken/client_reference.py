"""A careful client for both venues behind the adapter protocol, in small methods: what a defect of
client.py overrides is one of them. Written from the venues' documents; standard library only."""

import base64
import decimal
import hashlib
import hmac
import json
import re
import sys
import threading
import time
import urllib.parse
from decimal import Decimal

from client_http import Http, NoReply


class Failure(Exception):
    """An operation's error, as the protocol tells it."""

    def __init__(self, kind, message, code=None, outcome_unknown=False):
        super().__init__(message)
        self.kind, self.code, self.outcome_unknown = kind, code, outcome_unknown

    def answer(self):
        error = {"kind": self.kind, "message": str(self), "outcome_unknown": self.outcome_unknown}
        if self.code is not None:
            error["code"] = self.code
        return error


class Client:
    """What both venues have in common."""

    def __init__(self, base_url, key, secret):
        self.http = Http(base_url)
        self.key, self.secret = key, secret
        self.lock = threading.RLock()

    def close(self):
        """Nobody asks it any more."""

    def now_ms(self):
        return int(time.time() * 1000)

    def number(self, text):
        """An amount or price for the wire: digits and a point, never an exponent."""
        return format(Decimal(text), "f")

    def decimal(self, value):
        """An amount or price from the wire, as a text."""
        if isinstance(value, bool) or not isinstance(value, (str, int, Decimal)):
            raise self.misread(f"{value!r} is no amount")
        try:
            number = Decimal(value)
        except decimal.InvalidOperation as error:
            raise self.misread(f"{value!r} is no amount") from error
        if not number.is_finite():
            raise self.misread(f"{value!r} is no amount")
        return format(number, "f")

    def identifier(self, value):
        """An id from the wire, as a text, digit for digit."""
        if isinstance(value, bool) or not isinstance(value, (str, int)):
            raise self.misread(f"{value!r} is no id")
        return str(value)

    def text(self, value):
        if not isinstance(value, str):
            raise self.misread(f"{value!r} is no text")
        return value

    def misread(self, why):
        return Failure("protocol", f"the reply is not as documented: {why}")

    def parse(self, body):
        """JSON with numbers as they stand. Raises ValueError."""
        return json.loads(body.decode(), parse_float=Decimal)

    def send(self, method, target, headers, body, deadline):
        """A reply, or the failure of a request that may or may not have been carried out."""
        try:
            return self.http.exchange(method, target, headers, body, deadline)
        except NoReply as error:
            raise Failure("transport", str(error), outcome_unknown=error.sent) from error

    def call(self, name, parameters, deadline):
        raise NotImplementedError

    def act(self, name, parameters, deadline, read):
        """A call that changes something. Whatever is not understood leaves its outcome open."""
        try:
            return read(self.call(name, parameters, deadline))
        except Failure as failure:
            if failure.kind == "protocol":
                failure.outcome_unknown = True
            raise
        except (KeyError, TypeError, IndexError) as error:
            raise Failure("protocol", f"the reply is not as documented: {error!r}",
                          outcome_unknown=True) from error

    def ask(self, name, parameters, deadline, read):
        """A call that changes nothing: its outcome is never open."""
        try:
            return read(self.call(name, parameters, deadline))
        except Failure as failure:
            failure.outcome_unknown = False
            raise
        except (KeyError, TypeError, IndexError) as error:
            raise Failure("protocol", f"the reply is not as documented: {error!r}") from error

    def leg(self, order_list_id, kind, order_id, client_order_id, symbol, side, quantity, price,
            trigger_price, status):
        leg = {"order_list_id": order_list_id, "type": kind, "order_id": self.identifier(order_id),
               "client_order_id": client_order_id, "symbol": self.text(symbol),
               "side": self.text(side).lower(), "quantity": self.decimal(quantity),
               "price": self.decimal(price), "status": self.text(status)}
        if kind == "stop":
            leg["trigger_price"] = self.decimal(trigger_price)
        return leg

    def pair(self, order_list_id, client_order_id, limit, stop):
        return {"order_list_id": order_list_id, "client_order_id": client_order_id,
                "limit": limit, "stop": stop}


    def order(self, order_id, client_order_id, symbol, side, kind, status, quantity,
              filled_quantity, filled_quote, price=None, trigger_price=None):
        """A plain order as the protocol tells it. Prices that its type does not have are None."""
        order = {"order_id": self.identifier(order_id), "client_order_id": self.text(client_order_id),
                 "symbol": self.text(symbol), "side": self.text(side).lower(), "type": kind,
                 "status": self.text(status), "quantity": self.decimal(quantity),
                 "filled_quantity": self.decimal(filled_quantity),
                 "filled_quote": self.decimal(filled_quote)}
        if kind.endswith("limit"):
            order["price"] = self.decimal(price)
        if kind.startswith("stop"):
            order["trigger_price"] = self.decimal(trigger_price)
        return order

    def place_order(self, args, deadline):
        return self.act(*self.order_placement(args), deadline, self.read_order)

    def cancel_order(self, args, deadline):
        return self.act("cancel_order", self.order_cancel(args), deadline, self.read_order)

    def open_orders(self, args, deadline):
        return self.ask("open_orders", self.open_orders_query(args), deadline,
                        lambda data: {"orders": self.read_orders(data)})

    def read_orders(self, data):
        if not isinstance(data, list):
            raise self.misread("the orders are no array")
        return [self.read_order(order) for order in data]

    # What needs no key.

    def public_headers(self):
        return {}

    def public(self, path, parameters, deadline, read):
        query = "&".join(f"{name}={urllib.parse.quote(str(value), safe='')}"
                         for name, value in parameters.items())
        target = self.http.url.path + path + ("?" + query if query else "")
        try:
            return read(self.public_data(self.send("GET", target, self.public_headers(), b"",
                                                   deadline)))
        except Failure as failure:
            failure.outcome_unknown = False
            raise
        except (KeyError, TypeError, IndexError) as error:
            raise Failure("protocol", f"the reply is not as documented: {error!r}") from error

    def read_level(self, level):
        return {"price": self.decimal(level[0]), "quantity": self.decimal(level[1])}

    def read_levels(self, levels, best_first):
        if not isinstance(levels, list):
            raise self.misread("the levels are no array")
        return sorted(map(self.read_level, levels), key=lambda level: Decimal(level["price"]),
                      reverse=best_first == "highest")

    def read_book(self, data):
        return {"bids": self.read_levels(data["bids"], "highest"),
                "asks": self.read_levels(data["asks"], "lowest")}

    def candle(self, open_ms, opened, high, low, close, volume):
        if isinstance(open_ms, bool) or not isinstance(open_ms, int):
            raise self.misread(f"{open_ms!r} is no time")
        return {"open_ms": open_ms, "open": self.decimal(opened), "high": self.decimal(high),
                "low": self.decimal(low), "close": self.decimal(close),
                "volume": self.decimal(volume)}

    def in_time(self, candles):
        return sorted(candles, key=lambda candle: candle["open_ms"])

    def read_candles(self, data):
        if not isinstance(data, list):
            raise self.misread("the candles are no array")
        return {"candles": self.in_time(map(self.read_candle, data))}


# ---------------------------------------------------------------------------------------- BingX

BINGX_CALLS = {"place": ("POST", "/openApi/spot/v1/oco/order"),
               "cancel": ("POST", "/openApi/spot/v1/oco/cancel"),
               "one": ("GET", "/openApi/spot/v1/oco/orderList"),
               "open": ("GET", "/openApi/spot/v1/oco/openOrderList"),
               "history": ("GET", "/openApi/spot/v1/oco/historyOrderList"),
               "place_order": ("POST", "/openApi/spot/v1/trade/order"),
               "cancel_order": ("POST", "/openApi/spot/v1/trade/cancel"),
               "order": ("GET", "/openApi/spot/v1/trade/query"),
               "open_orders": ("GET", "/openApi/spot/v1/trade/openOrders")}
BINGX_TYPES = {"LIMIT": "limit", "MARKET": "market", "TAKE_STOP_LIMIT": "stop_limit",
               "TAKE_STOP_MARKET": "stop_market", "TRIGGER_LIMIT": "stop_limit",
               "TRIGGER_MARKET": "stop_market"}

# Code, a part of the text, kind. The first that fits counts.
BINGX_ERRORS = [
    (100001, "", "auth"), (100412, "", "auth"), (100413, "", "auth"),
    (100004, "", "permission"), (100419, "", "permission"), (100414, "", "permission"),
    (100403, "", "permission"), (100441, "", "permission"), (101402, "", "permission"),
    (100421, "timestamp", "timestamp"), (80014, "timestamp", "timestamp"),
    (100421, "not exist", "not_found"), (100421, "prohibit", "permission"),
    (100421, "", "unavailable"), (80014, "", "bad_request"),
    (100410, "", "rate_limit"), (109429, "", "rate_limit"),
    (100202, "", "insufficient_funds"), (100204, "", "bad_request"), (100440, "", "bad_request"),
    (100404, "", "not_found"), (100400, "not exist,please", "bad_request"),
    (100400, "order not exist", "not_found"), (100400, "CANCELLED already", "not_found"),
    (100400, "", "bad_request"), (100490, "", "unavailable"),
    (100500, "", "unavailable"), (100503, "", "unavailable"), (80012, "", "unavailable"),
]
# After these nobody knows whether the order was placed.
BINGX_OPEN_ENDED = {100500, 100503, 80012}


class Bingx(Client):
    # How long a request is good: the less, the sooner a lost one is over. Documented parameter.
    recv_window_ms = 2000

    def timestamp(self):
        return self.now_ms()

    def string_to_sign(self, parameters):
        return "&".join(f"{name}={value}" for name, value in sorted(parameters.items()))

    def signature(self, text):
        return hmac.new(self.secret.encode(), text.encode(), hashlib.sha256).hexdigest()

    def escaped(self, value):
        return urllib.parse.quote(value, safe="")

    def path(self, path):
        return path

    def request(self, method, path, parameters):
        """Method, target, headers, body of a signed request."""
        parameters = {**parameters, "timestamp": str(self.timestamp()),
                      "recvWindow": str(self.recv_window_ms)}
        signature = self.signature(self.string_to_sign(parameters))
        query = "&".join(f"{name}={self.escaped(value)}"
                         for name, value in sorted(parameters.items()))
        return method, f"{self.path(path)}?{query}&signature={signature}", self.headers(), b""

    def headers(self):
        return {"X-BX-APIKEY": self.key}

    def call(self, name, parameters, deadline):
        method, path = BINGX_CALLS[name]
        return self.data(self.send(*self.request(method, path, parameters), deadline))

    def data(self, reply):
        """The member `data` of a success. Raises the Failure that the reply tells of."""
        try:
            envelope = self.parse(reply.body)
        except ValueError as error:
            raise self.no_json(reply) from error
        code = envelope.get("code") if isinstance(envelope, dict) else None
        if isinstance(code, bool) or not isinstance(code, int):
            raise self.misread("it has no whole number `code`")
        if code != 0:
            raise self.refusal(code, str(envelope.get("msg", "")))
        if reply.status != 200:
            raise Failure("unavailable", f"HTTP {reply.status}", outcome_unknown=True)
        return envelope["data"]

    def no_json(self, reply):
        if reply.status in (429, 418):
            return Failure("rate_limit", f"HTTP {reply.status}")
        if reply.status == 403:
            return Failure("permission", "HTTP 403")
        if reply.status >= 500:
            return Failure("unavailable", f"HTTP {reply.status}", outcome_unknown=True)
        return self.misread("it is no JSON")

    def refusal(self, code, text):
        for known, part, kind in BINGX_ERRORS:
            if code == known and part in text:
                return Failure(kind, text, code, outcome_unknown=code in BINGX_OPEN_ENDED)
        return Failure("unknown", text, code, outcome_unknown=True)

    def read_leg(self, leg):
        kind = {"ocoLimit": "limit", "ocoTps": "stop"}.get(leg["orderType"])
        if kind is None:
            raise self.misread(f"orderType {leg['orderType']!r}")
        return self.leg(self.identifier(leg["orderListId"]), kind, self.text(leg["orderId"]),
                        self.text(leg["clientOrderId"]), leg["symbol"], leg["side"],
                        leg["quantity"], leg["price"], leg["triggerPrice"], leg.get("status", ""))

    def read_legs(self, data):
        if data is None or data == {}:  # seen where there is nothing
            return []
        if not isinstance(data, list):
            raise self.misread("data is no array")
        return [self.read_leg(leg) for leg in data]

    def read_pair(self, data):
        legs = {leg["type"]: leg for leg in self.read_legs(data)}
        if len(data) != 2 or set(legs) != {"limit", "stop"}:
            raise self.misread("it has not two legs")
        return self.pair(legs["limit"]["order_list_id"], "", legs["limit"], legs["stop"])

    def placement(self, args):
        names = {"client_order_id": "listClientOrderId",
                 "limit_client_order_id": "aboveClientOrderId",
                 "stop_client_order_id": "belowClientOrderId"}
        parameters = {"symbol": args["symbol"], "side": args["side"].upper(),
                      "quantity": self.number(args["quantity"]),
                      "limitPrice": self.number(args["limit_price"]),
                      "orderPrice": self.number(args["order_price"]),
                      "triggerPrice": self.number(args["trigger_price"])}
        for name, wire in names.items():
            if args.get(name):
                if not re.fullmatch("[0-9]{1,40}", args[name]):
                    raise Failure("bad_request", f"{name} must be digits")
                parameters[wire] = args[name]
        return parameters

    def place_oco(self, args, deadline):
        return self.act("place", self.placement(args), deadline, self.read_pair)

    def cancel_oco(self, args, deadline):
        names = {"order_id": "orderId", "client_order_id": "clientOrderId"}
        parameters = {wire: args[name] for name, wire in names.items() if args.get(name)}
        return self.act("cancel", parameters, deadline, lambda data: {
            "order_id": self.text(data["orderId"])})

    def get_oco(self, args, deadline):
        names = {"order_list_id": "orderListId", "client_order_id": "clientOrderId"}
        parameters = {wire: args[name] for name, wire in names.items() if args.get(name)}
        return self.ask("one", parameters, deadline, self.read_pair)

    def pages(self, args):
        return {"pageIndex": str(args.get("page", 1)), "pageSize": str(args.get("page_size", 100))}

    def list_oco(self, args, deadline):
        return self.ask("open", self.pages(args), deadline,
                        lambda data: {"legs": self.read_legs(data)})

    def history(self, args, deadline):
        parameters = self.pages(args)
        for name, wire in (("start_ms", "startTime"), ("end_ms", "endTime")):
            if name in args:
                parameters[wire] = str(args[name])
        return self.ask("history", parameters, deadline,
                        lambda data: {"legs": self.read_legs(data)})

    @staticmethod
    def or_none(ask):
        """What `ask` finds, or None where the venue knows of none."""
        try:
            return ask()
        except Failure as failure:
            if failure.kind == "not_found":
                return None
            failure.outcome_unknown = True
            raise

    def looked_twice(self, look):
        """What `look` finds, or None once no earlier attempt can arrive any more."""
        there = look()
        if there is None:
            # One may still be under way, until its timestamp is too old.
            time.sleep(self.recv_window_ms / 1000 + 0.05)
            there = look()
        return there

    def found(self, args, deadline):
        """The pair with the list's client id, or None."""
        which = {"client_order_id": args["client_order_id"]}
        return self.or_none(lambda: self.get_oco(which, deadline))

    def reconcile(self, args, deadline):
        return self.looked_twice(lambda: self.found(args, deadline)) or self.place_oco(args, deadline)

    types = {"limit": "LIMIT", "market": "MARKET", "stop_limit": "TRIGGER_LIMIT",
             "stop_market": "TRIGGER_MARKET"}
    forces = {"gtc": "GTC", "ioc": "IOC", "fok": "FOK", "post_only": "PostOnly"}

    def order_placement(self, args):
        parameters = {"symbol": args["symbol"], "side": args["side"].upper(),
                      "type": self.types[args["type"]]}
        for name, wire in (("quantity", "quantity"), ("quote_quantity", "quoteOrderQty"),
                           ("price", "price"), ("trigger_price", "stopPrice")):
            if name in args:
                parameters[wire] = self.number(args[name])
        if "time_in_force" in args:
            parameters["timeInForce"] = self.forces[args["time_in_force"]]
        if args.get("client_order_id"):
            if not re.fullmatch("[A-Za-z0-9_]{1,40}", args["client_order_id"]):
                raise Failure("bad_request", "client_order_id must be letters, digits and _")
            parameters["newClientOrderId"] = args["client_order_id"]
        return "place_order", parameters

    def trigger_of(self, order):
        # The pages spell it one way in placements and the other in queries.
        return order["stopPrice"] if "stopPrice" in order else order.get("StopPrice")

    def read_order(self, order):
        kind = BINGX_TYPES.get(order["type"], order["type"])
        return self.order(order["orderId"], order.get("clientOrderID", ""), order["symbol"],
                          order["side"], kind, order["status"], order["origQty"],
                          order["executedQty"], order["cummulativeQuoteQty"], order["price"],
                          self.trigger_of(order))

    def order_cancel(self, args):
        names = {"order_id": "orderId", "client_order_id": "clientOrderID"}
        return {"symbol": args["symbol"],
                **{wire: args[name] for name, wire in names.items() if args.get(name)}}

    def open_orders_query(self, args):
        return {"symbol": args["symbol"]} if args.get("symbol") else {}

    def read_orders(self, data):
        return super().read_orders(data["orders"])

    def found_order(self, args, deadline):
        """The order with the client's id, open or ended, or None."""
        which = {"symbol": args["symbol"], "clientOrderID": args["client_order_id"]}
        return self.or_none(lambda: self.ask("order", which, deadline, self.read_order))

    def reconcile_order(self, args, deadline):
        return (self.looked_twice(lambda: self.found_order(args, deadline))
                or self.place_order(args, deadline))

    def public_data(self, reply):
        return self.data(reply)

    most_levels, most_candles = 1000, 1440

    def order_book(self, args, deadline):
        parameters = {"symbol": args["symbol"]}
        if "limit" in args:
            parameters["limit"] = min(args["limit"], self.most_levels)
        return self.public("/openApi/spot/v1/market/depth", parameters, deadline, self.read_book)

    def candle_query(self, args):
        parameters = {"symbol": args["symbol"], "interval": args["interval"]}
        for name, wire in (("start_ms", "startTime"), ("end_ms", "endTime")):
            if name in args:
                parameters[wire] = args[name]
        if "limit" in args:
            parameters["limit"] = min(args["limit"], self.most_candles)
        return parameters

    def read_candle(self, row):
        opened_at, opened, high, low, close, volume = row[:6]
        return self.candle(opened_at, opened, high, low, close, volume)

    def candles(self, args, deadline):
        return self.public("/openApi/spot/v2/market/kline", self.candle_query(args), deadline,
                           self.read_candles)


# ------------------------------------------------------------------------------------- WhiteBIT

WHITEBIT_CALLS = {"place": "/api/v4/order/collateral/oco", "cancel": "/api/v4/order/oco-cancel",
                  "open": "/api/v4/oco-orders",
                  "cancel_order": "/api/v4/order/cancel", "open_orders": "/api/v4/orders",
                  "ended_orders": "/api/v4/trade-account/order/history",
                  "spot limit": "/api/v4/order/new", "spot market": "/api/v4/order/market",
                  "spot stock market": "/api/v4/order/stock_market",
                  "spot stop_limit": "/api/v4/order/stop_limit",
                  "spot stop_market": "/api/v4/order/stop_market",
                  "collateral limit": "/api/v4/order/collateral/limit",
                  "collateral market": "/api/v4/order/collateral/market",
                  "collateral stop_limit": "/api/v4/order/collateral/stop-limit",
                  "collateral stop_market": "/api/v4/order/collateral/trigger-market"}
WHITEBIT_TYPES = {"limit": "limit", "margin limit": "limit", "market": "market",
                  "margin market": "market", "stock market": "market", "stop limit": "stop_limit",
                  "margin stop limit": "stop_limit", "stop market": "stop_market",
                  "trigger margin market": "stop_market", "margin trigger market": "stop_market"}

# HTTP status, code, a part of the text, kind; None fits all.
WHITEBIT_ERRORS = [
    (429, None, "", "nonce"), (None, 0, "Your nonce is more than", "timestamp"),
    (None, 0, "Nonce not provided", "nonce"), (None, 0, "Invalid nonceWindow", "nonce"),
    (None, 2, "This action is unauthorized", "permission"), (401, 4, "", "permission"),
    (403, None, "", "permission"), (453, None, "", "permission"), (401, None, "", "auth"),
    (None, 9, "Invalid payload", "auth"), (None, None, "Payload not provided", "auth"),
    (None, 116, "", "reduce_only"), (None, 2, "Unexecuted order was not found", "not_found"),
    (None, None, "Not enough balance", "insufficient_funds"),
    (None, 10, "", "insufficient_funds"), (None, 17, "", "insufficient_funds"),
    (None, None, "Please try again later", "unavailable"), (None, 51, "", "unavailable"),
    (422, None, "", "bad_request"), (400, None, "", "bad_request"),
]


class Whitebit(Client):
    nonce_attempts = 3

    def __init__(self, *args):
        super().__init__(*args)
        self.last_nonce = 0

    def nonce(self):
        self.last_nonce = max(self.now_ms(), self.last_nonce + 1)
        return self.last_nonce

    def body(self, path, parameters):
        return json.dumps({"request": path, "nonce": self.nonce(), **parameters},
                          separators=(",", ":")).encode()

    def payload(self, body):
        return base64.b64encode(body).decode()

    def signature(self, payload, body):
        return hmac.new(self.secret.encode(), payload.encode(), hashlib.sha512).hexdigest()

    def path(self, path):
        return path

    def content_type(self):
        return "application/json"

    def sent_body(self, body):
        return body

    def request(self, path, parameters):
        body = self.body(path, parameters)
        payload = self.payload(body)
        headers = {"Content-Type": self.content_type(), "X-TXC-APIKEY": self.key,
                   "X-TXC-PAYLOAD": payload, "X-TXC-SIGNATURE": self.signature(payload, body)}
        return "POST", self.path(path), headers, self.sent_body(body)

    def call(self, name, parameters, deadline):
        # One at a time: a nonce may not be overtaken by the next one.
        with self.lock:
            for attempt in range(self.nonce_attempts):
                try:
                    return self.data(self.send(*self.request(WHITEBIT_CALLS[name], parameters),
                                               deadline))
                except Failure as failure:
                    # Refused with nothing done; a new nonce may do.
                    if failure.kind != "nonce" or attempt + 1 == self.nonce_attempts:
                        raise

    def data(self, reply):
        try:
            data = self.parse(reply.body)
        except ValueError as error:
            raise self.no_json(reply) from error
        if reply.status == 200 and not (isinstance(data, dict) and "code" in data):
            return data
        if not isinstance(data, dict) or not isinstance(data.get("code"), int):
            raise Failure("unavailable" if reply.status >= 500 else "protocol",
                          f"HTTP {reply.status}", outcome_unknown=True)
        raise self.refusal(reply.status, data)

    def no_json(self, reply):
        if reply.status == 429:
            return Failure("rate_limit", "HTTP 429")
        if reply.status in (403, 418):
            return Failure("permission", f"HTTP {reply.status}")
        if reply.status == 404:
            return Failure("not_found", "HTTP 404")
        if reply.status >= 500:
            return Failure("unavailable", f"HTTP {reply.status}", outcome_unknown=True)
        return self.misread("it is no JSON")

    def refusal(self, status, data):
        code = data["code"]
        errors = data.get("errors")
        texts = [str(data.get("message", ""))]
        for field, lines in (errors.items() if isinstance(errors, dict) else ()):
            texts += [f"{field}: {line}" for line in (lines if isinstance(lines, list) else [lines])]
        text = "; ".join(texts)
        for known_status, known, part, kind in WHITEBIT_ERRORS:
            if known_status in (None, status) and known in (None, code) and part in text:
                return Failure(kind, text, code, outcome_unknown=status >= 500)
        return Failure("unknown", text, code, outcome_unknown=True)

    def member(self, leg, *names):
        for name in names:
            if name in leg:
                return leg[name]
        raise KeyError(names[0])

    def read_leg(self, leg, kind, group):
        return self.leg(group, kind, self.member(leg, "orderId", "order_id"),
                        self.text(self.member(leg, "clientOrderId", "client_order_id")),
                        leg["market"], leg["side"], leg["amount"], leg["price"],
                        leg.get("activation_price"), leg.get("status", ""))

    def read_group(self, data):
        group = self.identifier(data["id"])
        return self.pair(group, "", self.read_leg(data["take_profit"], "limit", group),
                         self.read_leg(data["stop_loss"], "stop", group))

    def read_groups(self, data):
        if not isinstance(data, list):
            raise self.misread("it is no array")
        return [self.read_group(group) for group in data]

    def placement(self, args):
        parameters = {"market": args["symbol"], "side": args["side"].lower(),
                      "amount": self.number(args["quantity"]),
                      "price": self.number(args["limit_price"]),
                      "activation_price": self.number(args["trigger_price"]),
                      "stop_limit_price": self.number(args["order_price"])}
        if args.get("client_order_id"):
            if not re.fullmatch("[A-Za-z0-9._-]{1,64}", args["client_order_id"]):
                raise Failure("bad_request", "client_order_id has characters that are not allowed")
            parameters["clientOrderId"] = args["client_order_id"]
        for name, wire in (("reduce_only", "reduceOnly"), ("position_side", "positionSide")):
            if name in args:
                parameters[wire] = args[name]
        return parameters

    def place_oco(self, args, deadline):
        return self.act("place", self.placement(args), deadline, self.read_group)

    def cancel_oco(self, args, deadline):
        parameters = {"market": args["symbol"]}
        if args.get("order_list_id"):
            parameters["orderId"] = int(args["order_list_id"])
        else:
            parameters["clientOrderId"] = args["client_order_id"]
        return self.act("cancel", parameters, deadline, self.read_group)

    def groups(self, args, deadline):
        size = args.get("page_size", 50)
        parameters = {"limit": size, "offset": (args.get("page", 1) - 1) * size}
        if args.get("symbol"):
            parameters["market"] = args["symbol"]
        return self.ask("open", parameters, deadline, self.read_groups)

    def list_oco(self, args, deadline):
        return {"legs": [pair[kind] for pair in self.groups(args, deadline)
                         for kind in ("stop", "limit")]}

    def is_the_same(self, pair, args):
        wanted = {("limit", "price"): "limit_price", ("stop", "price"): "order_price",
                  ("stop", "trigger_price"): "trigger_price", ("stop", "quantity"): "quantity"}
        return pair["stop"]["side"] == args["side"] and all(
            Decimal(pair[leg][name]) == Decimal(args[wanted_name])
            for (leg, name), wanted_name in wanted.items())

    def found(self, args, deadline):
        try:
            pairs = self.groups({"symbol": args["symbol"], "page_size": 100}, deadline)
        except Failure as failure:
            failure.outcome_unknown = True
            raise
        return next((pair for pair in pairs if self.is_the_same(pair, args)), None)

    def reconcile(self, args, deadline):
        # Having listed, no earlier attempt can arrive any more: its nonce is too low.
        return self.found(args, deadline) or self.place_oco(args, deadline)

    def order_call(self, args):
        wallet, kind = args.get("wallet", "spot"), args["type"]
        # What order/market takes is money in a purchase and stock in a sale.
        if (wallet, kind) == ("spot", "market") and args["side"] == "buy" and "quantity" in args:
            kind = "stock market"
        if kind == "stop_market" and args["side"] == "buy" and wallet == "spot" and "quantity" in args:
            raise Failure("bad_request", "a purchase at the market after a trigger is for money")
        return f"{wallet} {kind}"

    def order_placement(self, args):
        parameters = {"market": args["symbol"], "side": args["side"].lower()}
        for name, wire in (("quantity", "amount"), ("quote_quantity", "amount"), ("price", "price"),
                           ("trigger_price", "activation_price")):
            if name in args:
                parameters[wire] = self.number(args[name])
        if args.get("client_order_id"):
            if not re.fullmatch("[A-Za-z0-9._-]{1,64}", args["client_order_id"]):
                raise Failure("bad_request", "client_order_id has characters that are not allowed")
            parameters["clientOrderId"] = args["client_order_id"]
        for name, wire in (("reduce_only", "reduceOnly"), ("position_side", "positionSide")):
            if name in args:
                parameters[wire] = args[name]
        for force, wire in (("ioc", "ioc"), ("post_only", "postOnly")):
            if args.get("time_in_force") == force:
                parameters[wire] = True
        if args.get("time_in_force") == "fok":
            raise Failure("bad_request", "the venue has no fill-or-kill")
        return self.order_call(args), parameters

    def read_order(self, order):
        kind = WHITEBIT_TYPES.get(order["type"], order["type"])
        return self.order(self.member(order, "orderId", "id"), order.get("clientOrderId", ""),
                          order["market"], order["side"], kind, order.get("status", ""),
                          order["amount"], order["dealStock"], order["dealMoney"],
                          order.get("price"),
                          self.member({"activation_price": None, **order}, "activationPrice",
                                      "activation_price"))

    def order_cancel(self, args):
        if args.get("order_id"):
            return {"market": args["symbol"], "orderId": int(args["order_id"])}
        return {"market": args["symbol"], "clientOrderId": args["client_order_id"]}

    def open_orders_query(self, args):
        size = args.get("page_size", 50)
        parameters = {"limit": size, "offset": (args.get("page", 1) - 1) * size}
        if args.get("symbol"):
            parameters["market"] = args["symbol"]
        return parameters

    def ended_order(self, args, deadline):
        which = {"market": args["symbol"], "clientOrderId": args["client_order_id"]}

        def read(data):
            rows = data.get(args["symbol"], []) if isinstance(data, dict) else data
            return [self.read_order({"market": args["symbol"], **row}) for row in rows]
        try:
            return next(iter(self.ask("ended_orders", which, deadline, read)), None)
        except Failure as failure:
            # So the history says that it has no such id.
            if failure.code == 30 and "orderHistory" in str(failure):
                return None
            raise

    def found_order(self, args, deadline):
        which = {"market": args["symbol"], "clientOrderId": args["client_order_id"]}
        try:
            orders = self.ask("open_orders", which, deadline, self.read_orders)
            return next(iter(orders), None) or self.ended_order(args, deadline)
        except Failure as failure:
            failure.outcome_unknown = True
            raise

    def reconcile_order(self, args, deadline):
        return self.found_order(args, deadline) or self.place_order(args, deadline)

    def public_data(self, reply):
        try:
            data = self.parse(reply.body)
        except ValueError as error:
            raise self.no_json(reply) from error
        if reply.status == 200:
            return data
        if reply.status == 422:
            raise Failure("bad_request", str(data))
        raise self.no_json(reply)

    most_levels, most_candles = 100, 1440

    def order_book(self, args, deadline):
        parameters = {"limit": min(args["limit"], self.most_levels)} if "limit" in args else {}
        return self.public("/api/v4/public/orderbook/" + args["symbol"], parameters, deadline,
                           self.read_book)

    def candle_query(self, args):
        parameters = {"market": args["symbol"], "interval": args["interval"]}
        for name, wire in (("start_ms", "start"), ("end_ms", "end")):
            if name in args:
                parameters[wire] = args[name] // 1000
        if "limit" in args:
            parameters["limit"] = min(args["limit"], self.most_candles)
        return parameters

    def candle_rows(self, data):
        if data["success"] is not True:
            raise Failure("bad_request", str(data["message"]))
        return data["result"]

    def read_candle(self, row):
        opened_at, opened, close, high, low, volume = row[:6]
        return self.candle(opened_at * 1000, opened, high, low, close, volume)

    def candles(self, args, deadline):
        return self.public("/api/v1/public/kline", self.candle_query(args), deadline,
                           lambda data: self.read_candles(self.candle_rows(data)))


# -------------------------------------------------------------------------------------- adapter


class Adapter:
    """Reads requests from standard input and answers on standard output."""

    operations = ("place_oco", "cancel_oco", "get_oco", "list_oco", "history", "reconcile",
                  "place_order", "cancel_order", "open_orders", "reconcile_order", "order_book",
                  "candles", "stream_start", "stream_leave", "stream_state", "stream_stop",
                  "advance_clock", "advance_sockets")

    def __init__(self, venues):
        self.venues, self.clients = venues, {}
        self.lock = threading.Lock()

    def client(self, request):
        with self.lock:
            place = (request["venue"], request["base_url"], request["key"])
            if place not in self.clients:
                # Of cases that are over.
                for other in [other for other in self.clients if other[2] != request["key"]]:
                    self.clients.pop(other).close()
                self.clients[place] = self.venues[request["venue"]](
                    request["base_url"], request["key"], request["secret"])
            return self.clients[place]

    def print_line(self, line):
        with self.lock:
            sys.stdout.write(line + "\n")
            sys.stdout.flush()

    def answer(self, identifier, answer):
        self.print_line(json.dumps({"id": identifier, **answer}))

    def carry_out(self, request):
        deadline = time.monotonic() + request.get("timeout_ms", 5000) / 1000
        operation = request["op"]
        if operation == "ping":
            return {"ok": {}}
        client = self.client(request)
        if "ws_url" in request:
            client.ws_url = request["ws_url"]
        method = getattr(client, operation, None)
        if operation not in self.operations or method is None:
            return {"unsupported": f"no operation {operation}"}
        try:
            return {"ok": method(request["args"], deadline)}
        except Failure as failure:
            return {"error": failure.answer()}

    def run(self):
        for line in sys.stdin:
            request = json.loads(line)
            threading.Thread(target=self.work, args=(request,), daemon=True).start()

    def work(self, request):
        self.answer(request["id"], self.carry_out(request))
