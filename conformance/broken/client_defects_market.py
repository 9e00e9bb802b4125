"""Defects of clients that read order books and candles: small changes of the careful client,
registered beside those of client_defects_both, client_defects_bingx and client_defects_whitebit."""

from client_defects_bingx import defect as bingx
from client_defects_both import both
from client_defects_whitebit import defect as whitebit
from client_reference import Bingx, Failure, Whitebit


@both("Bids are told as asks, and asks as bids.")
class SwapsBookSides:
    def read_book(self, data):
        book = super().read_book(data)
        return {"bids": book["asks"], "asks": book["bids"]}


@both("Asks are told worst price first.")
class AsksWorstFirst:
    def read_book(self, data):
        book = super().read_book(data)
        return {**book, "asks": book["asks"][::-1]}


@both("A book with an empty side is told as an error.")
class EmptySideIsError:
    def read_book(self, data):
        book = super().read_book(data)
        if not book["bids"] or not book["asks"]:
            raise Failure("not_found", "the book is empty")
        return book


@both("Levels are asked for without their limit.")
class AsksForAllLevels:
    def order_book(self, args, deadline):
        return super().order_book({"symbol": args["symbol"]}, deadline)


@both("A book that cannot be had is told as an empty one.")
class BrokenBookIsEmpty:
    def order_book(self, args, deadline):
        try:
            return super().order_book(args, deadline)
        except Failure:
            return {"bids": [], "asks": []}


@both("The API key goes out with calls that need none.")
class SendsTheKeyAlways:
    def public_headers(self):
        return {"X-BX-APIKEY": self.key, "X-TXC-APIKEY": self.key}


@both("Candles are told newest first.")
class NewestFirst:
    def in_time(self, candles):
        return super().in_time(candles)[::-1]


@both("Candles that cannot be had are told as none.")
class BrokenCandlesAreNone:
    def candles(self, args, deadline):
        try:
            return super().candles(args, deadline)
        except Failure:
            return {"candles": []}


@both("More candles and levels are asked for than a call can give.")
class AsksForTooMany:
    most_levels = most_candles = 1 << 20


@both("High and low of a candle are told the wrong way round.")
class SwapsHighAndLow:
    def candle(self, open_ms, opened, high, low, close, volume):
        return super().candle(open_ms, opened, low, high, close, volume)


@bingx("The columns of a candle are read as WhiteBIT has them.")
class ColumnsOfTheOther(Bingx):
    def read_candle(self, row):
        opened_at, opened, close, high, low, volume = row[:6]
        return self.candle(opened_at, opened, high, low, close, volume)


@bingx("The time of a candle's end is told as that of its open.")
class TellsTheEnd(Bingx):
    def read_candle(self, row):
        return super().read_candle([row[6], *row[1:]])


@bingx("The money of a candle is told as its volume.")
class VolumeIsMoney(Bingx):
    def read_candle(self, row):
        return super().read_candle([*row[:5], row[7]])


@bingx("Start and end of candles go out in seconds.")
class AsksInSeconds(Bingx):
    def candle_query(self, args):
        query = super().candle_query(args)
        for name in ("startTime", "endTime"):
            if name in query:
                query[name] //= 1000
        return query


@whitebit("The columns of a candle are read as other venues have them.")
class ColumnsOfOthers(Whitebit):
    def read_candle(self, row):
        opened_at, opened, high, low, close, volume = row[:6]
        return self.candle(opened_at * 1000, opened, high, low, close, volume)


@whitebit("The time of a candle is told in seconds.")
class TellsSeconds(Whitebit):
    def read_candle(self, row):
        candle = super().read_candle(row)
        return {**candle, "open_ms": candle["open_ms"] // 1000}


@whitebit("The money of a candle is told as its volume.")
class VolumeInMoney(Whitebit):
    def read_candle(self, row):
        return super().read_candle([*row[:5], row[6]])


@whitebit("Start and end of candles go out in milliseconds.")
class AsksInMilliseconds(Whitebit):
    def candle_query(self, args):
        query = super().candle_query(args)
        for name in ("start", "end"):
            if name in query:
                query[name] *= 1000
        return query


@whitebit("The member success of candles is not looked at.")
class IgnoresSuccess(Whitebit):
    def candle_rows(self, data):
        return data["result"] or []
