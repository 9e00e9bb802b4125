"""Defects of BingX's streams, by the sections of their cases."""

import json
import time

import websocket
from server_bingx_hooks import gate, query, settings
from server_proxy import Defect, reply
from server_stream_hooks import answered, asked, ended, hears, message_of, says, text_of, told, written
from websocket import BINARY, TEXT, Frame

KEYS = "/openApi/user/auth/userDataStream"
ORDERS, BALANCES = "spot.executionReport", "ACCOUNT_UPDATE"


# ---- listenKeys

def keys(method, change):
    """Answers calls of listenKeys, or changes them; `change(values, request, state)`."""
    def apply(request, state):
        if request.path == KEYS and request.start[0] == method:
            return change(dict(query(request)), request, state)
        return None
    return Defect(request=apply)


def key_replies(method, change):
    def apply(request, answer, state):
        return change(answer) if request.path == KEYS and request.start[0] == method else None
    return Defect(reply=apply)


def enveloped(answer):
    answer.json = {"code": 0, "msg": "", **answer.json}
    return answer


def unsigned(values, request, state):
    return gate(100412, "Null signature") if "signature" not in values else None


def first_extension_is_lost(values, request, state):
    memory = state.of(request).memory
    return None if memory.setdefault("extended", False) else memory.update(extended=True) or reply(200, b"")


def newest_alone(frame, stream):
    """Only the stream that was opened last hears of the account."""
    streams = stream.account.memory.setdefault("streams", [])
    if stream not in streams:
        streams.append(stream)
    message = message_of(frame)
    return [] if is_report(message) and streams[-1] is not stream else None


def key_is_for_the_account_alone(message, stream):
    public = "@" in message.get("dataType", "") and "marker" not in message["dataType"]
    return [notice(80015, message)] if public and "listenKey=" in stream.request.start[1] else None


# ---- messages

def notice(code, request, text="dataType not support"):
    return {"code": code, "id": request.get("id", ""), "msg": text, "timestamp": int(time.time() * 1000)}


def acknowledged(request):
    return notice(0, request, "SUCCESS")


def is_ack(message):
    return isinstance(message, dict) and message.get("code") == 0 and "dataType" not in message


def is_report(message):
    return isinstance(message, dict) and message.get("dataType") == ORDERS


def is_marker(message):
    return str(message.get("id", "")).startswith("ocokit-marker")


def of(kind, change):
    """`change(data, message, stream)` of data whose topic is of that kind."""
    def apply(message, stream):
        topic = message.get("dataType", "") if isinstance(message, dict) else ""
        if topic == kind or topic.partition("@")[2].startswith(kind):
            return change(message["data"], message, stream)
        return None
    return told(apply)


def sets(kind, test=lambda data: True, **values):
    """Members of such data are set; what is callable gets the data; None takes a member away."""
    def change(data, message, stream):
        if not test(data):
            return
        for name, value in values.items():
            value = value(data) if callable(value) else value
            if value is None:
                data.pop(name, None)
            else:
                data[name] = value
    return of(kind, change)


def loses(kind, test=lambda data: True):
    return of(kind, lambda data, message, stream: [] if test(data) else None)


def repeats(kind):
    """What was said last is said again before a later answer."""
    def apply(message, stream):
        if message.get("dataType", "").partition("@")[2] == kind:
            stream.memory["last"] = message
        elif is_marker(message) and "last" in stream.memory:
            return [stream.memory["last"], message]
        return None
    return told(apply)


def acks(change):
    return told(lambda message, stream: change(message, stream) if is_ack(message) else None)


def refusals(**values):
    def apply(message, stream):
        if message.get("code") in (80015, 100400, 100401) and not is_marker(message):
            for name, value in values.items():
                message[name] = value
                if value is None:
                    message.pop(name)
    return told(apply)


def topic(old, new):
    """A topic that is asked for is taken for another, under its own name."""
    def request(message, stream):
        if old in message.get("dataType", ""):
            message["dataType"] = message["dataType"].replace(old, new)
    return asked(request)


def as_text(frame, stream):
    text = text_of(frame) if frame.opcode == BINARY else None
    return None if text is None else [Frame(TEXT, text.encode())]


