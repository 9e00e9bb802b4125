"""Defects of WhiteBIT with orders: placing, asking, cancelling, bulks, and what becomes of them."""

import json

from server_common import remembers
from server_proxy import Defect, reply
from server_whitebit_hooks import (
    ACCOUNT, HISTORY, TRADE, account, at, dropped, error, every, forgives, goes_to, has, history, inner, lacks,
    limits, members, one_price, refuses, result, retext, sends, text, told, validation, written)
from server_whitebit_single import BAD_ID, USED, first_of_missing

ORDER = "/api/v4/order/"
NEW, MARKET, STOCK, STOP, STOP_MARKET, BULK, UNDO, UNDO_BULK, UNDO_ALL, MODIFY, KILL = (
    ORDER + name for name in ("new", "market", "stock_market", "stop_limit", "stop_market", "bulk", "cancel",
                              "cancel/bulk", "cancel/all", "modify", "kill-switch"))
MARGIN_LIMIT, MARGIN_MARKET, MARGIN_STOP, MARGIN_TRIGGER, MARGIN_BULK = (
    ORDER + "collateral/" + name for name in ("limit", "market", "stop-limit", "trigger-market", "bulk"))
TIMERS, ORDERS, POSITIONS = KILL + "/status", "/api/v4/orders", ACCOUNT + "positions/open"
DEALS, DEALS_OF = TRADE + "executed-history", TRADE + "order"
BALANCE, COLLATERAL = TRADE + "balance", ACCOUNT + "balance"
MAIN, TRANSFER = "/api/v4/main-account/balance", "/api/v4/main-account/transfer"
TIMER = {"market": "BTC_USDT", "startTime": 1700000000, "cancellationTime": 1700000010, "types": None}
GONE = inner(2, "orderId", "Unexecuted order was not found.")
LIMITED = reply(429, b"<html>Too many requests</html>", "text/html")


def item_error(code, message, key, words):
    return {"result": None, "error": {"code": code, "message": message, "errors": {key: [words]}}}


def buys(body):
    return body["side"] == "buy"


def sells(body):
    return body["side"] == "sell"


def kind(name):
    return lambda body: body.get("type") == name


def twice(name):
    return lambda body: str(2 * float(body[name]))


def items(change):
    """Changes each item of `orders`."""
    return lambda body: [change(item) for item in body["orders"]]


def without(item, name):
    return {key: value for key, value in item.items() if key != name}


# ---- what needs a memory

def never_free(body, account):
    used = account.memory.setdefault("ids", set())
    name = body.get("clientOrderId")
    if name in used:
        return USED
    used.add(name)
    return None


def learn_refusal(memory, answer, request):
    memory["refused"] = answer.status >= 400


def freeze_for_refused(memory, request, answer):
    if request.path == BALANCE and memory.get("refused"):
        return written(answer, {**answer.json, "USDT": {"available": "0", "freeze": "1000"}})
    return None


def learn_cancel(memory, answer, request):
    if answer.status == 200:
        memory["cancelled"] = answer.body


def cancelled_again(memory, request, answer):
    if request.path == UNDO and answer.status >= 400 and "cancelled" in memory:
        return reply(200, memory["cancelled"])
    return None


def counts(memory):
    memory["placements"] = memory.get("placements", 0) + 1
    return memory["placements"] > 3


def cancels_closed(request, state):
    owner = state.of(request)
    if owner and request.path == NEW:
        owner.memory["over"] = counts(owner.memory)
    return LIMITED if owner and request.path == UNDO and owner.memory.get("over") else None


def placed_and_refused(request, answer, state):
    owner = state.of(request)
    return LIMITED if owner and request.path == NEW and counts(owner.memory) else None


def many(window):
    window["count"] = 1000


def allow_many(body):
    for window in body.get("settings", {}).get("rate_limits", {}).values():
        many(window)


# ---- replies

def as_array(body, request):
    return [row for rows in body.values() for row in rows]


def oldest_first(body, request):
    return {market: rows[::-1] for market, rows in body.items()}


def listed(change):
    return result(ORDERS, lambda body, request: change(body))


def balances(asset, change):
    def apply(body, request):
        row = body[asset]
        row.update(change(float(row["available"]), float(row["freeze"])))
    return result(BALANCE, apply)


