"""Defects of clients that place, cancel and list plain orders: small changes of the careful client,
registered beside those of client_defects_both, client_defects_bingx and client_defects_whitebit."""

from decimal import Decimal

from client_defects_bingx import defect as bingx
from client_defects_both import both
from client_defects_whitebit import defect as whitebit
from client_reference import BINGX_TYPES, WHITEBIT_TYPES, Bingx, Failure, Whitebit

# ------------------------------------------------------------------------------------ requests


@both("A limit order goes out as a market order.")
class LimitIsMarket:
    def order_placement(self, args):
        if args["type"] != "limit":
            return super().order_placement(args)
        kept = {name: value for name, value in args.items() if name not in ("price", "time_in_force")}
        return super().order_placement({**kept, "type": "market"})


@both("A stop order goes out without its trigger, as the order that it would become.")
class StopWithoutTrigger:
    def order_placement(self, args):
        args = dict(args)
        if args.pop("trigger_price", None):
            args["type"] = args["type"].removeprefix("stop_")
        return super().order_placement(args)


@both("Trigger and limit price of a stop-limit order go out the wrong way round.")
class SwapsTriggerAndPrice:
    def order_placement(self, args):
        if args["type"] == "stop_limit":
            args = {**args, "price": args["trigger_price"], "trigger_price": args["price"]}
        return super().order_placement(args)


@both("The time in force is dropped.")
class DropsTimeInForce:
    def order_placement(self, args):
        return super().order_placement({name: value for name, value in args.items()
                                        if name != "time_in_force"})


@both("A limit order without a time in force goes out as immediate or cancel.")
class DefaultsToIoc:
    def order_placement(self, args):
        if args["type"] == "limit":
            args = {"time_in_force": "ioc", **args}
        return super().order_placement(args)


@both("Every plain order is a buy.")
class OrdersAlwaysBuy:
    def order_placement(self, args):
        return super().order_placement({**args, "side": "buy"})


@both("The client's id of a plain order is dropped.")
class DropsOrderClientId:
    def order_placement(self, args):
        return super().order_placement({name: value for name, value in args.items()
                                        if name != "client_order_id"})


@both("A client id that is not allowed is left out, and the plain order placed without it.")
class PlacesOrderWithoutBadId:
    def order_placement(self, args):
        try:
            return super().order_placement(args)
        except Failure:
            return super().order_placement({**args, "client_order_id": ""})


@both("Every plain order without an id of the caller's gets the same one.")
class ReusesClientId:
    def order_placement(self, args):
        return super().order_placement({"client_order_id": "bot", **args})


@both("The id of a plain order goes through a binary fraction when it is cancelled.")
class RoundsOrderCancelIds:
    def order_cancel(self, args):
        if "order_id" in args:
            # What a double with three digits less makes of an id of ten digits, too.
            args = {**args, "order_id": str(int(float(args["order_id"]) / 1000) * 1000 - 1)}
        return super().order_cancel(args)


@both("The id of a plain order is a double when it is cancelled.")
class OrderCancelIdsAreDoubles:
    def order_cancel(self, args):
        if "order_id" in args:
            args = {**args, "order_id": str(int(float(args["order_id"])))}
        return super().order_cancel(args)


@both("Open orders of a symbol are asked for without it.")
class AsksForAllOrders:
    def open_orders_query(self, args):
        return super().open_orders_query({name: value for name, value in args.items()
                                          if name != "symbol"})


# ------------------------------------------------------------------------------------- replies


@both("Ids of plain orders go through a binary fraction.")
class RoundsOrderIds:
    def order(self, order_id, *rest, **prices):
        return super().order(int(float(order_id)), *rest, **prices)


class ChangesOrders:
    """To mix in: what is told of an order is changed."""

    def change(self, order):
        raise NotImplementedError

    def read_order(self, order):
        return self.change(super().read_order(order))


@both("An order is told as filled with all that was asked for.")
class FillIsTheQuantity(ChangesOrders):
    def change(self, order):
        return {**order, "filled_quantity": order["quantity"]}


@both("What an order has cost is reckoned from its quantity.")
class CostIsReckoned(ChangesOrders):
    def change(self, order):
        if order["type"] != "market":
            return order
        return {**order, "filled_quote": self.reckon(order)}

    def reckon(self, order):
        return order["quantity"]


@both("A cancelled order is told as filled with nothing.")
class CancelledHasNoFill(ChangesOrders):
    def change(self, order):
        return {**order, "filled_quantity": "0"} if order["status"].startswith("CANCEL") else order


@both("An empty list of open orders is told as an error.")
class NoOrdersIsError:
    def read_orders(self, data):
        orders = super().read_orders(data)
        if not orders:
            raise Failure("not_found", "no orders")
        return orders


@both("Only the first of the open orders is told.")
class TellsOneOrder:
    def read_orders(self, data):
        return super().read_orders(data)[:1]


@both("A list of open orders that cannot be read is told as no orders.")
class BrokenListIsNoOrders:
    def open_orders(self, args, deadline):
        try:
            return super().open_orders(args, deadline)
        except Failure:
            return {"orders": []}


