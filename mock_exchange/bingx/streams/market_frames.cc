#include "mock_exchange/bingx/streams/market_frames.h"

#include <algorithm>
#include <utility>

#include "mock_exchange/bingx/words.h"
#include "mock_exchange/json/writer.h"
#include "mock_exchange/streams/gzip.h"

namespace ocokit::mock::bingx {
namespace {

// The members of most topics come by name, those around the data as well.
JsonWriter BeginFrame() {
  JsonWriter json;
  json.BeginObject().Key("code").Integer(0).Key("data").BeginObject();
  return json;
}

// `at`: of the topics that have a time there.
Message EndFrame(JsonWriter json, const Topic& topic, std::optional<TimePoint> at = std::nullopt) {
  json.EndObject().Key("dataType").String(topic.name).Key("success").Bool(true);
  if (at) json.Key("timestamp").Integer(ToUnixMillis(*at));
  json.EndObject();
  return streams::Compressed(json.Take());
}

using Levels = std::vector<BookLevel>;

// From the highest price down, as both sides are sent: of the asks the best comes last.
Levels Falling(const Levels& levels, std::size_t most) {
  Levels out(levels.begin(),
             levels.begin() + static_cast<std::ptrdiff_t>(std::min(most, levels.size())));
  std::ranges::sort(out, std::greater<>(), &BookLevel::price);
  return out;
}

void WritePairs(const Levels& levels, JsonWriter& json) {
  json.BeginArray();
  for (const BookLevel& level : levels) {
    json.BeginArray().DecimalString(level.price).DecimalString(level.amount).EndArray();
  }
  json.EndArray();
}

void WriteMembers(const Levels& levels, JsonWriter& json) {
  json.BeginObject();
  for (const BookLevel& level : levels) {
    json.Key(std::string_view(level.price.Format())).DecimalString(level.amount);
  }
  json.EndObject();
}

BookLevel FirstOf(const Levels& levels) { return levels.empty() ? BookLevel() : levels.front(); }

}  // namespace

Message TradeFrame(const Topic& topic, const MarketSpec& spec, const PublicTrade& trade) {
  JsonWriter json = BeginFrame();
  json.Key("E").Integer(ToUnixMillis(trade.at)).Key("T").Integer(ToUnixMillis(trade.at));
  json.Key("e").String("trade").Key("m").Bool(trade.buyer_is_maker);
  json.Key("p").DecimalString(trade.price).Key("q").DecimalString(trade.amount);
  json.Key("s").String(spec.symbol).Key("t").String(std::to_string(trade.id));
  return EndFrame(std::move(json), topic, trade.at);
}

Message CandleFrame(const Topic& topic, const MarketSpec& spec, const Candle& candle,
                    std::int64_t trades, TimePoint at) {
  JsonWriter json = BeginFrame();
  json.Key("E").Integer(ToUnixMillis(at)).Key("K").BeginObject();
  json.Key("T").Integer(candle.next * 1000 - 1).Key("c").DecimalString(candle.close);
  json.Key("h").DecimalString(candle.high).Key("i").String(topic.interval_name);
  json.Key("l").DecimalString(candle.low).Key("n").Integer(trades);
  json.Key("o").DecimalString(candle.open).Key("q").DecimalString(candle.value);
  json.Key("s").String(spec.symbol).Key("t").Integer(candle.start * 1000);
  json.Key("v").DecimalString(candle.volume).EndObject();
  json.Key("e").String("kline").Key("s").String(spec.symbol);
  return EndFrame(std::move(json), topic);
}

Message DepthFrame(const Topic& topic, const OrderBook& book, std::uint64_t id, TimePoint at) {
  JsonWriter json = BeginFrame();
  json.Key("asks");
  WritePairs(Falling(book.asks, topic.levels), json);
  json.Key("bids");
  WritePairs(Falling(book.bids, topic.levels), json);
  json.Key("lastUpdateId").Integer(static_cast<std::int64_t>(id));
  return EndFrame(std::move(json), topic, at);
}

Message DepthChangesFrame(const Topic& topic, const DepthChanges& changes, bool arrays,
                          TimePoint at) {
  JsonWriter json = BeginFrame();
  const auto write = arrays ? WritePairs : WriteMembers;
  json.Key("action").String(changes.all ? "all" : "update").Key("asks");
  write(Falling(changes.levels.asks, changes.levels.asks.size()), json);
  json.Key("bids");
  write(Falling(changes.levels.bids, changes.levels.bids.size()), json);
  json.Key("lastUpdateId").Integer(static_cast<std::int64_t>(changes.id));
  return EndFrame(std::move(json), topic, at);
}

Message TickerFrame(const Topic& topic, const engine::Market& market, const DayStats& stats,
                    TimePoint at) {
  const Decimal change = *market.last - stats.open;
  const BestPrices best = BestPricesOf(market);
  JsonWriter json;
  json.BeginObject().Key("code").Integer(0).Key("timestamp").Integer(ToUnixMillis(at));
  json.Key("dataType").String(topic.name).Key("data").BeginObject();
  json.Key("e").String("24hTicker").Key("E").Integer(ToUnixMillis(at));
  json.Key("s").String(market.spec.symbol).Key("p").Number(change);
  json.Key("P").String(Percent(change, stats.open));
  json.Key("o").Number(stats.open).Key("h").Number(stats.high).Key("l").Number(stats.low);
  json.Key("c").Number(*market.last).Key("v").Number(stats.volume).Key("q").Number(stats.value);
  json.Key("O").Integer(ToUnixMillis(at - std::chrono::hours(24)));
  json.Key("C").Integer(ToUnixMillis(at));
  json.Key("A").Number(best.ask.price).Key("a").Number(best.ask.amount);
  json.Key("B").Number(best.bid.price).Key("b").Number(best.bid.amount);
  json.EndObject().EndObject();
  return streams::Compressed(json.Take());
}

BestPrices BestPricesOf(const engine::Market& market) {
  const OrderBook book = ShowBook(market, market.spec);
  return {.bid = FirstOf(book.bids), .ask = FirstOf(book.asks)};
}

Message BestPricesFrame(const Topic& topic, const MarketSpec& spec, const BestPrices& best,
                        TimePoint at) {
  JsonWriter json = BeginFrame();
  json.Key("A").DecimalString(best.ask.amount).Key("B").DecimalString(best.bid.amount);
  json.Key("E").Integer(ToUnixMillis(at));
  json.Key("a").DecimalString(best.ask.price).Key("b").DecimalString(best.bid.price);
  json.Key("e").String("bookTicker").Key("s").String(spec.symbol);
  return EndFrame(std::move(json), topic);
}

Message LastPriceFrame(const Topic& topic, const MarketSpec& spec, const Decimal& price) {
  JsonWriter json = BeginFrame();
  json.Key("c").DecimalString(price).Key("e").String("lastPriceUpdate");
  json.Key("s").String(spec.symbol);
  return EndFrame(std::move(json), topic);
}

}  // namespace ocokit::mock::bingx