def nothing_frozen(available, freeze):
    return {"available": str(round(available + freeze, 8)), "freeze": "0"}


def as_200(request, answer, state):
    if request.path == TRANSFER and answer.status == 201:
        answer.status = 200
    return answer


def old_id(body, request):
    body["orderId"] = request.json["orderId"]


def two_codes(body, request):
    for row in body:
        if row["error"]:
            row["error"]["code"] = 2


def answers(path, test, body, status=200):
    """Requests that pass `test` are answered so, and nothing is done."""
    return refuses(path, test, reply(status, json.dumps(body).encode()))


def always(body):
    return True


DEFECTS = {
    # Spot orders.
    "new-order-without-left": told(NEW, left="0"),
    "new-order-as-new": told(NEW, has("status", "OPEN"), status="NEW"),
    "new-order-id-as-text": told(NEW, orderId=lambda order: str(order["orderId"])),
    "new-order-without-flags": told(NEW, ioc=None, stp=None, rpi=None),
    "new-order-forgets-client-id": told(NEW, clientOrderId=""),
    "market-order-spends-twice": sends(MARKET, buys, amount=twice("amount")),
    "market-order-untold": told(MARKET, dealStock="0", dealMoney="0", left=lambda order: order["amount"]),
    "stock-market-as-market": told(STOCK, type="market"),
    "market-order-with-a-price": told(MARKET, price="0"),
    "stop-buys-below": told(STOP, buys, activationCondition="lte"),
    "stop-sells-above": told(STOP, sells, activationCondition="gte"),
    "stop-market-with-a-price": told(STOP_MARKET, price="0"),
    "stop-market-sells-money": refuses(STOP_MARKET, sells, validation(
        32, "amount", "Total amount should be no less than 5.05 + trade fee")),
    "order-wants-text": refuses(NEW, lambda body: isinstance(body.get("amount"), float), validation(
        32, "amount", "Amount field should be numeric string or number.")),
    "ioc-rests": sends(NEW, ioc=None),
    "ioc-not-told": told(NEW, ioc=False),
    "post-only-takes": sends(NEW, postOnly=None),
    "post-only-not-told": told(NEW, postOnly=None),
    "ioc-with-post-only": sends(NEW, has("ioc"), postOnly=None),
    "bbo-roles-swapped": sends(NEW, has("bboRole", 1), bboRole=2),
    "bbo-counterparty-waits": sends(NEW, has("bboRole", 2), bboRole=1),
    "bbo-with-post-only": sends(NEW, has("bboRole"), postOnly=None),
    "order-at-its-own-price": told(NEW, dealMoney=lambda order: str(
        float(order["price"]) * float(order["dealStock"]))),
    "filled-order-as-open": told(NEW, has("status", "FILLED"), status="OPEN"),
    "best-level-alone": dropped("/book"),
    "rest-of-an-order-lost": listed(lambda orders: [order for order in orders if order["dealStock"] == "0"]),
    "market-order-beyond-the-book": dropped("/book"),
    "taker-band-as-canceled": told(STOCK, status="CANCELED"),
    "stp-as-it-was-sent": told(NEW, has("stp", "cn"), stp="cancel_new"),
    "purchase-fee-in-money": told(STOCK, feeAsset="USDT"),
    "sale-fee-in-stock": told(STOCK, feeAsset="BTC"),
    # What an order needs.
    "order-tells-one-missing": error(text("field is required"), first_of_missing),
    "stop-order-without-activation": error(text("Activation price"), lambda answer, body: body["errors"].pop(
        "activation_price") and None),
    "market-order-wants-a-price": error(text("field is required"), lambda answer, body: body["errors"].update(
        price=["Price field is required."])),
    "order-takes-any-side": sends(NEW, has("side", "hold"), side="buy"),
    "order-in-any-market": sends(NEW, has("market", "NONE_SUCH"), market="BTC_USDT"),
    "order-in-no-market": error(text("should not be empty"), retext("Market is not available.")),
    "order-of-a-word": sends(NEW, has("amount", "much"), amount="0.01"),
    "order-of-nothing": sends(NEW, at("amount", lambda amount: amount == 0), amount="0.01"),
    "order-of-little": sends(NEW, at("amount", lambda amount: amount < 0.001), amount="0.001"),
    "order-amount-cut": sends(NEW, has("amount", "0.0100001"), amount="0.01"),
    "order-at-a-word": sends(NEW, has("price", "cheap"), price="40000"),
    "order-at-nothing": sends(NEW, at("price", lambda price: price == 0), price="40000"),
    "order-price-cut": sends(NEW, has("price", "40000.001"), price="40000"),
    "order-of-any-total": sends(NEW, at("price", lambda price: price == 5000), price="40000"),
    "market-order-of-any-total": sends(MARKET, has("amount", "5"), amount="100"),
    "money-cut": sends(MARKET, has("amount", "100.001"), amount="100"),
    "orders-on-credit": account(balances=lambda own: {**own, "USDT": "100000"}),
    "market-order-of-what-is-there": sends(MARKET, amount="10"),
    "sale-of-nothing": account(balances=lambda own: {**own, "BTC": "1"}),
    "stop-at-the-last-price": sends(STOP, has("activation_price", "40500"), activation_price="41000"),
    "stop-at-zero": sends(STOP, has("activation_price", "0"), activation_price="41000"),
    "order-id-of-a-number": sends(NEW, has("clientOrderId"), clientOrderId=lambda body: str(body["clientOrderId"])),
    "order-id-of-any-character": sends(NEW, has("clientOrderId", "mine#1"), clientOrderId="mine-1"),
    "order-id-in-use": sends(NEW, has("price", "39000"), clientOrderId=None),
    "order-id-never-free": Defect(request=members(NEW, never_free)),
    "order-id-once-for-all": refuses(NEW, has("market", "ETH_USDT"), USED),
    "refused-order-freezes": remembers(NEW, learn_refusal, freeze_for_refused),
    # Collateral orders.
    "collateral-without-reduce-only": told(MARGIN_LIMIT, reduceOnly=None),
    "positions-not-opened": result(POSITIONS, lambda body, request: []),
    "collateral-stop-as-limit": told(MARGIN_STOP, type="limit"),
    "collateral-stop-market-with-a-price": told(MARGIN_TRIGGER, price="0"),
    "collateral-paid-from-trade": goes_to(MARGIN_MARKET, STOCK, lambda order: order),
    "reduce-only-opens": sends(MARGIN_MARKET, reduceOnly=None),
    "collateral-on-credit": account(balances=lambda own: {"USDT": "1000000"}),
    "collateral-post-only-takes": sends(MARGIN_LIMIT, postOnly=None),
    "closing-sale-from-trade": goes_to(MARGIN_MARKET, STOCK, lambda order: order, sells),
    # Queries.
    "active-orders-without-price": every(ORDERS, price=None),
    "active-orders-of-all-markets": sends(ORDERS, market=None),
    "active-orders-of-one-market": sends(ORDERS, lacks("market"), market="BTC_USDT"),
    "active-orders-any-id": sends(ORDERS, orderId=None),
    "active-orders-any-client-id": sends(ORDERS, clientOrderId=None),
    "active-orders-without-limit": sends(ORDERS, limit=None),
    "active-orders-without-offset": sends(ORDERS, offset=None),
    "active-orders-any-limit": sends(ORDERS, has("limit", 101), limit=100),
    "active-orders-limit-zero": sends(ORDERS, has("limit", 0), limit=None),
    "active-orders-of-unknown": forgives(ORDERS, "not available", []),
    "history-as-array": result(HISTORY, as_array),
    "history-oldest-first": result(HISTORY, oldest_first),
    "history-of-any-state": sends(HISTORY, status=None),
    "history-of-any-id": sends(HISTORY, orderId=None),
    "history-of-unknown-refused": refuses(HISTORY, has("orderId", 1), validation(
        30, "orderHistory", "OrderHistory was not found.")),
    "history-of-unknown-client-id": forgives(HISTORY, "not found", {}),
    "history-market-price": history(lambda order: order.update(price="40500")),
    "history-condition-in-letters": history(lambda order: order.update(activationCondition="lte")),
    "history-without-limit": sends(HISTORY, limit=None),
    "deals-of-a-market-as-object": result(DEALS, lambda body, request: {"BTC_USDT": body}),
    "deals-of-all-as-array": result(DEALS, as_array),
    "maker-deals-as-taker": every(DEALS, role=2),
    "deals-without-limit": sends(DEALS, limit=None),
    "deals-from-the-start": sends(DEALS, startDate=None),
    "deals-to-the-end": sends(DEALS, endDate=None),
    "deals-of-an-order-bare": result(DEALS_OF, lambda body, request: body["records"]),
    "deals-of-other-orders": told(DEALS_OF, records=lambda body: body["records"] * 2),
    # Cancels.
    "cancelled-order-as-open": told(UNDO, status="OPEN"),
    "order-cancel-without-effect": goes_to(UNDO, ORDERS, lambda orders: {**orders[0], "status": "CANCELED"}),
    "unknown-order-undone": forgives(UNDO, "not found", {"orderId": 1, "status": "CANCELED"}, has("orderId", 1)),
    "order-cancelled-twice": remembers(UNDO, learn_cancel, cancelled_again),
    "filled-order-undone": forgives(UNDO, "not found", {"status": "CANCELED"}),
    "order-cancel-tells-one": error(text("field is required"), first_of_missing),
    "order-id-of-letters": error(text("should be an integer"), lambda answer, body: GONE),
    "cancel-of-order-forgets-client-ids": refuses(UNDO, has("clientOrderId"), inner(
        2, "clientOrderId", "Unexecuted order was not found.")),
    "order-cancel-by-either-id": sends(UNDO, clientOrderId=None),
    "cancelled-part-untold": told(UNDO, dealStock="0"),
    "cancels-in-bulk-reversed": result(UNDO_BULK, lambda body, request: body[::-1]),
    "unknown-in-bulk-as-code-2": result(UNDO_BULK, two_codes),
    "bulk-cancel-in-any-market": sends(UNDO_BULK, orders=items(lambda item: {"market": "BTC_USDT", **item})),
    "bulk-cancel-by-either-id": sends(UNDO_BULK, orders=items(lambda item: without(item, "clientOrderId"))),
    "bulk-cancel-of-none": forgives(UNDO_BULK, "required", []),
    "bulk-cancel-of-an-empty-list": forgives(UNDO_BULK, "validation", []),
    "cancel-all-of-one-market": sends(UNDO_ALL, lacks("market"), market="BTC_USDT"),
    "cancel-all-of-every-market": sends(UNDO_ALL, market=None),
    "cancel-all-of-every-type": sends(UNDO_ALL, type=None),
    "cancel-all-of-a-word": sends(UNDO_ALL, has("type", "spot"), type=lambda body: [body["type"]]),
    "nothing-to-cancel-refused": refuses(UNDO_ALL, always, GONE),
    "timer-in-milliseconds": told(KILL, startTime=lambda timer: timer["startTime"] * 1000,
                                  cancellationTime=lambda timer: timer["cancellationTime"] * 1000),
    "timer-without-effect": answers(KILL, has("timeout"), TIMER),
    "timer-early": sends(KILL, timeout="10"),
    "timer-not-deleted": answers(KILL, has("timeout", None), []),
    "timer-null-text-refused": refuses(KILL, has("timeout", "null"), validation(
        30, "timeout", "Timeout should be at least 5.")),
    "timers-not-listed": result(TIMERS, lambda body, request: []),
    "timers-listed-for-ever": result(TIMERS, lambda body, request: body or [TIMER]),
    "timer-of-every-type": sends(KILL, types=None),
    "timer-of-no-time": sends(KILL, lacks("timeout"), timeout="10"),
    "timer-of-four": sends(KILL, has("timeout", "4"), timeout="5"),
    "timer-of-a-number": sends(KILL, has("timeout", 10), timeout="10"),
    # Bulks.
    "bulk-reversed": result(BULK, lambda body, request: body[::-1]),
    "bulk-stops-always": sends(BULK, stopOnFail=True),
    "bulk-stops-never": sends(BULK, stopOnFail=None),
    "bulk-of-a-word": forgives(BULK, "must be an array", []),
    "bulk-of-21": sends(BULK, orders=lambda body: body["orders"][:20]),
    "bulk-refuses-empty-ids": answers(BULK, always, [item_error(
        36, "Validation failed", "clientOrderId", BAD_ID.json["errors"]["clientOrderId"][0])]),
    "bulk-on-credit": account(balances=lambda own: {"USDT": "100000"}),
    "bulk-post-only-takes": sends(BULK, orders=items(lambda item: without(item, "postOnly"))),
    "collateral-bulk-as-spot": goes_to(MARGIN_BULK, BULK, lambda body: body),
    # Modified orders.
    "modified-order-forgets-client-id": told(MODIFY, clientOrderId=""),
    "modified-order-keeps-its-id": result(MODIFY, old_id),
    "modify-leaves-the-amount": sends(MODIFY, amount=None, price="40000"),
    "modify-leaves-the-activation": sends(MODIFY, activationPrice="41000"),
    "modify-reads-one-spelling": sends(MODIFY, activation_price=None),
    "modify-forgets-client-ids": refuses(MODIFY, has("clientOrderId"), GONE),
    "modify-of-unknown": forgives(MODIFY, "not found", {"orderId": 1}),
    "modify-of-nothing": forgives(MODIFY, "At least one", {"orderId": 1}),
    "modify-activation-of-a-limit": sends(MODIFY, activationPrice=None, price="40000"),
    "modify-price-of-a-stop-market": sends(MODIFY, price=None, activationPrice="41000"),
    "modify-total-of-a-limit": sends(MODIFY, total=None, price="40000"),
    "modify-amount-of-money": sends(MODIFY, amount=None, activationPrice="41000"),
    # Their life.
    "resting-buy-never-fills": one_price("40000", "40001"),
    "resting-buy-a-cent-early": one_price("40000.01", "40000"),
    "resting-sell-never-fills": one_price("42000", "41999"),
    "resting-at-the-last-price": every(DEALS, price="39000", deal="390"),
    "listed-part-untold": every(ORDERS, dealStock="0", left=lambda order: order["amount"]),
    "stop-buy-never-triggers": one_price("41000", "40900"),
    "triggered-as-waiting": every(ORDERS, activated=0),
    "purchase-freezes-nothing": balances("USDT", nothing_frozen),
    "sale-freezes-nothing": balances("BTC", nothing_frozen),
    "purchase-without-fee": balances("BTC", lambda available, freeze: {"available": "1.01"}),
    "sale-without-fee": balances("USDT", lambda available, freeze: {"available": "1405"}),
    "better-price-stays-frozen": balances("USDT", lambda available, freeze: {
        "available": str(available - 5), "freeze": "5"}),
    # Transfers.
    "transfer-without-effect": answers(TRANSFER, always, [], 201),
    "transfer-from-main-lost": answers(TRANSFER, has("from", "main"), [], 201),
    "transfer-to-collateral-as-main": sends(TRANSFER, has("to", "collateral"), to="main"),
    "transfer-from-collateral-doubled": told(COLLATERAL, USDT=1000),
    "transfer-as-200": Defect(reply=as_200),
    "transfer-of-one": sends(TRANSFER, lacks("amount"), amount="1"),
    "transfer-of-any-asset": sends(TRANSFER, has("ticker", "NONESUCH"), ticker="USDT"),
    "transfer-from-anywhere": sends(TRANSFER, has("from", "purse"), **{"from": "spot"}),
    "transfer-to-itself": forgives(TRANSFER, "must be different", [], status=201),
    "transfer-of-a-word": sends(TRANSFER, has("amount", "much"), amount="100"),
    "transfer-of-nothing": forgives(TRANSFER, "must be at least", [], status=201),
    "transfer-of-what-there-is": sends(TRANSFER, at("amount", lambda amount: amount > 600), amount="600"),
    "transfer-without-methods": refuses(TRANSFER, has("method"), reply(400, {
        "code": 0, "errors": {"from": ["The from field is required."]}, "message": "Validation failed"})),
    "main-balance-of-unknown-refused": refuses(MAIN, has("ticker", "NONESUCH"), validation(
        30, "ticker", "Currency was not found.")),
    "trade-balance-of-unknown": forgives(BALANCE, "not found", {}),
    "trade-balance-of-all": sends(BALANCE, ticker=None),
    # Their limits.
    "placements-never-limited": limits(many),
    "placements-limited-early": limits(lambda window: window.update(count=2)),
    "placements-limited-for-long": limits(lambda window: window.update(per_ms=20000)),
    "placed-over-the-limit": Defect(account=allow_many, reply=placed_and_refused),
    "cancels-closed-by-placements": Defect(request=cancels_closed),
    "queries-never-limited": limits(many),
}