def unsub_is_forgotten(message, stream):
    return [acknowledged(message)] if message.get("reqType") == "unsub" else None


class TopicTwice:
    """A topic that is subscribed to twice is told twice."""

    def __init__(self):
        self.defect = Defect(hears=self.hears, says=self.says)

    @staticmethod
    def hears(stream, frame):
        name = (message_of(frame) or {}).get("dataType", "")
        stream.memory[name] = stream.memory.get(name, 0) + 1

    @staticmethod
    def says(stream, frame):
        message = message_of(frame) or {}
        return [frame, frame] if stream.memory.get(message.get("dataType"), 0) > 1 else None


def data_first(message, stream):
    if is_ack(message):
        stream.memory["ack"] = message
        return []
    ack = stream.memory.pop("ack", None)
    return [message, ack] if ack else None


def no_json_ends(frame, stream):
    return ended(stream) if frame.opcode == TEXT and message_of(frame) is None else None


def second_lost(data, message, stream):
    stream.memory["count"] = stream.memory.get("count", 0) + 1
    return [] if stream.memory["count"] % 2 == 0 else None


TRADE = {"E": 1700000000000, "T": 1700000000000, "e": "trade", "m": False, "p": "64001", "q": "0.0001", "s": "BTC-USDT",
         "t": "1"}


def trades_of_before(message, stream):
    return [message, {"code": 0, "data": TRADE, "dataType": "BTC-USDT@trade", "success": True}] if is_ack(message) \
        else None


def all_markets():
    """Whoever asks for the trades of one market is told those of another, too."""
    def ask(message, stream):
        if message.get("dataType") == "BTC-USDT@trade":
            return [message, {"id": "hidden", "dataType": "ETH-USDT@trade"}]
        return None
    return Defect(hears=asked(ask).hears,
                  says=told(lambda message, stream: [] if message.get("id") == "hidden" else None).says)


def one_candle(data, message, stream):
    data["K"]["t"] = stream.memory.setdefault("t", data["K"]["t"])


def candle(**values):
    def change(data, message, stream):
        for name, value in values.items():
            data["K"][name] = value(data["K"]) if callable(value) else value
    return of("kline", change)


def deeper():
    """A book of five levels has ten."""
    def ask(message, stream):
        message["dataType"] = message.get("dataType", "").replace("@depth5", "@depth10")

    def tell(message, stream):
        if "dataType" in message:
            message["dataType"] = message["dataType"].replace("@depth10", "@depth5")
    return Defect(hears=asked(ask).hears, says=told(tell).says)


def changed_books_alone(data, message, stream):
    book = json.dumps([data["asks"], data["bids"]])
    same, stream.memory["book"] = stream.memory.get("book") == book, book
    return [] if same else None


def skipped_numbers(data, message, stream):
    if data["action"] == "update":
        data["lastUpdateId"] += 3


def gone_levels_stay(data, message, stream):
    for side in ("asks", "bids"):
        data[side] = {price: amount for price, amount in data[side].items() if float(amount) > 0}


def turned(name):
    return lambda data: not data[name]


def swapped(data, message, stream):
    data["a"], data["A"] = data["A"], data["a"]


# ---- orders and balances

def report(test=lambda data: True, **values):
    return sets(ORDERS, test, **values)


def is_(**values):
    return lambda data: all(data.get(name) == value for name, value in values.items())


def begins_with_an_order(message, stream):
    data = {"e": "executionReport", "E": 1700000000000, "s": "BTC-USDT", "S": "BUY", "o": "LIMIT", "x": "NEW",
            "X": "PENDING", "i": 1}
    return [message, {"code": 0, "dataType": ORDERS, "data": data}] if is_ack(message) else None


def replacement_keeps_its_id(data, message, stream):
    if data["x"] == "NEW":
        data["i"] = stream.memory.setdefault("id", data["i"])


def fills_twice(data, message, stream):
    return [message, message] if data["x"] == "TRADE" else None


def stop_ends_twice(data, message, stream):
    if data["x"] == "CANCELED":
        stream.memory["end"] = message
    return [message, stream.memory["end"]] if data["X"] == "FILLED" and "end" in stream.memory else None


