#include "mock_exchange/bingx/streams/market.h"

#include <algorithm>
#include <map>
#include <utility>

#include "mock_exchange/account/order_book.h"

namespace ocokit::mock::bingx {
namespace {

using engine::Market;

// How often a topic is told; none: when something happens.
std::optional<milliseconds> PaceOf(TopicKind kind) {
  switch (kind) {
    case TopicKind::kCandles:
    case TopicKind::kTicker:
      return milliseconds(1000);
    case TopicKind::kDepth:
      return milliseconds(300);
    case TopicKind::kDepthChanges:
      return milliseconds(500);
    case TopicKind::kOrders:
    case TopicKind::kBalances:
    case TopicKind::kTrades:
    case TopicKind::kBestPrices:
    case TopicKind::kLastPrice:
      break;
  }
  return std::nullopt;
}

// The latest multiple of the pace since 1970.
TimePoint TickBefore(TimePoint now, milliseconds pace) {
  const microseconds since = now.time_since_epoch();
  return TimePoint(since - since % microseconds(pace));
}

// Names a message by two counts, so that all who hear it share it. No market changes four thousand
// million times.
std::uint64_t VersionAt(std::uint64_t changes, std::int64_t moment) {
  constexpr int kHalf = 32;
  return changes << kHalf | (static_cast<std::uint64_t>(moment) & 0xffff'ffffU);
}

// The candle that begins at `start`, or, without one, the latest.
std::optional<Candle> FindCandle(const MarketData& data, const Topic& topic, TimePoint now,
                                 std::optional<std::int64_t> start = std::nullopt) {
  CandleQuery query{.interval = topic.interval, .most = 1};
  if (start) query.from = query.to = *start;
  const std::vector<Candle> candles = data.history.Candles(query, now);
  return candles.empty() ? std::nullopt : std::optional(candles.back());
}

// How many of the trades that are kept are in the candle.
std::int64_t CountTrades(const MarketData& data, const Candle& candle) {
  return std::ranges::count_if(data.trades.trades(), [&](const PublicTrade& trade) {
    return trade.at >= TimePoint(seconds(candle.start)) &&
           trade.at < TimePoint(seconds(candle.next));
  });
}

Message MakeCandleFrame(const Topic& topic, const Market& market, const MarketData& data,
                        const Candle& candle, TimePoint at) {
  return CandleFrame(topic, market.spec, candle, CountTrades(data, candle), at);
}

// Levels of `now` that `before` has not, and those that are gone.
std::vector<BookLevel> ChangedLevels(const std::vector<BookLevel>& before,
                                     const std::vector<BookLevel>& now) {
  std::map<Decimal, Decimal> gone;
  for (const BookLevel& level : before) gone.emplace(level.price, level.amount);
  std::vector<BookLevel> out;
  for (const BookLevel& level : now) {
    const auto old = gone.find(level.price);
    const bool same = old != gone.end() && old->second == level.amount;
    if (old != gone.end()) gone.erase(old);
    if (!same) out.push_back(level);
  }
  for (const auto& [price, amount] : gone) out.push_back({price, Decimal()});
  return out;
}

OrderBook BookOf(const Account& account, const Topic& topic) {
  const Market& market = account.engine.markets()[topic.market];
  return ShowBook(market, market.spec);
}

}  // namespace

void MarketFeed::Begin(const Account& account, TimePoint now) {
  const auto pace = PaceOf(topic_.kind);
  if (pace) next_ = TickBefore(now, *pace) + *pace;
  const MarketData& data = account.market_data[topic_.market];
  const auto& trades = data.trades.trades();
  pasts_ = data.pasts;
  trade_ = trades.empty() ? 0 : trades.back().id;
  price_.reset();
  if (!trades.empty()) price_ = trades.back().price;
  shown_ = 0;
}

void MarketFeed::TellFirst(const Account& account, TimePoint now, Messages& out) {
  const Market& market = account.engine.markets()[topic_.market];
  const MarketData& data = account.market_data[topic_.market];
  const std::uint64_t shown = account.marks().shown;
  const auto tell = [&](Message message) {
    out.push_back(std::make_shared<const Message>(std::move(message)));
  };
  switch (topic_.kind) {
    case TopicKind::kCandles:
      if (const auto candle = FindCandle(data, topic_, now)) {
        candle_ = candle->start;
        tell(MakeCandleFrame(topic_, market, data, *candle, now));
      }
      return;
    case TopicKind::kDepth:
      return tell(DepthFrame(topic_, BookOf(account, topic_), shown, now));
    case TopicKind::kDepthChanges:
      book_ = BookOf(account, topic_);
      book_id_ = shown;
      return tell(DepthChangesFrame(topic_, {.all = true, .levels = book_, .id = book_id_},
                                    account.settings.incr_depth_arrays, now));
    case TopicKind::kTicker:
      if (const auto stats = data.history.DayBefore(now); stats && market.last) {
        tell(TickerFrame(topic_, market, *stats, now));
      }
      return;
    case TopicKind::kBestPrices:
      best_ = BestPricesOf(market);
      return tell(BestPricesFrame(topic_, market.spec, *best_, now));
    case TopicKind::kOrders:
    case TopicKind::kBalances:
    case TopicKind::kTrades:
    case TopicKind::kLastPrice:
      return;
  }
}

void MarketFeed::Work(Account& account, TimePoint now, Messages& out) {
  const auto pace = PaceOf(topic_.kind);
  if (!pace) {
    TellTrades(account, out);
    TellBestPrices(account, now, out);
    return;
  }
  const TimePoint tick = TickBefore(now, *pace);
  // A clock that was set back does not hold the next one up.
  next_ = std::min(*next_, tick + *pace);
  if (tick < *next_) return;
  next_ = tick + *pace;
  Tick(account, tick, out);
}

void MarketFeed::TellTrades(Account& account, Messages& out) {
  const bool trades_alone = topic_.kind == TopicKind::kTrades;
  if (!trades_alone && topic_.kind != TopicKind::kLastPrice) return;
  const MarketSpec& spec = account.engine.markets()[topic_.market].spec;
  const MarketData& data = account.market_data[topic_.market];
  const auto& trades = data.trades.trades();
  // Of a past that a replay has brought, the price that it begins with alone is news.
  if (std::exchange(pasts_, data.pasts) != data.pasts) trade_ = trades.back().id - 1;
  // Those that the market does not know any more are left out, as their ids show.
  auto trade = std::ranges::upper_bound(trades, trade_, {}, &PublicTrade::id);
  for (; trade != trades.end(); ++trade) {
    trade_ = trade->id;
    if (!trades_alone && price_ == trade->price) continue;
    price_ = trade->price;
    const std::uint64_t version = VersionAt(data.pasts, static_cast<std::int64_t>(trade->id));
    out.push_back(account.frames.Get(topic_.name, version, [&] {
      return trades_alone ? TradeFrame(topic_, spec, *trade)
                          : LastPriceFrame(topic_, spec, trade->price);
    }));
  }
}

void MarketFeed::TellBestPrices(Account& account, TimePoint now, Messages& out) {
  const std::uint64_t shown = account.marks().shown;
  if (topic_.kind != TopicKind::kBestPrices || shown == shown_) return;
  shown_ = shown;
  const Market& market = account.engine.markets()[topic_.market];
  const BestPrices best = BestPricesOf(market);
  if (best_ == best) return;
  best_ = best;
  out.push_back(account.frames.Get(
      topic_.name, shown, [&] { return BestPricesFrame(topic_, market.spec, best, now); }));
}

void MarketFeed::Tick(Account& account, TimePoint at, Messages& out) {
  if (topic_.kind == TopicKind::kCandles) return TickCandle(account, at, out);
  if (topic_.kind == TopicKind::kDepthChanges) return TickDepthChanges(account, at, out);
  const Market& market = account.engine.markets()[topic_.market];
  const std::uint64_t shown = account.marks().shown;
  const std::uint64_t version = VersionAt(shown, at.time_since_epoch() / milliseconds(100));
  if (topic_.kind == TopicKind::kDepth) {
    out.push_back(account.frames.Get(topic_.name, version, [&] {
      return DepthFrame(topic_, BookOf(account, topic_), shown, at);
    }));
    return;
  }
  const auto stats = account.market_data[topic_.market].history.DayBefore(at);
  if (!stats || !market.last) return;
  out.push_back(account.frames.Get(topic_.name, version,
                                   [&] { return TickerFrame(topic_, market, *stats, at); }));
}

void MarketFeed::TickCandle(Account& account, TimePoint at, Messages& out) {
  const Market& market = account.engine.markets()[topic_.market];
  const MarketData& data = account.market_data[topic_.market];
  const std::uint64_t shown = account.marks().shown;
  const auto tell = [&](const std::string& name, std::int64_t moment, const Candle& candle) {
    out.push_back(account.frames.Get(name, VersionAt(shown, moment), [&] {
      return MakeCandleFrame(topic_, market, data, candle, at);
    }));
  };
  const auto candle = FindCandle(data, topic_, at);
  if (!candle) return;
  // What was traded in the last second of a candle is told before the next one begins.
  if (candle_ && *candle_ != candle->start) {
    const auto over = FindCandle(data, topic_, at, candle_);
    if (over) tell(topic_.name + " over", over->start, *over);
  }
  candle_ = candle->start;
  tell(topic_.name, at.time_since_epoch() / seconds(1), *candle);
}

void MarketFeed::TickDepthChanges(const Account& account, TimePoint at, Messages& out) {
  const std::uint64_t shown = account.marks().shown;
  if (shown == shown_) return;
  shown_ = shown;
  OrderBook book = BookOf(account, topic_);
  DepthChanges changes{.levels = {.bids = ChangedLevels(book_.bids, book.bids),
                                  .asks = ChangedLevels(book_.asks, book.asks)}};
  if (changes.levels == OrderBook()) return;
  book_ = std::move(book);
  changes.id = ++book_id_;
  // Its number counts from what this client was shown first: nobody shares it.
  out.push_back(std::make_shared<const Message>(
      DepthChangesFrame(topic_, changes, account.settings.incr_depth_arrays, at)));
}

}  // namespace ocokit::mock::bingx
