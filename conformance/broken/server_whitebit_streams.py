"""Defects of WhiteBIT's socket, by the sections of their cases."""

import json

from server_proxy import Defect, reply
from server_stream_hooks import answered, asked, ended, hears, message_of, says, text_of, told
from server_whitebit_hooks import moved_clock, settings
from websocket import BINARY, PING, PONG, TEXT, Frame

TOKEN = "/api/v4/profile/websocket_token"
SUCCESS = {"status": "success"}


# ---- messages

def success(request, result=None):
    return {"error": None, "result": SUCCESS if result is None else result, "id": request.get("id")}


def refusal(request, code, text="invalid argument"):
    return {"error": {"code": code, "message": text}, "result": None, "id": request.get("id")}


def answers(method, reply_to):
    """Requests of that method are answered by `reply_to(message, stream)`; None lets them pass."""
    return answered(lambda message, stream: reply_to(message, stream) if message.get("method") == method else None,
                    like_gzip=False)


def asks(method, change):
    """Requests whose method begins so are changed."""
    def apply(message, stream):
        if str(message.get("method", "")).startswith(method):
            change(message)
    return asked(apply)


def with_params(method, change):
    def apply(message):
        message["params"] = change(message["params"])
    return asks(method, apply)


def replies(change):
    """`change(message, stream)` of replies."""
    return told(lambda message, stream: change(message, stream) if "method" not in message else None)


def errors(change, test=lambda error: True):
    def apply(message, stream):
        if message.get("error") and test(message["error"]):
            return change(message)
        return None
    return replies(apply)


def code(number):
    return lambda error: error["code"] == number


def says_(text):
    return lambda error: text in error["message"]


def forgiven(message):
    message.update(error=None, result=SUCCESS)


def in_other_numbers(message):
    message["error"]["code"] += 1000


def forgives(text):
    """Refusals with that text become successes."""
    return errors(forgiven, says_(text))


def results(method, change):
    """`change(result)` of the replies to requests of that method; what it gives, if anything, takes its place."""
    def hear(stream, frame):
        message = message_of(frame) or {}
        if message.get("method") == method:
            stream.memory["id"] = message.get("id")

    def say(message, stream):
        if "method" not in message and message.get("id") == stream.memory.get("id") and message.get("result"):
            new = change(message["result"])
            if new is not None:
                message["result"] = new
    return Defect(hears=hear, says=told(say).says)


def without(*path):
    """Takes the member at the end of a path away."""
    def change(result):
        for name in path[:-1]:
            result = result[name]
        result.pop(path[-1])
    return change


def pushes(channel, change):
    """`change(params, message, stream)` of pushes of a channel."""
    def apply(message, stream):
        if message.get("method") == channel + "_update":
            return change(message["params"], message, stream)
        return None
    return told(apply)


def params(channel, change):
    """The same where only the parameters change; what `change` gives, if anything, takes their place."""
    def apply(values, message, stream):
        new = change(values)
        if new is not None:
            message["params"] = new
    return pushes(channel, apply)


def loses(channel, test=lambda values: True):
    return pushes(channel, lambda values, message, stream: [] if test(values) else None)


def again(channel):
    """What was said last is said again before the answer to a later ping."""
    def apply(message, stream):
        if message.get("method") == channel + "_update":
            stream.memory["last"] = message
        elif message.get("result") == "pong" and "last" in stream.memory:
            return [stream.memory["last"], message]
        return None
    return told(apply)


def first_alone(values, message, stream):
    first, stream.memory["said"] = "said" not in stream.memory, True
    return None if first else []


def merged(method):
    """A new list is added to the one before."""
    def apply(message, stream):
        if message.get("method") == method:
            known = stream.memory.setdefault(method, [])
            known.extend(each for each in message["params"] if each not in known)
            message["params"] = list(known)
    return asked(apply)


