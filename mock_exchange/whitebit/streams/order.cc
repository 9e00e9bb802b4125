#include "mock_exchange/whitebit/streams/order.h"

namespace ocokit::mock::whitebit {
namespace {

using engine::OrderAsOf;
using engine::OrderType;

std::string_view PositionSideWord(PositionSide side) {
  switch (side) {
    case PositionSide::kLong:
      return "LONG";
    case PositionSide::kShort:
      return "SHORT";
    case PositionSide::kBoth:
      break;
  }
  return "BOTH";
}

const std::string& SymbolOf(const Order& order, const Account& account) {
  return account.engine.markets()[order.list->market].spec.symbol;
}

// An order at the market has none of its own.
Decimal PriceOf(const Order& order) {
  return engine::HasPrice(order.type) ? order.price : Decimal();
}

void WriteFlags(const Order& order, JsonWriter& json) {
  json.Key("post_only").Bool(order.tif == engine::Tif::kPostOnly);
  json.Key("ioc").Bool(order.tif == engine::Tif::kIoc);
}

void WriteActivation(const Order& order, const OrderAsOf& then, JsonWriter& json) {
  if (!engine::IsStop(order.type)) return;
  json.Key("activation_price").DecimalString(order.trigger);
  json.Key("activation_condition").String(order.when == engine::When::kAtOrAbove ? "gte" : "lte");
  json.Key("activated").Integer(then.activated ? 1 : 0);
}

// A purchase for an amount of money is shown in money, everything else in stock.
void WriteAmounts(const Order& order, const OrderAsOf& then, JsonWriter& json) {
  const Decimal& money = order.list->money;
  json.Key("price").DecimalString(PriceOf(order));
  json.Key("amount").DecimalString(money.IsZero() ? then.amount : money);
  json.Key("left").DecimalString(money.IsZero() ? then.Left() : money - then.value);
}

void WriteDeals(const OrderAsOf& then, JsonWriter& json) {
  json.Key("deal_stock").DecimalString(then.filled);
  json.Key("deal_money").DecimalString(then.value);
  json.Key("deal_fee").DecimalString(then.fee);
}

}  // namespace

int TypeNumber(const Order& order) {
  const bool margin = order.list->wallet == engine::Wallet::kMargin;
  const bool stock = order.label == kStockOrder;
  switch (order.type) {
    case OrderType::kLimit:
      return margin ? 7 : 1;
    case OrderType::kMarket:
      return margin ? 8 : stock ? 202 : 2;
    case OrderType::kStopLimit:
      return margin ? 9 : 3;
    case OrderType::kStopMarket:
      return margin ? 10 : stock ? 203 : 4;
  }
  return 0;
}

int SideNumber(Side side) { return side == Side::kSell ? 1 : 2; }

OrderAsOf AsItIs(const Order& order) {
  OrderAsOf out;
  out.phase = order.phase;
  out.ending = order.ending;
  out.activated = order.activated;
  out.amount = order.Amount();
  out.filled = order.filled;
  out.value = order.value;
  out.fee = order.fee;
  out.updated = order.list->updated;
  return out;
}

void WriteOrderObject(const Order& order, const OrderAsOf& then, OrderShape shape,
                      const Account& account, JsonWriter& json) {
  const OrderList& list = *order.list;
  const bool margin = list.wallet == engine::Wallet::kMargin;
  json.BeginObject();
  json.Key("id").Integer(static_cast<std::int64_t>(order.id));
  json.Key("market").String(SymbolOf(order, account));
  json.Key("type").Integer(TypeNumber(order));
  json.Key("side").Integer(SideNumber(list.side));
  WriteFlags(order, json);
  if (margin && shape == OrderShape::kReply) {
    json.Key("reduce_only").Bool(list.reduce_only);
    json.Key("position_side").String(PositionSideWord(list.position_side));
  }
  json.Key("ctime").Seconds(list.created);
  json.Key("mtime").Seconds(then.updated);
  WriteActivation(order, then, json);
  WriteAmounts(order, then, json);
  WriteDeals(then, json);
  json.Key("client_order_id").String(order.client_id);
  json.Key("stp").String(StpName(list.stp));
  json.Key("status").String(StatusName(order, then));
  if (margin && shape == OrderShape::kEvent) {
    json.Key("position_side").String(PositionSideWord(list.position_side));
    json.Key("rpi").Bool(false);
    json.Key("retail").Bool(false);
    json.Key("reduce_only").Bool(list.reduce_only);
  }
  json.EndObject();
}

void WriteExecutedRecord(const Order& order, const Account& account, JsonWriter& json) {
  const OrderList& list = *order.list;
  const OrderAsOf now = AsItIs(order);
  json.BeginObject();
  json.Key("id").Integer(static_cast<std::int64_t>(order.id));
  json.Key("ctime").Seconds(list.created);
  json.Key("ftime").Seconds(list.updated);
  json.Key("market").String(SymbolOf(order, account));
  json.Key("source").String("api");
  json.Key("type").Integer(TypeNumber(order));
  json.Key("side").Integer(SideNumber(list.side));
  WriteFlags(order, json);
  json.Key("price").DecimalString(PriceOf(order));
  json.Key("amount").DecimalString(list.money.IsZero() ? now.amount : list.money);
  WriteDeals(now, json);
  json.Key("client_order_id").String(order.client_id);
  json.Key("status").String(StatusName(order, now));
  json.Key("fee_asset").String(FeeAssetOf(list, account));
  json.Key("rpi").Bool(false).EndObject();
}

}  // namespace ocokit::mock::whitebit
