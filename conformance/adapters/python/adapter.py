#!/usr/bin/env python3
"""An example client for orders, OCO and plain, order books and candles of BingX spot and WhiteBIT,
written plainly from the venues' documents, with an adapter around it (docs/adapter.md). Standard
library only.

It is an example of an adapter, not of a perfect client: what the kit finds in it is published.
"""

import base64
import hashlib
import hmac
import json
import sys
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal


class VenueError(Exception):
    """The venue refused: its code and text."""

    def __init__(self, kind, code, message, outcome_unknown=False):
        super().__init__(message)
        self.kind, self.code, self.outcome_unknown = kind, code, outcome_unknown


def send(method, url, headers, body, timeout):
    """Status and text of the reply, whatever the status."""
    request = urllib.request.Request(url, method=method, headers=headers, data=body)
    try:
        with urllib.request.urlopen(request, timeout=timeout) as reply:
            return reply.status, reply.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def plain(number):
    return format(Decimal(number), "f")


def best_first(levels, highest):
    """Levels of an order book, [price, quantity], in their order whatever the venue's was."""
    told = [{"price": plain(price), "quantity": plain(quantity)} for price, quantity, *_ in levels]
    return sorted(told, key=lambda level: Decimal(level["price"]), reverse=highest)


def book(data):
    return {"bids": best_first(data["bids"], True), "asks": best_first(data["asks"], False)}


def public_url(base_url, path, parameters):
    return f"{base_url}{path}?{urllib.parse.urlencode(parameters)}"


