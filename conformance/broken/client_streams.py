"""Streams of the careful client: what it does on the venues' WebSockets, in small methods, as client_reference.py has
its calls. One thread connects, hears and begins anew; another one reads frames. Standard library only."""

import gzip
import json
import os
import queue
import socket
import threading
import time
import urllib.parse
from decimal import Decimal

import client_reference
import websocket
from client_reference import BINGX_CALLS, WHITEBIT_CALLS, Failure

# Of the handshake, in seconds.
CONNECT_S = 5
# How far an order has come: nothing goes back.
RANKS = {"waiting": 0, "open": 1, "filled": 2, "cancelled": 2}

BINGX_CALLS |= {"ended_orders": ("GET", "/openApi/spot/v1/trade/historyOrders")}
LISTEN_KEY = "/openApi/user/auth/userDataStream"
WHITEBIT_CALLS |= {"token": "/api/v4/profile/websocket_token"}


class Broken(Exception):
    """The connection is of no use any more. `status`: of the answer to its handshake, or 0."""

    def __init__(self, why, status=0):
        super().__init__(why)
        self.status = status


class Socket:
    """One WebSocket, whose messages come through a queue; None is its end."""

    def __init__(self, host, port, target):
        self.socket = socket.create_connection((host, port), timeout=CONNECT_S)
        self.lock = threading.Lock()
        self.messages, self.is_over = queue.Queue(), False
        try:
            self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            request, accept = websocket.handshake(f"{host}:{port}", target)
            self.socket.sendall(request)
            self.file = self.socket.makefile("rb")
            self.status, headers = self.read_head()
            if self.status != 101:
                raise Broken(f"HTTP {self.status}", self.status)
            if headers.get("sec-websocket-accept") != accept:
                raise Broken("the answer to the handshake is another's")
            self.socket.settimeout(None)
        except BaseException:
            self.socket.close()
            raise
        threading.Thread(target=self.read, daemon=True).start()

    def read_head(self):
        first = self.file.readline(4096).decode("latin-1").split(" ")
        if len(first) < 2 or not first[1].isdigit():
            raise Broken("the answer to the handshake is no HTTP")
        headers = {}
        for _ in range(100):
            line = self.file.readline(4096).decode("latin-1").strip()
            if not line:
                break
            name, _, value = line.partition(":")
            headers[name.strip().lower()] = value.strip()
        return int(first[1]), headers

    def read(self):
        parts, opcode = [], None
        try:
            while True:
                frame = websocket.read_frame(self.file)
                if frame.opcode == websocket.PING:
                    self.send_frame(websocket.PONG, frame.payload)
                elif frame.opcode == websocket.CLOSE:
                    self.send_frame(websocket.CLOSE, frame.payload[:2])
                    break
                elif frame.opcode != websocket.PONG:
                    opcode = frame.opcode or opcode
                    parts.append(frame.payload)
                    if frame.fin:
                        self.messages.put((opcode, b"".join(parts)))
                        parts = []
        except (OSError, ValueError, websocket.Ended):
            pass
        self.is_over = True
        self.messages.put(None)

    def send_frame(self, opcode, payload):
        with self.lock:
            self.socket.sendall(websocket.Frame(opcode, payload, key=os.urandom(4)).bytes())

    def close(self):
        try:
            self.send_frame(websocket.CLOSE, websocket.close_frame(1000).payload)
            self.socket.shutdown(socket.SHUT_WR)
        except OSError:
            pass

    def end(self):
        """Lets go of it, when the other side has answered or will not."""
        try:
            self.socket.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass
        self.socket.close()


class Book:
    """An order book made of a whole and its changes. `number` is of the last message; None: not in step."""

    def __init__(self):
        self.sides = {"bids": {}, "asks": {}}
        self.number = None

    def set_level(self, side, price, quantity):
        price, quantity = Decimal(price), Decimal(quantity)
        if quantity == 0:
            self.sides[side].pop(price, None)
        else:
            self.sides[side][price] = quantity

    def shown(self, limit):
        if self.number is None:
            return None
        return {side: [{"price": format(price, "f"), "quantity": format(levels[price], "f")}
                       for price in sorted(levels, reverse=side == "bids")[:limit]]
                for side, levels in self.sides.items()}


