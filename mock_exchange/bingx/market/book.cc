#include "mock_exchange/bingx/market/book.h"

#include <algorithm>

#include "mock_exchange/account/order_book.h"
#include "mock_exchange/bingx/envelope.h"
#include "mock_exchange/bingx/market/read.h"
#include "mock_exchange/json/response.h"

namespace ocokit::mock::bingx {
namespace {

using engine::Market;
using Levels = std::vector<BookLevel>;

void Cut(Levels& levels, std::size_t most) { levels.resize(std::min(levels.size(), most)); }

void WriteSide(const char* name, const Levels& levels, JsonWriter& json) {
  json.Key(name).BeginArray();
  for (const BookLevel& level : levels) {
    json.BeginArray().DecimalString(level.price).DecimalString(level.amount).EndArray();
  }
  json.EndArray();
}

Reply WriteDepth(const OrderBook& book, TimePoint now) {
  JsonWriter json = BeginTimedData(now);
  json.BeginObject();
  WriteSide("bids", book.bids, json);
  WriteSide("asks", book.asks, json);
  json.Key("ts").Integer(ToUnixMillis(now)).EndObject();
  return Accept(JsonResponse(json.EndObject()));
}

// The best level; zeros without one.
BookLevel BestOf(const Levels& levels) { return levels.empty() ? BookLevel() : levels.front(); }

}  // namespace

Reply GetDepth(const CallContext& call) {
  const auto asked = ReadDepth(call.parameters, call.account);
  if (!asked) return call.Refuse(asked.error(), Stage::kRead);
  const Market& market = call.account.engine.markets()[asked->market];
  OrderBook book = ShowBook(market, market.spec);
  Cut(book.bids, asked->most);
  Cut(book.asks, asked->most);
  std::ranges::reverse(book.asks);
  return WriteDepth(book, call.now);
}

Reply GetSteppedDepth(const CallContext& call) {
  const auto asked = ReadDepth(call.parameters, call.account);
  if (!asked) return call.Refuse(asked.error(), Stage::kRead);
  const Market& market = call.account.engine.markets()[asked->market];
  OrderBook book = ShowBook(market, market.spec);
  Decimal step = market.spec.price_step;
  for (int i = 0; i < asked->step; ++i) step = step * Decimal(10);
  book.bids = PutTogether(book.bids, step, /*up=*/false);
  book.asks = PutTogether(book.asks, step, /*up=*/true);
  Cut(book.bids, asked->most);
  Cut(book.asks, asked->most);
  return WriteDepth(book, call.now);
}

Reply GetBookTicker(const CallContext& call) {
  const auto asked = ReadDepth(call.parameters, call.account);
  if (!asked) return call.Refuse(asked.error(), Stage::kRead);
  const Market& market = call.account.engine.markets()[asked->market];
  const OrderBook book = ShowBook(market, market.spec);
  const BookLevel bid = BestOf(book.bids);
  const BookLevel ask = BestOf(book.asks);
  JsonWriter json = BeginTimedData(call.now);
  json.BeginArray().BeginObject().Key("eventType").String("bookTicker");
  json.Key("time").Integer(ToUnixMillis(call.now)).Key("symbol").String(market.spec.symbol);
  json.Key("bidPrice").DecimalString(bid.price).Key("bidVolume").DecimalString(bid.amount);
  json.Key("askPrice").DecimalString(ask.price).Key("askVolume").DecimalString(ask.amount);
  json.EndObject().EndArray();
  return Accept(JsonResponse(json.EndObject()));
}

Reply GetQuoteBookTicker(const CallContext& call) {
  const auto only = ReadSymbol(call.parameters, call.account, /*with_underscore=*/true);
  if (!only) return call.Refuse(only.error(), Stage::kRead);
  const std::vector<Market>& markets = call.account.engine.markets();
  JsonWriter json = BeginTimedData(call.now);
  json.BeginArray();
  for (std::uint32_t i = 0; i < markets.size(); ++i) {
    if (*only && i != **only) continue;
    const OrderBook book = ShowBook(markets[i], markets[i].spec);
    const BookLevel bid = BestOf(book.bids);
    const BookLevel ask = BestOf(book.asks);
    json.BeginObject().Key("time").Integer(ToUnixMillis(call.now));
    json.Key("symbol").String(markets[i].spec.symbol);
    json.Key("bidPrice").DecimalString(bid.price).Key("bidQty").DecimalString(bid.amount);
    json.Key("askPrice").DecimalString(ask.price).Key("askQty").DecimalString(ask.amount);
    json.EndObject();
  }
  json.EndArray();
  return Accept(JsonResponse(json.EndObject()));
}

}  // namespace ocokit::mock::bingx