class BingxClient:
    KINDS = {100001: "auth", 100412: "auth", 100413: "auth", 100004: "permission",
             100419: "permission", 100414: "permission", 100421: "timestamp",
             100410: "rate_limit", 100202: "insufficient_funds", 100204: "bad_request",
             100400: "bad_request", 100440: "bad_request", 100404: "not_found",
             100490: "unavailable", 100500: "unavailable", 100503: "unavailable"}

    def __init__(self, base_url, key, secret):
        self.base_url, self.key, self.secret = base_url, key, secret

    def call(self, method, path, parameters, timeout):
        parameters = dict(parameters, timestamp=int(time.time() * 1000))
        text = "&".join(f"{name}={parameters[name]}" for name in sorted(parameters))
        signature = hmac.new(self.secret.encode(), text.encode(), hashlib.sha256).hexdigest()
        query = urllib.parse.urlencode(sorted(parameters.items()), quote_via=urllib.parse.quote)
        status, reply = send(method, f"{self.base_url}{path}?{query}&signature={signature}",
                             {"X-BX-APIKEY": self.key}, None, timeout)
        return self.data(status, reply)

    def public(self, path, parameters, timeout):
        return self.data(*send("GET", public_url(self.base_url, path, parameters), {}, None,
                               timeout))

    def data(self, status, reply):
        try:
            envelope = json.loads(reply, parse_float=Decimal)
        except ValueError:
            raise VenueError("rate_limit" if status in (418, 429) else "unavailable", None,
                             f"HTTP {status}", status not in (418, 429)) from None
        if envelope["code"] != 0:
            raise VenueError(self.KINDS.get(envelope["code"], "unknown"), envelope["code"],
                             envelope["msg"])
        return envelope["data"]

    def leg(self, leg):
        out = {"order_list_id": leg["orderListId"],
               "type": "limit" if leg["orderType"] == "ocoLimit" else "stop",
               "order_id": leg["orderId"], "client_order_id": leg["clientOrderId"],
               "symbol": leg["symbol"], "side": leg["side"].lower(),
               "quantity": plain(leg["quantity"]), "price": plain(leg["price"]),
               "status": leg.get("status", "")}
        if out["type"] == "stop":
            out["trigger_price"] = plain(leg["triggerPrice"])
        return out

    def pair(self, data):
        legs = {leg["type"]: leg for leg in map(self.leg, data)}
        return {"order_list_id": legs["limit"]["order_list_id"], "limit": legs["limit"],
                "stop": legs["stop"]}

    def place_oco(self, args, timeout):
        parameters = {"symbol": args["symbol"], "side": args["side"].upper(),
                      "quantity": plain(args["quantity"]),
                      "limitPrice": plain(args["limit_price"]),
                      "orderPrice": plain(args["order_price"]),
                      "triggerPrice": plain(args["trigger_price"])}
        for name, wire in (("client_order_id", "listClientOrderId"),
                           ("limit_client_order_id", "aboveClientOrderId"),
                           ("stop_client_order_id", "belowClientOrderId")):
            if name in args:
                parameters[wire] = args[name]
        return self.pair(self.call("POST", "/openApi/spot/v1/oco/order", parameters, timeout))

    def cancel_oco(self, args, timeout):
        name, wire = (("order_id", "orderId") if "order_id" in args
                      else ("client_order_id", "clientOrderId"))
        return self.call("POST", "/openApi/spot/v1/oco/cancel", {wire: args[name]}, timeout)

    def get_oco(self, args, timeout):
        name, wire = (("order_list_id", "orderListId") if "order_list_id" in args
                      else ("client_order_id", "clientOrderId"))
        return self.pair(self.call("GET", "/openApi/spot/v1/oco/orderList", {wire: args[name]},
                                   timeout))

    def legs(self, path, args, timeout):
        parameters = {"pageIndex": args.get("page", 1), "pageSize": args.get("page_size", 100)}
        if "start_ms" in args:
            parameters.update(startTime=args["start_ms"], endTime=args["end_ms"])
        return {"legs": [self.leg(leg) for leg in self.call("GET", path, parameters, timeout)]}

    def list_oco(self, args, timeout):
        return self.legs("/openApi/spot/v1/oco/openOrderList", args, timeout)

    def history(self, args, timeout):
        return self.legs("/openApi/spot/v1/oco/historyOrderList", args, timeout)

    def reconcile(self, args, timeout):
        try:
            return self.get_oco({"client_order_id": args["client_order_id"]}, timeout)
        except VenueError as error:
            if error.kind != "not_found":
                raise
            return self.place_oco(args, timeout)

    ORDER_TYPES = {"limit": "LIMIT", "market": "MARKET", "stop_limit": "TRIGGER_LIMIT",
                   "stop_market": "TRIGGER_MARKET"}
    TYPE_WORDS = {**{wire: word for word, wire in ORDER_TYPES.items()},
                  "TAKE_STOP_LIMIT": "stop_limit", "TAKE_STOP_MARKET": "stop_market"}
    FORCES = {"gtc": "GTC", "ioc": "IOC", "fok": "FOK", "post_only": "PostOnly"}

    def order(self, order):
        kind = self.TYPE_WORDS.get(order["type"], order["type"])
        out = {"order_id": str(order["orderId"]), "client_order_id": order.get("clientOrderID", ""),
               "symbol": order["symbol"], "side": order["side"].lower(), "type": kind,
               "status": order["status"], "quantity": plain(order["origQty"]),
               "filled_quantity": plain(order["executedQty"]),
               "filled_quote": plain(order["cummulativeQuoteQty"])}
        if kind.endswith("limit"):
            out["price"] = plain(order["price"])
        if kind.startswith("stop"):
            # Placements and lists spell it differently.
            out["trigger_price"] = plain(order["stopPrice"] if "stopPrice" in order
                                         else order["StopPrice"])
        return out

    def place_order(self, args, timeout):
        parameters = {"symbol": args["symbol"], "side": args["side"].upper(),
                      "type": self.ORDER_TYPES[args["type"]]}
        for name, wire in (("quantity", "quantity"), ("quote_quantity", "quoteOrderQty"),
                           ("price", "price"), ("trigger_price", "stopPrice")):
            if name in args:
                parameters[wire] = plain(args[name])
        if "time_in_force" in args:
            parameters["timeInForce"] = self.FORCES[args["time_in_force"]]
        if "client_order_id" in args:
            parameters["newClientOrderId"] = args["client_order_id"]
        return self.order(self.call("POST", "/openApi/spot/v1/trade/order", parameters, timeout))

    def which(self, args):
        name, wire = (("order_id", "orderId") if "order_id" in args
                      else ("client_order_id", "clientOrderID"))
        return {"symbol": args["symbol"], wire: args[name]}

    def cancel_order(self, args, timeout):
        return self.order(self.call("POST", "/openApi/spot/v1/trade/cancel", self.which(args),
                                    timeout))

    def open_orders(self, args, timeout):
        parameters = {"symbol": args["symbol"]} if "symbol" in args else {}
        data = self.call("GET", "/openApi/spot/v1/trade/openOrders", parameters, timeout)
        return {"orders": [self.order(order) for order in data["orders"]]}

    def reconcile_order(self, args, timeout):
        which = self.which({"symbol": args["symbol"], "client_order_id": args["client_order_id"]})
        try:
            return self.order(self.call("GET", "/openApi/spot/v1/trade/query", which, timeout))
        except VenueError as error:
            if error.kind != "not_found":
                error.outcome_unknown = True
                raise
            return self.place_order(args, timeout)

    def order_book(self, args, timeout):
        parameters = {"symbol": args["symbol"]}
        if "limit" in args:
            parameters["limit"] = min(args["limit"], 1000)
        return book(self.public("/openApi/spot/v1/market/depth", parameters, timeout))

    def candles(self, args, timeout):
        parameters = {"symbol": args["symbol"], "interval": args["interval"]}
        for name, wire in (("start_ms", "startTime"), ("end_ms", "endTime")):
            if name in args:
                parameters[wire] = args[name]
        if "limit" in args:
            parameters["limit"] = min(args["limit"], 1440)
        rows = self.public("/openApi/spot/v2/market/kline", parameters, timeout)
        names = ("open", "high", "low", "close", "volume")
        # The newest comes first.
        return {"candles": sorted(({"open_ms": row[0], **dict(zip(names, map(plain, row[1:6])))}
                                   for row in rows), key=lambda candle: candle["open_ms"])}