@both("A list whose reply is lost is told as an unknown outcome.")
class ReadsAreOpenEnded:
    def open_orders(self, args, deadline):
        try:
            return super().open_orders(args, deadline)
        except Failure as failure:
            failure.outcome_unknown = True
            raise


# ------------------------------------------------------------------------------------ outcomes


@both("A plain order that was refused is sent once more.")
class RepeatsRefusedOrder:
    def place_order(self, args, deadline):
        try:
            return super().place_order(args, deadline)
        except Failure as failure:
            if failure.outcome_unknown or failure.kind in ("nonce", "timestamp", "rate_limit"):
                raise
            return super().place_order(args, deadline)


@both("Whatever comes with HTTP 200 is taken for a placed order.")
class AnyReplyIsPlaced:
    def place_order(self, args, deadline):
        try:
            return super().place_order(args, deadline)
        except Failure as failure:
            if failure.kind != "protocol":
                raise
            return {"order_id": "0", "client_order_id": args.get("client_order_id", "")}


@both("A plain order whose outcome is unknown is placed again without a look.")
class ReconcilesOrdersBlindly:
    def found_order(self, args, deadline):
        return None


@both("A plain order is looked for among the open ones alone.")
class LooksAtOpenOrdersAlone:
    def found_order(self, args, deadline):
        orders = self.open_orders({"symbol": args["symbol"]}, deadline)["orders"]
        return next((order for order in orders
                     if Decimal(order.get("price", "0")) == Decimal(args["price"])), None)


@both("A look for a plain order that fails is taken for nothing found.")
class FailedOrderLookIsNothing:
    def found_order(self, args, deadline):
        try:
            return super().found_order(args, deadline)
        except Failure:
            return None


@both("A plain order that is not found is told as lost, and never placed.")
class NeverPlacesOrderAgain:
    def reconcile_order(self, args, deadline):
        order = self.found_order(args, deadline)
        if order is None:
            raise Failure("not_found", "it is not there")
        return order


@both("A cancel of a plain order whose reply is lost is told as failed, with nothing done.")
class LostOrderCancelIsFailed:
    def cancel_order(self, args, deadline):
        try:
            return super().cancel_order(args, deadline)
        except Failure as failure:
            failure.outcome_unknown = False
            raise


@both("A cancel of a plain order that is refused is told as done.")
class RefusedOrderCancelIsDone:
    def cancel_order(self, args, deadline):
        try:
            return super().cancel_order(args, deadline)
        except Failure as failure:
            if failure.outcome_unknown:
                raise
            return {"order_id": args.get("order_id", ""), "status": "CANCELED"}


# --------------------------------------------------------------------------------------- BingX


@bingx("A market order for money goes out with the money as its quantity.")
class MoneyIsQuantity(Bingx):
    def order_placement(self, args):
        args = dict(args)
        if "quote_quantity" in args:
            args["quantity"] = args.pop("quote_quantity")
        return super().order_placement(args)


@bingx("A market order for money goes out with a quantity beside it.")
class QuantityBesideMoney(Bingx):
    def order_placement(self, args):
        return super().order_placement({"quantity": "0.001", **args})


@bingx("Post only goes out as POC.")
class PostOnlyIsPoc(Bingx):
    forces = {**Bingx.forces, "post_only": "POC"}


@bingx("A cancel by the client's id sends it as clientOrderId.")
class CancelsBySmallId(Bingx):
    def order_cancel(self, args):
        parameters = super().order_cancel(args)
        if "clientOrderID" in parameters:
            parameters["clientOrderId"] = parameters.pop("clientOrderID")
        return parameters


@bingx("What a market order has brought is reckoned from the price beside it.")
class FillsAtItsPrice(Bingx):
    def read_order(self, order):
        if order["type"] == "MARKET":
            cost = Decimal(order["executedQty"]) * Decimal(order["price"])
            order = {**order, "cummulativeQuoteQty": str(cost)}
        return super().read_order(order)


@bingx("An order must have clientOrderID.")
class OrderNeedsClientId(Bingx):
    def read_order(self, order):
        return super().read_order({**order, "clientOrderID": order["clientOrderID"]})


@bingx("Ids of orders that come as texts lose their last digits.")
class CutsTextIds(Bingx):
    def identifier(self, value):
        return super().identifier(value[:-3] if isinstance(value, str) else value)


@bingx("Types of stop orders that begin with TRIGGER are not known.")
class OneFamilyOfStops(Bingx):
    types = {**Bingx.types, "stop_limit": "TAKE_STOP_LIMIT", "stop_market": "TAKE_STOP_MARKET"}

    def read_order(self, order):
        if order["type"].startswith("TRIGGER") or order["type"] not in BINGX_TYPES:
            raise self.misread(f"type {order['type']!r}")
        return super().read_order(order)


@bingx("The trigger of a stop order is read from stopPrice alone.")
class OneSpellingOfTriggers(Bingx):
    def trigger_of(self, order):
        return order.get("stopPrice", "0")


