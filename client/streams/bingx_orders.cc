#include "client/streams/bingx_orders.h"

#include <algorithm>
#include <set>
#include <string>
#include <utility>

namespace ocokit::client::streams {
namespace {

constexpr std::int64_t kMillis = 1000;
// Both clocks need not agree, and an order is in the history a moment after its end.
constexpr std::chrono::minutes kMargin{1};
constexpr int kPageSize = 100;
constexpr int kPages = 100;

bool IsStop(std::string_view type) {
  return type.starts_with("TAKE_STOP") || type.starts_with("TRIGGER") || type == "ocoTps";
}

// The words of frames and REST; none for another one.
std::optional<OrderState> StateOf(std::string_view status, bool is_stop) {
  if (status == "NEW") return is_stop ? OrderState::kWaiting : OrderState::kOpen;
  for (const char* open : {"PENDING", "PARTIALLY_FILLED", "RUNNING"}) {
    if (status == open) return OrderState::kOpen;
  }
  if (status == "FILLED") return OrderState::kFilled;
  for (const char* ended : {"CANCELED", "CANCELLED", "FAILED", "EXPIRED"}) {
    if (status == ended) return OrderState::kCancelled;
  }
  return std::nullopt;
}

// 0 and -1 are no trade.
std::string TradeId(const std::string& id) { return id == "0" || id == "-1" ? std::string() : id; }

}  // namespace

std::optional<Sighting> ReadReport(const JsonValue& data) {
  ReplyReader reader;
  Sighting seen;
  const std::string type = reader.String(data, "o");
  seen.is_stop = IsStop(type);
  const auto state = StateOf(reader.String(data, "X"), seen.is_stop);
  if (!state) return std::nullopt;
  seen.state = *state;
  seen.order_id = reader.String(data, "i");
  seen.client_order_id = reader.OptionalString(data, {"C", "c"});
  seen.market = reader.String(data, "s");
  const std::string side = reader.String(data, "S");
  seen.side = side == "SELL" ? OrderSide::kSell : OrderSide::kBuy;
  // The price of an order at the market is that of the moment.
  if (!type.ends_with("MARKET")) seen.price = reader.Number(data, "p");
  seen.amount = reader.Number(data, "q");
  seen.filled = reader.Number(data, "z");
  seen.money = reader.OptionalNumber(data, "Z").value_or(Decimal());
  seen.fee_asset = reader.OptionalString(data, "N");
  const Decimal last = reader.OptionalNumber(data, "l").value_or(Decimal());
  if (last.IsPositive()) {
    Fill fill{.amount = last, .price = reader.Number(data, "L"), .fee_asset = seen.fee_asset};
    // Negative on the wire.
    if (const auto fee = reader.OptionalNumber(data, "n")) fill.fee = fee->Abs();
    fill.trade_id = TradeId(reader.OptionalString(data, "t"));
    fill.is_maker = reader.OptionalBool(data, "m");
    seen.last = std::move(fill);
  }
  const auto traded = reader.OptionalTime(data, "T", kMillis);
  seen.at = traded ? traded : reader.OptionalTime(data, "E", kMillis);
  const bool known_side = side == "SELL" || side == "BUY";
  if (!reader.ok() || !known_side || seen.order_id.empty()) return std::nullopt;
  return seen;
}

Sighting See(const bingx::Order& order) {
  Sighting seen{.order_id = order.order_id, .client_order_id = order.client_order_id};
  seen.market = order.symbol;
  seen.side = order.side == bingx::Side::kSell ? OrderSide::kSell : OrderSide::kBuy;
  seen.is_stop = IsStop(order.type_text);
  // Without a known state it is among the orders that wait, or its placement has just been
  // answered.
  seen.state = StateOf(order.status_text, seen.is_stop)
                   .value_or(seen.is_stop ? OrderState::kWaiting : OrderState::kOpen);
  if (!order.type_text.ends_with("MARKET")) seen.price = order.price;
  seen.trigger_price = order.stop_price;
  seen.amount = order.orig_qty;
  seen.filled = order.executed_qty;
  seen.money = order.cumulative_quote_qty;
  seen.fee = order.fee;
  seen.fee_asset = order.fee_asset;
  seen.at = order.update_time ? order.update_time : order.time;
  return seen;
}

Result<Reading> ReadBingxOrders(bingx::Client& client, const std::vector<Wanted>& wanted,
                                std::optional<TimePoint> since, TimePoint* now) {
  const Result<TimePoint> time = client.ServerTime();
  if (!time) return tl::unexpected<Error>(time.error());
  *now = *time;
  // What waits first, and then what has ended: an order that ends in between is seen.
  Result<std::vector<bingx::Order>> orders = client.OpenOrders();
  if (!orders) return tl::unexpected<Error>(std::move(orders.error()));
  Reading reading;
  for (int page = 1; page <= kPages; ++page) {
    Result<std::vector<bingx::Order>> ended =
        client.OrderHistory({.start_time = since.value_or(*time) - kMargin,
                             .page_index = page,
                             .page_size = kPageSize});
    if (!ended) return tl::unexpected<Error>(std::move(ended.error()));
    std::ranges::move(*ended, std::back_inserter(*orders));
    if (ended->size() < kPageSize) break;
    reading.complete = page < kPages;
  }
  std::set<std::string> seen;
  for (const bingx::Order& order : *orders) seen.insert(order.order_id);
  // The history begins with placements: what was placed long ago and has ended is asked for.
  for (const Wanted& order : wanted) {
    if (seen.contains(order.order_id)) continue;
    Result<bingx::Order> found =
        client.FindOrder({.symbol = order.market, .order_id = order.order_id});
    if (found) {
      orders->push_back(std::move(*found));
    } else if (found.error().kind != ErrorKind::kNotFound) {
      return tl::unexpected<Error>(std::move(found.error()));
    }
  }
  for (const bingx::Order& order : *orders) reading.sightings.push_back(See(order));
  std::ranges::stable_sort(reading.sightings, {}, &Sighting::at);
  return reading;
}

}  // namespace ocokit::client::streams