class Stream:
    """What both venues have in common."""

    first_pause_s, longest_pause_s = 0.05, 10
    # The venue says something more often than that.
    silence_s = 30
    tick_s = 0.02

    def __init__(self, client, url):
        self.client, self.url = client, urllib.parse.urlsplit(url)
        self.orders, self.fills, self.books = {}, [], {}
        self.wanted, self.granted, self.refused = [], set(), {}
        self.asked, self.last_id = {}, 0
        self.changed = threading.Condition(threading.RLock())
        self.socket = self.thread = None
        self.ready = self.stopping = False
        self.failures = self.reconnects = 0
        self.ahead_s = self.heard_at = 0
        self.read_from_ms = None

    # What the adapter asks for.

    def start(self, args, deadline):
        topics = self.topics(args)
        with self.changed:
            for topic in topics:
                self.refused.pop(topic, None)
                if topic not in self.wanted:
                    self.wanted.append(topic)
            if self.thread is None:
                self.thread = threading.Thread(target=self.run, daemon=True)
                self.thread.start()
            elif self.socket is not None and self.ready:
                self.send_subscriptions(topics)
            while not (self.ready and self.granted.issuperset(topics)):
                for topic in topics:
                    if topic in self.refused:
                        raise self.refused[topic]
                left = deadline - time.monotonic() - 0.1
                if left <= 0:
                    raise Failure("unavailable", "the stream does not get ready")
                self.changed.wait(left)
        return {}

    def leave(self, args, deadline):
        topics = self.topics(args)
        with self.changed:
            self.wanted = [topic for topic in self.wanted if topic not in topics]
            self.granted -= set(topics)
            self.unsubscribe(topics)
        return {}

    def stop(self, deadline):
        with self.changed:
            self.stopping = True
            if self.socket is not None:
                self.close(self.socket)
            self.changed.notify_all()
        if self.thread is not None:
            self.thread.join(max(0, deadline - time.monotonic() - 0.1))
        return {}

    def state(self, args):
        with self.changed:
            state = {"connected": self.ready, "orders": list(self.orders.values()),
                     "fills": list(self.fills), "reconnects": self.reconnects}
            if "book" in args:
                book = self.books.get(args["book"])
                state["book"] = book.shown(args.get("limit", 100)) if book else None
            return json.loads(json.dumps(state))

    # The life of a connection.

    def run(self):
        while not self.stopping:
            try:
                self.begin()
                self.connect()
                self.converse()
            except (OSError, ValueError, KeyError, TypeError, IndexError, Broken, Failure):
                pass
            self.let_go()
            self.pause()

    def begin(self):
        """Before the first connection: what there is already, which is nothing new."""
        if self.wants_orders() and self.read_from_ms is None:
            started = self.client.now_ms()
            self.read_orders(started - 60000, baseline=True)
            self.read_from_ms = started

    def connect(self):
        made = Socket(self.url.hostname, self.url.port, self.target())
        with self.changed:
            self.socket = made
            self.granted, self.asked = set(), {}
            self.heard_at = self.socket_time()
            if self.stopping:
                raise Broken("stopped")
        self.greet()

    def let_go(self):
        with self.changed:
            gone, self.socket, self.ready = self.socket, None, False
            for book in self.books.values():
                book.number = None
            self.changed.notify_all()
        if gone is None:
            return
        if self.stopping:
            self.drain(gone)
        else:
            self.close(gone)
            self.reconnects += 1
        gone.end()

    def drain(self, gone):
        """Until the venue has answered the closing frame, or a second is over."""
        until = time.monotonic() + 1
        while time.monotonic() < until and not gone.is_over:
            try:
                gone.messages.get(timeout=self.tick_s)
            except queue.Empty:
                pass

    def close(self, open_socket):
        open_socket.close()

    def pause_s(self):
        return min(self.first_pause_s * 2 ** min(self.failures, 20), self.longest_pause_s)

    def pause(self):
        with self.changed:
            if not self.stopping:
                self.changed.wait(self.pause_s())
        self.failures += 1

    def socket_time(self):
        return time.monotonic() + self.ahead_s

    def converse(self):
        self.send_subscriptions(self.wanted)
        while not self.stopping:
            try:
                message = self.socket.messages.get(timeout=self.tick_s)
                if message is None:
                    raise Broken("the connection has ended")
                self.heard_at = self.socket_time()
                with self.changed:
                    self.hear(*message)
                    self.changed.notify_all()
            except queue.Empty:
                pass
            if self.is_silent():
                raise Broken("nothing was heard for too long")
            self.tick()
            if not self.ready and self.is_settled():
                self.get_ready()

    def is_silent(self):
        return self.socket_time() - self.heard_at > self.silence_s

    def is_settled(self):
        return all(topic in self.granted or topic in self.refused for topic in self.wanted)

    def get_ready(self):
        if self.wants_orders():
            self.read_after_connecting()
        with self.changed:
            self.ready, self.failures = True, 0
            self.changed.notify_all()

    def read_after_connecting(self):
        now = self.client.now_ms()
        self.read_orders(self.read_from_ms - 60000)
        self.read_from_ms = now

    # Messages.

    def next_id(self):
        self.last_id += 1
        return self.last_id

    def send(self, message):
        self.send_text(json.dumps(message))

    def send_text(self, text):
        self.socket.send_frame(websocket.TEXT, text.encode())

    def parse(self, text):
        try:
            return json.loads(text, parse_float=Decimal)
        except ValueError:
            return None

    def refuse(self, topics, failure):
        for topic in topics:
            self.refused[topic] = failure
        self.wanted = [topic for topic in self.wanted if topic not in topics]

    def greet(self):
        """What is said before the subscriptions."""

    def tick(self):
        """Called several times a second."""

    # What is known of the orders.

    def saw(self, order_id, symbol, side, status, filled, money, baseline=False, client_order_id=""):
        """An order, as a message or a reply has it."""
        filled, money = Decimal(filled), Decimal(money)
        with self.changed:
            known = self.orders.get(order_id)
            if known is None:
                known = self.orders[order_id] = {
                    "order_id": order_id, "client_order_id": client_order_id, "symbol": symbol, "side": side,
                    "status": status, "filled_quantity": "0", "filled_quote": "0"}
                if baseline:
                    self.set_sums(known, filled, money)
            self.take_fill(known, filled, money)
            self.take_status(known, status)

    def set_sums(self, known, filled, money):
        known["filled_quantity"], known["filled_quote"] = format(filled, "f"), format(money, "f")

    def take_fill(self, known, filled, money):
        """Sums only rise: what says nothing higher is old."""
        before, before_money = Decimal(known["filled_quantity"]), Decimal(known["filled_quote"])
        if filled > before:
            self.add_fill(known, filled - before, (money - before_money) / (filled - before))
            self.set_sums(known, filled, money)

    def add_fill(self, known, quantity, price):
        self.fills.append({"order_id": known["order_id"], "symbol": known["symbol"], "side": known["side"],
                           "quantity": format(quantity, "f"), "price": format(price.normalize(), "f")})

    def take_status(self, known, status):
        if RANKS[status] > RANKS[known["status"]]:
            known["status"] = status

    def unsettled(self):
        """Orders that are not known to have ended."""
        with self.changed:
            return [dict(order) for order in self.orders.values() if RANKS[order["status"]] < 2]


