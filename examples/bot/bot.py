"""A small bot for BingX spot: buys when the candles rise, protects what it bought with an OCO, and begins anew.

    python3 bot.py http://127.0.0.1:8787 test-key test-secret state.json

It is an example of what survives, not of what earns: before it sends an order it writes down the id that the
order will have, so that after a lost reply or a restart it asks for that id first and orders no second time.
Standard library only. bot.cc beside it is the same bot with ocokit's C++ client.
"""

import decimal
import hashlib
import hmac
import http.client
import json
import pathlib
import sys
import time
import urllib.error
import urllib.parse
import urllib.request

D = decimal.Decimal
SYMBOL = "BTC-USDT"
UNKNOWN_ORDER = 100404
RATE_LIMITED = 100410
# Seconds after which an order that the venue does not know will not arrive any more: the 5 for which a request is
# good after its timestamp, and one for clocks that differ a little.
ON_ITS_WAY = 6
# Seconds for which the venue finds an order by the client's id.
FOUND_BY_NAME = 2 * 3600


class Refused(Exception):
    """The venue has said no: what was asked for has not happened."""

    def __init__(self, code, message, wait=0.0):
        super().__init__(f"{code} {message}")
        self.code = code
        self.wait = wait  # seconds, as the venue says


class Lost(Exception):
    """No answer that can be read: what was asked for may have happened."""


class Venue:
    """Signed calls; waits when it is told that it asks too often."""

    def __init__(self, url, key, secret, wait=0.25, tries=20):
        self.url, self.key, self.secret = url, key, secret
        self.wait, self.tries = wait, tries
        self.ahead = 0  # milliseconds, of the venue's clock

    def read_clock(self):
        self.ahead = 0
        self.ahead = self.call("GET", "/openApi/spot/v1/server/time")["serverTime"] - int(time.time() * 1000)

    def call(self, method, path, **parameters):
        for _ in range(self.tries):
            try:
                return self._once(method, path, parameters)
            except Refused as refused:
                if refused.code != RATE_LIMITED:
                    raise
                time.sleep(max(self.wait, refused.wait))
        raise Refused(RATE_LIMITED, "still too often")

    def _once(self, method, path, parameters):
        text = "&".join(f"{name}={value}" for name, value in
                        sorted({**parameters, "timestamp": int(time.time() * 1000) + self.ahead}.items()))
        signature = hmac.new(self.secret.encode(), text.encode(), hashlib.sha256).hexdigest()
        request = urllib.request.Request(f"{self.url}{path}?{text}&signature={signature}", method=method,
                                         headers={"X-BX-APIKEY": self.key})
        try:
            with urllib.request.urlopen(request, timeout=5) as reply:
                answer = json.loads(reply.read())
                # Milliseconds until the window of this call ends.
                wait = int(reply.headers.get("X-RateLimit-Requests-Expire", 0)) / 1000
        except (OSError, http.client.HTTPException, ValueError) as problem:
            raise Lost(str(problem)) from problem
        if answer["code"] != 0:
            raise Refused(answer["code"], answer["msg"], wait)
        return answer["data"]

    def find(self, path, **parameters):
        """None when the venue knows no such order."""
        try:
            return self.call("GET", path, **parameters)
        except Refused as refused:
            if refused.code != UNKNOWN_ORDER:
                raise
            return None