def compact(frame, stream):
    text = text_of(frame) if frame.opcode == TEXT else None
    return None if text is None else [Frame(TEXT, json.dumps(json.loads(text), separators=(",", ":")).encode())]


def in_binary_frames(frame, stream):
    return [Frame(BINARY, frame.payload)] if frame.opcode == TEXT else None


def garbage(change):
    return hears(lambda frame, stream: change(stream) if frame.opcode == TEXT and message_of(frame) is None else None)


def garbage_answered(stream):
    stream.tell_client(Frame(TEXT, json.dumps(refusal({}, 1)).encode()))
    return ended(stream)


def garbage_closed(stream):
    return ended(stream, 1002)


def unknown_market_ends_the_channel():
    """A list with an unknown market leaves nothing of the one before."""
    def change(message, stream):
        if message.get("method") == "trades_subscribe" and "NOPE_USDT" in message["params"]:
            return [{**message, "method": "trades_unsubscribe", "id": "hidden"}, message]
        return None
    return Defect(hears=asked(change).hears,
                  says=told(lambda message, stream: [] if message.get("id") == "hidden" else None).says)


# ---- authorization

def tokens(change):
    def apply(request, answer, state):
        return change(answer) if request.path == TOKEN and answer.status == 200 else None
    return Defect(reply=apply)


def enveloped(answer):
    answer.json = {"success": True, "result": answer.json}
    return answer


def one_token(request, answer, state):
    """Gives one token for ever."""
    if request.path != TOKEN or answer.status != 200:
        return None
    memory = state.of(request).memory
    memory.setdefault("token", answer.body)
    return reply(200, memory["token"])


def token_twice(message, stream):
    if message.get("method") != "authorize":
        return None
    used = stream.account.memory.setdefault("used", [])
    if message["params"][0] in used:
        return [refusal(message, 1)]
    used.append(message["params"][0])
    return None


def three_pings(message, stream):
    """Forgets who has authorized after three pings."""
    if message.get("method") == "ping":
        stream.memory["pings"] = stream.memory.get("pings", 0) + 1
    elif stream.memory.get("pings", 0) >= 3 and message.get("method") == "deals_subscribe":
        return [refusal(message, 6, "require authentication")]
    return None


def public_or_private(message, stream):
    if message.get("method") == "authorize":
        stream.memory["private"] = True
    if stream.memory.get("private") and message.get("method") == "lastprice_subscribe":
        return [refusal(message, 4, "method not found")]
    return None


# ---- orders

PENDING, EXECUTED = "ordersPending", "ordersExecuted"


def orders(change, test=lambda event, order: True, channel=PENDING):
    """`change(params)` of events of orders."""
    return params(channel, lambda values: change(values) if test(values[0], values[-1]) else None)


def order_set(test=lambda event, order: True, channel=PENDING, **members):
    def change(values):
        for name, value in members.items():
            values[-1][name] = value(values[-1]) if callable(value) else value
    return orders(change, test, channel)


def event_set(new, test):
    def change(values):
        values[0] = new
    return orders(change, test)


def lost(test, channel=PENDING):
    return loses(channel, lambda values: test(values[0], values[-1]))


def is_(**members):
    return lambda event, order: all(order.get(name) == value for name, value in members.items())


def new_first(values, message, stream):
    """An order that is filled at once is told as new, too."""
    if values[0] == 3 and not stream.memory.get("new"):
        return [{**message, "params": [1, {**values[1], "status": "OPEN"}]}, message]
    stream.memory["new"] = True
    return None


def replacement_keeps_its_id(values, message, stream):
    if values[0] == 1:
        values[1]["id"] = stream.memory.setdefault("id", values[1]["id"])


def stop_ends_twice(values, message, stream):
    if values[0] == 3 and values[1]["type"] == 9:
        stream.memory["end"] = message
    return [message, stream.memory["end"]] if values[1]["type"] == 7 and values[1]["status"] == "FILLED" \
        and "end" in stream.memory else None


