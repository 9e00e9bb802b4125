#include "mock_exchange/bingx/market/answer.h"

#include <algorithm>

#include "mock_exchange/bingx/envelope.h"
#include "mock_exchange/bingx/fields.h"
#include "mock_exchange/bingx/market/read.h"
#include "mock_exchange/bingx/words.h"
#include "mock_exchange/json/response.h"

namespace ocokit::mock::bingx {
namespace {

using engine::Market;

Reply WriteServerTime(JsonWriter json, TimePoint now) {
  json.BeginObject().Key("serverTime").Integer(ToUnixMillis(now)).EndObject();
  return Accept(JsonResponse(json.EndObject()));
}

// The markets that the parameter `symbol` names: one, or all without it.
ReadResult<std::vector<const Market*>> ReadMarkets(const CallContext& call,
                                                   bool with_underscore = false) {
  const auto market = ReadSymbol(call.parameters, call.account, with_underscore);
  if (!market) return tl::unexpected<Refusal>(market.error());
  std::vector<const Market*> out;
  const std::vector<Market>& markets = call.account.engine.markets();
  if (*market) return std::vector<const Market*>{&markets[**market]};
  out.reserve(markets.size());
  for (const Market& each : markets) out.push_back(&each);
  return out;
}

// The market's own limit, or else what the symbols page's formula for this deprecated member gives:
// the largest value over the price, here with the seven decimals of its example.
Decimal LargestQuantity(const Market& market) {
  const MarketSpec& spec = market.spec;
  if (!spec.max_amount.IsZero() || !market.last) return spec.max_amount;
  return Decimal::Divide(spec.max_total, *market.last, 7).value_or(Decimal());
}

void WriteSymbol(const Market& market, JsonWriter& json) {
  const MarketSpec& spec = market.spec;
  const bool tradable = spec.status == 1 && spec.trading_enabled;
  json.BeginObject().Key("symbol").String(spec.symbol);
  json.Key("minQty").Number(spec.min_amount).Key("maxQty").Number(LargestQuantity(market));
  json.Key("minNotional").Number(spec.min_total).Key("maxNotional").Number(spec.max_total);
  json.Key("status").Integer(spec.status);
  json.Key("tickSize").Number(spec.price_step).Key("stepSize").Number(spec.amount_step);
  json.Key("apiStateSell").Bool(tradable).Key("apiStateBuy").Bool(tradable);
  json.Key("timeOnline").Integer(0).Key("offTime").Integer(0).Key("maintainTime").Integer(0);
  json.Key("displayName").String(spec.symbol);
  json.Key("maxMarketNotional").Number(spec.max_total).EndObject();
}

// Without an order book, the best bid and ask are the last price, with nothing behind them; an
// empty side shows zeros.
void WriteTicker(const Market& market, const DayStats& stats, TimePoint now, JsonWriter& json) {
  const Decimal change = *market.last - stats.open;
  json.BeginObject().Key("symbol").String(market.spec.symbol);
  json.Key("openPrice").Number(stats.open).Key("highPrice").Number(stats.high);
  json.Key("lowPrice").Number(stats.low).Key("lastPrice").Number(*market.last);
  json.Key("priceChange").Number(change);
  json.Key("priceChangePercent").String(Percent(change, stats.open));
  json.Key("volume").Number(stats.volume).Key("quoteVolume").Number(stats.value);
  json.Key("openTime").Integer(ToUnixMillis(now - std::chrono::hours(24)));
  json.Key("closeTime").Integer(ToUnixMillis(now));
  const auto amount = [&](auto side) {
    return market.depth && !((*market.depth).*side).empty() ? ((*market.depth).*side).front().amount
                                                            : Decimal();
  };
  json.Key("askPrice").Number(market.BestAsk().value_or(Decimal()));
  json.Key("askQty").Number(amount(&engine::Depth::asks));
  json.Key("bidPrice").Number(market.BestBid().value_or(Decimal()));
  json.Key("bidQty").Number(amount(&engine::Depth::bids)).EndObject();
}

// `amount` is empty in the page's example, too; type 1: somebody bought.
void WriteLatestTrade(const PublicTrade& trade, JsonWriter& json) {
  json.BeginObject().Key("timestamp").Integer(ToUnixMillis(trade.at));
  json.Key("tradeId").String(std::to_string(trade.id));
  json.Key("price").DecimalString(trade.price).Key("amount").String("");
  json.Key("type").Integer(trade.buyer_is_maker ? 2 : 1);
  json.Key("volume").DecimalString(trade.amount).EndObject();
}

void WriteTrade(const PublicTrade& trade, JsonWriter& json) {
  json.BeginObject().Key("id").Integer(static_cast<std::int64_t>(trade.id));
  json.Key("price").Number(trade.price).Key("qty").Number(trade.amount);
  json.Key("time").Integer(ToUnixMillis(trade.at));
  json.Key("buyerMaker").Bool(trade.buyer_is_maker).EndObject();
}

void WriteHistoricalTrade(const Market& market, const PublicTrade& trade, JsonWriter& json) {
  json.BeginObject().Key("tid").String(std::to_string(trade.id));
  json.Key("t").Integer(ToUnixMillis(trade.at));
  json.Key("ms").Integer(trade.buyer_is_maker ? 1 : 2);
  json.Key("s").String(market.spec.symbol);
  json.Key("p").Number(trade.price).Key("v").Number(trade.amount).EndObject();
}

// Open, high, low, close: not the order of every venue.
void WriteCandle(const Candle& candle, JsonWriter& json) {
  json.BeginArray().Integer(candle.start * 1000);
  json.Number(candle.open).Number(candle.high).Number(candle.low).Number(candle.close);
  json.Number(candle.volume).Integer(candle.next * 1000 - 1).Number(candle.value).EndArray();
}

// The list of candles, newest first, of which a call shows `most` at most.
Reply AnswerCandles(const CallContext& call, std::size_t most) {
  const auto asked = ReadCandles(call.parameters, call.account, most);
  if (!asked) return call.Refuse(asked.error(), Stage::kRead);
  const Market& market = call.account.engine.markets()[asked->market];
  const auto candles = call.account.DataOf(market).history.Candles(asked->query, call.now);
  JsonWriter json = BeginTimedData(call.now);
  json.BeginArray();
  for (auto candle = candles.rbegin(); candle != candles.rend(); ++candle) {
    WriteCandle(*candle, json);
  }
  json.EndArray();
  return Accept(JsonResponse(json.EndObject()));
}

}  // namespace

Reply GetServerTime(const CallContext& call) { return WriteServerTime(BeginData(), call.now); }
Reply GetSwapServerTime(const CallContext& call) {
  return WriteServerTime(BeginSwapData(), call.now);
}

Reply GetSymbols(const CallContext& call) {
  const auto markets = ReadMarkets(call);
  if (!markets) return call.Refuse(markets.error(), Stage::kRead);
  JsonWriter json = BeginData();
  json.BeginObject().Key("symbols").BeginArray();
  for (const Market* market : *markets) WriteSymbol(*market, json);
  json.EndArray().EndObject();
  return Accept(JsonResponse(json.EndObject()));
}

Reply GetTickerPrice(const CallContext& call) {
  const auto markets = ReadMarkets(call, /*with_underscore=*/true);
  if (!markets) return call.Refuse(markets.error(), Stage::kRead);
  JsonWriter json = BeginTimedData(call.now);
  json.BeginArray();
  for (const Market* market : *markets) {
    std::string symbol = market->spec.symbol;
    std::ranges::replace(symbol, '-', '_');  // as the page's example has it
    json.BeginObject().Key("symbol").String(symbol).Key("trades").BeginArray();
    const auto& trades = call.account.DataOf(*market).trades.trades();
    if (!trades.empty()) WriteLatestTrade(trades.back(), json);
    json.EndArray().EndObject();
  }
  json.EndArray();
  return Accept(JsonResponse(json.EndObject()));
}

Reply GetTicker24h(const CallContext& call) {
  const auto markets = ReadMarkets(call);
  if (!markets) return call.Refuse(markets.error(), Stage::kRead);
  JsonWriter json = BeginTimedData(call.now);
  json.BeginArray();
  for (const Market* market : *markets) {
    const auto stats = call.account.DataOf(*market).history.DayBefore(call.now);
    if (market->last && stats) WriteTicker(*market, *stats, call.now, json);
  }
  json.EndArray();
  return Accept(JsonResponse(json.EndObject()));
}

Reply GetTrades(const CallContext& call) {
  const auto asked = ReadTrades(call.parameters, call.account);
  if (!asked) return call.Refuse(asked.error(), Stage::kRead);
  const Market& market = call.account.engine.markets()[asked->market];
  JsonWriter json = BeginTimedData(call.now);
  json.BeginArray();
  const auto& trades = call.account.DataOf(market).trades.trades();
  std::size_t shown = 0;
  for (auto trade = trades.rbegin(); trade != trades.rend() && shown++ < asked->most; ++trade) {
    WriteTrade(*trade, json);
  }
  json.EndArray();
  return Accept(JsonResponse(json.EndObject()));
}

Reply GetHistoricalTrades(const CallContext& call) {
  const auto asked = ReadTrades(call.parameters, call.account);
  if (!asked) return call.Refuse(asked.error(), Stage::kRead);
  const Market& market = call.account.engine.markets()[asked->market];
  const auto& trades = call.account.DataOf(market).trades.trades();
  auto first = trades.begin();
  auto last = trades.end();
  const auto most = static_cast<std::ptrdiff_t>(asked->most);
  if (asked->from_id) {
    first = std::ranges::lower_bound(trades, *asked->from_id, {}, &PublicTrade::id);
    last = std::ranges::next(first, most, last);
  } else {
    first = std::ranges::prev(last, most, first);
  }
  JsonWriter json = BeginTimedData(call.now);
  json.BeginArray();
  while (last != first) WriteHistoricalTrade(market, *--last, json);
  json.EndArray();
  return Accept(JsonResponse(json.EndObject()));
}

Reply GetCandles(const CallContext& call) { return AnswerCandles(call, 1440); }
Reply GetHistoricalCandles(const CallContext& call) { return AnswerCandles(call, 500); }

Reply GetSwapContracts(const CallContext& /*call*/) {
  JsonWriter json = BeginSwapData();
  json.BeginArray().EndArray();
  return Accept(JsonResponse(json.EndObject()));
}

Reply GetCoinContracts(const CallContext& call) {
  JsonWriter json;
  json.BeginObject().Key("code").Integer(0).Key("msg").String("");
  json.Key("timestamp").Integer(ToUnixMillis(call.now)).Key("data").BeginArray().EndArray();
  return Accept(JsonResponse(json.EndObject()));
}

}  // namespace ocokit::mock::bingx
