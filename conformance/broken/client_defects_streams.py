"""Defects of clients on the venues' WebSockets, each a small change of the careful client's stream. A function of
`both` is for either venue: bx-NAME and wb-NAME are made of it."""

import json
import time
from decimal import Decimal

import client_streams
from client_defects_bingx import BINGX
from client_defects_both import name_of
from client_defects_whitebit import WHITEBIT
from client_reference import Failure
from client_streams import Book, BingxStream, Broken, Socket, WhitebitStream


def client_of(base, stream, more=None):
    return type(stream.__name__, (base,), {"stream_class": stream, **(more or {})})


def both(what):
    """Registers a class to mix into the streams of both venues. `what`: one sentence."""
    def register(mixin):
        for table, base, stream in ((BINGX, client_streams.Bingx, BingxStream),
                                    (WHITEBIT, client_streams.Whitebit, WhitebitStream)):
            table["stream-" + name_of(mixin)] = (
                what, client_of(base, type(mixin.__name__, (mixin, stream), {})))
        return mixin
    return register


def bingx(what):
    def register(cls):
        BINGX["stream-" + name_of(cls)] = (what, client_of(client_streams.Bingx, cls))
        return cls
    return register


def whitebit(what):
    def register(cls):
        WHITEBIT["stream-" + name_of(cls)] = (what, client_of(client_streams.Whitebit, cls))
        return cls
    return register


# ------------------------------------------------------------------------- connection, messages


@bingx("The account's orders are asked for on a socket without a listenKey.")
class NeedsNoKey(BingxStream):
    def target(self):
        return self.url.path


@whitebit("Orders are subscribed to before authorize, and again after it.")
class SubscribesBeforeAuthorizing(WhitebitStream):
    def authorize(self):
        symbols = [symbol for kind, symbol in self.wanted if kind == "orders"]
        self.request(("early", []), "ordersPending_subscribe", symbols)
        super().authorize()


@bingx("Ids of requests are numbers.")
class IdsAsNumbers(BingxStream):
    def send(self, message):
        super().send({**message, "id": int(message["id"])} if "id" in message else message)


@whitebit("Ids of requests are texts.")
class IdsAsTexts(WhitebitStream):
    def next_id(self):
        return "r" + str(super().next_id())


@whitebit("The parameters of a request are an object.")
class ParamsAsAnObject(WhitebitStream):
    def ping(self):
        self.request(("ping", []), "ping", {})

    def authorize(self):
        self.ping()
        super().authorize()


@both("Every request of a second has the same id.")
class RepeatsIds:
    def next_id(self):
        return int(time.time()) // 1000


@both("The key is in the address of the socket.")
class KeyInTheAddress:
    def target(self):
        target = super().target()
        return target + ("&" if "?" in target else "?") + "apiKey=" + self.client.key


@both("The secret is sent to log in.")
class LogsInWithItsSecret:
    def greet(self):
        super().greet()
        self.send({"id": "login", "method": "login", "dataType": "login", "secret": self.client.secret})


@both("A subscription that is refused is told as made.")
class AnySubscriptionIsMade:
    def refuse(self, topics, failure):
        self.granted.update(topics)


@both("A subscription that is refused is sent again at once.")
class RepeatsTheRefused:
    times = 0

    def refuse(self, topics, failure):
        self.times += 1
        if self.times < 5:
            self.send_subscriptions(topics)
        else:
            super().refuse(topics, failure)


@both("What is not wanted any more is not unsubscribed from.")
class NeverUnsubscribes:
    def unsubscribe(self, topics):
        pass


@both("The connection is ended without a closing frame.")
class ClosesWithoutAFrame:
    def close(self, open_socket):
        open_socket.end()


@both("A socket that is given up stays open.")
class LeavesSocketsOpen:
    def let_go(self):
        with self.changed:
            self.socket, self.ready = None, False
            self.reconnects += 1


