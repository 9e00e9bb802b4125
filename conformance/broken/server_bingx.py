"""Defects of BingX, by the sections of its cases."""

import base64
import hashlib
import re

from server_proxy import Defect, reply
from server_bingx_hooks import (
    BALANCE, CANCEL, ENDED, LIST, OPEN, ORDER, PLACE, STALE, SUCCESS, SYMBOLS, TIME, TRADES, accepts, account,
    at, both, buys, code, default, digest, envelope, equal, error, gate, header, is_limit, is_signed, is_stop,
    joined, legs, limit, market, parameters, prices, put, query, refuses, result, right_signature, says,
    sells, service, settings, status, success, takes, without, written)
from server_bingx_single import (
    MISMATCH, add_pair, any_order_is_the_same, body_of_nothing, by_age, cancel_again, counted,
    decodes_nothing, forget_used, fresh_time, get_places, ids, last_cancel, long_decimals, missing_is_default,
    never_freed, nothing, on, one_id, other_seconds, refuses_body, remembers, rounded, same_order, sent_order,
    signs_json_text, still_open, string_numbers, unknown_key, when)

DEFECTS = {
    # Authentication.
    "bx-accepts-any-signature": accepts(lambda given, pairs, owner: given),
    "bx-accepts-no-signature": accepts(lambda given, pairs, owner: not given and "timestamp" in dict(pairs)),
    "bx-compares-all-but-the-last-digit": accepts(
        lambda given, pairs, owner: len(given) == 64 and given[:-1] == right_signature(pairs, owner)[:-1]),
    "bx-accepts-a-known-foreign-secret": accepts(
        lambda given, pairs, owner: given == digest("not-the-secret-of-this-key", joined(sorted(pairs))).hexdigest()),
    "bx-accepts-sha512": accepts(
        lambda given, pairs, owner: given == digest(owner.secret, joined(sorted(pairs)), "sha512").hexdigest()),
    "bx-accepts-base64": accepts(lambda given, pairs, owner: given == base64.b64encode(
        digest(owner.secret, joined(sorted(pairs))).digest()).decode()),
    "bx-accepts-plain-hashes": accepts(lambda given, pairs, owner: given == hashlib.sha256(
        (joined(sorted(pairs)) + owner.secret).encode()).hexdigest()),
    "bx-accepts-key-as-secret": accepts(
        lambda given, pairs, owner: given == digest(owner.key, joined(sorted(pairs))).hexdigest()),
    "bx-accepts-cut-signature": accepts(
        lambda given, pairs, owner: len(given) == 63 and right_signature(pairs, owner).startswith(given)),
    "bx-timestamp-need-not-be-signed": accepts(lambda given, pairs, owner: given == digest(
        owner.secret, joined(sorted(pair for pair in pairs if pair[0] != "timestamp"))).hexdigest()),
    "bx-window-need-not-be-signed": accepts(lambda given, pairs, owner: given == digest(
        owner.secret, joined(sorted(pair for pair in pairs if pair[0] != "recvWindow"))).hexdigest()),
    "bx-signs-fixed-page-size": accepts(lambda given, pairs, owner: given == right_signature(
        [(name, "50" if name == "pageSize" else value) for name, value in pairs], owner)),
    "bx-signature-in-small-letters": when(lambda request, state: re.search("signature=[0-9]*[A-F]", request.start[1]),
                                          gate(100001, MISMATCH)),
    "bx-accepts-unknown-keys": when(unknown_key, reply(200, SUCCESS.body)),
    "bx-accepts-no-key": when(lambda request, state: request.path == OPEN and not request.get("X-BX-APIKEY"),
                              reply(200, SUCCESS.body)),
    "bx-sorted-alone": Defect(request=sent_order),
    "bx-signature-over-encoded-values": Defect(request=decodes_nothing),
    "bx-no-form-bodies": refuses_body("form", gate(100412, "Null signature")),
    "bx-no-json-bodies": refuses_body("json", gate(100412, "Null signature")),
    "bx-signature-over-json-text": Defect(request=signs_json_text),
    "bx-lets-readers-trade": account(permissions=None),
    "bx-ignores-address-lists": account(ip_whitelist=None),
    "bx-accepts-disabled-keys": account(enabled=True),
    "bx-places-what-is-unsigned": Defect(request=lambda request, state: accepts(
        lambda given, pairs, owner: given).request(request, state) if request.path == PLACE else None),
    "bx-refuses-what-is-right": when(is_signed, gate(100001, MISMATCH)),
    "bx-time-needs-a-key": when(lambda request, state: request.path == TIME and not request.get("X-BX-APIKEY"),
                                gate(100413, "Null apiKey")),
    "bx-wrong-signature-as-100412": error(code(100001), put(code=100412)),
    "bx-no-key-as-incorrect": error(says("Null apiKey"), put(msg="Incorrect apiKey")),
    "bx-no-signature-as-mismatch": error(code(100412), put(code=100001)),
    "bx-text-of-the-other-dialect-for-keys": error(says("^Incorrect apiKey"), put(msg="Wrong key")),
    "bx-permission-as-100413": error(code(100004), put(code=100413)),
    "bx-address-told-in-docs": error(code(100419), put(
        msg="your current request IP is 127.0.0.1 does not match IP whitelist , please go to "
            "https://bingx.com/en/account/api/ to verify the ip you have set")),
    # Timestamps.
    "bx-stale-as-80014": error(code(100421), put(code=80014)),
    "bx-stale-text-with-doubled-blanks": error(code(100421), lambda answer, body: body.update(
        msg=body["msg"].replace(" to run", " to  run").replace("code from", "code  from"))),
    "bx-window-of-4999": by_age(lambda age, values: age == 5000, STALE),
    "bx-window-of-5001": by_age(lambda age, values: age == 5001 and "recvWindow" not in values, 5000),
    "bx-window-never-narrower": by_age(lambda age, values: values.get("recvWindow") == "1000" and age == 1001, 0),
    "bx-window-one-too-narrow": by_age(lambda age, values: values.get("recvWindow") == "1000" and age == 1000, STALE),
    "bx-window-never-wider": takes(at("recvWindow", lambda window: window > 5000), None, recvWindow="5000"),
    "bx-window-of-zero-is-zero": takes(equal("recvWindow", "0"), None, recvWindow="1"),
    "bx-timestamp-optional": fresh_time(lambda given: given is None),
    "bx-timestamp-in-seconds": fresh_time(lambda given: given and re.fullmatch("[0-9]{10}", given)),
    "bx-timestamp-in-microseconds": fresh_time(lambda given: given and re.fullmatch("[0-9]{16}", given)),
    "bx-timestamp-of-any-text": fresh_time(lambda given: given and not given.isdigit()),
    "bx-stale-orders-placed": Defect(request=lambda request, state: by_age(
        lambda age, values: age == 5001, 0).request(request, state) if request.path == PLACE else None),
    "bx-time-looks-at-timestamps": when(
        lambda request, state: request.path == TIME and request.start[1].endswith("timestamp=1"),
                                        reply(200, STALE.body)),
    "bx-time-in-seconds": on(TIME, other_seconds),
    # Parameters.
    **missing_is_default("symbol", "side", "quantity", "limitPrice", "triggerPrice", "orderPrice"),
    "bx-empty-quantity-taken": takes(equal("quantity", ""), quantity="0.001"),
    "bx-side-in-any-case": takes(equal("side", "buy"), side="BUY"),
    "bx-quantity-of-any-text": takes(equal("quantity", "much"), quantity="0.001"),
    "bx-zero-quantity-taken": takes(at("quantity", lambda quantity: quantity == 0), quantity="0.001"),
    "bx-negative-quantity-taken": takes(at("quantity", lambda quantity: quantity < 0),
                                        quantity=lambda old: old.lstrip("-")),
    "bx-zero-price-taken": takes(at("limitPrice", lambda price: price == 0), limitPrice="48000"),
    "bx-negative-price-taken": takes(at("orderPrice", lambda price: price < 0), orderPrice="88000"),
    "bx-symbol-without-dash-taken": takes(equal("symbol", "BTCUSDT"), symbol="BTC-USDT"),
    "bx-unknown-symbol-taken": takes(equal("symbol", "NONE-USDT"), symbol="BTC-USDT"),
    "bx-offline-symbol-traded": account(markets=None),
    "bx-offline-as-100421": error(code(100490), put(code=100421)),
    "bx-rounds-decimals": Defect(request=parameters(PLACE, rounded)),
    "bx-refuses-decimals": refuses(PLACE, long_decimals, service(100400, "arguments invalid")),
    "bx-no-least-value": market(min_total="0"),
    "bx-least-quantity-unnamed": error(says("entrust volume too low"), put(msg="arguments invalid")),
    "bx-no-upper-band": market(band_high="1000"),
    "bx-no-lower-band": market(band_low="0"),
    "bx-equal-orders-at-once": same_order(),
    "bx-equal-orders-never": Defect(
        request=parameters(PLACE, lambda values, owner: service(
            100400, "The same order can only be submitted once per second.")
            if sorted(values.items())[:5] in owner.memory.setdefault("orders", [])
            or owner.memory["orders"].append(sorted(values.items())[:5]) else None)),
    "bx-any-two-orders-are-equal": Defect(request=parameters(PLACE, any_order_is_the_same)),
    "bx-json-numbers-alone": Defect(request=string_numbers),
    "bx-page-index-optional": default("pageIndex", "1", OPEN),
    "bx-page-size-optional": default("pageSize", "100", OPEN),
    "bx-pages-from-zero": takes(equal("pageIndex", "0"), OPEN, pageIndex="1"),
    "bx-page-of-any-text": takes(equal("pageIndex", "first"), OPEN, pageIndex="1"),
    "bx-missing-as-100001": error(says("miss arguments"), put(code=100001)),
    "bx-unknown-symbol-as-100400": error(code(100204), put(code=100400)),
    "bx-price-band-as-100400": error(code(100440), put(code=100400)),
    # Client order ids.
    "bx-leg-ids-swapped-for-sells": result(PLACE, lambda data, asked: [
        leg.update(clientOrderId=other) for leg, other in zip(data, [leg["clientOrderId"] for leg in reversed(data)])]
        and None),
    "bx-list-id-not-kept": legs(PLACE, orderListId="1827963624962916351"),
    "bx-client-id-null": legs(PLACE, lambda leg: leg["clientOrderId"] == "", clientOrderId=lambda leg: 0),
    "bx-letters-in-list-ids": takes(equal("listClientOrderId", "order1"), listClientOrderId="1"),
    "bx-letters-in-leg-ids": takes(equal("belowClientOrderId", "12345x"), belowClientOrderId="12345"),
    "bx-list-ids-not-unique": ids(forget_used),
    "bx-legs-must-differ": settings(equal_leg_ids=False),
    "bx-client-list-id-finds-nothing": takes(lambda values: "clientOrderId" in values, LIST,
                                             clientOrderId=lambda old: old + "0"),
    "bx-client-leg-id-not-told": result(CANCEL, lambda data, asked: data.update(clientOrderId="")),
    "bx-ids-of-20-digits": takes(lambda values: len(values.get("listClientOrderId", "")) > 20,
                                 listClientOrderId=lambda old: old[:20]),
    # Price relations.
    "bx-buy-limit-above-last": takes(both(buys, equal("limitPrice", "64500")), limitPrice="48000"),
    "bx-buy-trigger-below-last": takes(both(buys, equal("triggerPrice", "63500")), triggerPrice="87000"),
    "bx-sells-as-buys": refuses(PLACE, sells, service(100400, "limitPrice must be lower than the last price")),
    "bx-sell-limit-below-last": takes(both(sells, equal("limitPrice", "63500")), limitPrice="70000"),
    "bx-sell-trigger-above-last": takes(both(sells, equal("triggerPrice", "64500")), triggerPrice="60000"),
    "bx-trigger-at-last": takes(equal("triggerPrice", "64000"), triggerPrice="87000"),
    "bx-limit-at-last": takes(equal("limitPrice", "64000"), limitPrice="48000"),
    "bx-no-room-beside-the-last-price": refuses(PLACE, equal("limitPrice", "63999.99"),
                                                service(100400, "arguments invalid")),
    "bx-order-price-beyond-trigger": refuses(PLACE, equal("orderPrice", "86000"), service(100400, "arguments invalid")),
    "bx-no-price-rules": settings(price_rules="off"),
    # Balances.
    "bx-buys-without-money": account(balances=lambda old: {"USDT": "1000"} if old == {"USDT": "40"} else old),
    "bx-sells-what-is-not-there": account(
        balances=lambda old: {**old, "BTC": "1"} if old.get("BTC") == "0.0009" else old),
    "bx-insufficient-as-100400": error(code(100202), put(code=100400)),
    "bx-locks-nothing": result(BALANCE, lambda data, asked: [
        row.update(locked="0") for row in data["balances"]] and None),
    "bx-never-unlocks": remembers(PLACE, nothing, never_freed),
    "bx-locks-twice": result(BALANCE, lambda data, asked: [
        row.update(locked="0.002") for row in data["balances"] if row["locked"] == "0.001"] and None),
    "bx-balances-in-numbers": result(BALANCE, lambda data, asked: [
        row.update(free=float(row["free"]), locked=float(row["locked"])) for row in data["balances"]] and None),
    "bx-fills-cost-nothing": result(BALANCE, lambda data, asked: [
        row.update(free="1000") for row in data["balances"] if row["free"] == "952"] and None),
    # Limits.
    "bx-one-placement-too-few": limit("oco_create", 1),
    "bx-one-placement-too-many": limit("oco_create", 3),
    "bx-window-ends-early": limit("oco_create", 2, 999),
    "bx-window-ends-late": limit("oco_create", 2, 1001),
    "bx-one-query-too-many": limit("oco_query", 6),
    "bx-one-query-too-few": limit("oco_query", 4),
    "bx-one-cancel-too-many": limit("oco_cancel", 3),
    "bx-limit-shared-by-calls": counted(5),
    "bx-limit-as-109429": error(code(100410), put(code=109429)),
    "bx-remain-counts-up": header("X-RateLimit-Requests-Remain", lambda old: str(int(old) + 1)),
    "bx-expire-is-a-point-in-time": header("X-RateLimit-Requests-Expire", lambda old: str(1700000000000 + int(old))),
    "bx-window-never-ends": limit("oco_create", 2, 60000),
    "bx-market-windows-apart": Defect(reply=lambda request, answer, state: answer.put(
        "X-RateLimit-Requests-Remain", "499") if request.path == SYMBOLS else None),
    # The life of a pair.
    "bx-stop-order-first": result(PLACE, lambda data, asked: data[::-1]),
    "bx-third-order": result(PLACE, lambda data, asked: data + data[:1]),
    "bx-new-pair-without-state": legs(PLACE, status=""),
    "bx-one-id-for-both": remembers(PLACE, nothing, one_id),
    "bx-waiting-limit-as-new": legs(OPEN, is_limit, status="NEW"),
    "bx-open-lists-limit-first": result(OPEN, lambda data, asked: data[::-1]),
    "bx-both-stay-open-after-a-fill": remembers(PLACE, add_pair, still_open),
    "bx-both-filled": legs(ENDED, lambda leg: leg["status"] in ("FAILED", "CANCELED"), status="FILLED"),
    "bx-fills-not-told": legs(ENDED, lambda leg: leg["status"] == "FILLED", status="CANCELED"),
    "bx-stops-never-trigger": prices("87500", "86000"),
    "bx-triggered-stays-new": legs(OPEN, is_stop, status="NEW"),
    "bx-triggered-not-listed": result(OPEN, lambda data, asked: [
        leg for leg in data if not (is_stop(leg) and leg["status"] == "PENDING")]),
    "bx-limit-waits-after-trigger": legs(OPEN, both(is_limit, equal("status", "CANCELED")), status="PENDING"),
    "bx-parts-as-pending": legs(OPEN, equal("status", "PARTIALLY_FILLED"), status="PENDING"),
    "bx-executed-not-told": result(ORDER, lambda data, asked: data.update(executedQty="0")),
    "bx-cancelled-stop-as-cancelled": legs(ENDED, equal("status", "FAILED"), status="EXPIRED"),
    "bx-never-triggered-as-canceled": legs(ENDED, equal("status", "FAILED"), status="CANCELED"),
    "bx-fills-a-cent-early": prices("48000.01", "48000"),
    "bx-triggers-a-cent-early": prices("86999.99", "87000"),
    "bx-trades-repeated": result(TRADES, lambda data, asked: data.update(fills=data["fills"] * 2)),
    "bx-commission-positive": result(TRADES, lambda data, asked: [
        fill.update(commission=-fill["commission"]) for fill in data["fills"]] and None),
    "bx-sells-never-fill": prices("70000", "69000"),
    "bx-changes-leave-the-time": legs(ENDED, transactionTime=1700000000000),
    # Lists.
    "bx-empty-list-is-null": settings(empty_lists="null"),
    "bx-list-forgets": result(OPEN, lambda data, asked: []),
    "bx-status-in-order-list": legs(LIST, status="NEW"),
    "bx-order-list-limit-first": result(LIST, lambda data, asked: data[::-1]),
    "bx-open-orders-without-side": legs(OPEN, side=None),
    "bx-ended-orders-without-prices": legs(ENDED, triggerPrice=None),
    "bx-order-list-without-client-ids": legs(LIST, clientOrderId=None),
    "bx-order-list-of-one": result(LIST, lambda data, asked: data[:1]),
    "bx-unknown-list-has-orders": when(
        lambda request, state: request.path == LIST and "orderListId=1&" in request.start[1],
                                       reply(200, {"code": 0, "msg": "", "debugMsg": "", "data": [{"orderId": "1"}]})),
    "bx-order-list-of-all": result(LIST, lambda data, asked: data + data),
    "bx-order-list-needs-no-id": when(
        lambda request, state: request.path == LIST and "d=" not in request.start[1].lower(),
                                      reply(200, SUCCESS.body)),
    "bx-page-size-ignored": takes(lambda values: "pageSize" in values, OPEN, pageSize="100"),
    "bx-page-index-ignored": takes(lambda values: values.get("pageIndex", "").isdigit() and values["pageIndex"] > "1",
                                   OPEN, pageIndex="1"),
    "bx-open-pairs-in-history": remembers(PLACE, add_pair, lambda memory, request, answer: reply(200, {
        "code": 0, "msg": "", "debugMsg": "", "data": memory["pairs"][0]})
        if request.path == ENDED and answer.json.get("data") == [] and "startTime" not in request.start[1]
        and "pairs" in memory else None),
    "bx-start-time-ignored": takes(lambda values: True, ENDED, startTime=None),
    "bx-end-time-ignored": takes(lambda values: True, ENDED, endTime=None),
    "bx-history-without-list-ids": legs(ENDED, orderListId=""),
    # Cancelling.
    "bx-cancel-without-effect": remembers(PLACE, add_pair, still_open),
    "bx-cancel-tells-the-list": result(CANCEL, lambda data, asked: data.update(orderId="1")),
    "bx-cancel-by-limit-order-alone": remembers(
        PLACE, add_pair, lambda memory, request, answer: service(100404, " order not exist")
        if request.path == CANCEL and any(pair[1]["orderId"] == dict(query(request)).get("orderId")
                                          for pair in memory.get("pairs", [])) else None),
    "bx-unknown-order-as-100400": error(says(" order not exist"), put(code=100400)),
    "bx-unknown-order-without-blank": error(says("^ order not exist"), put(msg="order not exist")),
    "bx-unknown-order-cancelled": error(says("^ order not exist"), success),
    "bx-cancels-twice": remembers(CANCEL, last_cancel, cancel_again),
    "bx-filled-as-cancelled": error(says("is FILLED or CANCELLED"), success),
    "bx-second-cancel-as-100400": error(says("is FILLED or CANCELLED"), put(code=100400)),
    "bx-cancel-needs-no-id": when(lambda request, state: request.path == CANCEL and "rderId" not in request.start[1],
                                  reply(200, SUCCESS.body)),
    "bx-cancel-ends-all": result(OPEN, lambda data, asked: [] if data and data[0]["quantity"] == 0.002
                                 and len(data) == 2 and data[0]["status"] == "NEW" else data),
    "bx-cancel-refuses-symbols": refuses(
        CANCEL, lambda values: "symbol" in values, service(100400, "arguments invalid")),
    # Replies.
    "bx-no-debug-msg": envelope(OPEN, lambda body: body.pop("debugMsg")),
    "bx-timestamp-in-successes": envelope(OPEN, lambda body: body.update(timestamp=1)),
    "bx-no-timestamp-at-the-gate": error(code(100001), without("timestamp")),
    "bx-data-in-refusals": error(says("order not exist"), put(data=None)),
    "bx-success-member-at-the-gate": error(code(100001), put(success=False)),
    "bx-wrong-signature-as-http-401": error(code(100001), status(401)),
    "bx-ids-as-numbers": legs(PLACE, orderId=lambda leg: int(leg["orderId"])),
    "bx-prices-as-text": legs(PLACE, price=lambda leg: str(leg["price"])),
    "bx-numbers-as-floats": legs(PLACE, price=lambda leg: float(leg["price"])),
    "bx-order-id-as-text": result(ORDER, lambda data, asked: data.update(orderId=str(data["orderId"]))),
    "bx-order-spelled-right": result(ORDER, lambda data, asked: data.update(
        cumulativeQuoteQty=data.pop("cummulativeQuoteQty"))),
    "bx-order-id-through-a-double": result(ORDER, lambda data, asked: data.update(orderId=int(float(data["orderId"])))),
    "bx-unknown-path-as-404": Defect(reply=lambda request, answer, state: reply(404, b"")
                                     if "/no/such" in request.path else None),
    "bx-get-places": Defect(request=get_places),
    "bx-body-need-not-be-json": Defect(request=body_of_nothing),
    "bx-symbols-in-text": result(SYMBOLS, lambda data, asked: [
        symbol.update(tickSize=str(symbol["tickSize"])) for symbol in data["symbols"]] and None),
    "bx-price-as-number": on("/openApi/spot/v1/ticker/price", lambda answer: written(answer, {
        **answer.json, "data": [{"symbol": "BTC_USDT", "trades": [{"price": 64000}]}]})),
    "bx-json-as-text": Defect(reply=lambda request, answer, state: answer.put("Content-Type", "text/plain")),
    "bx-all-is-well": Defect(reply=lambda request, answer, state: reply(200, SUCCESS.body)),
}