@bingx("A plain order that is refused as equal to an earlier one is changed and sent again.")
class ChangesEqualPlainOrders(Bingx):
    def place_order(self, args, deadline):
        try:
            return super().place_order(args, deadline)
        except Failure as failure:
            if "once per second" not in str(failure):
                raise
            changed = {**args, "price": str(Decimal(args["price"]) - 1)}
            return super().place_order(changed, deadline)


@bingx("Code 100400 is always a bad request.")
class EndedIsBadRequest(Bingx):
    def refusal(self, code, text):
        return Failure("bad_request", text, code) if code == 100400 else super().refusal(code, text)


@bingx("The client's id is looked for in the list of open orders, which does not have it.")
class LooksForIdsInTheList(Bingx):
    def found_order(self, args, deadline):
        orders = self.open_orders({"symbol": args["symbol"]}, deadline)["orders"]
        return next((order for order in orders
                     if order["client_order_id"] == args["client_order_id"]), None)


# ------------------------------------------------------------------------------------ WhiteBIT


@whitebit("A purchase of stock at the market goes to order/market, which takes money.")
class StockIsMoney(Whitebit):
    def order_call(self, args):
        return super().order_call(args).replace("stock market", "market")


@whitebit("A purchase for money goes to order/stock_market, which takes stock.")
class MoneyIsStock(Whitebit):
    def order_call(self, args):
        return "spot stock market" if "quote_quantity" in args else super().order_call(args)


@whitebit("Collateral orders go to the calls of spot orders.")
class CollateralIsSpot(Whitebit):
    def order_call(self, args):
        return super().order_call({**args, "wallet": "spot"})

    def order_placement(self, args):
        return super().order_placement({**args, "wallet": "spot"})


@whitebit("Calls of collateral stop orders are spelled as those of spot orders.")
class UnderscoresForDashes(Whitebit):
    def request(self, path, parameters):
        path = path.replace("collateral/stop-limit", "collateral/stop_limit")
        return super().request(path.replace("collateral/trigger-market", "collateral/stop_market"),
                               parameters)


@whitebit("Amounts and prices of plain orders go out as JSON numbers.")
class OrderNumbersAreNumbers(Whitebit):
    def order_placement(self, args):
        call, parameters = super().order_placement(args)
        for name in ("amount", "price", "activation_price"):
            if name in parameters:
                parameters[name] = float(parameters[name])
        return call, parameters


@whitebit("The client's id of a plain order goes out as client_order_id.")
class OrderIdInSnakeCase(Whitebit):
    def order_placement(self, args):
        call, parameters = super().order_placement(args)
        if "clientOrderId" in parameters:
            parameters["client_order_id"] = parameters.pop("clientOrderId")
        return call, parameters


@whitebit("A cancel by the client's id sends it as orderId.")
class ClientIdIsOrderId(Whitebit):
    def order_cancel(self, args):
        if "client_order_id" in args:
            return {"market": args["symbol"], "orderId": args["client_order_id"]}
        return super().order_cancel(args)


@whitebit("Every page of open orders is the first.")
class IgnoresOrderPages(Whitebit):
    def open_orders_query(self, args):
        return super().open_orders_query({**args, "page": 1})


@whitebit("The offset of a page of open orders is the number of the page.")
class OffsetIsThePage(Whitebit):
    def open_orders_query(self, args):
        query = super().open_orders_query(args)
        return {**query, "offset": args.get("page", 1) - 1}


@whitebit("An order must have a status.")
class OrderNeedsStatus(Whitebit):
    def read_order(self, order):
        return super().read_order({**order, "status": order["status"]})


@whitebit("Types of orders with margin in them are not known.")
class NoMarginTypes(Whitebit):
    def read_order(self, order):
        if "margin" in order["type"] or order["type"] not in WHITEBIT_TYPES:
            raise self.misread(f"type {order['type']!r}")
        return super().read_order(order)


@whitebit("Code 32 is always a bad request.")
class Code32IsBadRequest(Whitebit):
    def refusal(self, status, data):
        failure = super().refusal(status, data)
        if failure.code == 32:
            failure.kind = "bad_request"
        return failure


@whitebit("Codes below 20 all tell of a missing balance.")
class SmallCodesAreFunds(Whitebit):
    def refusal(self, status, data):
        failure = super().refusal(status, data)
        if failure.code in range(10, 20):
            failure.kind = "insufficient_funds"
        return failure


@whitebit("A plain order that is refused for its client id is placed without it.")
class PlacesWithoutUsedId(Whitebit):
    def place_order(self, args, deadline):
        try:
            return super().place_order(args, deadline)
        except Failure as failure:
            if failure.code != 36:
                raise
            return super().place_order({**args, "client_order_id": ""}, deadline)


@whitebit("A nonce that was refused is told as an unknown outcome.")
class RefusedNonceIsOpen(Whitebit):
    nonce_attempts = 1

    def refusal(self, status, data):
        failure = super().refusal(status, data)
        if failure.kind == "nonce":
            failure.outcome_unknown = True
        return failure