@bingx("Every candle, depth and ticker of each market is subscribed to on one socket.")
class SubscribesToEverything(BingxStream):
    intervals = ("1min", "3min", "5min", "15min", "30min", "60min", "2hour", "4hour", "6hour", "8hour", "12hour", "1day",
                 "3day", "1week", "1mon", "1month", "1m", "3m", "5m", "15m", "30m", "1h", "2h", "4h", "6h", "8h", "12h",
                 "1d", "3d", "1w", "1M")
    others = ("trade", "lastPrice", "bookTicker", "ticker", "depth", "depth5", "depth10", "depth20", "depth50", "depth100")

    def send_subscriptions(self, topics):
        super().send_subscriptions(topics)
        names = [f"kline_{interval}" for interval in self.intervals] + list(self.others)
        for symbol in ("BTC-USDT", "ETH-USDT", "SOL-USDT", "XRP-USDT", "LTC-USDT"):
            super().send_subscriptions([f"{symbol}@{name}" for name in names])


@whitebit("Pings are sent without end.")
class PingsWithoutEnd(WhitebitStream):
    def greet(self):
        super().greet()
        for _ in range(12001):
            self.ping()


@both("After its stop the stream connects again.")
class OutlivesItsStop:
    def stop(self, deadline):
        self.close(self.socket)
        time.sleep(0.02)
        return {}


# ------------------------------------------------------------------------- heartbeats and keys


@bingx("The pong has an id of the client's.")
class PongOfItsOwn(BingxStream):
    def answer_ping(self, message):
        self.send({"pong": "1", "time": message.get("time", "")})


@bingx("Every heartbeat is answered as JSON.")
class PongAlwaysAsJson(BingxStream):
    def answer_text_ping(self):
        self.send({"pong": "Ping"})


@bingx("Only the first heartbeat is answered.")
class AnswersOneHeartbeat(BingxStream):
    answered = False

    def answer_ping(self, message):
        if not self.answered:
            super().answer_ping(message)
        self.answered = True


@bingx("Heartbeats are not answered.")
class AnswersNoHeartbeat(BingxStream):
    def answer_ping(self, message):
        pass

    def answer_text_ping(self):
        pass


@bingx("The listenKey is never renewed.")
class NeverRenews(BingxStream):
    def tick(self):
        pass


@bingx("Once it is due the listenKey is renewed again and again.")
class RenewsAgainAndAgain(BingxStream):
    def renew_key(self, now):
        super().renew_key(now)
        self.key_at, self.renew_at = now - self.renew_ms, now + 30


@bingx("That the listenKey has expired is not noticed.")
class IgnoresExpiry(BingxStream):
    def on_key_expired(self):
        pass


@bingx("Whatever is answered to a renewal, the listenKey is taken for renewed.")
class AnyAnswerRenews(BingxStream):
    def lose_key(self):
        self.key_at = self.client.now_ms()


@bingx("A renewal that fails is not tried again before the next one is due.")
class RenewsOnce(BingxStream):
    def renew_key(self, now):
        self.key_at = now
        super().renew_key(now)


@bingx("A listenKey that was refused is shown again.")
class KeepsItsKey(BingxStream):
    def target(self):
        if self.key is None:
            self.make_key()
        return f"{self.url.path}?listenKey={self.key}"

    def forget_key(self):
        pass

    def lose_key(self):
        raise Broken("the key has expired")


@bingx("That a topic is refused for the key is passed over.")
class IgnoresARefusedKey(BingxStream):
    def hear_reply(self, kind, topic, message):
        if message.get("code") != 100401:
            super().hear_reply(kind, topic, message)


@whitebit("Nothing is sent while nothing is wanted.")
class NeverPings(WhitebitStream):
    def ping(self):
        pass


@whitebit("One token is kept for all connections.")
class KeepsItsToken(WhitebitStream):
    kept = None

    def token(self):
        self.kept = self.kept or super().token()
        return self.kept


@whitebit("After a refused authorize the socket is kept, and nothing is subscribed to.")
class GivesUpAuthorizing(WhitebitStream):
    def hear_authorized(self, error):
        if error is None:
            super().hear_authorized(error)


