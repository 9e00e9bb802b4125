"""Defects that a client can have at either venue, as small changes of the careful client's methods.
Each function here is for both: bx-NAME and wb-NAME are made of it."""

import json
import os
import sys
import time
from decimal import Decimal

from client_http import NoReply, Reply
from client_reference import Failure

BOTH = {}


def both(what):
    """Registers a class to mix in. `what`: one sentence."""
    def register(mixin):
        BOTH[name_of(mixin)] = (what, mixin)
        return mixin
    return register


def name_of(cls):
    """RepeatsLost: repeats-lost."""
    return "".join("-" + c.lower() if c.isupper() else c for c in cls.__name__).lstrip("-")


# -------------------------------------------------------------------------------- lost replies


@both("A placement whose reply is lost is sent again at once.")
class RepeatsLost:
    def act(self, name, parameters, deadline, read):
        try:
            return super().act(name, parameters, deadline, read)
        except Failure as failure:
            if not failure.outcome_unknown:
                raise
            return super().act(name, parameters, deadline, read)


@both("A request without a reply is told as failed, with nothing done.")
class LostIsFailed:
    def send(self, *arguments):
        try:
            return super().send(*arguments)
        except Failure as failure:
            failure.outcome_unknown = False
            raise


@both("A reply that cannot be read is told as failed, with nothing done.")
class MisreadIsFailed:
    def act(self, name, parameters, deadline, read):
        try:
            return super().act(name, parameters, deadline, read)
        except Failure as failure:
            if failure.kind == "protocol":
                failure.outcome_unknown = False
            raise


@both("A server error is told as a refusal, with nothing done.")
class ServerErrorIsRefusal:
    def data(self, reply):
        try:
            return super().data(reply)
        except Failure as failure:
            if reply.status >= 500:
                failure.outcome_unknown = False
            raise


@both("A server error in place of a list is told as an empty list.")
class ServerErrorIsEmpty:
    def list_oco(self, args, deadline):
        try:
            return super().list_oco(args, deadline)
        except Failure as failure:
            if failure.kind != "unavailable":
                raise
            return {"legs": []}


@both("JSON that is cut off in a list is taken for an empty list.")
class CutIsEmpty:
    def list_oco(self, args, deadline):
        try:
            return super().list_oco(args, deadline)
        except Failure as failure:
            if failure.kind != "protocol":
                raise
            return {"legs": []}


@both("JSON that is cut off ends the program.")
class CrashesOnCut:
    def parse(self, body):
        try:
            return super().parse(body)
        except ValueError:
            print("Traceback: json.decoder.JSONDecodeError", file=sys.stderr)
            sys.stderr.flush()
            os._exit(1)


@both("A reply that is too large ends the program.")
class DiesOfLongReplies:
    def send(self, *arguments):
        try:
            return super().send(*arguments)
        except Failure as failure:
            if "too large" in str(failure):
                print("MemoryError", file=sys.stderr)
                sys.stderr.flush()
                os._exit(1)
            raise


@both("An empty body is taken for success.")
class EmptyIsSuccess:
    def place_oco(self, args, deadline):
        try:
            return super().place_oco(args, deadline)
        except Failure as failure:
            if failure.kind != "protocol" or "no JSON" not in str(failure):
                raise
            return {"order_list_id": ""}


@both("The time that is allowed counts anew with every byte that comes.")
class WaitsForEveryByte:
    def __init__(self, *arguments):
        super().__init__(*arguments)
        self.http.receive = self.receive

    def receive(self, connection, deadline):
        connection.settimeout(5)
        data = connection.recv(65536)
        if not data:
            raise NoReply("the connection ended")
        return data


@both("A body that ends before its Content-Length is taken as it is.")
class TakesShortBody:
    def __init__(self, *arguments):
        super().__init__(*arguments)
        receive = self.http.receive

        def pad(connection, deadline):
            try:
                return receive(connection, deadline)
            except NoReply:
                return b" " * 64
        self.http.receive = pad


@both("A kept connection is used without a look at what has come on it meanwhile.")
class TrustsKeptConnections:
    def __init__(self, *arguments):
        super().__init__(*arguments)
        self.http.is_good = lambda connection: True
        self.http.read = self.read
        self.rest = {}

    def read(self, connection, deadline):
        """As a client with a buffer for each connection reads: what is left over comes next."""
        data = self.rest.pop(connection, b"")
        while b"\r\n\r\n" not in data:
            data += self.http.receive(connection, deadline)
        head, body = data.split(b"\r\n\r\n", 1)
        lines = head.decode().split("\r\n")
        headers = {line.split(":", 1)[0].lower(): line.split(":", 1)[1].strip()
                   for line in lines[1:]}
        size = int(headers.get("content-length", "0"))
        while len(body) < size:
            body += self.http.receive(connection, deadline)
        self.rest[connection] = body[size:]
        return Reply(int(lines[0].split(" ")[1]), headers, body[:size])


