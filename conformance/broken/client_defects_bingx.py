"""Defects of clients of BingX, each a small change of the careful client."""

import base64
import hashlib
import hmac
import json
import re
from decimal import Decimal

from client_defects_both import name_of
from client_reference import Bingx, Failure

BINGX = {}


def defect(what):
    def register(cls):
        BINGX[name_of(cls)] = (what, cls)
        return cls
    return register


@defect("The signature is sent in base64.")
class Base64Signature(Bingx):
    def signature(self, text):
        digest = hmac.new(self.secret.encode(), text.encode(), hashlib.sha256).digest()
        return base64.urlsafe_b64encode(digest).decode()


@defect("The signature is sent in upper-case hex.")
class UppercaseSignature(Bingx):
    def signature(self, text):
        return super().signature(text).upper()


@defect("The timestamp is added after signing.")
class TimestampNotSigned(Bingx):
    def string_to_sign(self, parameters):
        return super().string_to_sign({name: value for name, value in parameters.items()
                                       if name != "timestamp"})


@defect("Method and path are signed, as another venue wants it.")
class SignsThePath(Bingx):
    def string_to_sign(self, parameters):
        return "POST/openApi/spot/v1/oco/order" + super().string_to_sign(parameters)


@defect("The parameters are sorted after they were signed in another order.")
class SortsAfterSigning(Bingx):
    def string_to_sign(self, parameters):
        return "&".join(f"{name}={value}" for name, value in parameters.items())


@defect("Numbers of a query are signed as binary fractions and sent as they are.")
class SignsFloatsInQueries(Bingx):
    def string_to_sign(self, parameters):
        if "pageIndex" in parameters:
            parameters = {**parameters, "pageIndex": f"{float(parameters['pageIndex'])}"}
        return super().string_to_sign(parameters)


@defect("Values are not percent-encoded in the URL.")
class DoesNotEscape(Bingx):
    def escaped(self, value):
        return value


@defect("A second timestamp is added when the request goes out.")
class TwoTimestamps(Bingx):
    def request(self, method, path, parameters):
        method, target, headers, body = super().request(method, path, parameters)
        return method, target + f"&timestamp={self.timestamp()}", headers, body


@defect("Parameters go out as JSON, and timestamp and signature in the URL.")
class JsonSignedInTheUrl(Bingx):
    def request(self, method, path, parameters):
        if method == "GET":
            return super().request(method, path, parameters)
        time = str(self.timestamp())
        signature = self.signature(self.string_to_sign({**parameters, "timestamp": time}))
        return (method, f"{path}?timestamp={time}&signature={signature}", self.headers(),
                json.dumps(parameters).encode())


@defect("The timestamp is in seconds.")
class TimestampInSeconds(Bingx):
    def timestamp(self):
        return self.now_ms() // 1000


@defect("The timestamp is ten seconds old.")
class OldTimestamp(Bingx):
    def timestamp(self):
        return self.now_ms() - 10000


@defect("Requests are good for half a second alone.")
class NarrowWindow(Bingx):
    recv_window_ms = 500


@defect("A request that is refused for its timestamp is repeated thirty times.")
class RepeatsOnTimestamp(Bingx):
    def call(self, name, parameters, deadline):
        for _ in range(30):
            try:
                return super().call(name, parameters, deadline)
            except Failure as failure:
                last = failure
                if failure.kind != "timestamp":
                    raise
        raise last


@defect("Code 100421 is always an error of the symbol.")
class TimestampIsSymbol(Bingx):
    def refusal(self, code, text):
        return Failure("bad_request", text, code) if code == 100421 else super().refusal(code, text)


@defect("Code 100421 is always an error of the timestamp.")
class SymbolIsTimestamp(Bingx):
    def refusal(self, code, text):
        return Failure("timestamp", text, code) if code == 100421 else super().refusal(code, text)


@defect("The client ids of the two legs are sent the wrong way round.")
class SwapsLegIds(Bingx):
    def placement(self, args):
        return super().placement({**args, "limit_client_order_id": args.get("stop_client_order_id"),
                                  "stop_client_order_id": args.get("limit_client_order_id")})


@defect("Client ids are sent as numbers, without leading zeros.")
class ClientIdsAsNumbers(Bingx):
    def placement(self, args):
        args = dict(args)
        for name in ("client_order_id", "limit_client_order_id", "stop_client_order_id"):
            if args.get(name):
                args[name] = str(int(args[name]))
        return super().placement(args)


@defect("Client ids get a prefix of letters.")
class PrefixesClientIds(Bingx):
    def placement(self, args):
        parameters = super().placement(args)
        if "listClientOrderId" in parameters:
            parameters["listClientOrderId"] = "bot-" + parameters["listClientOrderId"]
        return parameters


@defect("The member code is not looked at.")
class IgnoresTheCode(Bingx):
    def data(self, reply):
        try:
            return super().data(reply)
        except Failure as failure:
            if failure.code is None or not self.parse(reply.body).get("data"):
                raise
            return self.parse(reply.body)["data"]


@defect("The first leg of a reply is taken for the limit leg.")
class LegsByPlace(Bingx):
    def read_pair(self, data):
        for leg, kind in zip(data, ("ocoLimit", "ocoTps")):
            leg["orderType"] = kind
        return super().read_pair(data)