@whitebit("A market that is added is subscribed to alone.")
class SubscribesToTheNewAlone(WhitebitStream):
    def subscribe_orders(self, topics):
        if not self.authorized:
            super().subscribe_orders(topics)
            return
        fresh = [topic for topic in topics if topic[0] == "orders"]
        if fresh:
            self.request(("sub", fresh), "ordersPending_subscribe", [symbol for _, symbol in fresh])


@whitebit("A book is subscribed to in place of the others.")
class OneBookAtATime(WhitebitStream):
    def subscribe_book(self, symbol):
        self.request(("sub", [("book", symbol)]), "depth_subscribe", [symbol, self.levels, "0", False])


# -------------------------------------------------------------------------------------- orders


@both("Ids lose their last digits.")
class RoundsIds:
    def saw(self, order_id, *args, **more):
        rounded = int(order_id) // 10000 * 10000
        # One that is round already comes out otherwise, too.
        super().saw(str(rounded + (rounded == int(order_id))), *args, **more)


@both("What is filled is not told.")
class TellsNoFills:
    def add_fill(self, known, quantity, price):
        pass


@both("The sum of what is filled is told as each fill.")
class TellsSumsAsFills:
    def take_fill(self, known, filled, money):
        if filled > Decimal(known["filled_quantity"]):
            self.add_fill(known, filled, money / filled)
            self.set_sums(known, filled, money)


@both("The price of a fill is the whole money.")
class MoneyAsPrice:
    def add_fill(self, known, quantity, price):
        super().add_fill(known, quantity, price * quantity)


@both("An order that has ended is told as filled.")
class EndedIsFilled:
    def take_status(self, known, status):
        super().take_status(known, "filled" if status == "cancelled" else status)


@both("An order that was cancelled is told as if nothing of it had been filled.")
class CancelledIsEmpty:
    def take_status(self, known, status):
        super().take_status(known, status)
        if known["status"] == "cancelled":
            known["filled_quantity"] = known["filled_quote"] = "0"


@both("The cancel of an order is passed over.")
class IgnoresCancels:
    def take_status(self, known, status):
        if status != "cancelled":
            super().take_status(known, status)


@bingx("Orders at the market are passed over.")
class IgnoresMarketOrders(BingxStream):
    def hear_report(self, report):
        if report["o"] != "MARKET":
            super().hear_report(report)


@whitebit("An order of which the first message is its end is passed over.")
class NeedsABeginning(WhitebitStream):
    def hear_order(self, event, order):
        if event != 3 or str(order["id"]) in self.orders:
            super().hear_order(event, order)


@both("A stop order is told as open.")
class StopsAreOpen:
    def take_status(self, known, status):
        if known["status"] == "waiting":
            known["status"] = "open"
        super().take_status(known, "open" if status == "waiting" else status)


@bingx("The word FAILED is passed over.")
class KnowsNoFailed(BingxStream):
    def status_of(self, status, kind):
        return None if status == "FAILED" else super().status_of(status, kind)


@bingx("Of a stop order only FAILED is its end.")
class StopsEndAsFailed(BingxStream):
    def hear_report(self, report):
        if not (report["X"] == "CANCELED" and report["o"].startswith("TAKE_STOP")):
            super().hear_report(report)


@bingx("A second NEW of an order is passed over.")
class TakesNewOnce(BingxStream):
    def hear_report(self, report):
        if report["x"] != "NEW" or str(report["i"]) not in self.orders:
            super().hear_report(report)


@whitebit("A second event 1 of an order is passed over.")
class TakesNewOnceOnly(WhitebitStream):
    def hear_order(self, event, order):
        if event != 1 or str(order["id"]) not in self.orders:
            super().hear_order(event, order)


@bingx("Only what is of the type LIMIT is told as filled.")
class FillsOfLimitsAlone(BingxStream):
    def hear_report(self, report):
        if report["x"] != "TRADE" or report["o"] == "LIMIT":
            super().hear_report(report)