class WhitebitClient:
    def __init__(self, base_url, key, secret):
        self.base_url, self.key, self.secret = base_url, key, secret
        self.lock = threading.Lock()
        self.last_nonce = 0

    def call(self, path, parameters, timeout):
        # One request at a time, so that nonces arrive in their order.
        with self.lock:
            self.last_nonce = max(self.last_nonce + 1, int(time.time() * 1000))
            body = json.dumps({"request": path, "nonce": self.last_nonce, **parameters},
                              separators=(",", ":")).encode()
            payload = base64.b64encode(body).decode()
            signature = hmac.new(self.secret.encode(), payload.encode(), hashlib.sha512).hexdigest()
            status, reply = send("POST", self.base_url + path,
                                 {"Content-Type": "application/json", "X-TXC-APIKEY": self.key,
                                  "X-TXC-PAYLOAD": payload, "X-TXC-SIGNATURE": signature},
                                 body, timeout)
        try:
            data = json.loads(reply)
        except ValueError:
            raise VenueError("rate_limit" if status == 429 else "unavailable", None,
                             f"HTTP {status}", status != 429) from None
        if status != 200:
            raise VenueError(self.kind(status, data), data.get("code"),
                             f"{data.get('message')} {data.get('errors')}", status >= 500)
        return data

    def kind(self, status, data):
        text = f"{data.get('message')} {data.get('errors')}"
        if data.get("code") == 116:
            return "reduce_only"
        if status == 429:
            return "nonce"
        if status == 401:
            return "permission" if data.get("code") in (2, 4) else "auth"
        if "Not enough balance" in text:
            return "insufficient_funds"
        if "not found" in text:
            return "not_found"
        return {400: "bad_request", 422: "bad_request", 403: "permission",
                453: "permission"}.get(status, "unknown")

    def leg(self, leg, kind, group):
        def either(camel, snake):
            return leg[camel] if camel in leg else leg[snake]
        out = {"order_list_id": str(group), "type": kind,
               "order_id": str(either("orderId", "order_id")),
               "client_order_id": either("clientOrderId", "client_order_id"),
               "symbol": leg["market"], "side": leg["side"], "quantity": leg["amount"],
               "price": leg["price"], "status": leg.get("status", "")}
        if kind == "stop":
            out["trigger_price"] = leg["activation_price"]
        return out

    def pair(self, group):
        return {"order_list_id": str(group["id"]),
                "limit": self.leg(group["take_profit"], "limit", group["id"]),
                "stop": self.leg(group["stop_loss"], "stop", group["id"])}

    def place_oco(self, args, timeout):
        parameters = {"market": args["symbol"], "side": args["side"],
                      "amount": plain(args["quantity"]), "price": plain(args["limit_price"]),
                      "activation_price": plain(args["trigger_price"]),
                      "stop_limit_price": plain(args["order_price"])}
        for name, wire in (("client_order_id", "clientOrderId"), ("reduce_only", "reduceOnly"),
                           ("position_side", "positionSide")):
            if name in args:
                parameters[wire] = args[name]
        return self.pair(self.call("/api/v4/order/collateral/oco", parameters, timeout))

    def cancel_oco(self, args, timeout):
        parameters = {"market": args["symbol"]}
        if "order_list_id" in args:
            parameters["orderId"] = int(args["order_list_id"])
        else:
            parameters["clientOrderId"] = args["client_order_id"]
        return self.pair(self.call("/api/v4/order/oco-cancel", parameters, timeout))

    def list_oco(self, args, timeout):
        size = args.get("page_size", 50)
        parameters = {"limit": size, "offset": (args.get("page", 1) - 1) * size}
        if "symbol" in args:
            parameters["market"] = args["symbol"]
        pairs = map(self.pair, self.call("/api/v4/oco-orders", parameters, timeout))
        return {"legs": [pair[kind] for pair in pairs for kind in ("stop", "limit")]}

    def reconcile(self, args, timeout):
        legs = self.list_oco({"symbol": args["symbol"], "page_size": 100}, timeout)["legs"]
        for stop, limit in zip(legs[::2], legs[1::2]):
            if (Decimal(limit["price"]) == Decimal(args["limit_price"])
                    and Decimal(stop["price"]) == Decimal(args["order_price"])
                    and Decimal(stop["trigger_price"]) == Decimal(args["trigger_price"])):
                return {"order_list_id": stop["order_list_id"], "limit": limit, "stop": stop}
        return self.place_oco(args, timeout)

    def order(self, order):
        # "margin stop limit", "stock market", "trigger margin market"
        words = order["type"].split()
        stop = "stop_" if "stop" in words or "trigger" in words else ""
        kind = stop + words[-1]
        out = {"order_id": str(order["orderId"] if "orderId" in order else order["id"]),
               "client_order_id": order["clientOrderId"], "symbol": order["market"],
               "side": order["side"], "type": kind, "status": order.get("status", ""),
               "quantity": order["amount"], "filled_quantity": order["dealStock"],
               "filled_quote": order["dealMoney"]}
        if kind.endswith("limit"):
            out["price"] = order["price"]
        if stop:
            out["trigger_price"] = (order["activation_price"] if "activation_price" in order
                                    else order["activationPrice"])
        return out

    def order_path(self, args):
        kind = args["type"]
        if args.get("wallet") == "collateral":
            names = {"stop_limit": "stop-limit", "stop_market": "trigger-market"}
            return "/api/v4/order/collateral/" + names.get(kind, kind)
        if kind == "market" and args["side"] == "buy" and "quantity" in args:
            return "/api/v4/order/stock_market"  # order/market would take it for money
        return "/api/v4/order/" + {"limit": "new"}.get(kind, kind)

    def place_order(self, args, timeout):
        if args.get("time_in_force") == "fok":
            raise VenueError("bad_request", None, "the venue has no fill or kill")
        parameters = {"market": args["symbol"], "side": args["side"],
                      "amount": plain(args.get("quantity") or args["quote_quantity"])}
        for name, wire in (("price", "price"), ("trigger_price", "activation_price")):
            if name in args:
                parameters[wire] = plain(args[name])
        for name, wire in (("client_order_id", "clientOrderId"), ("reduce_only", "reduceOnly"),
                           ("position_side", "positionSide")):
            if name in args:
                parameters[wire] = args[name]
        for force, wire in (("ioc", "ioc"), ("post_only", "postOnly")):
            if args.get("time_in_force") == force:
                parameters[wire] = True
        return self.order(self.call(self.order_path(args), parameters, timeout))

    def cancel_order(self, args, timeout):
        which = ({"orderId": int(args["order_id"])} if "order_id" in args
                 else {"clientOrderId": args["client_order_id"]})
        return self.order(self.call("/api/v4/order/cancel", {"market": args["symbol"], **which},
                                    timeout))

    def open_orders(self, args, timeout):
        size = args.get("page_size", 50)
        parameters = {"limit": size, "offset": (args.get("page", 1) - 1) * size}
        if "symbol" in args:
            parameters["market"] = args["symbol"]
        orders = self.call("/api/v4/orders", parameters, timeout)
        return {"orders": [self.order(order) for order in orders]}

    def ended_order(self, which, timeout):
        try:
            data = self.call("/api/v4/trade-account/order/history", which, timeout)
        except VenueError as error:
            if error.code == 30 and "orderHistory" in str(error):  # no ended order has the id
                return None
            raise
        rows = data.get(which["market"], []) if isinstance(data, dict) else data
        return next((self.order({"market": which["market"], **row}) for row in rows), None)

    def reconcile_order(self, args, timeout):
        which = {"market": args["symbol"], "clientOrderId": args["client_order_id"]}
        try:
            orders = self.call("/api/v4/orders", which, timeout)
            found = self.order(orders[0]) if orders else self.ended_order(which, timeout)
        except VenueError as error:
            error.outcome_unknown = True
            raise
        return found or self.place_order(args, timeout)

    def public(self, path, parameters, timeout):
        status, reply = send("GET", public_url(self.base_url, path, parameters), {}, None, timeout)
        if status == 429:
            raise VenueError("rate_limit", None, "HTTP 429")
        data = json.loads(reply)
        if status == 422:
            raise VenueError("bad_request", None, str(data))
        if status != 200:
            raise VenueError("unavailable", None, f"HTTP {status}")
        return data

    def order_book(self, args, timeout):
        parameters = {"limit": min(args["limit"], 100)} if "limit" in args else {}
        return book(self.public("/api/v4/public/orderbook/" + args["symbol"], parameters, timeout))

    def candles(self, args, timeout):
        parameters = {"market": args["symbol"], "interval": args["interval"]}
        for name, wire in (("start_ms", "start"), ("end_ms", "end")):
            if name in args:
                parameters[wire] = args[name] // 1000
        if "limit" in args:
            parameters["limit"] = min(args["limit"], 1440)
        data = self.public("/api/v1/public/kline", parameters, timeout)
        if not data["success"]:
            raise VenueError("bad_request", None, str(data["message"]))
        names = ("open", "close", "high", "low", "volume")
        return {"candles": [{"open_ms": row[0] * 1000, **dict(zip(names, row[1:6]))}
                            for row in data["result"]]}