# ------------------------------------------------------------------------ refusals and limits


@both("An order that was refused is sent once more.")
class RepeatsRefused:
    def place_oco(self, args, deadline):
        try:
            return super().place_oco(args, deadline)
        except Failure as failure:
            if failure.outcome_unknown or failure.kind in ("nonce", "timestamp", "rate_limit"):
                raise
            return super().place_oco(args, deadline)


@both("Every refusal is told as an unknown error, without its code.")
class RefusalsAreUnknown:
    def refusal(self, *arguments):
        return Failure("unknown", "the venue said no")


def told_as(*kinds, instead):
    """A mixin that tells refusals of these kinds as another kind."""
    class Told:
        def refusal(self, *arguments):
            failure = super().refusal(*arguments)
            if failure.kind in kinds:
                failure.kind = instead
            return failure
    return Told


@both("Errors of authentication are told as bad requests.")
class AuthIsBadRequest(told_as("auth", instead="bad_request")):
    pass


@both("A missing permission is told as a bad request.")
class PermissionIsBadRequest(told_as("permission", instead="insufficient_funds")):
    pass


@both("A balance that is too small is told as a bad request.")
class FundsAreBadRequest(told_as("insufficient_funds", instead="bad_request")):
    pass


@both("An order that does not exist is told as a bad request.")
class NotFoundIsBadRequest(told_as("not_found", instead="bad_request")):
    pass


@both("A bad request is told as a venue that is unavailable.")
class BadRequestIsTransport(told_as("bad_request", instead="transport")):
    pass


@both("A market that is closed is told as a missing permission.")
class UnavailableIsAuth(told_as("unavailable", instead="auth")):
    pass


@both("Every refusal is told as an unknown outcome.")
class RefusedIsUnknownOutcome:
    def refusal(self, *arguments):
        failure = super().refusal(*arguments)
        failure.outcome_unknown = True
        return failure


@both("The venue's code and text are not told.")
class LosesTheCode:
    def refusal(self, *arguments):
        failure = super().refusal(*arguments)
        return Failure(failure.kind, "refused", None, failure.outcome_unknown)


@both("A call that was refused by a limit is repeated at once.")
class RepeatsAtOnceOnLimit:
    def call(self, name, parameters, deadline):
        try:
            return super().call(name, parameters, deadline)
        except Failure as failure:
            if failure.kind != "rate_limit":
                raise
            return super().call(name, parameters, deadline)


@both("A call that was refused by a limit or ban is repeated every 30 ms until the time is up.")
class HammersOnLimit:
    def call(self, name, parameters, deadline):
        for _ in range(12):
            try:
                return super().call(name, parameters, deadline)
            except Failure as failure:
                last = failure
                if failure.kind not in ("rate_limit", "permission"):
                    raise
                time.sleep(0.03)
        raise last


@both("Limits are told as a venue that is unavailable.")
class LimitIsUnavailable:
    def no_json(self, reply):
        failure = super().no_json(reply)
        return Failure("unavailable", "limited") if failure.kind == "rate_limit" else failure

    def refusal(self, *arguments):
        failure = super().refusal(*arguments)
        if failure.kind == "rate_limit":
            failure.kind = "unavailable"
        return failure


@both("A page of a ban is told as an unknown outcome.")
class BanIsUnknownOutcome:
    def no_json(self, reply):
        failure = super().no_json(reply)
        failure.outcome_unknown = True
        return failure


# ------------------------------------------------------------------------ numbers and fields


@both("Amounts and prices go through a binary fraction and its shortest text.")
class SendsFloats:
    def number(self, text):
        return repr(float(text))


@both("Small numbers are written with an exponent.")
class WritesExponents:
    def number(self, text):
        number = Decimal(text).normalize()
        return str(number) if abs(number) >= Decimal("0.000001") else f"{number:e}"


@both("Amounts and prices are rounded to four decimals.")
class CutsDecimals:
    def number(self, text):
        return f"{Decimal(text):.4f}"


@both("Decimals are written with a comma.")
class WritesCommas:
    def number(self, text):
        return super().number(text).replace(".", ",")


@both("The client's id is dropped.")
class DropsClientId:
    def placement(self, args):
        return super().placement({name: value for name, value in args.items()
                                  if name != "client_order_id"})


@both("Every order is a buy.")
class AlwaysBuys:
    def placement(self, args):
        return super().placement({**args, "side": "buy"})


@both("A client id that is not allowed is left out, and the order placed without it.")
class PlacesWithoutBadId:
    def placement(self, args):
        try:
            return super().placement(args)
        except Failure:
            return super().placement({**args, "client_order_id": ""})


# ---------------------------------------------------------------------------- reading replies