def told_again(frame, stream):
    """Another stream of the account hears all of before."""
    said = stream.account.memory.setdefault("said", [])
    message = message_of(frame)
    if is_report(message):
        said.append(frame)
    return [frame, *said] if is_ack(message) else None


def balances(change):
    def apply(message, stream):
        if message.get("e") == BALANCES:
            change(message["a"])
    return told(apply)


def each_balance(change):
    return balances(lambda a: [change(row) for row in a["B"]])


def still_locked(row):
    if row["bc"] == "0" and row["lk"] == "0":
        row["lk"] = "60"


# ---- heartbeats and limits

def is_beat(frame):
    text = text_of(frame) or ""
    return text == "Ping" or '"ping"' in text


def beats(change):
    """`change(frame, stream)` of the questions of the heartbeat."""
    return says(lambda frame, stream: change(frame, stream) if is_beat(frame) else None)


def every_second_beat(frame, stream):
    stream.memory["beats"] = stream.memory.get("beats", 0) + 1
    return None if stream.memory["beats"] % 2 else []


def answers_itself(frame, stream):
    stream.tell_server(Frame(TEXT, b"Pong"))


def pong_lost(test):
    return hears(lambda frame, stream: [] if test(text_of(frame) or "") else None)


def subscribing_answers(frame, stream):
    if "dataType" in (text_of(frame) or ""):
        stream.tell_server(Frame(TEXT, b"Pong"))


class FiveQuestions:
    """A client that leaves five questions open is cut off."""

    def __init__(self):
        self.defect = Defect(hears=self.hears, says=self.says)

    @staticmethod
    def hears(stream, frame):
        if "ong" in (text_of(frame) or ""):
            stream.memory["open"] = 0

    @staticmethod
    def says(stream, frame):
        if is_beat(frame):
            stream.memory["open"] = stream.memory.get("open", 0) + 1
            if stream.memory["open"] == 5:
                return ended(stream)
        return None


def fewer_topics(message, stream):
    stream.memory["topics"] = stream.memory.get("topics", 0) + 1
    if stream.memory["topics"] == 200:
        return [notice(80403, message, "your topic num over max 199")]
    return None


def gzip_answers(change):
    return answered(change, like_gzip=True)