def filled_twice(values, message, stream):
    return [message, message] if values[0] == 3 and values[1]["status"] == "FILLED" else None


def told_again(frame, stream):
    """Another stream of the account hears all of before."""
    said = stream.account.memory.setdefault("said", [])
    message = message_of(frame) or {}
    if message.get("method") == PENDING + "_update":
        said.append(frame)
    return [frame, *said] if message.get("id") == 4 else None


def own_time(order):
    return order["mtime"] + (0.001 if order["type"] == 9 else 0)


def balances_at_first(message, stream):
    if message.get("id") == 2 and message.get("result") == SUCCESS:
        push = {"method": "balanceSpot_update", "params": [{"USDT": {"available": "1000", "freeze": "0"}}], "id": None}
        return [message, push]
    return None


# ---- silence and limits

def pings_unheard(frame, stream):
    """Answers pings of the protocol without noticing its client."""
    if frame.opcode != PING:
        return None
    stream.tell_client(Frame(PONG, frame.payload))
    return []


def cancels_count(message, stream):
    stream.memory["placed"] = stream.memory.get("placed", 0) + message.get("method", "").endswith("_place")
    if stream.memory["placed"] > 3 and message.get("method") == "order_cancel_all":
        return [refusal(message, 7, "too many requests")]
    return None


def limited_for_ever(message, stream):
    stream.memory["placed"] = stream.memory.get("placed", 0) + message.get("method", "").endswith("_place")
    return [refusal(message, 7, "too many requests")] if stream.memory["placed"] > 4 else None


def limit(count, per_ms=10000):
    def change(body):
        own = body.get("settings", {})
        if "order_create" in (own.get("rate_limits") or {}):
            return {**body, "settings": {**own, "rate_limits": {"order_create": {"count": count, "per_ms": per_ms}}}}
        return body
    return Defect(account=change)


# ---- order entry

def entry(method, change):
    return results(method, change)


def one_place_later(message, stream):
    """Events come before the reply that they belong to."""
    if message.get("id") == 9:
        stream.memory["reply"] = message
        return []
    held = stream.memory.pop("reply", None)
    return [message, held] if held else None


def groups(**members):
    def change(group):
        for leg in ("stop_loss", "take_profit"):
            for name, value in members.items():
                group[leg][name] = value(group[leg]) if callable(value) else value
    return change


def cancelled_again(message, stream):
    if message.get("id") == 10:
        stream.memory["group"] = message["result"]
    if message.get("id") == 11 and message.get("error"):
        message.update(error=None, result=stream.memory["group"])


def first_of_two(message):
    message["params"] = message["params"][:1]


TEXTS = {
    "no-market": "market is required", "unknown-market": "market does not exist",
    "spot-on-futures": "the market is futures",
    "no-amount": "amount is required", "no-price": "price is required", "no-activation": "activation_price is required",
    "any-side": "side is invalid", "any-stp": "stp is invalid", "any-decimals": "precision is greater",
    "both-flags": "can't be combined", "any-position-side": "position side can be used", "any-value": "must be <=",
    "too-little": "amount too small", "no-money": "balance not enough", "no-collateral": "user margin balance",
    "takes": "order by taker price", "collateral-takes": "margin order by taker price",
    "reduces-nothing": "reduce only",
    "equal-ids": "cannot be equal", "pair-takes": "take profit is not post only",
    "pair-triggered": "wrong activation price for stop loss", "no-id": "must be set for modify",
    "unknown-order": "order not found", "no-group": "invalid argument", "no-list": "must be an array",
    "no-kind": "at least one order type", "kind-twice": "invalid or duplicate", "used-id": "already exists",
    "modified-leg": "conditional order modification",
}

