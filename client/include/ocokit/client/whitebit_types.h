#pragma once

// Requests and replies of WhiteBIT orders, OCO groups and orders by themselves, as the documents
// name them. Plain values.
// Source: WhiteBIT API docs, "Create collateral OCO order", "Query unexecuted OCO orders", "Query
// unexecuted conditional orders", "Cancel OCO order", "Cancel conditional order"; "Create limit
// order" and its companions of spot and collateral, "Cancel order", "Query unexecuted(active)
// orders".

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "ocokit/base/clock.h"
#include "ocokit/base/decimal.h"

namespace ocokit::client::whitebit {

// Two kinds of id that the venue does not accept for one another: that of a group of orders, which
// cancels take, and that of an order.
enum class GroupId : std::uint64_t {};
enum class OrderId : std::uint64_t {};

enum class Side { kBuy, kSell };
enum class PositionSide { kLong, kShort, kBoth };
// Self-trade prevention.
enum class Stp { kNo, kCancelBoth, kCancelNew, kCancelOld };

// One amount, two orders: the take-profit, a limit order at `price`, and the stop-loss, which is
// placed at stop_limit_price once activation_price is reached.
struct PlaceOcoRequest {
  std::string market{};        // "BTC_USDT", "BTC_PERP"
  std::optional<Side> side{};  // both legs; to leave a long position, sell
  Decimal amount{};            // of the stock currency; positive, as are the three prices
  // Buy: price < last < activation_price. Sell: activation_price < last < price. The client refuses
  // price and activation_price in the wrong order; only the venue knows the last price.
  Decimal price{};
  Decimal activation_price{};
  Decimal stop_limit_price{};
  // Up to 64 of A-Z a-z 0-9 - . _; unique among the open orders of the market; empty for none.
  // Needed by Client::Reconcile.
  std::string client_order_id{};
  // Each is left out of the request when not set.
  std::optional<bool> reduce_only{};
  std::optional<PositionSide> position_side{};  // hedge mode
  std::optional<Stp> stp{};

  friend bool operator==(const PlaceOcoRequest&, const PlaceOcoRequest&) = default;
};

// oco-cancel: the group by its id or by the client's id, exactly one of the two.
struct CancelOcoRequest {
  std::string market{};
  std::optional<GroupId> id{};
  std::string client_order_id{};

  friend bool operator==(const CancelOcoRequest&, const CancelOcoRequest&) = default;
};

// conditional-cancel: an OCO or OTO group.
struct CancelConditionalRequest {
  std::string market{};
  GroupId id{0};

  friend bool operator==(const CancelConditionalRequest&,
                         const CancelConditionalRequest&) = default;
};

// Whose money an order takes.
enum class Wallet {
  kSpot,        // the trade balance
  kCollateral,  // the collateral balance: a fill changes a position
};

enum class OrderType { kLimit, kMarket, kStopLimit, kStopMarket };

// An order by itself. Which call places it follows from its wallet and type.
struct PlaceOrderRequest {
  std::string market{};  // "BTC_USDT", "BTC_PERP"
  Wallet wallet = Wallet::kSpot;
  OrderType type = OrderType::kLimit;
  std::optional<Side> side{};
  // Exactly one of the two, positive. `money` is what a spot purchase at the market may cost, and
  // the only way to buy with a spot kStopMarket.
  Decimal amount{};  // of the stock currency
  Decimal money{};
  Decimal price{};             // of kLimit and kStopLimit
  Decimal activation_price{};  // of kStopLimit and kStopMarket
  // As of PlaceOcoRequest; unique among the open orders of the market.
  std::string client_order_id{};
  // Of kLimit; one of the two at most.
  bool ioc = false;        // what is not filled at once is given up
  bool post_only = false;  // refused when it would take
  std::optional<Stp> stp{};
  // Of the collateral wallet. The exits are stop orders that close what this order has opened; they
  // exclude reduce_only.
  std::optional<bool> reduce_only{};
  std::optional<PositionSide> position_side{};  // hedge mode
  std::optional<Decimal> stop_loss{};           // price that triggers the exit
  std::optional<Decimal> take_profit{};

  friend bool operator==(const PlaceOrderRequest&, const PlaceOrderRequest&) = default;
};

// order/cancel: an order by its id or by the client's id, exactly one of the two. A leg's id
// cancels its group.
struct CancelOrderRequest {
  std::string market{};
  std::optional<OrderId> id{};
  std::string client_order_id{};

  friend bool operator==(const CancelOrderRequest&, const CancelOrderRequest&) = default;
};

// Both ids may be empty: all open orders. With one of them, `market` is needed.
struct OpenOrdersRequest {
  std::string market{};
  std::optional<OrderId> id{};
  std::string client_order_id{};
  std::optional<int> limit{};            // 1 to 100; the venue's default is 50
  std::optional<std::int64_t> offset{};  // 0 to 4294967295

