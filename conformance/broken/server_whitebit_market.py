"""Defects of WhiteBIT with what everybody may see: order books, candles, trades, tickers."""

import json

from server_proxy import Defect, reply
from server_whitebit_hooks import asks, moved_clock, result, told

PUBLIC, V1 = "/api/v4/public/", "/api/v1/public/"
BOOK, NEAR, BOOK_V1 = PUBLIC + "orderbook/BTC_USDT", PUBLIC + "orderbook/depth/BTC_USDT", V1 + "depth/result"
CANDLES, TICKER_V1, TICKERS, TRADES = V1 + "kline", V1 + "ticker", PUBLIC + "ticker", PUBLIC + "trades/BTC_USDT"


def lacks(name):
    return lambda values: name not in values


def becomes(test, body):
    """Replies whose path and text pass `test` are this one."""
    return Defect(reply=lambda request, answer, state: reply(200, json.dumps(body).encode())
                  if test(request.path, answer.body.decode()) else None)


def stale(request, answer, state):
    owner = state.of(request)
    if owner is None or request.path != BOOK:
        return None
    return reply(200, owner.memory.setdefault("book", answer.body))


def none_with_zero(body, request):
    if "limit=0" in request.start[1]:
        body.update(asks=[], bids=[])


def all_levels(request, state):
    if request.path == NEAR:
        request.start[1] = BOOK


def candles(change):
    return told(CANDLES, lambda body: body["success"], result=lambda body: change(body["result"]))


def columns(*order):
    return candles(lambda rows: [[row[i] for i in order] for row in rows])


def refused_candles(words):
    return becomes(lambda path, text: path == CANDLES and words in text,
                   {"success": True, "message": None, "result": []})


def ticker(change):
    return told(TICKER_V1, result=lambda body: {**body["result"], **change(body["result"])})


def of_btc(change):
    return told(TICKERS, BTC_USDT=lambda body: {**body["BTC_USDT"], **change(body["BTC_USDT"])})


def swapped(a, b):
    return lambda row: {a: row[b], b: row[a]}


DEFECTS = {
    # Books.
    "book-in-milliseconds": told(BOOK, timestamp=lambda book: book["timestamp"] * 1000),
    "book-asks-worst-first": told(BOOK, asks=lambda book: book["asks"][::-1]),
    "book-without-limit": asks(BOOK, limit=None),
    "book-of-limit-zero": result(BOOK, none_with_zero),
    "book-of-unknown": becomes(lambda path, text: "orderbook/no-such" in path,
                               {"ticker_id": "no-such_USDT", "timestamp": 1, "asks": [], "bids": []}),
    "book-of-any-level": asks(BOOK, level=None),
    "book-stale": Defect(reply=stale),
    "depth-of-all": Defect(request=all_levels),
    "depth-v1-in-an-envelope": result(BOOK_V1, lambda body, request: {"success": True, "result": body}),
    "ticker-v1-without-spread": ticker(lambda row: {"bid": row["last"], "ask": row["last"]}),
    # Candles.
    "kline-in-numbers": candles(lambda rows: [[float(part) for part in row] for row in rows]),
    "kline-newest-first": candles(lambda rows: rows[::-1]),
    "kline-high-second": columns(0, 1, 3, 2, 4, 5, 6),
    "kline-without-limit": asks(CANDLES, limit=None),
    "kline-of-minutes-always": asks(CANDLES, interval="1m"),
    "kline-start-ignored": asks(CANDLES, start=None),
    "kline-end-ignored": asks(CANDLES, end=None),
    "kline-of-unknown": refused_candles("not available"),
    "kline-of-no-time": refused_candles("must be greater"),
    "kline-money-first": columns(0, 1, 2, 3, 4, 6, 5),
    "kline-of-minutes-unless-asked": asks(CANDLES, lacks("interval"), interval="1m"),
    # Trades.
    "trade-volumes-by-their-names": result(TRADES, lambda body, request: [
        {**row, **swapped("base_volume", "quote_volume")(row)} for row in body]),
    "trades-oldest-first": result(TRADES, lambda body, request: body[::-1]),
    "trades-of-both-sides": asks(TRADES, type=None),
    "trades-of-any-type": asks(TRADES, lambda values: values.get("type") == "gift", type=None),
    "trades-of-unknown": becomes(lambda path, text: "trades/no-such" in path, []),
    # Tickers.
    "ticker-high-and-low-swapped": ticker(swapped("high", "low")),
    "ticker-of-all-time": moved_clock(86400000, 1000),
    "ticker-last-stale": of_btc(lambda row: {"last_price": "40500"}),
    "ticker-volumes-swapped": of_btc(swapped("base_volume", "quote_volume")),
}