DEFECTS = {f"wb-entry-{name}": forgives(text) for name, text in TEXTS.items()} | {
    # Authorization.
    "wb-token-in-an-envelope": tokens(enveloped),
    "wb-one-token": Defect(reply=one_token),
    "wb-authorize-says-true": results("authorize", lambda result: True),
    "wb-authorize-wants-public": answers(
        "authorize", lambda message, stream: None if message["params"][1:] == ["public"] else [refusal(message, 1)]),
    "wb-any-token": answers(
        "authorize", lambda message, stream: [success(message)] if "nothing" in str(message["params"][:1]) else None),
    "wb-bad-token-ends-the-stream": answers(
        "authorize", lambda message, stream: ended(stream) if "nothing" in str(message["params"][:1]) else None),
    "wb-authorize-without-a-token": answers(
        "authorize", lambda message, stream: None if message["params"] else [success(message)]),
    "wb-private-for-anybody": errors(forgiven, code(6)),
    "wb-private-refused-as-unknown": errors(
        lambda message: message.update(error={"code": 4, "message": "method not found"}), code(6)),
    "wb-token-for-one-stream": answered(token_twice, like_gzip=False),
    "wb-token-of-30-seconds": settings(token_life_ms=30000),
    "wb-authorized-for-a-while": answered(three_pings, like_gzip=False),
    "wb-public-or-private": answered(public_or_private, like_gzip=False),
    # Public channels.
    "wb-ping-with-more": replies(
        lambda message, stream: message.update(time=1) if message.get("result") == "pong" else None),
    "wb-ids-in-texts": replies(lambda message, stream: message.update(id=str(message["id"]))),
    "wb-binary-frames": says(in_binary_frames),
    "wb-no-blanks": says(compact),
    "wb-unknown-method-is-an-argument": errors(
        lambda message: message.update(error={"code": 1, "message": "invalid argument"}), code(4)),
    "wb-params-of-any-kind": answered(
        lambda message, stream: [success(message, "pong")] if message.get("params") == {} else None, like_gzip=False),
    "wb-garbage-answered": garbage(garbage_answered),
    "wb-garbage-closed": garbage(garbage_closed),
    "wb-garbage-passed-over": garbage(lambda stream: []),
    "wb-time-in-milliseconds": results("time", lambda result: result * 1000),
    "wb-unknown-market-is-an-argument": errors(
        lambda message: message.update(error={"code": 1, "message": "invalid argument"}), code(9)),
    "wb-unknown-market-ends-the-channel": unknown_market_ends_the_channel(),
    "wb-last-price-is-a-number": results("lastprice_request", float),
    "wb-last-prices-are-numbers": params("lastprice", lambda values: [values[0], float(values[1])]),
    "wb-last-prices-again": again("lastprice"),
    "wb-last-prices-of-nothing": answers(
        "lastprice_subscribe", lambda message, stream: None if message["params"] else [success(message)]),
    "wb-lists-are-added": merged("lastprice_subscribe"),
    "wb-unsubscribe-does-nothing": answers("lastprice_unsubscribe", lambda message, stream: [success(message)]),
    "wb-market-twice": pushes("lastprice", lambda values, message, stream: [message, message]),
    "wb-pushes-with-an-id": pushes("trades", lambda values, message, stream: message.update(id=9)),
    "wb-market-without-a-period": results("market_request", without("period")),
    "wb-market-in-numbers": results("market_request", lambda result: {**result, "last": float(result["last"])}),
    "wb-market-once": pushes("market", first_alone),
    "wb-today-unknown": answers(
        "marketToday_query", lambda message, stream: [refusal(message, 4, "method not found")]),
    "wb-today-on-request": answers("marketToday_request", lambda message, stream: [success(message, {"last": "1"})]),
    "wb-today-with-a-period": params("marketToday", lambda values: [values[0], {**values[1], "period": 86400}]),
    "wb-trades-oldest-first": results("trades_request", lambda rows: rows[::-1]),
    "wb-any-number-of-trades": with_params(
        "trades_request", lambda values: [values[0], min(values[1], 100), values[2]]),
    "wb-trades-without-a-past": pushes(
        "trades", lambda values, message, stream: [] if len(values[1]) > 1 else None),
    "wb-trade-prices-in-numbers": params(
        "trades", lambda values: [values[0], [{**row, "price": float(row["price"])} for row in values[1]]]),
    "wb-first-trades-oldest-first": params("trades", lambda values: [values[0], values[1][::-1]]),
    "wb-trades-turned": params("trades", lambda values: [
        values[0], [{**row, "type": "buy" if row["type"] == "sell" else "sell"} for row in values[1]]]),
    "wb-trades-of-no-market": answers(
        "trades_subscribe", lambda message, stream: None if message["params"] else [success(message)]),
    "wb-book-bids-rise": results("depth_request", lambda book: {**book, "bids": book["bids"][::-1]}),
    "wb-first-book-is-a-change": params("depth", lambda values: [False, *values[1:]]),
    "wb-book-without-its-market": params("depth", lambda values: values[:2]),
    "wb-books-of-any-depth": with_params("depth_subscribe", lambda values: [values[0], 10, *values[2:]]),
    "wb-changes-of-themselves": params("depth", lambda values: [values[0], {
        **values[1], "past_update_id": values[1]["update_id"]}, *values[2:]]),
    "wb-changes-with-both-sides": params(
        "depth", lambda values: [values[0], {"asks": [], "bids": [], **values[1]}, *values[2:]]),
    "wb-gone-levels-stay": params("depth", lambda values: [values[0], {
        name: [row for row in value if float(row[1]) > 0] if name in ("asks", "bids") else value
        for name, value in values[1].items()}, *values[2:]]),
    "wb-changes-again": again("depth"),
    "wb-no-book-again": pushes("depth", lambda values, message, stream: message.update(
        params=[not stream.memory.get("seen"), *values[1:]]) or stream.memory.update(seen=True)),
    "wb-depth-of-four": answers(
        "depth_subscribe", lambda message, stream: None if len(message["params"]) == 4 else [refusal(message, 1)]),
    "wb-one-book": with_params("depth_subscribe", lambda values: [*values[:3], False]),
    "wb-books-are-kept": with_params("depth_subscribe", lambda values: [*values[:3], True]),
    "wb-book-told-twice": pushes(
        "depth", lambda values, message, stream: [message, message] if not values[0] else None),
    "wb-all-books-end": with_params("depth_unsubscribe", lambda values: []),
    "wb-candle-rows-in-another-order": results(
        "candles_request", lambda rows: [[row[0], row[1], row[3], row[4], row[2], *row[5:]] for row in rows]),
    "wb-candles-without-a-market": params("candles", lambda rows: [row[:7] for row in rows]),
    "wb-any-interval": with_params("candles_subscribe", lambda values: [values[0], 60]),
    "wb-best-prices-turned": params("bookTicker", lambda rows: [[*row[:4], *row[6:8], *row[4:6]] for row in rows]),
    "wb-best-prices-again": again("bookTicker"),
    "wb-settlement-in-seconds": params(
        "premiumIndex", lambda rows: [[*row[:4], row[4] // 1000, *row[5:]] for row in rows]),
    # Orders, deals and balances.
    "wb-order-in-numbers": order_set(price=lambda order: float(order["price"])),
    "wb-order-without-a-status": orders(lambda values: values[-1].pop("status") and None),
    "wb-order-sides-in-words": order_set(side=lambda order: {1: "sell", 2: "buy"}[order["side"]]),
    "wb-order-times-in-milliseconds": order_set(ctime=lambda order: order["ctime"] * 1000),
    "wb-part-is-new": event_set(1, lambda event, order: event == 2),
    "wb-filled-with-something-left": order_set(is_(status="FILLED"), left="0.001"),
    "wb-executed-lost": loses(EXECUTED),
    "wb-deals-without-the-fees-asset": params("deals", lambda values: values[:10]),
    "wb-deals-fee-of-sales-in-stock": params("deals", lambda values: [*values[:10], "BTC"]),
    "wb-deals-roles-turned": params("deals", lambda values: [*values[:9], 3 - int(values[9]), *values[10:]]),
    "wb-deals-of-one-id": params("deals", lambda values: [1, *values[1:]]),
    "wb-filled-at-once-is-new": pushes(PENDING, new_first),
    "wb-cancelled-with-nothing-left": order_set(is_(status="CANCELED"), left="0"),
    "wb-cancelled-is-not-executed": lost(is_(status="CANCELED"), EXECUTED),
    "wb-replacement-keeps-its-id": pushes(PENDING, replacement_keeps_its_id),
    "wb-stop-without-a-condition": orders(
        lambda values: values[-1].pop("activation_condition", None) and None),
    "wb-triggered-is-changed": event_set(2, lambda event, order: event == 1 and order.get("activated") == 1),
    "wb-triggered-is-not-activated": order_set(lambda event, order: "activated" in order, activated=0),
    "wb-pair-of-plain-types": order_set(type=lambda order: {9: 3, 7: 1}.get(order["type"], order["type"])),
    "wb-pair-stop-does-not-end": lost(lambda event, order: event == 3 and order["type"] == 9),
    "wb-pair-limit-does-not-end": lost(lambda event, order: event == 3 and order["type"] == 7),
    "wb-pair-ends-at-two-times": order_set(lambda event, order: event == 3, mtime=own_time),
    "wb-pair-stop-ends-twice": pushes(PENDING, stop_ends_twice),
    "wb-ends-twice": pushes(PENDING, filled_twice),
    "wb-told-again": says(told_again),
    "wb-orders-of-all-markets": with_params("ordersPending_subscribe", lambda values: []),
    "wb-orders-of-one-market": with_params("ordersPending_subscribe", lambda values: values[:1]),
    "wb-order-lists-are-added": merged("ordersPending_subscribe"),
    "wb-orders-of-unknown-markets": answers(
        "ordersPending_subscribe",
        lambda message, stream: [success(message)] if "NOPE_USDT" in message["params"] else None),
    "wb-orders-without-end": answers("ordersPending_unsubscribe", lambda message, stream: [success(message)]),
    "wb-executed-of-any-type": with_params("ordersExecuted_subscribe", lambda values: [values[0], 0]),
    "wb-deals-of-lists-alone": answers(
        "deals_subscribe",
        lambda message, stream: [refusal(message, 1)] if isinstance(message["params"][0], str) else None),
    "wb-balances-frozen-in-other-words": params("balanceSpot", lambda rows: [
        {asset: {"available": row["available"], "frozen": row["freeze"]} for asset, row in rows[0].items()}]),
    "wb-balances-at-first": told(balances_at_first),
    "wb-balances-of-all": with_params("balanceSpot_subscribe", lambda values: []),
    "wb-margin-by-long-names": params("balanceMargin", lambda rows: [{
        "asset": row["a"], "balance": row["B"], "borrow": row["b"]} for row in rows]),
    "wb-spot-request-of-all": with_params("balanceSpot_request", lambda values: []),
    "wb-margin-request-by-short-names": results("balanceMargin_request", lambda result: {
        asset: {"B": row["balance"], "b": row["borrow"]} for asset, row in result.items()}),
    "wb-open-orders-without-a-total": results("ordersPending_request", without("total")),
    "wb-executed-orders-with-a-total": results("ordersExecuted_request", lambda result: {**result, "total": 1}),
    "wb-deals-request-in-rows": results("deals_request", lambda result: {
        **result, "records": [list(row.values()) for row in result["records"]]}),
    "wb-positions-in-a-list": params("positionsMargin", lambda values: values["records"]),
    "wb-positions-without-a-base": params("positionsMargin", lambda values: {
        **values, "records": [{name: value for name, value in row.items() if name != "base_price"}
                              for row in values["records"]]}),
    "wb-positions-on-request": answers(
        "positionsMargin_request", lambda message, stream: [success(message, {"total": 0})]),
    "wb-no-channel-of-debts": answered(
        lambda message, stream: [refusal(message, 4, "method not found")]
        if str(message.get("method", "")).startswith("borrows") else None, like_gzip=False),
    # Silence and limits.
    "wb-silent-clients-stay": settings(stream_idle="none"),
    "wb-cut-before-a-minute": moved_clock(59000, 61000),
    "wb-pings-do-not-count": answers("ping", lambda message, stream: [success(message, "pong")]),
    "wb-protocol-pings-do-not-count": hears(pings_unheard),
    "wb-two-placements": limit(2),
    "wb-any-number-of-placements": limit(1000),
    "wb-limit-in-other-numbers": errors(in_other_numbers, code(7)),
    "wb-placed-over-the-limit": results(
        "ordersPending_request", lambda result: {**result, "total": result["total"] + 1}),
    "wb-cancels-count": answered(cancels_count, like_gzip=False),
    "wb-limited-for-ever": answered(limited_for_ever, like_gzip=False),
    "wb-window-of-nine-seconds": limit(3, 9000),
    # Order entry.
    "wb-entry-in-words": entry("order_limit_place", lambda order: {**order, "side": "buy", "type": "limit"}),
    "wb-entry-forgets-client-ids": entry("order_limit_place", lambda order: {**order, "client_order_id": ""}),
    "wb-entry-id-of-its-own": entry("order_limit_place", lambda order: {**order, "id": 1}),
    "wb-entry-without-events": loses(PENDING),
    "wb-entry-events-first": told(one_place_later),
    "wb-entry-market-as-limit": entry("order_market_place", lambda order: {**order, "type": 1}),
    "wb-entry-stock-as-money": entry("order_market_stock_place", lambda order: {**order, "type": 2}),
    "wb-entry-stop-without-a-condition": entry("order_stop_limit_place", without("activation_condition")),
    "wb-entry-collateral-as-spot": entry("collateral_order_limit_place", lambda order: {**order, "type": 1}),
    "wb-entry-in-numbers-of-rest": errors(in_other_numbers, lambda error: error["code"] > 9),
    "wb-entry-pair-without-a-type": entry("collateral_order_oco_place", without("type")),
    "wb-entry-pair-activated": entry("collateral_order_oco_place", lambda group: {
        **group, "stop_loss": {**group["stop_loss"], "activated": 1}}),
    "wb-entry-pair-forgets-client-ids": entry("collateral_order_oco_place", groups(client_order_id="")),
    "wb-entry-pair-stays-open": entry("order_cancel_conditional", groups(status="OPEN")),
    "wb-entry-pair-ends-at-two-times": entry("order_cancel_conditional", groups(mtime=own_time)),
    "wb-entry-pair-cancelled-again": replies(cancelled_again),
    "wb-entry-cancel-without-a-time": entry("order_cancel", lambda order: {**order, "mtime": order["ctime"]}),
    "wb-entry-first-id-wins": asks(
        "order_cancel", lambda message: message["params"][0].pop("client_order_id", None)
        if "order_id" in message["params"][0] else None),
    "wb-entry-all-kinds-end": with_params(
        "order_cancel_all", lambda values: [{**values[0], "type": ["spot", "margin", "futures"]}]),
    "wb-entry-modified-keeps-its-id": entry("order_modify", lambda order: {**order, "id": order["id"] - 1}),
    "wb-entry-first-of-two": asks("order_limit_place", first_of_two),
    "wb-entry-ids-fall": entry("order_cancel_conditional", lambda group: {
        **group, "id": group["take_profit"]["id"] + 1}),
}
