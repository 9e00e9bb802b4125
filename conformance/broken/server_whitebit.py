"""Defects of WhiteBIT, by the sections of its cases."""

import base64
import re
import time

from server_proxy import Defect, reply
from server_whitebit_hooks import (
    ACCOUNT, CANCEL, CANCEL_CONDITIONAL, CONDITIONAL, LIST, PLACE, TRADE, accepts, account, at, code, default,
    digest, dropped, each_leg, error, fees, history, inner, is_signed, leg, limits, market, members,
    not_number, number, payload, prices, put, refuses, rename, renamed, result, retext, right_signature,
    settings, status, status_first, takes, text, validation, with_prefix)
from server_whitebit_single import (
    BAD_ID, across_markets, added, all_free, all_of, amounts_asked, any_nonce, body_alone, burns_nonces, buys, by_leg, camel_ids,
    counted, cut, dead_cancel, doubled_positions, echoed, filter_status, first_of_missing, id_change, ids,
    is_long, json_limits, learn_legs, names_beside, never_free, no_json, no_payload, nonce_html,
    nonce_of_time, nonces, not_found, other_order, out_of_order, over_placed, page, reduce_only, reduces,
    repeated, reused, reversed_error, same_id, second_call, sells, set_nonce, shared_window, shown_after_fill,
    signs_any, small_letters, still_held, string_nonce, texts_as_string, twice_decoded, used_in_window,
    window, window_seconds, window_text, within_legs, without, wrong_path)