# ---------------------------------------------------------------------------------------- BingX


class BingxStream(Stream):
    renew_ms = 1800000
    # Between two attempts to renew it.
    renew_again_ms = 60000

    def __init__(self, *args):
        super().__init__(*args)
        self.key = None
        self.key_at = self.renew_at = 0

    def topics(self, args):
        topics = ["spot.executionReport"] if args.get("orders") else []
        if "book" in args:
            topics.append(self.book_topic(args["book"]))
        return topics

    def book_topic(self, symbol):
        return f"{symbol}@incrDepth"

    def wants_orders(self):
        return "spot.executionReport" in self.wanted

    def key_call(self, method, query=""):
        deadline = time.monotonic() + CONNECT_S
        return self.client.send(method, LISTEN_KEY + query, self.client.headers(), b"", deadline)

    def make_key(self):
        reply = self.key_call("POST")
        data = self.parse(reply.body.decode())
        if reply.status != 200 or not isinstance(data, dict) or not isinstance(data.get("listenKey"), str):
            raise Broken("there is no listenKey")
        self.key = data["listenKey"]
        self.key_at = self.renew_at = self.client.now_ms()

    def forget_key(self):
        self.key = None

    def target(self):
        if not self.wants_orders():
            return self.url.path
        if self.key is None or self.client.now_ms() - self.key_at >= 2 * self.renew_ms:
            self.make_key()
        return f"{self.url.path}?listenKey={self.key}"

    def connect(self):
        try:
            super().connect()
        except Broken as error:
            if error.status in (401, 403):
                self.forget_key()
            raise

    def tick(self):
        now = self.client.now_ms()
        if self.key and now - self.key_at >= self.renew_ms and now >= self.renew_at:
            self.renew_at = now + self.renew_again_ms
            self.renew_key(now)

    def renew_key(self, now):
        try:
            status = self.key_call("PUT", "?listenKey=" + self.key).status
        except Failure:
            return
        if status == 200:
            self.key_at = now
        elif status == 404:
            self.lose_key()

    def lose_key(self):
        """It is no good any more: another one, on another connection, at once."""
        self.forget_key()
        self.failures = -1
        raise Broken("the key has expired")

    def pause_s(self):
        return 0.001 if self.failures < 0 else super().pause_s()

    # Messages.

    def subscription(self, kind, topic):
        identifier = str(self.next_id())
        self.asked[identifier] = (kind, topic)
        return {"id": identifier, "reqType": kind, "dataType": topic}

    def send_subscriptions(self, topics):
        for topic in topics:
            self.send(self.subscription("sub", topic))

    def unsubscribe(self, topics):
        if self.socket is not None:
            for topic in topics:
                self.send(self.subscription("unsub", topic))

    def unpacked(self, opcode, payload):
        return (gzip.decompress(payload) if opcode == websocket.BINARY else payload).decode()

    def hear(self, opcode, payload):
        text = self.unpacked(opcode, payload)
        if text == "Ping":
            self.answer_text_ping()
            return
        message = self.parse(text)
        if not isinstance(message, dict):
            return
        if "ping" in message:
            self.answer_ping(message)
        elif message.get("e") == "listenKeyExpired":
            self.on_key_expired()
        elif "dataType" in message and message.get("data") is not None:
            self.hear_data(message["dataType"], message["data"])
        elif message.get("id") in self.asked:
            self.hear_reply(*self.asked.pop(message["id"]), message)

    def answer_text_ping(self):
        self.send_text("Pong")

    def answer_ping(self, message):
        self.send({"pong": message["ping"], "time": message.get("time", "")})

    def on_key_expired(self):
        self.lose_key()

    def hear_reply(self, kind, topic, message):
        if kind != "sub":
            return
        if message.get("code") == 0:
            self.granted.add(topic)
        elif message.get("code") == 100401:
            self.lose_key()
        else:
            self.refuse([topic], Failure("bad_request", str(message.get("msg", "")), message.get("code")))

    def hear_data(self, topic, data):
        if topic == "spot.executionReport":
            self.hear_report(data)
        elif topic.endswith("@incrDepth"):
            self.hear_book(topic, data)

    def status_of(self, status, kind):
        if status == "NEW":
            return "waiting" if kind.startswith(("TAKE_STOP", "TRIGGER")) or kind == "ocoTps" else "open"
        return {"PENDING": "open", "PARTIALLY_FILLED": "open", "RUNNING": "open", "FILLED": "filled",
                "CANCELED": "cancelled", "CANCELLED": "cancelled", "FAILED": "cancelled",
                "EXPIRED": "cancelled"}.get(status)

    def order_id(self, report):
        return str(report["i"])

    def hear_report(self, report):
        status = self.status_of(report["X"], report["o"])
        if status is not None:
            self.saw(self.order_id(report), report["s"], report["S"].lower(), status, report["z"], report["Z"],
                     client_order_id=report.get("C", ""))

    def read_orders(self, from_ms, baseline=False):
        deadline = time.monotonic() + CONNECT_S
        ask = self.client.ask
        seen = [*ask("open_orders", {}, deadline, self.client.read_orders),
                *ask("ended_orders", {"startTime": str(from_ms)}, deadline, self.client.read_orders)]
        shown = {order["order_id"] for order in seen}
        for order in self.unsettled():
            if order["order_id"] not in shown:
                which = {"symbol": order["symbol"], "orderId": order["order_id"]}
                seen.append(ask("order", which, deadline, self.client.read_order))
        for order in seen:
            is_stop = order["type"].startswith("stop")
            status = self.status_of(order["status"], "TRIGGER" if is_stop else "")
            if status is not None:
                self.saw(order["order_id"], order["symbol"], order["side"], status, order["filled_quantity"],
                         order["filled_quote"], baseline, order["client_order_id"])

    def levels(self, levels):
        return levels.items() if isinstance(levels, dict) else levels

    def hear_book(self, topic, data):
        book = self.books.setdefault(topic.split("@")[0], Book())
        number = data["lastUpdateId"]
        if data["action"] == "all":
            book.__init__()
            book.number = number
        elif book.number is None or number <= book.number:
            return
        elif not self.follows(book, number):
            self.begin_book_anew(topic, book)
            return
        book.number = number
        for side in ("bids", "asks"):
            for price, quantity in self.levels(data.get(side) or []):
                book.set_level(side, price, quantity)

    def follows(self, book, number):
        return number == book.number + 1

    def begin_book_anew(self, topic, book):
        book.number = None
        # A second subscription alone would change nothing.
        self.unsubscribe([topic])
        self.send_subscriptions([topic])