class Bot:
    def __init__(self, venue, state_file, money="100"):
        self.venue, self.money = venue, money
        self.file = pathlib.Path(state_file)
        # The ids of the trade that is under way; empty between two.
        self.state = json.loads(self.file.read_text()) if self.file.exists() else {}
        # A bot of before may have sent its order just now.
        self.order_dead_at = time.time() + ON_ITS_WAY

    def step(self):
        """One look at the market; returns what it has done. Lost replies end it, and the next one asks."""
        try:
            self.venue.read_clock()
            if not self.state:
                return self._begin()
            order = self._entry()
            # It is not sent again: no document says that the venue refuses an id the second time.
            if order is None and time.time() < self.order_dead_at:
                return "waits for its order"
            if order is None or D(order["executedQty"]) == 0:
                return self._give_up()
            pair = self._protection(order)
            if all(leg["status"] in ("NEW", "PENDING", "PARTIALLY_FILLED") for leg in pair):
                return "protected"
            if any(leg["status"] in ("PENDING", "PARTIALLY_FILLED") for leg in pair):
                return "closing"
            if not any(leg["status"] == "FILLED" for leg in pair):
                raise RuntimeError("somebody has ended the OCO; what was bought is still there")
            self._remember({})
            return "closed"
        except Lost as lost:
            return f"no answer: {lost}"

    def _remember(self, state):
        self.state = state
        # Moved into the place of the old one: a bot that is killed meanwhile leaves one of the two whole.
        new = self.file.with_suffix(".next")
        new.write_text(json.dumps(state))
        new.replace(self.file)

    def _begin(self):
        candles = self.venue.call("GET", "/openApi/spot/v1/market/kline", symbol=SYMBOL, interval="1m", limit=8)
        closes = [D(str(candle[4])) for candle in candles]  # newest first
        if len(closes) < 8 or sum(closes[:3]) / 3 <= sum(closes) / 8:
            return "waits"
        number = time.time_ns() // 1000
        # Written down before anything is sent.
        self._remember({"entry": f"entry_{number}", "pair": str(number), "began": time.time()})
        try:
            order = self.venue.call("POST", "/openApi/spot/v1/trade/order", symbol=SYMBOL, side="BUY", type="MARKET",
                                    quoteOrderQty=self.money, newClientOrderId=self.state["entry"])
        except Refused:
            self._remember({})
            raise
        except Lost:
            self.order_dead_at = time.time() + ON_ITS_WAY
            raise
        self._remember({**self.state, "order": order["orderId"]})
        return "entered"

    def _give_up(self):
        self._remember({})
        return "nothing was bought"

    def _entry(self):
        """The order that buys, or None when the venue does not know it."""
        path = "/openApi/spot/v1/trade/query"
        if "order" in self.state:
            return self.venue.call("GET", path, symbol=SYMBOL, orderId=self.state["order"])
        if time.time() - self.state["began"] > FOUND_BY_NAME:
            raise RuntimeError(f"too late to ask whether {self.state['entry']} was placed")
        order = self.venue.find(path, symbol=SYMBOL, clientOrderID=self.state["entry"])
        if order is not None:
            self._remember({**self.state, "order": order["orderId"]})
        return order

    def _protection(self, order):
        """The OCO that sells again: the one that is there already, or else a new one. The venue
        wants the ids of OCOs unique, so that one that is still on its way is not placed twice."""
        name = self.state["pair"]
        pair = self._find_pair(name)
        if pair is None:
            bought = D(order["avgPrice"])
            # The fee was taken from what was bought.
            quantity = (D(order["executedQty"]) + D(order["fee"])).quantize(D("0.00001"), decimal.ROUND_DOWN)

            def price(share):
                return str((bought * D(share)).quantize(D("0.01")))

            self.venue.call("POST", "/openApi/spot/v1/oco/order", symbol=SYMBOL, side="SELL",
                            quantity=str(quantity), limitPrice=price("1.02"), triggerPrice=price("0.99"),
                            orderPrice=price("0.985"), listClientOrderId=name)
            pair = self._find_pair(name)
        return pair or []

    def _find_pair(self, name):
        for page in ("openOrderList", "historyOrderList"):
            legs = self.venue.call("GET", f"/openApi/spot/v1/oco/{page}", pageIndex=1, pageSize=100)
            found = [leg for leg in legs if leg["orderListId"] == name]
            if found:
                return found
        return None


def main(url, key, secret, state_file):
    bot = Bot(Venue(url, key, secret), state_file)
    while True:
        print(bot.step(), flush=True)
        time.sleep(1)


if __name__ == "__main__":
    main(*sys.argv[1:5])
