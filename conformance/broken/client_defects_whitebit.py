"""Defects of clients of WhiteBIT, each a small change of the careful client."""

import base64
import hashlib
import hmac
import json
import time
from decimal import Decimal

from client_defects_both import name_of
from client_reference import WHITEBIT_CALLS, Failure, Whitebit

WHITEBIT = {}


def defect(what):
    def register(cls):
        WHITEBIT[name_of(cls)] = (what, cls)
        return cls
    return register


@defect("The JSON is signed in place of its base64.")
class SignsTheJson(Whitebit):
    def signature(self, payload, body):
        return hmac.new(self.secret.encode(), body, hashlib.sha512).hexdigest()


@defect("The signature is sent in upper-case hex.")
class UppercaseSignature(Whitebit):
    def signature(self, payload, body):
        return super().signature(payload, body).upper()


@defect("The signature is an HMAC-SHA256.")
class Sha256Signature(Whitebit):
    def signature(self, payload, body):
        return hmac.new(self.secret.encode(), payload.encode(), hashlib.sha256).hexdigest()


@defect("The signature is sent in base64.")
class Base64Signature(Whitebit):
    def signature(self, payload, body):
        digest = hmac.new(self.secret.encode(), payload.encode(), hashlib.sha512).digest()
        return base64.b64encode(digest).decode()


@defect("The body is made anew after signing, with a nonce of its own.")
class BodyMadeTwice(Whitebit):
    def sent_body(self, body):
        return json.dumps({**json.loads(body), "nonce": self.nonce()},
                          separators=(",", ":")).encode()


@defect("The HTTP library writes the body anew, with blanks.")
class BodyWithBlanks(Whitebit):
    def sent_body(self, body):
        return json.dumps(json.loads(body)).encode()


@defect("The HTTP library writes the body anew, with sorted members.")
class BodySorted(Whitebit):
    def sent_body(self, body):
        return json.dumps(json.loads(body), sort_keys=True, separators=(",", ":")).encode()


@defect("The JSON that is signed has blanks.")
class PayloadWithBlanks(Whitebit):
    def body(self, path, parameters):
        return json.dumps(json.loads(super().body(path, parameters))).encode()


@defect("The JSON that is signed has escaped slashes.")
class EscapesSlashes(Whitebit):
    def body(self, path, parameters):
        return super().body(path, parameters).replace(b"/", b"\\/")


@defect("`request` has no version.")
class RequestWithoutVersion(Whitebit):
    def body(self, path, parameters):
        return super().body(path.replace("/api/v4", ""), parameters)


@defect("The body is said to be a form.")
class FormContentType(Whitebit):
    def content_type(self):
        return "application/x-www-form-urlencoded"


@defect("The nonce stands twice in the body.")
class TwoNonces(Whitebit):
    def body(self, path, parameters):
        body = super().body(path, parameters)
        return body[:-1] + b',"nonce":%d}' % self.last_nonce


@defect("JSON is put together by hand, without escaping.")
class HandmadeJson(Whitebit):
    def body(self, path, parameters):
        members = {"request": path, "nonce": self.nonce(), **parameters}
        return ("{" + ",".join(
            f'"{name}":' + (f'"{value}"' if isinstance(value, str) else json.dumps(value))
            for name, value in members.items()) + "}").encode()

    def placement(self, args):
        plain = {**args, "client_order_id": ""}
        parameters = super().placement(plain)
        if args.get("client_order_id"):
            parameters["clientOrderId"] = args["client_order_id"]
        return parameters


@defect("Client ids are sent in lower case.")
class LowersClientIds(Whitebit):
    def placement(self, args):
        return super().placement({**args, "client_order_id": args.get("client_order_id", "").lower()})


@defect("The path of the lists is one that was published by mistake.")
class MistakenPath(Whitebit):
    def path(self, path):
        return path.replace("/api/v4/oco-orders", "/api/v4/orders/oco")

    def body(self, path, parameters):
        return super().body(self.path(path), parameters)