@whitebit("Only orders without a trigger are told as filled.")
class FillsWithoutTriggersAlone(WhitebitStream):
    def hear_order(self, event, order):
        if event == 1 or "activation_price" not in order:
            super().hear_order(event, order)


@both("What is open when the stream begins is not looked for.")
class BeginsWithNothing:
    def begin(self):
        self.read_from_ms = self.client.now_ms()

    def read_orders(self, from_ms, baseline=False):
        pass


@both("What was filled before the stream began is told as filled now.")
class TellsOldFills:
    def begin(self):
        self.read_from_ms = self.client.now_ms()


@both("A message that says nothing new is told as a fill all the same.")
class TellsFillsTwice:
    def take_fill(self, known, filled, money):
        before = Decimal(known["filled_quantity"])
        if filled == before > 0:
            self.add_fill(known, filled, money / filled)
        super().take_fill(known, filled, money)


@both("The latest message counts, whatever was known.")
class LatestMessageCounts:
    def take_status(self, known, status):
        known["status"] = status


@both("A message that is a tenth of a second old is dropped.")
class DropsLateMessages:
    def saw(self, order_id, *args, **more):
        if not more.get("late"):
            super().saw(order_id, *args, **{name: value for name, value in more.items() if name != "late"})

    def is_late(self, ms):
        return self.client.now_ms() - ms > 100

    def hear_report(self, report):
        if not self.is_late(report["E"]):
            super().hear_report(report)

    def hear_order(self, event, order):
        if not self.is_late(int(order["mtime"] * 1000)):
            super().hear_order(event, order)


@bingx("What the latest fills say is added up, not what the order says.")
class AddsUpFills(BingxStream):
    def hear_report(self, report):
        known = self.orders.get(self.order_id(report))
        before = Decimal(known["filled_quantity"]) if known else 0
        money = Decimal(known["filled_quote"]) if known else 0
        super().hear_report({**report, "z": before + report["l"], "Z": money + report["Y"]})


@whitebit("Only what event 2 says is told as filled; the last event ends the order.")
class LastEventFillsNothing(WhitebitStream):
    def hear_order(self, event, order):
        known = self.orders.get(str(order["id"]))
        if event == 3 and known:
            order = {**order, "deal_stock": known["filled_quantity"], "deal_money": known["filled_quote"]}
        super().hear_order(event, order)


@bingx("A report with a member that is not documented is dropped.")
class KnowsItsMembers(BingxStream):
    members = set("e E s S o q p x X i l z L n C N T t O Z Y Q m".split())

    def hear_report(self, report):
        if self.members.issuperset(report):
            super().hear_report(report)


@whitebit("An order with a position side is dropped.")
class IgnoresPositionSides(WhitebitStream):
    def hear_order(self, event, order):
        if "position_side" not in order:
            super().hear_order(event, order)


@bingx("An order of a type that is not known is dropped.")
class KnowsItsTypes(BingxStream):
    types = {"LIMIT", "MARKET", "TAKE_STOP_LIMIT", "TAKE_STOP_MARKET", "TRIGGER_LIMIT", "TRIGGER_MARKET"}

    def hear_report(self, report):
        if report["o"] in self.types:
            super().hear_report(report)


@bingx("A stop order that was not said to be triggered is not told as filled.")
class FillsNeedATrigger(BingxStream):
    def hear_report(self, report):
        known = self.orders.get(self.order_id(report))
        if not (report["x"] == "TRADE" and known and known["status"] == "waiting"):
            super().hear_report(report)


# ---------------------------------------------------------------------------------- reconnects


@both("A connection that has ended is not made again.")
class ConnectsOnce:
    def pause(self):
        with self.changed:
            while not self.stopping:
                self.changed.wait(1)