@both("Ids go through a binary fraction.")
class RoundsIds:
    def leg(self, order_list_id, kind, order_id, *rest):
        return super().leg(self.rounded(order_list_id), kind, self.rounded(order_id), *rest)

    def pair(self, order_list_id, *rest):
        return super().pair(self.rounded(order_list_id), *rest)

    def rounded(self, value):
        return str(int(float(value))) if str(value).isdigit() else value


@both("Amounts and prices of replies go through a binary fraction.")
class RoundsDecimals:
    def decimal(self, value):
        return str(float(value))


@both("Limit price and trigger price of a stop leg are told the wrong way round.")
class SwapsStopPrices:
    def leg(self, *arguments):
        leg = super().leg(*arguments)
        if "trigger_price" in leg:
            leg["price"], leg["trigger_price"] = leg["trigger_price"], leg["price"]
        return leg


@both("A list with nothing in it is told as an error.")
class EmptyListIsError:
    def list_oco(self, args, deadline):
        answer = super().list_oco(args, deadline)
        if not answer["legs"]:
            raise Failure("not_found", "no orders")
        return answer


@both("A member that is not documented is an error.")
class RefusesNewMembers:
    known = {"code", "msg", "debugMsg", "timestamp", "data", "transactionTime", "orderId",
             "clientOrderId", "symbol", "orderType", "side", "triggerPrice", "price", "quantity",
             "orderListId", "status", "id", "reduceOnly", "stop_loss", "take_profit", "order_id",
             "client_order_id", "market", "type", "dealMoney", "deal_money", "dealStock",
             "deal_stock", "amount", "takerFee", "makerFee", "left", "dealFee", "deal_fee",
             "post_only", "mtime", "activation_price", "activation_condition", "activated", "stp",
             "positionSide", "feeAsset", "errors", "message", "transactTime", "stopPrice",
             "StopPrice", "origQty", "executedQty", "cummulativeQuoteQty", "clientOrderID", "orders",
             "time", "updateTime", "origQuoteOrderQty", "fee", "ioc", "rpi", "postOnly"}

    def parse(self, body):
        def check(pairs):
            for name, _ in pairs:
                if name not in self.known:
                    raise ValueError(f"unknown member {name}")
            return dict(pairs)
        return json.loads(body.decode(), parse_float=Decimal, object_pairs_hook=check)


@both("Only the first pair of a list is told.")
class TellsOnePair:
    def list_oco(self, args, deadline):
        return {"legs": super().list_oco(args, deadline)["legs"][:2]}


@both("Every list begins with its first page.")
class IgnoresPages:
    def list_oco(self, args, deadline):
        return super().list_oco({**args, "page": 1}, deadline)


# -------------------------------------------------------------------- reconciling and cancels


@both("An order whose outcome is unknown is placed again without a look.")
class ReconcilesBlindly:
    def found(self, args, deadline):
        return None


@both("A look that fails is taken for nothing found.")
class FailedLookIsNothing:
    def found(self, args, deadline):
        try:
            return super().found(args, deadline)
        except Failure:
            return None


@both("An order that is not found is told as lost, and never placed.")
class NeverPlacesAgain:
    def reconcile(self, args, deadline):
        pair = self.found(args, deadline)
        if pair is None:
            raise Failure("not_found", "it is not there")
        return pair


@both("A cancel whose reply is lost is told as failed, with nothing done.")
class LostCancelIsFailed:
    def cancel_oco(self, args, deadline):
        try:
            return super().cancel_oco(args, deadline)
        except Failure as failure:
            failure.outcome_unknown = False
            raise


@both("A cancel that is refused is told as done.")
class RefusedCancelIsDone:
    def cancel_oco(self, args, deadline):
        try:
            return super().cancel_oco(args, deadline)
        except Failure as failure:
            if failure.outcome_unknown:
                raise
            return {}


@both("The id of a cancel goes through a binary fraction.")
class RoundsCancelIds:
    def cancel_oco(self, args, deadline):
        args = dict(args)
        for name in ("order_id", "order_list_id"):
            if name in args:
                # What a double with three digits less makes of an id of twelve digits, too.
                args[name] = str(int(float(args[name]) / 1000) * 1000)
        return super().cancel_oco(args, deadline)


# ------------------------------------------------------------------------------------ signing


@both("The secret is sent along in a header.")
class SendsTheSecret:
    def send(self, method, target, headers, body, deadline):
        return super().send(method, target, {**headers, "X-Secret": self.secret}, body, deadline)


@both("A slash too many stands before each path.")
class DoublesTheSlash:
    def path(self, path):
        return "/" + path


@both("The header with the key is misspelt.")
class MisspellsTheKey:
    def send(self, method, target, headers, body, deadline):
        headers = {name.replace("APIKEY", "API-KEY"): value for name, value in headers.items()}
        return super().send(method, target, headers, body, deadline)


@both("A placement that is not answered is waited for without end.")
class HangsWithoutReply:
    def send(self, method, target, headers, body, deadline):
        return super().send(method, target, headers, body, deadline + 60)