@defect("The nonce is in seconds, and one more for each request of the same second.")
class NonceInSeconds(Whitebit):
    def nonce(self):
        self.last_nonce = max(self.now_ms() // 1000, self.last_nonce + 1)
        return self.last_nonce


@defect("The nonce is made once, with the client.")
class FixedNonce(Whitebit):
    def nonce(self):
        self.last_nonce = self.last_nonce or self.now_ms()
        return self.last_nonce


@defect("Nonces are made in order, and of requests at once the first is sent last.")
class NoncesOvertake(Whitebit):
    count = 0

    def call(self, name, parameters, deadline):
        with self.lock:
            request = self.request(WHITEBIT_CALLS[name], parameters)
            self.count += 1
            pause = max(0.0, 0.2 - 0.01 * self.count)
        time.sleep(pause)
        return self.data(self.send(*request, deadline))


@defect("Every third nonce is the one before the last once more.")
class NonceGoesBack(Whitebit):
    count = 0
    before = 0

    def nonce(self):
        self.count += 1
        if self.count % 3 == 0:
            return self.before
        self.before = self.last_nonce
        return super().nonce()


@defect("The nonce counts from one.")
class NonceCounts(Whitebit):
    def nonce(self):
        self.last_nonce += 1
        return self.last_nonce


@defect("A request that is sent again is sent with the same nonce and signature.")
class RepeatsTheSignedBody(Whitebit):
    def send(self, method, target, headers, body, deadline):
        reply = super().send(method, target, headers, body, deadline)
        if reply.status in (429, 502):
            time.sleep(0.03)
            return super().send(method, target, headers, body, deadline)
        return reply


@defect("HTTP 429 is always told as a limit.")
class NonceIsLimit(Whitebit):
    def refusal(self, status, data):
        return Failure("rate_limit", "too many", data["code"]) if status == 429 else \
            super().refusal(status, data)


@defect("HTTP 429 is always told as an error of the nonce.")
class LimitIsNonce(Whitebit):
    def no_json(self, reply):
        return Failure("nonce", "nonce", 0) if reply.status == 429 else super().no_json(reply)


@defect("A placement that is refused for its nonce is told as an unknown outcome.")
class NonceIsUnknownOutcome(Whitebit):
    nonce_attempts = 1

    def refusal(self, status, data):
        failure = super().refusal(status, data)
        failure.outcome_unknown = failure.kind == "nonce"
        return failure


@defect("The nonce goes by a window, and what the window refuses is told as an error of the key.")
class WindowIsAuth(Whitebit):
    def body(self, path, parameters):
        return super().body(path, {**parameters, "nonceWindow": True})

    def refusal(self, status, data):
        failure = super().refusal(status, data)
        if failure.kind == "timestamp":
            failure.kind = "auth"
        return failure


@defect("Amounts and prices are sent as JSON numbers.")
class AmountsAsNumbers(Whitebit):
    def placement(self, args):
        parameters = super().placement(args)
        for name in ("amount", "price", "activation_price", "stop_limit_price"):
            parameters[name] = float(parameters[name])
        return parameters


@defect("Amounts and prices are printed from binary fractions with eight decimals.")
class PrintsFloats(Whitebit):
    def number(self, text):
        return f"{float(text):.8f}"


@defect("The client's id is sent as client_order_id.")
class SnakeCaseClientId(Whitebit):
    def placement(self, args):
        parameters = super().placement(args)
        if "clientOrderId" in parameters:
            parameters["client_order_id"] = parameters.pop("clientOrderId")
        return parameters


@defect("reduceOnly and positionSide are left out.")
class DropsFlags(Whitebit):
    def placement(self, args):
        return super().placement({name: value for name, value in args.items()
                                  if name not in ("reduce_only", "position_side")})


@defect("reduceOnly is sent as a text.")
class ReduceOnlyAsText(Whitebit):
    def placement(self, args):
        parameters = super().placement(args)
        if "reduceOnly" in parameters:
            parameters["reduceOnly"] = str(parameters["reduceOnly"]).upper()
        return parameters


@defect("positionSide is sent in lower case.")
class LowersPositionSide(Whitebit):
    def placement(self, args):
        parameters = super().placement(args)
        if "positionSide" in parameters:
            parameters["positionSide"] = "BOTH"
        return parameters


@defect("Only the members in snake_case are read.")
class SnakeCaseRepliesOnly(Whitebit):
    def member(self, leg, *names):
        return leg[names[1]]


@defect("Only the members in camelCase are read.")
class CamelCaseRepliesOnly(Whitebit):
    def member(self, leg, *names):
        return leg[names[0]]


@defect("A leg must have a status.")
class StatusIsNeeded(Whitebit):
    def read_leg(self, leg, kind, group):
        return super().read_leg({**leg, "status": leg["status"]}, kind, group)


@defect("Amounts are told as they were asked for, and not as the venue has cut them.")
class TellsWhatWasAsked(Whitebit):
    def place_oco(self, args, deadline):
        pair = super().place_oco(args, deadline)
        for leg in ("limit", "stop"):
            pair[leg]["quantity"] = args["quantity"]
        return pair


@defect("A price that comes back in another text than it was sent is an error.")
class PricesMustMatchByText(Whitebit):
    def place_oco(self, args, deadline):
        pair = super().place_oco(args, deadline)
        if pair["limit"]["price"] != args["limit_price"]:
            raise Failure("protocol", "another price", outcome_unknown=True)
        return pair


@defect("Code 116 is swallowed: the order is placed without reduceOnly.")
class SwallowsReduceOnly(Whitebit):
    def place_oco(self, args, deadline):
        try:
            return super().place_oco(args, deadline)
        except Failure as failure:
            if failure.code != 116:
                raise
            return super().place_oco({**args, "reduce_only": False}, deadline)


@defect("Code 116 is told as a bad request.")
class ReduceOnlyIsBadRequest(Whitebit):
    def refusal(self, status, data):
        failure = super().refusal(status, data)
        if failure.code == 116:
            failure.kind = "bad_request"
        return failure


@defect("Only HTTP 422 is taken for a refusal of validation.")
class Only422IsValidation(Whitebit):
    def refusal(self, status, data):
        failure = super().refusal(status, data)
        if status == 400 and "Validation failed" in str(failure):
            failure.kind = "unknown"
        return failure


@defect("Kinds go by the code alone: 10 is a missing balance, 2 an order that was not found.")
class KindsByCode(Whitebit):
    def refusal(self, status, data):
        failure = super().refusal(status, data)
        failure.kind = {10: "insufficient_funds", 2: "not_found"}.get(data["code"], failure.kind)
        return failure


@defect("Code 10 is always an error of authentication.")
class TenIsAuth(Whitebit):
    def refusal(self, status, data):
        failure = super().refusal(status, data)
        if data["code"] == 10:
            failure.kind = "auth"
        return failure


@defect("A refusal must have the member errors.")
class ErrorsAreNeeded(Whitebit):
    def refusal(self, status, data):
        if "errors" not in data:
            raise self.misread("no errors")
        return super().refusal(status, data)


@defect("HTTP 200 is success, whatever the body says.")
class Status200IsSuccess(Whitebit):
    def data(self, reply):
        try:
            return super().data(reply)
        except Failure as failure:
            if reply.status != 200 or failure.code is None:
                raise
            return self.parse(reply.body)

    def read_group(self, data):
        return {"order_list_id": ""} if "code" in data else super().read_group(data)


@defect("A group without a leg is taken for a placed one.")
class OneLegIsAGroup(Whitebit):
    def read_group(self, data):
        if "take_profit" not in data:
            data = {**data, "take_profit": data["stop_loss"]}
        return super().read_group(data)


@defect("Legs that are no objects are taken for a placed group.")
class AnyLegIsALeg(Whitebit):
    def read_group(self, data):
        if not isinstance(data["stop_loss"], dict):
            return {"order_list_id": self.identifier(data["id"])}
        return super().read_group(data)


@defect("Ids that come as texts go through a binary fraction of seven digits.")
class RoundsTextIds(Whitebit):
    def identifier(self, value):
        return str(int(float(f"{float(value):.6e}"))) if isinstance(value, str) else \
            super().identifier(value)


@defect("A maintenance page is told as a bad request.")
class MaintenanceIsBadRequest(Whitebit):
    def no_json(self, reply):
        return Failure("bad_request", "HTTP 503") if reply.status == 503 else super().no_json(reply)


@defect("The newest open group of the market is taken for the one that is looked for.")
class TakesAnyGroup(Whitebit):
    def is_the_same(self, pair, args):
        return True


@defect("An order is looked for without a request, in what the client remembers.")
class RemembersInPlaceOfLooking(Whitebit):
    def found(self, args, deadline):
        return None

    def reconcile(self, args, deadline):
        raise Failure("unknown", "it may be there", outcome_unknown=True)


@defect("A market is not asked for: every list is of all markets.")
class ListsAllMarkets(Whitebit):
    def groups(self, args, deadline):
        return super().groups({**args, "symbol": ""}, deadline)


@defect("A cancel names the group by its stop leg's id.")
class CancelsByLegId(Whitebit):
    def cancel_oco(self, args, deadline):
        if "order_list_id" in args:
            args = {**args, "order_list_id": str(int(args["order_list_id"]) + 1)}
        return super().cancel_oco(args, deadline)


@defect("A client's id in a cancel is sent under a name that nobody reads.")
class MisspellsTheCancelId(Whitebit):
    def cancel_oco(self, args, deadline):
        if "client_order_id" not in args:
            return super().cancel_oco(args, deadline)
        return self.act("cancel", {"market": args["symbol"], "clientId": args["client_order_id"]},
                        deadline, self.read_group)


@defect("An order is placed anew under another id when its outcome is unknown.")
class ReconcilesUnderANewId(Whitebit):
    def reconcile(self, args, deadline):
        return self.place_oco({**args, "client_order_id": args["client_order_id"] + "-2",
                               "limit_price": str(Decimal(args["limit_price"]) - 1)}, deadline)
