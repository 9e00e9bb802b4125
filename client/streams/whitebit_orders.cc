#include "client/streams/whitebit_orders.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <set>
#include <string>
#include <utility>

namespace ocokit::client::streams {
namespace {

using Type = JsonValue::Type;
using whitebit::OrderStatus;

constexpr std::int64_t kSeconds = 1;
// Both clocks need not agree, and an order is in the history a moment after its end.
constexpr std::chrono::minutes kMargin{1};
// The venue's history takes no more than 31 days.
constexpr std::chrono::hours kLongest{24 * 30};
constexpr int kOpenPage = 100;
constexpr int kOpenPages = 100;
constexpr int kHistoryPage = 500;
constexpr int kHistoryPages = 20;

// 3, 4, 203 of spot; 9, 10 of collateral.
bool IsStop(std::string_view type) {
  for (const char* stop : {"3", "4", "203", "9", "10"}) {
    if (type == stop) return true;
  }
  return false;
}

// The amount of a spot purchase at the market is money.
bool IsForMoney(std::string_view type, OrderSide side) {
  return (type == "2" || type == "market") && side == OrderSide::kBuy;
}

OrderState OpenState(const Sighting& seen, bool activated) {
  const bool waits = seen.is_stop && !activated && seen.filled.IsZero();
  return waits ? OrderState::kWaiting : OrderState::kOpen;
}

std::optional<OrderSide> SideOf(std::string_view number) {
  if (number == "1") return OrderSide::kSell;
  if (number == "2") return OrderSide::kBuy;
  return std::nullopt;
}

std::string Text(whitebit::OrderId id) { return std::to_string(static_cast<std::uint64_t>(id)); }
std::string Text(whitebit::GroupId id) { return std::to_string(static_cast<std::uint64_t>(id)); }

std::optional<whitebit::OrderId> IdOf(const std::string& text) {
  std::uint64_t id = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), id);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return whitebit::OrderId{id};
}

}  // namespace

std::optional<Sighting> ReadWhitebitOrder(const JsonValue& order, bool finished) {
  if (!order.Is(Type::kObject)) return std::nullopt;
  ReplyReader reader;
  Sighting seen;
  seen.order_id = reader.String(order, "id");
  seen.client_order_id = reader.OptionalString(order, "client_order_id");
  seen.market = reader.String(order, "market");
  const std::string type = reader.OptionalString(order, "type");
  const auto side = SideOf(reader.String(order, "side"));
  seen.side = side.value_or(OrderSide::kBuy);
  seen.price = reader.OptionalNumber(order, "price").value_or(Decimal());
  const auto trigger = reader.OptionalNumber(order, "activation_price");
  seen.trigger_price = trigger.value_or(Decimal());
  seen.is_stop = IsStop(type) || seen.trigger_price.IsPositive();
  if (!IsForMoney(type, seen.side)) seen.amount = reader.Number(order, "amount");
  seen.filled = reader.Number(order, "deal_stock");
  seen.money = reader.Number(order, "deal_money");
  seen.fee = reader.OptionalNumber(order, "deal_fee");
  seen.at = reader.OptionalTime(order, "mtime", kSeconds);
  const bool activated = reader.OptionalBool(order, "activated").value_or(false);
  const std::string status = reader.OptionalString(order, "status");
  const Decimal left = reader.OptionalNumber(order, "left").value_or(Decimal());
  if (!finished) {
    seen.state = OpenState(seen, activated);
  } else if (status.empty()) {
    // As frames were before statuses: what is left says it.
    seen.state = left.IsZero() ? OrderState::kFilled : OrderState::kCancelled;
  } else {
    seen.state = status == "FILLED" ? OrderState::kFilled : OrderState::kCancelled;
  }
  if (!reader.ok() || !side || seen.order_id.empty()) return std::nullopt;
  return seen;
}

std::optional<Deal> ReadDeal(const JsonValue& params) {
  constexpr std::array kNames{"id",  "time",      "market", "order_id", "price",    "amount",
                              "fee", "client_id", "side",   "role",     "fee_asset"};
  // Older frames end before the asset.
  if (!params.Is(Type::kArray) || params.items.size() + 1 < kNames.size()) return std::nullopt;
  JsonValue object{.type = Type::kObject};
  for (std::size_t i = 0; i < kNames.size() && i < params.items.size(); ++i) {
    object.members.emplace_back(kNames[i], params.items[i]);
  }
  ReplyReader reader;
  Deal deal{.order_id = reader.String(object, "order_id")};
  deal.fill.trade_id = reader.String(object, "id");
  deal.fill.amount = reader.Number(object, "amount");
  deal.fill.price = reader.Number(object, "price");
  deal.fill.fee = reader.OptionalNumber(object, "fee");
  deal.fill.fee_asset = reader.OptionalString(object, "fee_asset");
  const std::string role = reader.OptionalString(object, "role");
  if (role == "1" || role == "2") deal.fill.is_maker = role == "1";
  if (!reader.ok() || deal.order_id.empty() || !deal.fill.amount.IsPositive()) return std::nullopt;
  return deal;
}

