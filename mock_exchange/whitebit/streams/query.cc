#include "mock_exchange/whitebit/streams/query.h"

#include <algorithm>
#include <array>

#include "mock_exchange/json/writer.h"
#include "mock_exchange/whitebit/streams/balances.h"
#include "mock_exchange/whitebit/streams/candles.h"
#include "mock_exchange/whitebit/streams/depth.h"
#include "mock_exchange/whitebit/streams/market.h"
#include "mock_exchange/whitebit/streams/query_orders.h"
#include "mock_exchange/whitebit/streams/read.h"
#include "mock_exchange/whitebit/streams/trades.h"

namespace ocokit::mock::whitebit {
namespace {

using Text = Answered<std::string>;

Text Failed(const Refused& refused) { return tl::unexpected<Refused>(refused); }

Text AnswerPing(const QueryCall& /*call*/) { return "\"pong\""; }

Text AnswerTime(const QueryCall& call) { return std::to_string(ToUnixMillis(call.now) / 1000); }

// What is asked of one market, which the first parameter names.
template <typename Write>
Text OfMarket(const QueryCall& call, Write write) {
  const auto index = ReadMarketAt(call.params, 0, call.account);
  if (!index) return Failed(index.error());
  return write(call.account.engine.markets()[*index]);
}

Text AnswerLastPrice(const QueryCall& call) {
  return OfMarket(call,
                  [](const engine::Market& market) -> Text { return WriteLastPrice(market); });
}

Text AnswerMarket(const QueryCall& call) {
  return OfMarket(call, [&](const engine::Market& market) -> Text {
    const auto period = ReadNumberAt(call.params, 1, 1, kLongestPeriod, kDaySeconds);
    if (!period) return Failed(period.error());
    return WriteMarketPeriod(market, call.account, call.now, *period);
  });
}

Text AnswerMarketToday(const QueryCall& call) {
  return OfMarket(call, [&](const engine::Market& market) -> Text {
    return WriteMarketToday(market, call.account, call.now);
  });
}

Text AnswerTrades(const QueryCall& call) {
  constexpr std::int64_t kMost = 100;
  return OfMarket(call, [&](const engine::Market& market) -> Text {
    const auto limit = ReadNumberAt(call.params, 1, 1, kMost, kMost);
    if (!limit) return Failed(limit.error());
    const auto after =
        ReadNumberAt(call.params, 2, 0, std::numeric_limits<std::int64_t>::max(), /*usual=*/0);
    if (!after) return Failed(after.error());
    return WriteTrades(call.account.DataOf(market).trades, static_cast<std::uint64_t>(*after),
                       static_cast<std::size_t>(*limit));
  });
}

Text AnswerDepth(const QueryCall& call) {
  return OfMarket(call, [&](const engine::Market& market) -> Text {
    const auto view = ReadDepthView(call.params, /*any_limit=*/true);
    if (!view) return Failed(view.error());
    return WriteDepth(BookIn(market, *view), call.now);
  });
}

Text AnswerCandles(const QueryCall& call) {
  constexpr std::int64_t kLastSecond = 9'999'999'999;  // in the year 2286
  constexpr std::size_t kMostCandles = 1440;
  return OfMarket(call, [&](const engine::Market& market) -> Text {
    const auto from = ReadNumberAt(call.params, 1, 0, kLastSecond);
    if (!from) return Failed(from.error());
    const auto to = ReadNumberAt(call.params, 2, *from, kLastSecond);
    if (!to) return Failed(to.error());
    const auto interval = ReadInterval(call.params, 3);
    if (!interval) return Failed(interval.error());
    CandleQuery query;
    query.interval = {"", *interval};
    query.from = *from;
    query.to = *to;
    query.most = kMostCandles;
    return WriteCandles(call.account.DataOf(market).history.Candles(query, call.now),
                        market.spec.symbol);
  });
}

Text AnswerBalances(const QueryCall& call, engine::Wallet wallet) {
  const auto assets = ReadAssets(call.params, call.account, wallet);
  if (!assets) return Failed(assets.error());
  return WriteBalances(wallet, *assets, call.account);
}

Text AnswerSpot(const QueryCall& call) { return AnswerBalances(call, engine::Wallet::kSpot); }
Text AnswerMargin(const QueryCall& call) { return AnswerBalances(call, engine::Wallet::kMargin); }

constexpr std::array kQueries = {
    Query{"ping", false, AnswerPing},
    Query{"time", false, AnswerTime},
    Query{"lastprice_request", false, AnswerLastPrice},
    Query{"market_request", false, AnswerMarket},
    Query{"marketToday_query", false, AnswerMarketToday},
    Query{"trades_request", false, AnswerTrades},
    Query{"depth_request", false, AnswerDepth},
    Query{"candles_request", false, AnswerCandles},
    Query{"balanceSpot_request", true, AnswerSpot},
    Query{"balanceMargin_request", true, AnswerMargin},
    Query{"ordersPending_request", true, AnswerPendingOrders},
    Query{"ordersExecuted_request", true, AnswerExecutedOrders},
    Query{"deals_request", true, AnswerDeals},
};

}  // namespace

const Query* FindQuery(std::string_view method) {
  const auto* const it = std::ranges::find(kQueries, method, &Query::method);
  return it == kQueries.end() ? nullptr : it;
}

}  // namespace ocokit::mock::whitebit
