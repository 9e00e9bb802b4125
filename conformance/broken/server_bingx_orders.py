"""Defects of BingX with single orders: placing, asking, cancelling, batches, and what becomes of them."""

import json

from server_proxy import Defect, reply
from server_bingx_hooks import (
    BALANCE, LIMITED, ORDER, TRADES, account, at, both, buys, code, default, equal, error, every, forgives, given,
    goes_to, moved_clock, no_book, parameters, prices, put, refuses, result, rows, service, settings, takes, told)
from server_common import remembers

TRADE = "/openApi/spot/v1/trade/"
NEW, SEVERAL, REPLACE = TRADE + "order", TRADE + "batchOrders", TRADE + "order/cancelReplace"
UNDO, UNDO_SEVERAL, UNDO_ALL, LATER = (
    TRADE + "cancel", TRADE + "cancelOrders", TRADE + "cancelOpenOrders", TRADE + "cancelAllAfter")
OPEN_ORDERS, ENDED_ORDERS = TRADE + "openOrders", TRADE + "historyOrders"
WRONG = service(100400, "arguments invalid")
MISSING = service(100400, "miss arguments")
NO_ORDER = service(100404, " order not exist")


def kind(name):
    return equal("type", name)


def is_in(state):
    return lambda order: order["status"] == state


def lacks(*names):
    return lambda values: all(name not in values for name in names)


def value_of(values):
    try:
        return float(values["quantity"]) * float(values["price"])
    except (KeyError, ValueError):
        return None


def rounded(name, digits):
    return lambda old: old and str(round(float(old), digits))


def orders_of(change):
    """Changes the orders of a batch."""
    return lambda text: json.dumps(change(json.loads(text)), separators=(",", ":"))


def any_side(orders):
    return [{**order, "side": "BUY" if order["side"] == "HOLD" else order["side"]} for order in orders]


# ---- what needs a memory

def forever(values, owner):
    """Equal orders pass at once: each gets an id that nobody asked for."""
    owner.memory["placed"] = owner.memory.get("placed", 0) + 1
    values.setdefault("newClientOrderId", f"again_{owner.memory['placed']}")


def never_again(values, owner):
    seen = owner.memory.setdefault("orders", set())
    order = tuple(values.get(name) for name in ("symbol", "side", "type", "quantity", "price"))
    if order in seen:
        return service(100400, "The same order can only be submitted once per second.")
    seen.add(order)
    return None


def learn_refusal(memory, answer, request):
    memory["refused"] = answer.json.get("code") != 0


def hold_for_refused(memory, request, answer):
    if request.path != BALANCE or not memory.get("refused"):
        return None
    body = answer.json
    for row in body["data"]["balances"]:
        if row["asset"] == "USDT":
            row.update(free="0", locked=row["free"])
    answer.json = body
    return answer


def learn_cancel(memory, answer, request):
    if answer.json.get("code") == 0:
        memory["cancelled"] = answer.body


def cancelled_again(memory, request, answer):
    if request.path == UNDO and answer.json.get("code") != 0 and "cancelled" in memory:
        return reply(200, memory["cancelled"])
    return None


def first_timer_alone(values, owner):
    if values.get("type") != "ACTIVATE":
        return None
    if owner.memory.get("timer"):
        return reply(200, {"code": 0, "msg": "", "debugMsg": "",
                           "data": {"triggerTime": 1700000015, "status": "ACTIVATED", "note": ""}})
    owner.memory["timer"] = True
    return None


def cancels_closed(request, state):
    owner = state.of(request)
    if owner is None:
        return None
    if request.path == NEW:
        owner.memory["placements"] = owner.memory.get("placements", 0) + 1
    return LIMITED if request.path == UNDO and owner.memory.get("placements", 0) > 5 else None


# ---- calls that do something else

def replaced(data):
    return {"cancelResult": {"code": 0, "msg": "", "result": True},
            "openResult": {"code": 0, "msg": "", "result": True},
            "orderOpenResponse": data, "orderCancelResponse": {**data, "orderId": 1, "status": "CANCELED"}}


