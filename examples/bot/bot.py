"""A small bot for BingX spot: buys when the candles rise, protects what it bought with an OCO, and begins anew.

    python3 bot.py http://127.0.0.1:8787 test-key test-secret state.json

It is an example of what survives, not of what earns: before it sends an order it writes down the id that the
order will have, so that after a lost reply or a restart it asks for that id first and orders no second time.
Standard library only.
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


class Refused(Exception):
    """The venue has said no: what was asked for has not happened."""

    def __init__(self, code, message):
        super().__init__(f"{code} {message}")
        self.code = code


class Lost(Exception):
    """No answer that can be read: what was asked for may have happened."""


class Venue:
    """Signed calls; waits when it is told that it asks too often."""

    def __init__(self, url, key, secret, wait=0.25, tries=20):
        self.url, self.key, self.secret = url, key, secret
        self.wait, self.tries = wait, tries

    def call(self, method, path, **parameters):
        for _ in range(self.tries):
            try:
                return self._once(method, path, parameters)
            except Refused as refused:
                if refused.code != RATE_LIMITED:
                    raise
            time.sleep(self.wait)
        raise Refused(RATE_LIMITED, "still too often")

    def _once(self, method, path, parameters):
        text = "&".join(f"{name}={value}" for name, value in
                        sorted({**parameters, "timestamp": int(time.time() * 1000)}.items()))
        signature = hmac.new(self.secret.encode(), text.encode(), hashlib.sha256).hexdigest()
        request = urllib.request.Request(f"{self.url}{path}?{text}&signature={signature}", method=method,
                                         headers={"X-BX-APIKEY": self.key})
        try:
            with urllib.request.urlopen(request, timeout=5) as reply:
                answer = json.loads(reply.read())
        except (OSError, http.client.HTTPException, ValueError) as problem:
            raise Lost(str(problem)) from problem
        if answer["code"] != 0:
            raise Refused(answer["code"], answer["msg"])
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

    def step(self):
        """One look at the market; returns what it has done. Lost replies end it, and the next one asks."""
        try:
            if not self.state:
                return self._begin()
            order = self._entry()
            if order is None or D(order["executedQty"]) == 0:
                return self._give_up()
            pair = self._protection(order)
            if all(leg["status"] in ("NEW", "PENDING", "PARTIALLY_FILLED") for leg in pair):
                return "protected"
            if any(leg["status"] in ("PENDING", "PARTIALLY_FILLED") for leg in pair):
                return "closing"
            self._remember({})
            return "closed"
        except Lost as lost:
            return f"no answer: {lost}"

    def _remember(self, state):
        self.state = state
        self.file.write_text(json.dumps(state))

    def _begin(self):
        candles = self.venue.call("GET", "/openApi/spot/v1/market/kline", symbol=SYMBOL, interval="1m", limit=8)
        closes = [D(str(candle[4])) for candle in candles]  # newest first
        if len(closes) < 8 or sum(closes[:3]) / 3 <= sum(closes) / 8:
            return "waits"
        number = time.time_ns() // 1000
        # Written down before anything is sent.
        self._remember({"entry": f"entry_{number}", "pair": str(number)})
        self._entry()
        return "entered"

    def _give_up(self):
        self._remember({})
        return "nothing was bought"

    def _entry(self):
        """The order that buys: the one that is there already, or else a new one."""
        name = self.state["entry"]
        order = self.venue.find("/openApi/spot/v1/trade/query", symbol=SYMBOL, clientOrderID=name)
        if order is None:
            self.venue.call("POST", "/openApi/spot/v1/trade/order", symbol=SYMBOL, side="BUY", type="MARKET",
                            quoteOrderQty=self.money, newClientOrderId=name)
            order = self.venue.find("/openApi/spot/v1/trade/query", symbol=SYMBOL, clientOrderID=name)
        return order

    def _protection(self, order):
        """The OCO that sells again, by the same rule."""
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