# ------------------------------------------------------------------------------------- WhiteBIT


class WhitebitStream(Stream):
    ping_s = 20
    silence_s = 45
    levels = 100

    def __init__(self, *args):
        super().__init__(*args)
        self.authorized = False
        self.pinged_at = 0

    def topics(self, args):
        topics = [("orders", symbol) for symbol in args.get("symbols", [])] if args.get("orders") else []
        if "book" in args:
            topics.append(("book", args["book"]))
        return topics

    def wants_orders(self):
        return any(kind == "orders" for kind, _ in self.wanted)

    def target(self):
        return self.url.path

    def request(self, what, method, params):
        identifier = self.next_id()
        self.asked[identifier] = what
        self.send({"id": identifier, "method": method, "params": params})

    def token(self):
        data = self.client.ask("token", {}, time.monotonic() + CONNECT_S, lambda data: data)
        return data["websocket_token"]

    def greet(self):
        self.authorized = False
        self.pinged_at = self.socket_time()
        if self.wants_orders():
            self.authorize()

    def authorize(self):
        self.request(("authorize", []), "authorize", [self.token(), "public"])

    def tick(self):
        if self.socket_time() - self.pinged_at >= self.ping_s:
            self.pinged_at = self.socket_time()
            self.ping()

    def ping(self):
        self.request(("ping", []), "ping", [])

    def send_subscriptions(self, topics):
        self.subscribe_orders(topics)
        for kind, symbol in topics:
            if kind == "book":
                self.subscribe_book(symbol)

    def subscribe_orders(self, topics):
        if not any(kind == "orders" for kind, _ in topics):
            return
        if not self.authorized:
            if not any(what[0] == "authorize" for what in self.asked.values()):
                self.authorize()
            return
        # Each subscription takes the place of the one before.
        named = [topic for topic in self.wanted if topic[0] == "orders"]
        self.request(("sub", named), "ordersPending_subscribe", [symbol for _, symbol in named])

    def subscribe_book(self, symbol):
        self.request(("sub", [("book", symbol)]), "depth_subscribe", [symbol, self.levels, "0", True])

    def unsubscribe(self, topics):
        if self.socket is None:
            return
        for kind, symbol in topics:
            if kind == "book":
                self.request(("unsub", []), "depth_unsubscribe", [symbol])
        if any(kind == "orders" for kind, _ in topics):
            left = [symbol for kind, symbol in self.wanted if kind == "orders"]
            if left:
                self.subscribe_orders([("orders", left[0])])
            else:
                self.request(("unsub", []), "ordersPending_unsubscribe", [])

    def hear(self, opcode, payload):
        message = self.parse(payload.decode())
        if not isinstance(message, dict):
            return
        if message.get("id") is not None:
            if message["id"] in self.asked:
                self.hear_reply(*self.asked.pop(message["id"]), message)
        elif message.get("method") == "ordersPending_update":
            self.hear_order(*message["params"])
        elif message.get("method") == "depth_update":
            self.hear_book(*message["params"])

    def hear_reply(self, kind, topics, message):
        error = message.get("error")
        if kind == "authorize":
            self.hear_authorized(error)
        elif kind == "sub" and error is None:
            self.granted.update(topics)
        elif kind == "sub":
            self.hear_refusal(topics, error)

    def hear_authorized(self, error):
        if error is not None:
            raise Broken("the token is refused")
        self.authorized = True
        self.subscribe_orders([topic for topic in self.wanted if topic[0] == "orders"])

    def hear_refusal(self, topics, error):
        if error.get("code") in (2, 3, 5, 7):
            raise Broken("the venue cannot do it now")
        fresh = [topic for topic in topics if topic not in self.granted]
        self.refuse(fresh, Failure("bad_request", str(error.get("message", "")), error.get("code")))

    def status_of(self, event, order):
        if event == 3:
            filled = Decimal(order.get("left", "0")) == 0 if "status" not in order else order["status"] == "FILLED"
            return "filled" if filled else "cancelled"
        waits = "activation_price" in order and not order.get("activated")
        return "waiting" if waits else "open"

    def hear_order(self, event, order):
        self.saw(str(order["id"]), order["market"], {1: "sell", 2: "buy"}[order["side"]],
                 self.status_of(event, order), order["deal_stock"], order["deal_money"],
                 client_order_id=order.get("client_order_id", ""))

    # What REST calls an order.

    def status_by_rest(self, order):
        status = order.get("status", "")
        if status == "FILLED":
            return "filled"
        if "CANCELED" in status:
            return "cancelled"
        trigger = next((order[name] for name in ("activation_price", "activationPrice") if name in order), None)
        return "waiting" if trigger is not None and not order.get("activated") else "open"

    def read_row(self, row, baseline):
        read = self.client.member
        self.saw(str(read(row, "orderId", "order_id", "id")), row["market"], row["side"], self.status_by_rest(row),
                 read({"deal_stock": "0", **row}, "dealStock", "deal_stock"),
                 read({"deal_money": "0", **row}, "dealMoney", "deal_money"), baseline,
                 row.get("clientOrderId") or row.get("client_order_id") or "")

    def rows_by_market(self, data):
        """Of the history: an object of arrays by market, or nothing."""
        return [{"market": market, **row} for market, rows in data.items() for row in rows] if data else []

    def read_orders(self, from_ms, baseline=False):
        deadline = time.monotonic() + CONNECT_S

        def ask(name, parameters, read=lambda data: data):
            return self.client.ask(name, parameters, deadline, read)
        rows = list(ask("open_orders", {"limit": 100, "offset": 0}))
        for group in ask("open", {"limit": 100, "offset": 0}):
            rows += [group[leg] for leg in ("stop_loss", "take_profit")]
        rows += ask("ended_orders", {"startDate": from_ms // 1000, "limit": 100}, self.rows_by_market)
        shown = {str(self.client.member(row, "orderId", "order_id", "id")) for row in rows}
        for order in self.unsettled():
            if order["order_id"] not in shown:
                which = {"market": order["symbol"], "orderId": int(order["order_id"])}
                rows += ask("ended_orders", which, self.rows_by_market)
        for row in rows:
            self.read_row(row, baseline)

    def hear_book(self, whole, data, symbol):
        book = self.books.setdefault(symbol, Book())
        if whole:
            book.__init__()
        elif book.number is None:
            return
        elif not self.follows(book, data):
            if data["update_id"] > book.number:
                self.begin_book_anew(symbol, book)
            return
        book.number = data["update_id"]
        for side in ("bids", "asks"):
            for price, quantity in data.get(side, []):
                book.set_level(side, price, quantity)

    def follows(self, book, data):
        return data["past_update_id"] == book.number

    def begin_book_anew(self, symbol, book):
        book.number = None
        self.subscribe_book(symbol)


# -------------------------------------------------------------------------------------- clients


class Streaming:
    """The operations of the adapter; mixed into a client of either venue."""

    stream_class = None

    def __init__(self, *args):
        super().__init__(*args)
        self.stream, self.ahead_ms, self.ws_url = None, 0, ""

    def now_ms(self):
        return super().now_ms() + self.ahead_ms

    def the_stream(self):
        with self.lock:
            if self.stream is None:
                self.stream = self.stream_class(self, self.ws_url)
            return self.stream

    def stream_start(self, args, deadline):
        return self.the_stream().start(args, deadline)

    def stream_leave(self, args, deadline):
        return self.the_stream().leave(args, deadline)

    def stream_state(self, args, deadline):
        return self.the_stream().state(args)

    def stream_stop(self, args, deadline):
        stream, self.stream = self.the_stream(), None
        return stream.stop(deadline)

    def advance_clock(self, args, deadline):
        self.ahead_ms += args["ms"]
        return {}

    def advance_sockets(self, args, deadline):
        self.the_stream().ahead_s += args["ms"] / 1000
        return {}

    def close(self):
        if self.stream is not None:
            self.stream.stop(time.monotonic() + 0.1)


class Bingx(Streaming, client_reference.Bingx):
    stream_class = BingxStream


class Whitebit(Streaming, client_reference.Whitebit):
    stream_class = WhitebitStream