def nothing_cancelled(request, answer, state):
    body = answer.json
    if request.path == UNDO_ALL and body.get("code") == 0 and not body["data"]["orders"]:
        return NO_ORDER
    return None


def balances(asset, change):
    def apply(data, asked):
        for row in data["balances"]:
            if row["asset"] == asset:
                row.update(change(float(row["free"]), float(row["locked"])))
    return result(BALANCE, apply)


def free_again(free, locked):
    return {"free": str(round(free + locked, 8)), "locked": "0"}


def limits(name, count, per_ms=1000):
    return settings(rate_limits={name: {"count": count, "per_ms": per_ms}})


DEFECTS = {
    # Placing.
    "bx-resting-limit-as-new": told(NEW, is_in("PENDING"), status="NEW"),
    "bx-placed-id-as-text": told(NEW, orderId=lambda order: str(order["orderId"])),
    "bx-placed-without-own-id": told(NEW, clientOrderID=None),
    "bx-market-order-pending": told(NEW, kind("MARKET"), status="PENDING"),
    "bx-market-buy-wants-money": refuses(NEW, both(kind("MARKET"), buys, lacks("quoteOrderQty")), MISSING),
    "bx-spends-twice": takes(given("quoteOrderQty"), NEW, quoteOrderQty=lambda old: str(2 * float(old))),
    "bx-money-before-quantity": takes(given("quantity", "quoteOrderQty"), NEW, quantity=None),
    "bx-limit-wants-quantity": refuses(NEW, both(kind("LIMIT"), lacks("quantity")), MISSING),
    "bx-rounds-an-order": takes(given("quantity", "price"), NEW, quantity=rounded("quantity", 5),
                                price=rounded("price", 2)),
    "bx-waiting-stop-as-pending": told(NEW, is_in("NEW"), status="PENDING"),
    "bx-no-take-stop-limit": refuses(NEW, kind("TAKE_STOP_LIMIT"), WRONG),
    "bx-trigger-not-told": told(NEW, stopPrice="0"),
    "bx-take-stop-as-trigger": told(NEW, kind("TAKE_STOP_MARKET"), type="TRIGGER_MARKET"),
    "bx-trigger-buy-wants-money": refuses(
        NEW, both(kind("TRIGGER_MARKET"), buys, lacks("quoteOrderQty")), MISSING),
    "bx-market-order-without-gtc": refuses(NEW, both(kind("MARKET"), given("timeInForce")), WRONG),
    "bx-ioc-by-default": takes(both(kind("LIMIT"), lacks("timeInForce")), NEW, timeInForce="IOC"),
    "bx-ioc-rests": takes(equal("timeInForce", "IOC"), NEW, timeInForce="GTC"),
    "bx-fok-in-part": takes(equal("timeInForce", "FOK"), NEW, timeInForce="IOC"),
    "bx-post-only-takes": takes(equal("timeInForce", "PostOnly"), NEW, timeInForce="GTC"),
    "bx-no-post-only": refuses(NEW, equal("timeInForce", "PostOnly"), WRONG),
    "bx-ioc-all-or-nothing": takes(equal("timeInForce", "IOC"), NEW, timeInForce="FOK"),
    "bx-no-better-price": told(ORDER, cummulativeQuoteQty=lambda order: str(
        float(order["price"]) * float(order["executedQty"]))),
    "bx-first-level-alone": no_book(),
    "bx-part-as-filled": told(ORDER, is_in("PARTIALLY_FILLED"), status="FILLED"),
    "bx-same-order-again": Defect(request=parameters(NEW, forever)),
    "bx-same-order-never": Defect(request=parameters(NEW, never_again)),
    # What an order needs.
    "bx-order-symbol-optional": default("symbol", "BTC-USDT", NEW),
    "bx-order-side-optional": default("side", "BUY", NEW),
    "bx-order-type-optional": default("type", "LIMIT", NEW),
    "bx-order-any-side": takes(equal("side", "HOLD"), NEW, side="BUY"),
    "bx-order-any-type": takes(kind("ICEBERG"), NEW, type="LIMIT"),
    "bx-order-any-time": takes(equal("timeInForce", "POC"), NEW, timeInForce="GTC"),
    "bx-order-price-optional": takes(both(kind("LIMIT"), lacks("price")), NEW, price="60000"),
    "bx-order-zero-price": takes(at("price", lambda price: price == 0), NEW, price="60000"),
    "bx-order-negative-price": takes(at("price", lambda price: price < 0), NEW, price=lambda old: old.lstrip("-")),
    "bx-order-amount-optional": takes(both(kind("LIMIT"), lacks("quantity", "quoteOrderQty")), NEW, quantity="0.001"),
    "bx-market-amount-optional": takes(
        both(kind("MARKET"), lacks("quantity", "quoteOrderQty")), NEW, quantity="0.001"),
    "bx-trigger-optional": takes(both(kind("TRIGGER_LIMIT"), lacks("stopPrice")), NEW, type="LIMIT"),
    "bx-order-symbol-without-dash": takes(equal("symbol", "BTCUSDT"), NEW, symbol="BTC-USDT"),
    "bx-order-any-symbol": takes(equal("symbol", "NONESUCH-USDT"), NEW, symbol="BTC-USDT"),
    "bx-order-of-any-value": takes(lambda values: (value_of(values) or 5) < 5, NEW, quantity="0.001"),
    "bx-market-order-of-any-value": takes(
        both(kind("MARKET"), at("quantity", lambda quantity: quantity < 0.00007)), NEW, quantity="0.001"),
    "bx-least-value-excluded": refuses(NEW, lambda values: value_of(values) == 5, service(
        100400, " check limit entrust value fail, entrust volume too low, userID: 1, minVolume:5, entrustVolume: 5")),
    "bx-order-at-any-price": takes(at("price", lambda price: price > 320000), NEW, price="300000"),
    "bx-order-at-any-low-price": takes(at("price", lambda price: 10000 < price < 12800), NEW, price="13000"),
    "bx-order-on-credit": account(balances=lambda own: {**own, "USDT": "1000"}),
    "bx-short-sale": account(balances=lambda own: {**own, "BTC": "1"}),
    "bx-own-id-of-any-character": takes(
        lambda values: "#" in values.get("newClientOrderId", ""), NEW, newClientOrderId="mine"),
    "bx-own-id-of-any-length": takes(given("newClientOrderId"), NEW, newClientOrderId=lambda old: old[:40]),
    "bx-refused-order-holds": remembers(NEW, learn_refusal, hold_for_refused),
    # Own ids.
    "bx-own-id-in-small-letters": told(NEW, clientOrderID=lambda order: order["clientOrderID"].lower()),
    "bx-query-forgets-own-ids": refuses(ORDER, given("clientOrderID"), NO_ORDER),
    "bx-cancel-forgets-own-ids": refuses(UNDO, given("clientOrderID"), NO_ORDER),
    "bx-own-ids-for-ever": moved_clock(7201000, 7199000),
    "bx-empty-own-id-refused": refuses(NEW, equal("newClientOrderId", ""), WRONG),
    "bx-own-id-of-39": refuses(NEW, lambda values: len(values.get("newClientOrderId", "")) == 40, WRONG),
    # Queries.
    "bx-queried-stop-price-small": result(ORDER, lambda data, asked: data.update(stopPrice=data.pop("StopPrice"))),
    "bx-queried-fee-positive": told(ORDER, fee=lambda order: order["fee"].lstrip("-")),
    "bx-fee-in-base-always": told(ORDER, feeAsset="BTC"),
    "bx-unknown-order-found": forgives(ORDER, "not exist", {"orderId": 1}),
    "bx-query-without-id": forgives(ORDER, "miss arguments", {"orderId": 0}),
    "bx-open-orders-of-all-symbols": takes(given("symbol"), OPEN_ORDERS, symbol=None),
    "bx-open-orders-of-one-symbol": default("symbol", "BTC-USDT", OPEN_ORDERS),
    "bx-open-fee-as-text": every(OPEN_ORDERS, "orders", fee="0"),
    "bx-waiting-stops-not-listed": rows(OPEN_ORDERS, "orders", lambda orders: [
        order for order in orders if order["status"] != "NEW"]),
    "bx-history-without-filled": rows(ENDED_ORDERS, "orders", lambda orders: [
        order for order in orders if order["status"] != "FILLED"]),
    "bx-history-status-ignored": takes(given("status"), ENDED_ORDERS, status=None),
    "bx-history-type-ignored": takes(given("type"), ENDED_ORDERS, type=None),
    "bx-history-first-page-always": takes(given("pageIndex"), ENDED_ORDERS, pageIndex="1"),
    "bx-history-start-ignored": takes(given("startTime"), ENDED_ORDERS, startTime=None),
    "bx-history-end-ignored": takes(given("endTime"), ENDED_ORDERS, endTime=None),
    "bx-untriggered-stop-canceled": every(ENDED_ORDERS, "orders", is_in("FAILED"), status="CANCELED"),
    "bx-cancelled-part-forgotten": every(ENDED_ORDERS, "orders", is_in("CANCELED"), executedQty="0"),
    "bx-taker-as-maker": every(TRADES, "fills", isMaker=True),
    "bx-commission-in-quote-always": every(TRADES, "fills", commissionAsset="USDT"),
    "bx-executions-of-all-orders": takes(given("orderId"), TRADES, orderId=None),
    "bx-executions-without-limit": takes(given("limit"), TRADES, limit=None),
    "bx-executions-newest-first": rows(TRADES, "fills", lambda fills: fills[::-1]),
    "bx-executions-from-the-start": takes(given("startTime"), TRADES, startTime=None),
    "bx-executions-without-end": takes(given("endTime"), TRADES, endTime=None),
    "bx-executions-without-symbol": default("symbol", "BTC-USDT", TRADES),
    # Cancels.
    "bx-cancelled-as-pending": told(UNDO, status="PENDING"),
    "bx-order-cancel-without-effect": goes_to(UNDO, "GET", ORDER, lambda data: {**data, "status": "CANCELED"}),
    "bx-unknown-order-undone": forgives(UNDO, "not exist", {"orderId": 1, "status": "CANCELED"}),
    "bx-order-cancelled-twice": remembers(UNDO, learn_cancel, cancelled_again),
    "bx-filled-order-cancelled": forgives(UNDO, "FILLED or CANCELLED", {"status": "CANCELED"}),
    "bx-order-cancel-without-id": forgives(UNDO, "miss arguments", {"status": "CANCELED"}),
    "bx-cancel-restrictions-ignored": takes(given("cancelRestrictions"), UNDO, cancelRestrictions=None),
    "bx-cancel-restrictions-refused": refuses(UNDO, given("cancelRestrictions"), WRONG),
    "bx-cancels-the-first-alone": takes(given("orderIds"), UNDO_SEVERAL, orderIds=lambda old: old.split(",")[0]),
    "bx-process-always": takes(given("orderIds"), UNDO_SEVERAL, process="1"),
    "bx-process-never": takes(given("process"), UNDO_SEVERAL, process="0"),
    "bx-failed-ids-as-numbers": every(UNDO_SEVERAL, "fails", orderId=lambda fail: int(fail["orderId"])),
    "bx-several-own-ids-refused": refuses(UNDO_SEVERAL, given("clientOrderIDs"), MISSING),
    "bx-cancels-all-symbols": takes(given("symbol"), UNDO_ALL, symbol=None),
    "bx-cancels-one-symbol": default("symbol", "BTC-USDT", UNDO_ALL),
    "bx-nothing-to-cancel-refused": Defect(reply=nothing_cancelled),
    "bx-timer-on": told(LATER, is_in("ACTIVATED"), status="ON"),
    "bx-timer-without-effect": takes(kind("ACTIVATE"), LATER, type="CLOSE"),
    "bx-timer-early": takes(kind("ACTIVATE"), LATER, timeOut="10"),
    "bx-timer-not-closed": refuses(LATER, kind("CLOSE"), reply(200, {
        "code": 0, "msg": "", "debugMsg": "", "data": {"triggerTime": 0, "status": "CLOSED", "note": ""}})),
    "bx-timer-not-moved": Defect(request=parameters(LATER, first_timer_alone)),
    "bx-timer-of-nine": takes(equal("timeOut", "9"), LATER, timeOut="10"),
    "bx-timer-of-121": takes(equal("timeOut", "121"), LATER, timeOut="120"),
    # Batches and replacements.
    "bx-batch-of-one": takes(given("data"), SEVERAL, data=orders_of(lambda orders: orders[:1])),
    "bx-batch-ids-swapped": rows(SEVERAL, "orders", lambda orders: [
        {**order, "clientOrderID": other["clientOrderID"]} for order, other in zip(orders, orders[::-1])]),
    "bx-sync-not-read": takes(given("sync"), SEVERAL, sync=None),
    "bx-sync-always": takes(given("data"), SEVERAL, sync="true"),
    "bx-batch-of-six": takes(given("data"), SEVERAL, data=orders_of(lambda orders: orders[:5])),
    "bx-batch-of-none": forgives(SEVERAL, "", {"orders": []}),
    "bx-batch-of-any-side": takes(given("data"), SEVERAL, data=orders_of(any_side)),
    "bx-replace-results-as-text": told(REPLACE, cancelResult="SUCCESS", openResult="SUCCESS"),
    "bx-replace-keeps-the-old": goes_to(REPLACE, "POST", NEW, replaced),
    "bx-replace-never-stops": takes(given("cancelReplaceMode"), REPLACE, cancelReplaceMode="ALLOW_FAILURE"),
    "bx-replace-always-stops": takes(given("cancelReplaceMode"), REPLACE, cancelReplaceMode="STOP_ON_FAILURE"),
    "bx-replace-forgets-own-ids": refuses(REPLACE, given("cancelClientOrderID"), NO_ORDER),
    "bx-replace-mode-optional": default("cancelReplaceMode", "STOP_ON_FAILURE", REPLACE),
    "bx-failed-replacement-as-100400": error(code(100500), put(code=100400)),
    "bx-no-cancelled-order": told(REPLACE, lambda data: not data["cancelResult"]["result"], orderCancelResponse=None),
    "bx-failed-cancel-as-done": error(code(100500), lambda answer, body: body.update(
        msg=body["msg"].replace("result:false", "result:true"))),
    "bx-replace-ignores-restrictions": takes(given("cancelRestrictions"), REPLACE, cancelRestrictions=None),
    # Their life.
    "bx-resting-buy-never-fills": prices("60000", "60001"),
    "bx-resting-buy-a-cent-early": prices("60000.01", "60000"),
    "bx-resting-sell-never-fills": prices("68000", "67999"),
    "bx-resting-at-the-last-price": told(ORDER, is_in("FILLED"), cummulativeQuoteQty="55", avgPrice="55000"),
    "bx-maker-as-taker": every(TRADES, "fills", isMaker=False),
    "bx-listed-part-as-pending": every(OPEN_ORDERS, "orders", is_in("PARTIALLY_FILLED"), status="PENDING"),
    "bx-planned-buy-never-triggers": prices("70000", "69000"),
    "bx-planned-sell-never-triggers": prices("60000", "60001"),
    "bx-triggered-limit-lost": rows(OPEN_ORDERS, "orders", lambda orders: [
        order for order in orders if (order["type"], order["status"]) != ("TRIGGER_LIMIT", "PENDING")]),
    "bx-triggered-order-stays-new": told(ORDER, is_in("PENDING"), status="NEW"),
    "bx-purchase-holds-nothing": balances("USDT", free_again),
    "bx-sale-holds-nothing": balances("BTC", free_again),
    "bx-purchase-without-fee": balances("BTC", lambda free, locked: {"free": "0.01"}),
    "bx-sale-without-fee": balances("USDT", lambda free, locked: {"free": "1640"}),
    "bx-better-price-stays-held": balances("USDT", lambda free, locked: {"free": str(free - 1), "locked": "1"}),
    # Their limits.
    "bx-four-placements": limits("order_create", 4),
    "bx-placements-without-limit": limits("order_create", 1000),
    "bx-eleven-queries": limits("order_query", 11),
    "bx-nine-queries": limits("order_query", 9),
    "bx-placements-closed": limits("order_create", 5, 5000),
    "bx-cancels-with-placements": Defect(request=cancels_closed),
}
