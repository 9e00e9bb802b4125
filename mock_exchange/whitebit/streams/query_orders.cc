#include "mock_exchange/whitebit/streams/query_orders.h"

#include <algorithm>
#include <vector>

#include "mock_exchange/json/writer.h"
#include "mock_exchange/venue/pager.h"
#include "mock_exchange/whitebit/streams/order.h"
#include "mock_exchange/whitebit/streams/read.h"

namespace ocokit::mock::whitebit {
namespace {

using engine::Trade;

tl::unexpected<Refused> Pass(const Refused& refused) { return tl::unexpected<Refused>(refused); }

template <typename Entry>
Pager<Entry> PagerOf(const Slice& slice) {
  return {static_cast<std::size_t>(slice.offset), static_cast<std::size_t>(slice.limit)};
}

void BeginRecords(const Slice& slice, std::optional<std::size_t> total, JsonWriter& json) {
  json.BeginObject().Key("limit").Integer(slice.limit);
  json.Key("offset").Integer(slice.offset);
  if (total) json.Key("total").Integer(static_cast<std::int64_t>(*total));
  json.Key("records").BeginArray();
}

// The type numbers that are asked for; none: all.
Answered<std::vector<std::int64_t>> ReadOrderTypes(const JsonValue& filter) {
  std::vector<std::int64_t> out;
  const JsonValue* types = filter.FindGiven("order_types");
  if (types == nullptr) return out;
  if (!types->Is(JsonValue::Kind::kArray)) return InvalidArgument();
  constexpr std::int64_t kMostTypes = 1000;
  for (std::size_t i = 0; i < types->members.size(); ++i) {
    const auto type = ReadNumberAt(*types, i, 1, kMostTypes);
    if (!type) return Pass(type.error());
    out.push_back(*type);
  }
  return out;
}

void WriteDealRecord(const Trade& trade, const Account& account, JsonWriter& json) {
  const MarketSpec& spec = account.engine.markets()[trade.market].spec;
  const auto order = static_cast<std::int64_t>(trade.order_id);
  json.BeginObject();
  json.Key("time").Seconds(trade.at);
  json.Key("id").Integer(static_cast<std::int64_t>(trade.id));
  json.Key("side").Integer(SideNumber(trade.side));
  json.Key("role").Integer(trade.taker ? 2 : 1);
  json.Key("price").DecimalString(trade.price);
  json.Key("amount").DecimalString(trade.amount);
  json.Key("deal").DecimalString(trade.value);
  json.Key("fee").DecimalString(trade.fee);
  json.Key("order_id").Integer(order);
  // The other side is nobody's here; REST shows the order's own, too.
  json.Key("deal_order_id").Integer(order);
  json.Key("market").String(spec.symbol);
  json.Key("client_order_id").String(trade.client_id);
  json.Key("fee_asset").String(trade.fee_in_base ? spec.base : spec.quote);
  json.EndObject();
}

}  // namespace

Answered<std::string> AnswerPendingOrders(const QueryCall& call) {
  const auto market = ReadMarketAt(call.params, 0, call.account);
  if (!market) return Pass(market.error());
  const auto slice = ReadSlice(call.params);
  if (!slice) return Pass(slice.error());
  auto page = PagerOf<const Order*>(*slice);
  std::size_t total = 0;
  call.account.engine.orders().VisitOpen([&](const OrderList& list) {
    if (list.market != *market) return true;
    list.ForEach([&](const Order& order) {
      if (!order.IsWaiting()) return;
      page.Add(&order);
      ++total;
    });
    return true;
  });
  JsonWriter json;
  BeginRecords(*slice, total, json);
  for (const Order* order : page.entries()) {
    WriteOrderObject(*order, AsItIs(*order), OrderShape::kEvent, call.account, json);
  }
  json.EndArray().EndObject();
  return json.Take();
}

Answered<std::string> AnswerExecutedOrders(const QueryCall& call) {
  const JsonValue* filter = At(call.params, 0);
  if (filter == nullptr || !filter->Is(JsonValue::Kind::kObject)) return InvalidArgument();
  const JsonValue* name = filter->FindGiven("market");
  if (name == nullptr || !name->Is(JsonValue::Kind::kString)) return InvalidArgument();
  const auto market = call.account.engine.FindMarket(name->text);
  if (!market) return NoMarket(name->text);
  const auto types = ReadOrderTypes(*filter);
  if (!types) return Pass(types.error());
  const auto slice = ReadSlice(call.params);
  if (!slice) return Pass(slice.error());
  auto page = PagerOf<const Order*>(*slice);
  const auto add = [&](const OrderList& list) {
    if (list.market != *market) return true;
    list.ForEach([&](const Order& order) {
      const bool meant =
          types->empty() || std::ranges::find(*types, TypeNumber(order)) != types->end();
      if (!order.IsWaiting() && meant) page.Add(&order);
    });
    return !page.full();
  };
  const engine::OrderStore& orders = call.account.engine.orders();
  orders.VisitOpen(add);
  if (!page.full()) orders.VisitEnded(add);
  JsonWriter json;
  BeginRecords(*slice, std::nullopt, json);
  for (const Order* order : page.entries()) WriteExecutedRecord(*order, call.account, json);
  json.EndArray().EndObject();
  return json.Take();
}

Answered<std::string> AnswerDeals(const QueryCall& call) {
  const auto market = ReadMarketAt(call.params, 0, call.account);
  if (!market) return Pass(market.error());
  const auto slice = ReadSlice(call.params);
  if (!slice) return Pass(slice.error());
  auto page = PagerOf<const Trade*>(*slice);
  const auto& trades = call.account.engine.trades();
  for (auto it = trades.rbegin(); it != trades.rend() && !page.full(); ++it) {
    if (it->market == *market) page.Add(&*it);
  }
  JsonWriter json;
  BeginRecords(*slice, std::nullopt, json);
  for (const Trade* trade : page.entries()) WriteDealRecord(*trade, call.account, json);
  json.EndArray().EndObject();
  return json.Take();
}

}  // namespace ocokit::mock::whitebit