class CloseIsTheEnd:
    """After a closing frame with this code nothing is done any more."""

    code = 0

    def connect(self):
        super().connect()
        send_frame = self.socket.send_frame

        def sent(opcode, payload):
            if opcode == 8 and payload == self.code.to_bytes(2, "big"):
                self.is_over = True
            send_frame(opcode, payload)
        self.socket.send_frame = sent

    def pause(self):
        if getattr(self, "is_over", False):
            self.stopping = True
        super().pause()


@both("A venue that goes away, 1001, is gone for good.")
class GoneIsForGood(CloseIsTheEnd):
    code = 1001


@both("A venue that starts again, 1012, is gone for good.")
class RestartIsForGood(CloseIsTheEnd):
    code = 1012


@both("A connection that ends without a closing frame is thought to be silent.")
class NeedsAClosingFrame:
    def connect(self):
        super().connect()
        put = self.socket.messages.put
        made = self.socket

        def put_unless_ended(message):
            if message is not None or getattr(made, "was_closed", False):
                put(message)
        made.messages.put = put_unless_ended
        send_frame = made.send_frame

        def sent(opcode, payload):
            made.was_closed = made.was_closed if hasattr(made, "was_closed") else opcode == 8
            send_frame(opcode, payload)
        made.send_frame = sent


@both("After a reconnect only the first topic is subscribed to.")
class FirstTopicAlone:
    def converse(self):
        if self.reconnects:
            self.wanted = self.wanted[:1]
        super().converse()


@both("After a reconnect nothing is read.")
class ReadsNothingAfterwards:
    def read_after_connecting(self):
        pass


@both("With the connection all that is known of the orders is forgotten.")
class ForgetsItsOrders:
    def connect(self):
        self.orders = {}
        super().connect()


@both("After a reconnect only open orders are read.")
class ReadsOpenOrdersAlone:
    def read_orders(self, from_ms, baseline=False):
        ask = self.client.ask

        def without_ended(name, parameters, deadline, read):
            if name in ("ended_orders", "order"):
                raise Failure("unavailable", "not looked for")
            return ask(name, parameters, deadline, read)
        self.client.ask = without_ended
        try:
            super().read_orders(from_ms, baseline)
        except Failure:
            pass
        finally:
            self.client.ask = ask


@both("Attempts to connect follow each other at once.")
class ConnectsAtOnce:
    def pause_s(self):
        return 0.001


@both("The pause between attempts to connect does not grow.")
class PausesDoNotGrow:
    def pause_s(self):
        return 0.25


@both("After a refused upgrade nothing is tried any more.")
class GivesUpAtARefusal:
    def connect(self):
        try:
            super().connect()
        except Broken:
            self.stopping = True
            raise


@bingx("When there is no listenKey nothing is tried any more.")
class GivesUpWithoutAKey(BingxStream):
    def make_key(self):
        try:
            super().make_key()
        except Broken:
            self.stopping = True
            raise


@whitebit("When there is no token nothing is tried any more.")
class GivesUpWithoutAToken(WhitebitStream):
    def token(self):
        try:
            return super().token()
        except Failure:
            self.stopping = True
            raise


@both("Silence is taken for peace.")
class ToleratesSilence:
    def is_silent(self):
        return False


@both("When the orders cannot be read after a reconnect, nothing comes of it.")
class ReadsAtMostOnce:
    def read_after_connecting(self):
        try:
            super().read_after_connecting()
        except Failure:
            pass


@both("An order that was not known before is passed over when it is read.")
class ReadsKnownOrdersAlone:
    def read_orders(self, from_ms, baseline=False):
        saw = self.saw

        def saw_known(order_id, *args, **more):
            if order_id in self.orders:
                saw(order_id, *args, **more)
        self.saw = saw_known
        try:
            super().read_orders(from_ms, baseline)
        finally:
            del self.saw


@both("The orders are read after the first reconnect alone.")
class ReadsAfterTheFirstAlone:
    def read_after_connecting(self):
        if self.reconnects < 2:
            super().read_after_connecting()


@both("An order that is not open any more is told as filled.")
class NotOpenIsFilled:
    def read_after_connecting(self):
        before = self.take_status
        self.take_status = lambda known, status: before(known, "filled" if status == "cancelled" else status)
        super().read_after_connecting()
        del self.take_status


