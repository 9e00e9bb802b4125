"""Defects of BingX with what everybody may see: order books, candles, trades, tickers."""

from server_proxy import Defect, reply
from server_bingx_hooks import (
    asks, each_row, forgives, moved_clock, query, result, service, written)
from server_bingx_single import remembers

SPOT = "/openApi/spot/"
DEPTH, DEPTH_STEPS, QUOTE_DEPTH = SPOT + "v1/market/depth", SPOT + "v2/market/depth", SPOT + "v2/quote/depth"
BEST, QUOTE_BEST = SPOT + "v1/ticker/bookTicker", SPOT + "v2/quote/bookTicker"
TICKER, QUOTE_TICKER, LATEST = SPOT + "v1/ticker/24hr", SPOT + "v2/quote/ticker", SPOT + "v1/ticker/price"
CANDLES, CANDLES_V1, QUOTE_CANDLES = SPOT + "v2/market/kline", SPOT + "v1/market/kline", SPOT + "v2/quote/klines"
OLD_CANDLES = "/openApi/market/his/v1/kline"
MARKET_TRADES, QUOTE_TRADES = SPOT + "v1/market/trades", SPOT + "v2/quote/trades"
OLD_TRADES = "/openApi/market/his/v1/trade"


def lacks(name):
    return lambda values: name not in values


def gone(path):
    """A path that the server does not have."""
    return Defect(request=lambda request, state: service(100400, "this api is not exist")
                  if request.path == path else None)


def numbers(levels):
    return [[float(part) for part in level] for level in levels]


def learn_book(memory, answer, request):
    memory.setdefault("book", answer.body)


def first_book(memory, request, answer):
    return reply(200, memory["book"]) if request.path == DEPTH else None


def swapped(row, *names):
    a, b = names
    row[a], row[b] = row[b], row[a]


def columns(*order):
    """Rows with their columns in another order."""
    return result(CANDLES, lambda data, asked: [[row[i] for i in order] for row in data])


def late(row):
    return [*row[:6], row[6] + 1, row[7]]


def from_the_start():
    """Of the candles between two times the first come, not the last."""
    def request(request, state):
        values = dict(query(request))
        if request.path == CANDLES and "startTime" in values and "endTime" in values:
            request.put("X-Both-Times", "yes")
            request.start[1] = request.start[1].replace("limit=1&", "")

    def answer(request, answer, state):
        body = answer.json
        if request.get("X-Both-Times"):
            return written(answer, {**body, "data": body["data"][-1:]})
        return None
    return Defect(request=request, reply=answer)


def without_envelope(request, answer, state):
    body = answer.json
    return written(answer, body["data"]) if request.path == OLD_CANDLES and body.get("code") == 0 else None


DEFECTS = {
    # Books.
    "bx-depth-in-numbers": result(DEPTH, lambda data, asked: data.update(
        bids=numbers(data["bids"]), asks=numbers(data["asks"]))),
    "bx-bids-worst-first": result(DEPTH, lambda data, asked: data.update(bids=data["bids"][::-1])),
    "bx-depth-without-limit": asks(DEPTH, limit=None),
    "bx-depth-of-hundred": asks(DEPTH, lacks("limit"), limit="100"),
    "bx-asks-worst-first": result(DEPTH_STEPS, lambda data, asked: data.update(asks=data["asks"][::-1])),
    "bx-steps-ignored": asks(DEPTH_STEPS, type="step0"),
    "bx-no-quote-depth": gone(QUOTE_DEPTH),
    "bx-depth-of-unknown": forgives(DEPTH, "not found", {"bids": [], "asks": [], "ts": 1}),
    "bx-depth-without-symbol": asks(DEPTH, lacks("symbol"), symbol="BTC-USDT"),
    "bx-depth-stale": remembers(DEPTH, learn_book, first_book),
    "bx-best-prices-swapped": each_row(BEST, lambda row: swapped(row, "bidPrice", "askPrice")),
    "bx-best-amounts-by-old-names": each_row(QUOTE_BEST, lambda row: row.update(
        bidVolume=row.pop("bidQty"), askVolume=row.pop("askQty"))),
    "bx-ticker-without-spread": each_row(TICKER, lambda row: row.update(
        bidPrice=row["lastPrice"], askPrice=row["lastPrice"])),
    # Candles.
    "bx-candles-as-text": result(CANDLES, lambda data, asked: [[str(part) for part in row] for row in data]),
    "bx-candles-oldest-first": result(CANDLES, lambda data, asked: data[::-1]),
    "bx-candles-close-second": columns(0, 1, 4, 2, 3, 5, 6, 7),
    "bx-candles-close-a-ms-late": result(CANDLES, lambda data, asked: [late(row) for row in data]),
    "bx-candles-without-limit": asks(CANDLES, limit=None),
    "bx-minutes-always": asks(CANDLES, interval="1m"),
    "bx-candle-start-ignored": asks(CANDLES, startTime=None),
    "bx-candle-end-ignored": asks(CANDLES, endTime=None),
    "bx-candles-from-the-start": from_the_start(),
    "bx-no-candles-v1": gone(CANDLES_V1),
    "bx-no-quote-candles": gone(QUOTE_CANDLES),
    "bx-old-candles-bare": Defect(reply=without_envelope),
    "bx-candles-without-interval": asks(CANDLES, lacks("interval"), interval="1m"),
    "bx-candles-of-any-interval": asks(CANDLES, lambda values: values.get("interval") == "7m", interval="1m"),
    "bx-candles-of-unknown": forgives(CANDLES, "not found", []),
    "bx-volume-and-value-swapped": columns(0, 1, 2, 3, 4, 7, 6, 5),
    # Trades.
    "bx-trades-by-the-seller": each_row(MARKET_TRADES, lambda row: row.update(buyerMaker=not row["buyerMaker"])),
    "bx-trades-oldest-first": result(MARKET_TRADES, lambda data, asked: data[::-1]),
    "bx-trades-without-limit": asks(MARKET_TRADES, limit=None),
    "bx-no-quote-trades": gone(QUOTE_TRADES),
    "bx-old-trades-by-long-names": result(OLD_TRADES, lambda data, asked: [
        {"id": int(row["tid"]), "price": row["p"], "qty": row["v"], "time": row["t"], "buyerMaker": row["ms"] == 1}
        for row in data]),
    "bx-trades-of-unknown": forgives(MARKET_TRADES, "not found", []),
    # Tickers.
    "bx-ticker-high-and-low-swapped": each_row(TICKER, lambda row: swapped(row, "highPrice", "lowPrice")),
    "bx-change-without-percent": each_row(TICKER, lambda row: row.update(
        priceChangePercent=float(row["priceChangePercent"].rstrip("%")))),
    "bx-ticker-of-all-time": moved_clock(86400000, 1000),
    "bx-ticker-of-one": asks(TICKER, lacks("symbol"), symbol="BTC-USDT"),
    "bx-latest-price-stale": each_row(LATEST, lambda row: row["trades"][0].update(price="64000")),
    "bx-no-quote-ticker": gone(QUOTE_TICKER),
}