@defect("A reply with one leg is taken for a pair.")
class OneLegIsAPair(Bingx):
    def read_pair(self, data):
        if len(data) != 1:
            return super().read_pair(data)
        return self.pair(data[0]["orderListId"], "", self.read_leg(data[0]), {})


@defect("A success without data is taken for a placed pair.")
class NoDataIsSuccess(Bingx):
    def place_oco(self, args, deadline):
        try:
            return super().place_oco(args, deadline)
        except Failure as failure:
            if "'data'" not in str(failure):
                raise
            return {"order_list_id": args.get("client_order_id", "")}


@defect("Data of another type than documented are taken for a placed pair.")
class AnyDataIsSuccess(Bingx):
    def read_pair(self, data):
        return super().read_pair(data) if isinstance(data, list) else {"order_list_id": ""}


@defect("Ids that come as numbers go through a binary fraction.")
class RoundsNumericIds(Bingx):
    def text(self, value):
        return str(int(float(value))) if isinstance(value, int) else super().text(value)


@defect("Only an array is read as a list.")
class NullListIsError(Bingx):
    def read_legs(self, data):
        return [self.read_leg(leg) for leg in data] if data else self.no_legs(data)

    def no_legs(self, data):
        if data == []:
            return []
        raise self.misread("data is no array")


@defect("Numbers with an exponent are not understood.")
class NoExponents(Bingx):
    def parse(self, body):
        return json.loads(body.decode(), parse_float=str)

    def decimal(self, value):
        if not re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", str(value)):
            raise self.misread(f"{value!r} is no amount")
        return super().decimal(Decimal(value))


@defect("An envelope must have msg.")
class MsgIsNeeded(Bingx):
    def data(self, reply):
        data = super().data(reply)
        if "msg" not in self.parse(reply.body):
            raise self.misread("it has no msg")
        return data


@defect("A leg must have a status.")
class StatusIsNeeded(Bingx):
    def read_leg(self, leg):
        return super().read_leg({**leg, "status": leg["status"]})


@defect("Ended legs are all told as CANCELED.")
class EndedIsCanceled(Bingx):
    def history(self, args, deadline):
        answer = super().history(args, deadline)
        return {"legs": [{**leg, "status": "CANCELED"} for leg in answer["legs"]]}


@defect("Errors whose data is an object end in an error of the client's own.")
class DataMustBeAnArray(Bingx):
    def data(self, reply):
        try:
            return super().data(reply)
        except Failure as failure:
            if failure.code is not None and self.parse(reply.body).get("data") == {}:
                raise self.misread("data is no array") from failure
            raise


@defect("A reply with HTTP 429 is told as unavailable without a look into it.")
class StatusComesFirst(Bingx):
    def data(self, reply):
        if reply.status == 429:
            raise Failure("unavailable", "HTTP 429")
        return super().data(reply)


@defect("A venue that is busy is told as a refusal, with nothing done.")
class BusyIsRefusal(Bingx):
    def refusal(self, code, text):
        failure = super().refusal(code, text)
        failure.outcome_unknown = False
        return failure


@defect("An order that is refused as equal to an earlier one is changed and sent again.")
class ChangesEqualOrders(Bingx):
    def place_oco(self, args, deadline):
        try:
            return super().place_oco(args, deadline)
        except Failure as failure:
            if "once per second" not in str(failure):
                raise
            changed = {**args, "limit_price": str(Decimal(args["limit_price"]) - 1)}
            return super().place_oco(changed, deadline)


@defect("A list is asked for three times in a row, in case it changes.")
class AsksTooOften(Bingx):
    def list_oco(self, args, deadline):
        for _ in range(3):
            answer = super().list_oco(args, deadline)
        return answer


@defect("A pair is looked for among the open ones alone.")
class LooksAtOpenAlone(Bingx):
    def found(self, args, deadline):
        legs = self.list_oco({}, deadline)["legs"]
        mine = {leg["type"]: leg for leg in legs
                if leg["order_list_id"] == args["client_order_id"]}
        return self.pair(args["client_order_id"], "", mine["limit"], mine["stop"]) if mine else None


@defect("A leg's client id is sent as its order id.")
class ClientIdAsOrderId(Bingx):
    def cancel_oco(self, args, deadline):
        return super().cancel_oco({"order_id": args.get("order_id", args.get("client_order_id"))},
                                  deadline)


@defect("The id of a list goes through a binary fraction when it is asked for.")
class RoundsListIds(Bingx):
    def get_oco(self, args, deadline):
        if "order_list_id" in args:
            args = {"order_list_id": str(int(float(f"{float(args['order_list_id']):.14e}")))}
        return super().get_oco(args, deadline)


@defect("Times of history are sent in seconds.")
class HistoryInSeconds(Bingx):
    def history(self, args, deadline):
        args = {name: value // 1000 if name.endswith("_ms") else value
                for name, value in args.items()}
        return super().history(args, deadline)


@defect("Reconciling an order that is there places it anew under another id.")
class ReconcilesUnderANewId(Bingx):
    def reconcile(self, args, deadline):
        return self.place_oco({**args, "client_order_id": args["client_order_id"] + "1",
                               "limit_price": str(Decimal(args["limit_price"]) - 1)}, deadline)