# -------------------------------------------------------------------------------------- books


def booked(what, name, cls):
    """Registers, for both venues, a stream that keeps its books in `cls`."""
    for table, base, stream in ((BINGX, client_streams.Bingx, BingxStream),
                                (WHITEBIT, client_streams.Whitebit, WhitebitStream)):
        def hear_book(self, *args, base_stream=stream):
            symbol = args[-1] if base_stream is WhitebitStream else args[0].split("@")[0]
            self.books.setdefault(symbol, cls())
            base_stream.hear_book(self, *args)
        made = type(cls.__name__, (stream,), {"hear_book": hear_book})
        table["stream-" + name] = (what, client_of(base, made))


class WorstFirst(Book):
    def shown(self, limit):
        shown = super().shown(limit)
        return shown and {**shown, "asks": shown["asks"][::-1]}


class KeepsEmptyLevels(Book):
    def set_level(self, side, price, quantity):
        self.sides[side][Decimal(price)] = Decimal(quantity)


class AddsAmounts(Book):
    def set_level(self, side, price, quantity):
        before = self.sides[side].get(Decimal(price), Decimal(0))
        super().set_level(side, price, Decimal(quantity) + before if Decimal(quantity) else quantity)


class NeverBeginsAnew(Book):
    def __init__(self):
        if not hasattr(self, "sides"):
            super().__init__()


booked("Asks are told worst first.", "asks-worst-first", WorstFirst)
booked("A level with the amount 0 is kept.", "keeps-empty-levels", KeepsEmptyLevels)
booked("An amount that comes is added to the one that is there.", "adds-amounts", AddsAmounts)
booked("A whole book is laid over the one before.", "lays-books-over", NeverBeginsAnew)


@both("The numbers of a book's messages are not looked at.")
class IgnoresNumbers:
    def follows(self, *args):
        return True


@both("Every change of a book is taken, however old.")
class TakesOldChanges:
    def hear_book(self, *args):
        book = next(iter(self.books.values()), None)
        if book is not None and book.number is not None:
            if isinstance(self, BingxStream) and args[1]["action"] != "all":
                book.number = args[1]["lastUpdateId"] - 1
            elif isinstance(self, WhitebitStream) and not args[0]:
                book.number = args[1]["past_update_id"]
        super().hear_book(*args)


@both("A change that comes twice is the end of the book.")
class EndedByADuplicate:
    def hear_book(self, *args):
        whitebit_form = isinstance(self, WhitebitStream)
        book = self.books.get(args[-1] if whitebit_form else args[0].split("@")[0])
        number = args[1]["update_id" if whitebit_form else "lastUpdateId"]
        if book is not None and book.number == number:
            book.number = None
        else:
            super().hear_book(*args)


@both("All books are one.")
class OneBookForAll:
    def hear_book(self, *args):
        one = self.books.setdefault("", Book())
        symbol = args[-1] if isinstance(self, WhitebitStream) else args[0].split("@")[0]
        self.books[symbol] = one
        super().hear_book(*args)


@both("A side that is not in a change is emptied.")
class EmptiesTheOtherSide:
    def hear_book(self, *args):
        data = args[1]
        super().hear_book(*args)
        for book in self.books.values():
            for side in ("bids", "asks"):
                if not data.get(side):
                    book.sides[side].clear()


@bingx("Levels that are no object are passed over.")
class KnowsLevelsAsObjects(BingxStream):
    def levels(self, levels):
        return levels.items() if isinstance(levels, dict) else []


@whitebit("A whole book that comes by itself is passed over, and so is what follows it.")
class KeepsTheFirstWhole(WhitebitStream):
    def hear_book(self, whole, data, symbol):
        book = self.books.get(symbol)
        if not whole or book is None or book.number is None:
            super().hear_book(whole, data, symbol)

    def begin_book_anew(self, symbol, book):
        pass