# ------------------------------------------------------------------------------------- adapter

CLIENTS = {"bingx": BingxClient, "whitebit": WhitebitClient}
OPERATIONS = ("place_oco", "cancel_oco", "get_oco", "list_oco", "history", "reconcile",
              "place_order", "cancel_order", "open_orders", "reconcile_order", "order_book",
              "candles")
known = {}
lock = threading.Lock()


def client_for(request):
    identity = (request["venue"], request["base_url"], request["key"])
    with lock:
        if identity not in known:
            known[identity] = CLIENTS[request["venue"]](request["base_url"], request["key"],
                                                        request["secret"])
        return known[identity]


def carry_out(request):
    if request["op"] == "ping":
        return {"ok": {}}
    operation = getattr(client_for(request), request["op"], None)
    if request["op"] not in OPERATIONS or operation is None:
        return {"unsupported": f"no operation {request['op']}"}
    acts = request["op"].startswith(("place_", "cancel_", "reconcile"))
    try:
        return {"ok": operation(request["args"], request["timeout_ms"] / 1000)}
    except VenueError as error:
        return {"error": {"kind": error.kind, "code": error.code, "message": str(error),
                          "outcome_unknown": error.outcome_unknown and acts}}
    except (KeyError, TypeError, ValueError) as error:
        return {"error": {"kind": "protocol", "message": f"unexpected reply: {error!r}",
                          "outcome_unknown": acts}}
    except OSError as error:  # refused, reset, timed out
        return {"error": {"kind": "transport", "message": str(error), "outcome_unknown": acts}}
    except Exception as error:  # an adapter answers, whatever happens to its client
        return {"error": {"kind": "unknown", "message": repr(error), "outcome_unknown": acts}}


def work(request):
    line = json.dumps({"id": request["id"], **carry_out(request)})
    with lock:
        print(line, flush=True)


def main():
    with ThreadPoolExecutor(32) as pool:
        for line in sys.stdin:
            pool.submit(work, json.loads(line))


if __name__ == "__main__":
    main()
