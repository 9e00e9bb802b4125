#include "mock_exchange/whitebit/market/book.h"

#include <algorithm>

#include "mock_exchange/account/order_book.h"
#include "mock_exchange/json/response.h"
#include "mock_exchange/whitebit/call.h"
#include "mock_exchange/whitebit/market/read.h"
#include "mock_exchange/wire/read_whole.h"

namespace ocokit::mock::whitebit {
namespace {

using engine::Market;
using Levels = std::vector<BookLevel>;

constexpr std::size_t kMostLevels = 100;

void WriteSide(const char* name, const Levels& levels, std::size_t most, JsonWriter& json) {
  json.Key(name).BeginArray();
  for (std::size_t i = 0; i < levels.size() && i < most; ++i) {
    json.BeginArray().DecimalString(levels[i].price).DecimalString(levels[i].amount).EndArray();
  }
  json.EndArray();
}

Reply WriteBook(const Market& market, const OrderBook& book, std::size_t most, TimePoint now) {
  JsonWriter json;
  json.BeginObject().Key("ticker_id").String(market.spec.symbol);
  json.Key("timestamp").Integer(ToUnixMillis(now) / 1000);
  WriteSide("asks", book.asks, most, json);
  WriteSide("bids", book.bids, most, json);
  json.EndObject();
  return Accept(JsonResponse(json));
}

// The market whose symbol ends the path; null for none.
const Market* FindByPath(const PublicCall& call) {
  const std::string_view path = call.request.Path();
  const auto index = call.account.engine.FindMarket(path.substr(path.rfind('/') + 1));
  return index ? &call.account.engine.markets()[*index] : nullptr;
}

// A whole number of the query, cut to 0..most; `usual` without it, none for anything else.
std::optional<std::size_t> ReadCount(const PublicCall& call, const char* name, std::size_t usual,
                                     std::int64_t most) {
  const auto given = FindParameter(call.request.Query(), name);
  if (!given || given->empty()) return usual;
  const auto number = ReadWhole<std::int64_t>(*given);
  const bool digits = given->find_first_not_of("0123456789") == std::string::npos;
  if (!number && digits) return static_cast<std::size_t>(most);
  if (!number) return std::nullopt;
  return static_cast<std::size_t>(std::clamp<std::int64_t>(*number, 0, most));
}

}  // namespace

Reply PublicOrderBook(const PublicCall& call) {
  const Market* market = FindByPath(call);
  if (market == nullptr) return RefuseField({"market", "Market is not available.", "market_known"});
  const auto limit = ReadCount(call, "limit", kMostLevels, kMostLevels);
  if (!limit) return RefuseField({"limit", "The limit must be an integer.", "limit"});
  constexpr std::int64_t kMostDigits = 10;
  const auto level = ReadCount(call, "level", 0, kMostDigits);
  if (!level) return RefuseField({"level", "The level must be an integer.", "level"});
  OrderBook book = ShowBook(*market, market->spec);
  if (*level != 0) {
    Decimal step = market->spec.price_step;
    for (std::size_t i = 0; i < *level; ++i) step = step * Decimal(10);
    book.asks = PutTogether(book.asks, step, /*up=*/true);
    book.bids = PutTogether(book.bids, step, /*up=*/false);
  }
  // Zero is the most, too.
  return WriteBook(*market, book, *limit == 0 ? kMostLevels : *limit, call.now);
}

Reply NearOrderBook(const PublicCall& call) {
  const Market* market = FindByPath(call);
  if (market == nullptr) return RefuseField({"market", "Market is not available.", "market_known"});
  OrderBook book = ShowBook(*market, market->spec);
  if (market->last) {
    const Decimal share = Decimal::FromParts(2, 2).value();
    const Decimal reach = *market->last * share;
    for (Levels* side : {&book.asks, &book.bids}) {
      std::erase_if(*side, [&](const BookLevel& level) {
        return (level.price - *market->last).Abs() > reach;
      });
    }
  }
  return WriteBook(*market, book, kMaxLevels, call.now);
}

Reply DepthResult(const PublicCall& call) {
  const auto symbol = FindParameter(call.request.Query(), "market");
  const auto index = symbol ? call.account.engine.FindMarket(*symbol) : std::nullopt;
  if (!index) return RefuseOldMarket();
  const auto limit = ReadCount(call, "limit", kMostLevels, kMostLevels);
  if (!limit) return RefuseField({"limit", "The limit must be an integer.", "limit"});
  const Market& market = call.account.engine.markets()[*index];
  const OrderBook book = ShowBook(market, market.spec);
  const std::size_t most = *limit == 0 ? kMostLevels : *limit;
  JsonWriter json;
  json.BeginObject();
  WriteSide("asks", book.asks, most, json);
  WriteSide("bids", book.bids, most, json);
  json.EndObject();
  return Accept(JsonResponse(json));
}

}  // namespace ocokit::mock::whitebit