Sighting See(const whitebit::Order& order, const std::string& pair) {
  Sighting seen{.order_id = Text(order.order_id), .client_order_id = order.client_order_id};
  seen.pair_id = pair;
  seen.market = order.market;
  seen.side = order.side == whitebit::Side::kSell ? OrderSide::kSell : OrderSide::kBuy;
  seen.price = order.price;
  seen.trigger_price = order.activation_price.value_or(Decimal());
  seen.is_stop = seen.trigger_price.IsPositive();
  if (!IsForMoney(order.type, seen.side)) seen.amount = order.amount;
  seen.filled = order.deal_stock;
  seen.money = order.deal_money;
  seen.fee = order.deal_fee;
  seen.fee_asset = order.fee_asset;
  seen.at = order.mtime ? order.mtime : order.timestamp;
  switch (order.status) {
    case OrderStatus::kFilled:
      seen.state = OrderState::kFilled;
      break;
    case OrderStatus::kCanceled:
      seen.state = OrderState::kCancelled;
      break;
    case OrderStatus::kNone:
    case OrderStatus::kOpen:
    case OrderStatus::kPartiallyFilled:
    case OrderStatus::kOther:
      seen.state = OpenState(seen, order.activated.value_or(false));
      break;
  }
  return seen;
}

namespace {

// Open orders, with the legs of groups where the venue lists them.
Result<void> ReadOpen(whitebit::Client& client, Reading* reading) {
  for (int page = 0; page < kOpenPages; ++page) {
    const auto orders = client.OpenOrders({.limit = kOpenPage, .offset = page * kOpenPage});
    if (!orders) return tl::unexpected<Error>(orders.error());
    for (const whitebit::Order& order : *orders) reading->sightings.push_back(See(order, ""));
    if (orders->size() < kOpenPage) return {};
  }
  reading->complete = false;
  return {};
}

Result<void> ReadGroups(whitebit::Client& client, Reading* reading) {
  for (int page = 0; page < kOpenPages; ++page) {
    const auto groups = client.ListConditionals({.limit = kOpenPage, .offset = page * kOpenPage});
    if (!groups) return tl::unexpected<Error>(groups.error());
    for (const whitebit::ConditionalOrder& record : groups->records) {
      const auto* oco = std::get_if<whitebit::OcoOrder>(&record);
      if (oco == nullptr) continue;
      reading->sightings.push_back(See(oco->stop_loss, Text(oco->id)));
      reading->sightings.push_back(See(oco->take_profit, Text(oco->id)));
    }
    if (groups->records.size() < kOpenPage) return {};
  }
  reading->complete = false;
  return {};
}

Result<void> ReadEnded(whitebit::Client& client, TimePoint from, Reading* reading) {
  for (int page = 0; page < kHistoryPages; ++page) {
    const std::int64_t offset = std::int64_t{page} * kHistoryPage;
    const auto orders =
        client.OrderHistory({.from = from, .limit = kHistoryPage, .offset = offset});
    if (!orders) return tl::unexpected<Error>(orders.error());
    for (const whitebit::Order& order : *orders) reading->sightings.push_back(See(order, ""));
    if (orders->size() < kHistoryPage) return {};
  }
  reading->complete = false;
  return {};
}

// One order, wherever it is.
Result<void> ReadOne(whitebit::Client& client, const Wanted& wanted, Reading* reading) {
  const auto id = IdOf(wanted.order_id);
  if (!id) return {};
  const auto ended = client.OrderHistory({.market = wanted.market, .id = id, .limit = 1});
  if (!ended) return tl::unexpected<Error>(ended.error());
  for (const whitebit::Order& order : *ended) reading->sightings.push_back(See(order, ""));
  return {};
}

}  // namespace

Result<Reading> ReadWhitebitOrders(whitebit::Client& client, const std::vector<Wanted>& wanted,
                                   std::optional<TimePoint> since, TimePoint* now) {
  const Result<TimePoint> time = client.ServerTime();
  if (!time) return tl::unexpected<Error>(time.error());
  *now = *time;
  const TimePoint from = std::max(since.value_or(*time) - kMargin, *time - kLongest);
  Reading reading;
  // What waits first, and then what has ended: an order that ends in between is seen.
  if (auto ok = ReadOpen(client, &reading); !ok) return tl::unexpected<Error>(ok.error());
  if (auto ok = ReadGroups(client, &reading); !ok) return tl::unexpected<Error>(ok.error());
  if (auto ok = ReadEnded(client, from, &reading); !ok) return tl::unexpected<Error>(ok.error());
  std::set<std::string> seen;
  for (const Sighting& sighting : reading.sightings) seen.insert(sighting.order_id);
  for (const Wanted& order : wanted) {
    if (seen.contains(order.order_id)) continue;
    if (auto ok = ReadOne(client, order, &reading); !ok) return tl::unexpected<Error>(ok.error());
  }
  return reading;
}

}  // namespace ocokit::client::streams