  friend bool operator==(const OpenOrdersRequest&, const OpenOrdersRequest&) = default;
};

// Ended orders and legs, those that changed last first.
struct HistoryRequest {
  std::string market{};             // empty: all
  std::optional<OrderId> id{};      // this order alone
  std::optional<TimePoint> from{};  // of the end; whole seconds; none: the last 31 days
  int limit = 500;                  // 1 to 500
  std::int64_t offset = 0;          // 0 to 4294967295

  friend bool operator==(const HistoryRequest&, const HistoryRequest&) = default;
};

struct ListRequest {
  std::string market{};        // empty: all markets
  std::optional<int> limit{};  // 1 to 100; the venue's default is 50, for conditional-orders 100
  std::optional<std::int64_t> offset{};  // 0 to 4294967295

  friend bool operator==(const ListRequest&, const ListRequest&) = default;
};

enum class OrderStatus {
  kNone,  // not given
  kOpen,
  kPartiallyFilled,
  kFilled,
  kCanceled,  // every status that begins with CANCELED, and AUTO_CANCELED_...
  kOther,     // a word that is not documented; see Leg::status_text
};

// One order, of a group or by itself. Members that only some dialects or orders have are optional.
struct Leg {
  OrderId order_id{0};
  std::string client_order_id{};
  std::string market{};
  Side side = Side::kBuy;
  std::string type{};  // "stop limit", "margin stop limit", "limit", "margin limit", "market", ...
  std::optional<TimePoint> timestamp{};  // placed
  std::optional<TimePoint> mtime{};      // changed last
  Decimal amount{};
  Decimal left{};
  Decimal deal_money{};
  Decimal deal_stock{};
  Decimal deal_fee{};
  std::optional<Decimal> taker_fee{};
  std::optional<Decimal> maker_fee{};
  std::string fee_asset{};
  Decimal price{};                            // zero: at the market
  std::optional<Decimal> activation_price{};  // of stop orders, as the next two
  std::string activation_condition{};         // "gte", "lte"
  std::optional<bool> activated{};
  bool post_only = false;
  bool ioc = false;
  OrderStatus status = OrderStatus::kNone;
  std::string status_text{};    // as the venue wrote it
  std::string stp{};            // "no", "cb", "cn", "co"
  std::string position_side{};  // "LONG", "SHORT", "BOTH"
  std::optional<bool> reduce_only{};
  std::optional<GroupId> oto_id{};  // of an order with exits, as the next two
  std::optional<Decimal> stop_loss{};
  std::optional<Decimal> take_profit{};

  friend bool operator==(const Leg&, const Leg&) = default;
};

using Order = Leg;

struct OcoOrder {
  GroupId id{0};
  std::string client_order_id{};      // empty unless the reply has one on the group
  std::optional<bool> reduce_only{};  // of the group, else of its legs
  Leg stop_loss{};
  Leg take_profit{};

  friend bool operator==(const OcoOrder&, const OcoOrder&) = default;
};

// An order with a stop-loss and take-profit attached to it.
struct OtoOrder {
  GroupId id{0};
  std::string conditional_order_type{};  // "margin_take_profit"
  std::optional<Decimal> stop_loss_price{};
  std::optional<Decimal> take_profit_price{};
  std::optional<Leg> conditional_order{};

  friend bool operator==(const OtoOrder&, const OtoOrder&) = default;
};

// A kind of group that is not documented.
struct OtherOrder {
  GroupId id{0};
  std::string type{};

  friend bool operator==(const OtherOrder&, const OtherOrder&) = default;
};

using ConditionalOrder = std::variant<OcoOrder, OtoOrder, OtherOrder>;

struct ConditionalPage {
  std::int64_t limit = 0;
  std::int64_t offset = 0;
  std::int64_t total = 0;  // groups in all pages
  std::vector<ConditionalOrder> records{};

  friend bool operator==(const ConditionalPage&, const ConditionalPage&) = default;
};

// How far the local clock is off at least. The venue prints whole seconds, so a difference below
// about a second stays zero. Positive: the local clock is ahead.
struct TimeCheck {
  TimePoint server_time{};
  microseconds local_ahead_by{0};
  microseconds round_trip{0};

  friend bool operator==(const TimeCheck&, const TimeCheck&) = default;
};

// The wire's word: "buy", "sell"; "LONG", "SHORT", "BOTH"; "no", "cb", "cn", "co".
[[nodiscard]] std::string_view SideName(Side side);
[[nodiscard]] std::string_view PositionSideName(PositionSide side);
[[nodiscard]] std::string_view StpName(Stp stp);

}  // namespace ocokit::client::whitebit