DEFECTS = {
    # Authentication.
    "accepts-any-signature": Defect(request=signs_any),
    "accepts-no-signature": accepts(lambda given, request, account: not given),
    "accepts-signature-over-json": accepts(
        lambda given, request, account: given == digest(account.secret, request.body).hexdigest()),
    "accepts-sha256": accepts(
        lambda given, request, account: given == digest(account.secret, payload(request), "sha256").hexdigest()),
    "accepts-base64-signature": accepts(lambda given, request, account: given == base64.b64encode(
        digest(account.secret, payload(request)).digest()).decode()),
    "accepts-key-as-secret": accepts(
        lambda given, request, account: given == digest(account.key, payload(request)).hexdigest()),
    "accepts-cut-signature": accepts(
        lambda given, request, account: given and right_signature(request, account).startswith(given)),
    "compares-all-but-the-last-digit": accepts(
        lambda given, request, account: len(given) == 128 and given[:-1] == right_signature(request, account)[:-1]),
    "accepts-a-known-foreign-secret": accepts(
        lambda given, request, account: given == digest("not-the-secret-of-this-key", payload(request)).hexdigest()),
    "accepts-no-payload": Defect(request=no_payload),
    "never-compares-payload-and-body": Defect(request=body_alone),
    "decodes-the-payload-twice": Defect(request=twice_decoded),
    "accepts-unknown-keys": Defect(request=lambda request, state: reply(200, b"[]")
                                   if request.get("X-TXC-APIKEY") and not state.of(request) else None),
    "accepts-no-key": Defect(request=lambda request, state: reply(200, b"[]")
                             if request.get("X-TXC-PAYLOAD") and not request.get("X-TXC-APIKEY") else None),
    "accepts-disabled-keys": account(enabled=True),
    "ignores-address-lists": account(ip_whitelist=None),
    "ignores-call-lists": account(endpoints=None),
    "lets-readers-trade": account(permissions=None),
    "request-member-optional": added(LIST, "request", LIST),
    "request-member-not-compared": Defect(request=wrong_path),
    "wrong-signature-as-code-9": error(code(10), put(code=9)),
    "wrong-signature-as-http-400": error(text("Unauthorized request"), status(400)),
    "payload-mismatch-as-http-401": error(code(9), status(401)),
    "unknown-key-as-code-10": error(text("This action is unauthorized\\.\""), put(code=10)),
    "not-allowed-as-code-0": error(code(4), put(code=0)),
    "disabled-as-code-0": error(code(2), put(code=0)),
    "payload-missing-as-invalid": error(text("Payload not provided"), put(message="Invalid payload.")),
    "whole-payload-check": settings(payload_check="canonical"),
    "payload-byte-by-byte": settings(payload_check="bytes"),
    "keeps-what-is-unsigned": Defect(request=lambda request, state: signs_any(request, state)
                                     if request.path == PLACE else None),
    "refuses-what-is-right": Defect(request=lambda request, state: reply(
        401, {"code": 10, "errors": {}, "message": "Unauthorized request."}) if is_signed(request, state) else None),
    # Nonces.
    "accepts-equal-nonces": nonces(takes_equal=True),
    "accepts-lower-nonces": nonces(takes_lower=True),
    "accepts-old-nonces": nonces(takes_equal=True, takes_lower=True),
    "nonces-must-be-times": Defect(request=members(None, nonce_of_time)),
    "one-call-for-a-key": Defect(request=members(None, second_call)),
    "string-nonces-refused": Defect(request=members(None, string_nonce)),
    "nonce-optional": added(LIST, "nonce", lambda request: int(time.time() * 1000)),
    "nonce-of-any-text": Defect(request=members(None, any_nonce)),
    "nonce-refused-in-html": Defect(reply=nonce_html),
    "nonce-refused-with-401": error(text("Too many requests"), status(401)),
    "window-wants-order": window(lambda age: True, out_of_order),
    "window-too-narrow": window(lambda age: abs(age) == 5000,
                                lambda body, now, account: reply(401, {"code": 0, "errors": {}, "message": "Old."})),
    "window-too-wide-behind": window(lambda age: age == 5001, set_nonce(-5000)),
    "window-too-wide-ahead": window(lambda age: age == -5001, set_nonce(5000)),
    "window-forgets-what-was-used": window(lambda age: True, used_in_window),
    "window-of-any-type": Defect(request=members(None, window_text)),
    "window-takes-seconds": Defect(request=members(None, window_seconds)),
    # Members.
    "side-optional": default("side", "buy"),
    "market-optional": default("market", "BTC_USDT"),
    "amount-optional": default("amount", "0.001"),
    "price-optional": default("price", "40000"),
    "activation-price-optional": default("activation_price", "41000"),
    "stop-limit-price-optional": default("stop_limit_price", "42000"),
    "tells-one-missing-member": error(text("field is required"), first_of_missing),
    "validation-as-http-400": settings(validation_status=400),
    "takes-any-side": takes(lambda body: body.get("side") not in (None, "buy", "sell"), side="buy"),
    "takes-any-market": takes(lambda body: body.get("market") == "NONE_SUCH", market="BTC_USDT"),
    "empty-market-as-unknown": error(text("should not be empty"), retext("Market is not available.")),
    "unknown-market-as-code-30": error(code(31), put(code=30)),
    "takes-text-as-amount": takes(not_number("amount"), amount="0.001"),
    "takes-zero-amount": takes(at("amount", lambda amount: amount == 0), amount="0.001"),
    "takes-negative-amounts": takes(at("amount", lambda amount: amount < 0), amount=lambda old: old.lstrip("-")),
    "takes-small-amounts": takes(at("amount", lambda amount: 0 < amount < 0.001), amount="0.001"),
    "least-amount-excluded": market(min_amount="0.001001"),
    "cuts-amounts": takes(is_long("amount", 6), amount=cut("amount", 6)),
    "amounts-must-be-text": refuses(PLACE, lambda body: isinstance(body.get("amount"), float),
                                    validation(32, "amount", "Amount field should be numeric string or number.")),
    "takes-text-as-price": takes(not_number("price"), price="40000"),
    "takes-zero-price": takes(at("price", lambda price: price == 0), price="40000"),
    "cuts-prices": takes(is_long("price", 2), price=cut("price", 2)),
    "takes-text-as-stop-price": takes(not_number("stop_limit_price"), stop_limit_price="42000"),
    "takes-zero-stop-price": takes(at("stop_limit_price", lambda price: price == 0), stop_limit_price="42000"),
    "takes-text-as-activation": takes(not_number("activation_price"), activation_price="41000"),
    "takes-zero-activation": takes(at("activation_price", lambda price: price == 0), activation_price="41000"),
    "activation-key-in-snake-case": error(text("Activation price should be greater"),
                                          rename("activationPrice", "activation_price")),
    "no-least-total": error(text("Total"), lambda answer, body: reply(200, {"id": 1})),
    "amount-errors-as-code-30": error(code(32), put(code=30)),
    "price-errors-as-code-30": error(code(33), put(code=30)),
    "takes-reduce-only-as-text": takes(lambda body: isinstance(body.get("reduceOnly"), str), reduceOnly=False),
    "keeps-trailing-zeros": result(PLACE, echoed),
    "refuses-unknown-members": refuses(PLACE, lambda body: "comment" in body,
                                       validation(30, "comment", "Comment field is not allowed.")),
    # Client order ids.
    "client-ids-not-unique": ids(reused),
    "client-ids-never-free": ids(never_free),
    "client-ids-across-markets": ids(across_markets),
    "client-ids-in-any-case": ids(small_letters),
    "takes-any-character": id_change(lambda name: "#" in name, lambda name: name.replace("#", "-")),
    "refuses-dots-and-underscores": refuses(
        PLACE, lambda body: re.search("[._]", str(body.get("clientOrderId", ""))), BAD_ID),
    "refuses-64-characters": refuses(PLACE, lambda body: len(str(body.get("clientOrderId", ""))) == 64, BAD_ID),
    "takes-65-characters": id_change(lambda name: len(name) == 65, lambda name: name[:64]),
    "takes-empty-ids": id_change(lambda name: name == "", None),
    "takes-numbers-as-ids": takes(lambda body: isinstance(body.get("clientOrderId"), int), clientOrderId=str),
    "cancel-forgets-client-ids": Defect(request=members(CANCEL, lambda body, account: inner(
        2, "clientOrderId", "Unexecuted order was not found.") if "clientOrderId" in body and "orderId" not in body
        and account.memory.setdefault("any", True) and body["clientOrderId"] != "ocokit-no-such-order" else None)),
    "client-id-in-use-as-code-30": error(text("already used"), put(code=30)),
    # Price relations.
    "buy-limit-above-last": takes(all_of(buys, at("price", lambda price: price == 40600)), price="40000"),
    "buy-activation-below-last": takes(all_of(buys, at("activation_price", lambda price: price == 40400)),
                                       activation_price="41000"),
    "sell-limit-below-last": takes(all_of(sells, at("price", lambda price: price == 40400)), price="42000"),
    "sell-activation-above-last": takes(all_of(sells, at("activation_price", lambda price: price == 40600)),
                                        activation_price="39000"),
    "sells-as-buys": refuses(PLACE, lambda body: sells(body) and number(body.get("price")) > 40500,
                             inner(150, "price", "Can't place limit order.")),
    "listed-pairs-without-deals": leg(LIST, deal_money=None),
    "conditional-orders-without-left": leg(CONDITIONAL, left=None),
    "active-orders-without-left": result(
        "/api/v4/orders", lambda body, request: [order.pop("left") for order in body] and None),
    "wrong-signatures-use-nonces-up": Defect(request=burns_nonces),
    "activation-at-last-as-101": error(text("equal to the last price"), put(code=101)),
    "activation-at-last": takes(at("activation_price", lambda price: price == 40500), activation_price="41000"),
    "no-room-beside-the-last-price": refuses(PLACE, at("price", lambda price: price == 40499.99),
                                             inner(150, "price", "Can't place limit order.")),
    "no-history-needed": account(prices=None),
    "no-price-band": market(band_low="0"),
    "no-band-for-stops": market(band_high="1000"),
    "stop-must-be-beyond-activation": refuses(
        PLACE, lambda body: buys(body) and number(body.get("stop_limit_price")) == 40900,
        inner(152, "price", "Can't place stop loss.")),
    "no-price-rules": settings(price_rules="off"),
    "limit-refusal-as-code-151": error(code(150), put(code=151)),
    "activation-refusal-as-http-422": error(code(151), status(422)),
    "condition-always-gte": leg(PLACE, activation_condition="gte"),
    "condition-always-lte": leg(PLACE, activation_condition="lte"),
    # Reduce-only and positions.
    "reduce-only-without-position": reduce_only(lambda body, positions: not positions),
    "reduce-only-on-the-same-side": reduce_only(lambda body, positions: positions and buys(body)
                                                and positions[0]["side"] == "long" and body["market"] == "BTC_USDT"),
    "reduce-only-of-any-market": reduce_only(lambda body, positions: positions and body["market"] == "ETH_USDT"),
    "reduce-only-ignored": reduce_only(lambda body, positions: True),
    "reduce-only-not-told": result(PLACE, lambda body, request: body.update(reduceOnly=False)),
    "reduce-only-refused-as-code-30": error(code(116), put(code=30)),
    "reduce-only-refused-as-http-500": error(code(116), status(500)),
    "reduce-only-refused-with-other-text": error(code(116), retext("Position not found")),
    "reduce-only-amount-not-cut": each_leg(PLACE, amounts_asked),
    "reduce-only-always": takes(lambda body: body.get("reduceOnly") is False, reduceOnly=True),
    "reduce-only-outlives-the-position": dropped("/positions"),
    "reduce-only-never-for-buys": refuses(PLACE, all_of(reduces, buys, at("amount", lambda amount: amount == 0.3)),
                                          validation(116, "reduceOnly",
                                                     "Reduce-only: Position doesn't exist or wrong side")),
    "hedge-side-optional": takes(lambda body: body.get("market") == "BTC_PERP" and "positionSide" not in body,
                                 positionSide="LONG"),
    "hedge-side-told-as-both": leg(PLACE, positionSide="BOTH"),
    "hedge-takes-more-than-held": takes(all_of(sells, at("amount", lambda amount: amount == 0.6)), amount="0.5"),
    "mode-changes-under-orders": error(code(113), lambda answer, body: reply(200, {"hedgeMode": True})),
    "mode-change-without-effect": result(ACCOUNT + "hedge-mode", lambda body, request: {"hedgeMode": False}),
    # Balances.
    "trades-without-collateral": account(balances=lambda old: {"USDT": "5"} if old == {"USDT": "0"} else old),
    "collateral-of-the-limit-order-unchecked": account(
        balances=lambda old: {"USDT": "5"} if old == {"USDT": "3"} else old),
    "collateral-of-the-stop-unchecked": account(
        balances=lambda old: {"USDT": "5"} if old == {"USDT": "4.1"} else old),
    "152-and-153-mixed-up": error(lambda body: body["code"] in (152, 153),
                                  lambda answer, body: body.update(code=305 - body["code"])),
    "no-collateral-as-http-422": error(code(10), status(422)),
    "holds-nothing-back": result(ACCOUNT + "balance-summary", all_free),
    "never-gives-back": Defect(reply=still_held),
    "trade-balance-in-numbers": result(TRADE + "balance", lambda body, request: {
        asset: {name: float(amount) for name, amount in amounts.items()} for asset, amounts in body.items()}),
    "collateral-balance-in-strings": result(ACCOUNT + "balance", lambda body, request: {
        asset: str(amount) for asset, amount in body.items()}),
    "summary-in-numbers": result(ACCOUNT + "balance-summary", lambda body, request: [
        {name: value if name == "asset" else float(value) for name, value in row.items()} for row in body]),
    "ticker-ignored": Defect(request=members(ACCOUNT + "balance", lambda body, account: body.pop("ticker", None)
                                             and None)),
    # Limits.
    "limit-one-too-many": limits(lambda window: window.update(count=window["count"] + 1)),
    "limit-one-too-few": limits(lambda window: window.update(count=window["count"] - 1)),
    "window-ends-early": limits(lambda window: window.update(per_ms=9999)),
    "window-ends-late": limits(lambda window: window.update(per_ms=10001)),
    "window-never-ends": settings(block_ms=60000),
    "limit-told-in-json": Defect(reply=json_limits),
    "limit-shared-by-calls": Defect(request=shared_window),
    "limit-told-after-placing": Defect(
        account=lambda body: {**body, "settings": {"rate_limits": "off"}}
        if "oco_create" in body.get("settings", {}).get("rate_limits", {}) else body, reply=over_placed),
    "limit-as-http-418": Defect(reply=lambda request, answer, state: reply(418, answer.body, "text/html")
                                if answer.status == 429 and answer.json is None else None),
    # The life of a pair.
    "take-profit-first": result(PLACE, other_order),
    "no-left": leg(PLACE, left=None),
    "legs-of-other-amounts": each_leg(PLACE, lambda leg, name, request: leg.update(amount="0.002")
                                      if name == "take_profit" and "amount" in request.json
                                      and request.json["amount"] == "0.001" else None),
    "activated-as-boolean": leg(PLACE, activated=False),
    "new-legs-as-filled": leg(PLACE, status="FILLED"),
    "both-stay-open-after-a-fill": Defect(reply=shown_after_fill),
    "other-leg-not-told": filter_status("CANCELED"),
    "both-legs-filled": history(lambda order: order.update(status="FILLED") if order["status"] == "CANCELED"
                                else None),
    "deals-not-in-history": history(lambda order: order.update(dealStock="0", dealMoney="0")),
    "stops-never-trigger": prices(lambda body: {**body, "last": "40600"} if body.get("last") == "41500" else body),
    "trigger-not-told": each_leg(LIST, lambda leg, name, request: leg.update(activated=0) if "activated" in leg
                                 else None),
    "trigger-gives-a-new-id": result(LIST, lambda body, request: [
        group.update(id=group["id"] + 1000) for group in body if group["stop_loss"]["activated"]] and None),
    "part-fills-as-open": leg(LIST, status="OPEN"),
    "part-fills-leave-all": each_leg(LIST, lambda leg, name, request: leg.update(left=leg["amount"])),
    "fills-a-cent-early": prices(lambda body: {**body, "last": "40000"} if body.get("last") == "40000.01" else body),
    "triggers-a-cent-early": prices(lambda body: {**body, "last": "41000"} if body.get("last") == "40999.99"
                                    else body),
    "fills-twice": result(ACCOUNT + "positions/open", doubled_positions),
    "fills-make-no-position": result(ACCOUNT + "positions/open", lambda body, request: []),
    "deals-at-the-wrong-price": result(TRADE + "executed-history", lambda body, request: [
        deal.update(price="41000") for deal in body] and None),
    "deals-repeated": result(TRADE + "executed-history", lambda body, request: body + body),
    "times-in-milliseconds": each_leg((PLACE, CANCEL), lambda leg, name, request: leg.update(
        timestamp=leg["timestamp"] * 1000, mtime=leg["mtime"] * 1000)),
    "changes-leave-mtime": each_leg(CANCEL, lambda leg, name, request: leg.update(mtime=leg["timestamp"])),
    "one-id-for-all": Defect(reply=same_id),
    "sells-never-fill": prices(lambda body: {**body, "last": "41900"} if body.get("last") == "42000" else body),
    "times-as-text": each_leg(PLACE, lambda leg, name, request: leg.update(timestamp=str(leg["timestamp"]))),
    # Lists.
    "list-forgets": result(LIST, lambda body, request: []),
    "list-of-nothing-is-null": result(LIST, lambda body, request: body or {}),
    "list-mixes-up-prices": each_leg(LIST, lambda leg, name, request: leg.update(price="40500")),
    "limit-ignored": page(without("limit")),
    "offset-ignored": page(without("offset")),
    "offset-counts-from-one": page(lambda body: body.update(offset=body["offset"] - 1) if body.get("offset") else None),
    "market-filter-ignored": page(lambda body: body.pop("market", None) and None if body.get("market") == "BTC_PERP"
                                  else None),
    "limit-of-zero": page(lambda body: body.update(limit=1) if body.get("limit") == 0 else None),
    "limit-of-101": page(lambda body: body.update(limit=100) if body.get("limit") == 101 else None),
    "limit-below-100": page(lambda body: validation(30, "limit", "The limit may not be greater than 99.")
                            if body.get("limit") == 100 else None),
    "limit-of-any-text": page(lambda body: body.pop("limit", None) and None if isinstance(body.get("limit"), str)
                              else None),
    "list-of-any-market": page(lambda body: body.pop("market", None) and None if body.get("market") == "NONE_SUCH"
                               else None),
    "conditional-in-snake-case": result(CONDITIONAL, lambda body, request: [
        record.update(stop_loss=record.pop("stopLoss"), take_profit=record.pop("takeProfit"))
        for record in body["records"]] and None),
    "total-of-the-page": result(CONDITIONAL, lambda body, request: body.update(total=len(body["records"]))),
    "deals-of-nothing-are-an-error": result(TRADE + "order", lambda body, request: {
        "code": 30, "errors": {}, "message": "Validation failed"}),
    # Cancelling.
    "cancel-without-effect": dead_cancel((CANCEL,)),
    "conditional-cancel-without-effect": dead_cancel((CANCEL_CONDITIONAL,)),
    "cancel-all-without-effect": dead_cancel(("/api/v4/order/cancel/all",)),
    "cancelled-legs-as-open": leg(CANCEL, status="OPEN"),
    "cancels-twice": Defect(reply=repeated),
    "not-found-as-http-404": error(code(2), status(404)),
    "not-found-as-success": error(text("Unexecuted order"), not_found),
    "not-found-names-the-order-id": error(text("Unexecuted order"), rename("clientOrderId", "orderId")),
    "filled-as-cancelled": Defect(
        control=lambda request, state: [account.memory.update(moved=True) for account in state.accounts.values()
                                        if f"/{account.name}/" in request.path and request.path.endswith("/price")],
        reply=lambda request, answer, state: reply(200, {"id": request.json["orderId"]})
        if request.path == CANCEL and answer.status == 400 and state.of(request)
        and state.of(request).memory.get("moved") else None),
    "cancel-takes-both-ids": Defect(request=members(CANCEL, lambda body, account: body.pop("clientOrderId", None)
                                                    and None if "orderId" in body else None)),
    "cancel-needs-no-id": error(text("OrderId field is required"),
                                lambda answer, body: inner(2, "orderId", "Unexecuted order was not found.")),
    "cancel-needs-no-market": Defect(request=members(CANCEL, lambda body, account: body.setdefault(
        "market", "BTC_USDT") and None)),
    "cancel-of-any-text": error(text("should be an integer"),
                                lambda answer, body: inner(2, "orderId", "Unexecuted order was not found.")),
    "cancel-ends-all": result(LIST, lambda body, request: [] if body and body[0]["id"] and len(body) == 1
                              and request.json.get("limit") is None and body[0]["take_profit"]["status"] == "OPEN"
                              else body),
    "cancel-by-leg-id": Defect(request=members(CANCEL, by_leg), reply=learn_legs),
    "conditional-cancel-gives-the-pair": result(CANCEL_CONDITIONAL, lambda body, request: {"id": 1}),
    # Replies.
    "all-is-well": Defect(reply=lambda request, answer, state: reply(200, answer.body)),
    "no-errors-member": error(text("Unauthorized request"), lambda answer, body: body.pop("errors") and None),
    "error-members-in-another-order": error(text("."), reversed_error),
    "params-in-errors": error(text("Unauthorized request"), put(params=[])),
    "errors-as-strings": error(text("field is required"), texts_as_string),
    "ids-as-strings": result((PLACE, CONDITIONAL), lambda body, request: camel_ids(body)),
    "unknown-path-in-json": Defect(reply=lambda request, answer, state: reply(404, {"error": "not found"})
                                   if answer.status == 404 else None),
    "time-in-milliseconds": result("/api/v4/public/time", lambda body, request: {"time": body["time"] * 1000}),
    "ping-in-capitals": result("/api/v4/public/ping", lambda body, request: ["PONG"]),
    "body-need-not-be-json": Defect(request=no_json),
    "lists-differ-each-time": Defect(reply=counted),
    "json-as-text": Defect(reply=lambda request, answer, state: answer.put("Content-Type", "text/plain")
                           if request.path == LIST and answer.status == 200 else None),
    # Dialects mixed.
    "live-names-on-create": each_leg(PLACE, renamed),
    "live-names-on-cancel": each_leg(CANCEL, renamed),
    "live-types-on-create": each_leg(PLACE, with_prefix),
    "live-types-in-orders": result("/api/v4/orders", lambda body, request: [with_prefix(order) for order in body]
                                   and None),
    "live-types-in-history": history(with_prefix),
    "fees-left-out": each_leg(PLACE, fees),
    "reduce-only-in-legs": result(PLACE, within_legs),
    "reduce-only-in-listed-legs": result(LIST, names_beside),
    "no-position-side": leg(PLACE, positionSide=None),
    "position-side-both": each_leg(PLACE, lambda leg, name, request: leg.update(positionSide="BOTH")
                                   if leg["market"] == "BTC_PERP" and leg["positionSide"] == "LONG" and
                                   "positionSide" not in request.json else None),
    "status-before-prices": each_leg(PLACE, status_first),
    "snake-case-id-dropped": takes(lambda body: "client_order_id" in body, client_order_id=None),
    "snake-case-id-dropped-on-cancel": Defect(request=members(CANCEL, lambda body, account: body.pop(
        "client_order_id", None) and None)),
    "positions-of-both-sides": result(ACCOUNT + "positions/open", lambda body, request: [
        position.update(positionSide="BOTH", unrealizedPnl="0") for position in body] and None),
    "fee-asset-in-legs": each_leg(LIST, lambda leg, name, request: leg.update(feeAsset="USDT")
                                  if leg.get("deal_fee", "0") != "0" else None),
}