DEFECTS = {
    # listenKeys.
    "bx-listen-key-in-an-envelope": key_replies("POST", enveloped),
    "bx-listen-key-needs-a-signature": keys("POST", unsigned),
    "bx-listen-key-for-nobody": keys(
        "POST", lambda values, request, state: reply(200, {"listenKey": "a" * 64}) if not request.get("X-BX-APIKEY")
        else None),
    "bx-extension-with-a-body": key_replies(
        "PUT", lambda answer: reply(200, {"code": 0, "msg": ""}) if answer.status == 200 else None),
    "bx-extension-needs-a-signature": keys("PUT", unsigned),
    "bx-unknown-key-extended": key_replies("PUT", lambda answer: reply(200, b"") if answer.status == 404 else None),
    "bx-extension-of-nothing": key_replies("PUT", lambda answer: reply(200, b"") if answer.status == 204 else None),
    "bx-withdrawal-does-nothing": keys("DELETE", lambda values, request, state: reply(200, b"")),
    "bx-withdrawal-of-nothing": key_replies("DELETE", lambda answer: reply(200, b"") if answer.status == 204 else None),
    "bx-unknown-key-withdrawn": key_replies("DELETE", lambda answer: reply(200, b"") if answer.status == 404 else None),
    "bx-listen-key-of-50-minutes": settings(listen_key_life_ms=3000000),
    "bx-listen-key-of-two-hours": settings(listen_key_life_ms=7200000),
    "bx-extension-does-nothing": keys("PUT", first_extension_is_lost),
    "bx-expiry-ends-the-stream": told(
        lambda message, stream: ended(stream) if message.get("e") == "listenKeyExpired" else None),
    "bx-expiry-without-the-key": told(
        lambda message, stream: message.pop("listenKey", None) and None),
    "bx-one-stream-an-account": says(newest_alone),
    "bx-account-topics-for-nobody": refusals(code=0, msg="SUCCESS"),
    "bx-refuses-nobody-without-id": refusals(id=None),
    "bx-key-without-public-topics": gzip_answers(key_is_for_the_account_alone),
    # Public topics.
    "bx-ack-without-its-id": acks(lambda message, stream: message.pop("id", None) and None),
    "bx-ack-id-as-a-number": acks(lambda message, stream: message.update(id=24)),
    "bx-ack-of-no-words": acks(lambda message, stream: message.update(msg="")),
    "bx-text-frames": says(as_text),
    "bx-data-in-text-frames": says(
        lambda frame, stream: as_text(frame, stream) if "@bookTicker" in (text_of(frame) or "") else None),
    "bx-needs-req-type": gzip_answers(
        lambda message, stream: None if "reqType" in message or "ping" in message else [notice(100400, message, "")]),
    "bx-members-it-does-not-know": gzip_answers(
        lambda message, stream: [notice(100400, message, "")] if "more" in message else None),
    "bx-unsub-does-nothing": gzip_answers(unsub_is_forgotten),
    "bx-topic-twice": TopicTwice().defect,
    "bx-data-before-the-ack": told(data_first),
    "bx-any-market": topic("NOSUCH-", "BTC-"),
    "bx-markets-in-any-letters": topic("btc-usdt", "BTC-USDT"),
    "bx-any-topic": topic("@nosuch", "@trade"),
    "bx-any-depth": topic("@depth7", "@depth10"),
    "bx-refusal-without-id": refusals(id=None),
    "bx-empty-request-accepted": refusals(code=0),
    "bx-no-json-ends-the-stream": hears(no_json_ends),
    "bx-lists-are-answered": gzip_answers(
        lambda message, stream: [notice(100400, message, "")] if isinstance(message.get("dataType"), list) else None),
    "bx-trade-in-a-list": told(
        lambda message, stream: message.update(data=[message["data"]]) if "@trade" in message.get("dataType", "")
        else None),
    "bx-trade-in-numbers": sets("trade", p=lambda data: float(data["p"]), q=lambda data: float(data["q"])),
    "bx-trade-side-turned": sets("trade", m=turned("m")),
    "bx-trades-lost": of("trade", second_lost),
    "bx-trades-of-one-id": sets("trade", t="1"),
    "bx-trades-of-before": told(trades_of_before),
    "bx-trades-of-all-markets": all_markets(),
    "bx-data-with-an-id": of("trade", lambda data, message, stream: message.update(id="a1")),
    "bx-data-with-an-event": of("trade", lambda data, message, stream: message.update(e="trade")),
    "bx-candle-ends-with-the-next": candle(T=lambda candle: candle["T"] + 1),
    "bx-candle-in-numbers": candle(o=lambda candle: float(candle["o"])),
    "bx-candle-high-and-low-turned": candle(h=lambda candle: candle["l"]),
    "bx-candle-each-two-seconds": loses("kline", lambda data: data["E"] // 1000 % 2),
    "bx-candle-for-ever": of("kline", one_candle),
    "bx-interval-under-another-name": candle(i=lambda candle: candle["i"].replace("60min", "1h")),
    "bx-any-interval": topic("kline_7min", "kline_5min"),
    "bx-best-asks-first": sets("depth", asks=lambda data: data["asks"][::-1]),
    "bx-deeper-books": deeper(),
    "bx-changed-books-alone": of("depth", changed_books_alone),
    "bx-first-book-is-a-change": sets("incrDepth", action="update"),
    "bx-changes-skip-numbers": of("incrDepth", skipped_numbers),
    "bx-gone-levels-stay": of("incrDepth", gone_levels_stay),
    "bx-changes-of-nothing": repeats("incrDepth"),
    "bx-ticker-in-texts": sets("ticker", c=lambda data: str(data["c"])),
    "bx-ticker-without-percent": sets("ticker", P=lambda data: data["P"].rstrip("%")),
    "bx-ticker-change-turned": sets("ticker", p=lambda data: -data["p"]),
    "bx-ticker-each-two-seconds": loses("ticker", lambda data: data["E"] // 1000 % 2),
    "bx-best-prices-in-other-letters": of("bookTicker", swapped),
    "bx-best-prices-again": repeats("bookTicker"),
    "bx-last-price-in-numbers": sets("lastPrice", c=lambda data: float(data["c"])),
    # Orders and balances.
    "bx-report-in-texts": report(q=lambda data: str(data["q"]), p=lambda data: str(data["p"])),
    "bx-report-id-as-text": report(i=lambda data: str(data["i"])),
    "bx-report-new-is-new": report(is_(x="NEW"), X="NEW"),
    "bx-report-small-c": report(c=lambda data: data["C"], C=None),
    "bx-report-part-is-all": report(is_(X="PARTIALLY_FILLED"), X="FILLED"),
    "bx-report-trade-without-time": report(T=0),
    "bx-report-fill-is-the-sum": report(is_(x="TRADE"), l=lambda data: data["z"], Y=lambda data: data["Z"]),
    "bx-report-fee-above-zero": report(n=lambda data: abs(data["n"])),
    "bx-report-fee-of-sales-in-coins": report(is_(S="SELL"), N="BTC"),
    "bx-report-maker-turned": report(is_(x="TRADE"), m=turned("m")),
    "bx-report-one-trade": report(is_(x="TRADE"), t=1),
    "bx-report-cancel-has-failed": report(is_(x="CANCELED", o="LIMIT"), X="FAILED"),
    "bx-report-cancel-forgets-fills": report(is_(x="CANCELED"), z=0, Z=0),
    "bx-report-market-is-limit": report(is_(o="MARKET"), o="LIMIT"),
    "bx-report-money-forgotten": report(Q=0),
    "bx-report-one-market": loses(ORDERS, is_(s="ETH-USDT")),
    "bx-report-replacement-keeps-its-id": of(ORDERS, replacement_keeps_its_id),
    "bx-report-orders-of-before": told(begins_with_an_order),
    "bx-report-stop-rests": report(is_(o="TAKE_STOP_LIMIT", x="NEW"), X="PENDING"),
    "bx-report-pair-without-ids": report(C=""),
    "bx-report-fills-twice": of(ORDERS, fills_twice),
    "bx-report-stop-does-not-end": loses(ORDERS, is_(o="TAKE_STOP_LIMIT", x="CANCELED")),
    "bx-report-limit-does-not-end": loses(ORDERS, is_(o="LIMIT", x="CANCELED")),
    "bx-report-stop-ends-twice": of(ORDERS, stop_ends_twice),
    "bx-report-told-again": says(told_again),
    "bx-first-balances-of-an-order": balances(lambda a: a.update(m="ORDER")),
    "bx-balances-without-locks": each_balance(lambda row: row.update(lk="0")),
    "bx-balances-of-one-asset": balances(lambda a: a.update(B=a["B"][:1]) if a["m"] == "ORDER" else None),
    "bx-balances-still-locked": each_balance(still_locked),
    "bx-balances-in-numbers": each_balance(lambda row: row.update(wb=float(row["wb"]))),
    "bx-balances-ack-without-id": told(
        lambda message, stream: message.pop("id", None) and None if message.get("dataType") == "" else None),
    # Heartbeats and limits.
    "bx-heartbeat-in-text-frames": beats(as_text),
    "bx-heartbeat-in-small-letters": beats(lambda frame, stream: [written("ping", frame)]),
    "bx-heartbeat-each-ten-seconds": beats(every_second_beat),
    "bx-pong-objects-unheard": pong_lost(lambda text: '"pong"' in text),
    "bx-pong-texts-unheard": pong_lost(lambda text: text == "Pong"),
    "bx-silent-clients-stay": beats(answers_itself),
    "bx-subscribing-answers": hears(subscribing_answers),
    "bx-five-questions": FiveQuestions().defect,
    "bx-client-ping-answered": gzip_answers(
        lambda message, stream: [{"pong": message["ping"]}] if "ping" in message else None),
    "bx-fewer-topics": gzip_answers(fewer_topics),
    "bx-any-number-of-topics": settings(rate_limits="off"),
}
