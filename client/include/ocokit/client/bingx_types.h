#pragma once

// Requests and replies of BingX spot orders, OCO and plain ones, as the documents name them. Plain
// values.
// Source: BingX spot trade API, "Create an OCO Order", "Cancel an OCO Order List", "Query an OCO
// Order List", "Query All Open OCO Orders", "Query OCO Historical Order List", "Place order",
// "Cancel Order", "Current Open Orders", "Query Order details", "Query Order history".

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ocokit/base/clock.h"
#include "ocokit/base/decimal.h"

namespace ocokit::client::bingx {

enum class Side { kBuy, kSell };

// One quantity, two orders: a limit order at limit_price, and a stop-limit order that is placed at
// order_price once trigger_price is reached.
struct PlaceOcoRequest {
  std::string symbol{};        // "BTC-USDT"
  std::optional<Side> side{};  // both legs
  Decimal quantity{};          // of the base asset; positive, as are the three prices
  // BUY: limit_price < last < trigger_price. SELL: trigger_price < last < limit_price. The client
  // refuses limit and trigger in the wrong order; only the venue knows the last price.
  Decimal limit_price{};
  Decimal order_price{};
  Decimal trigger_price{};
  // Digits only, at most 40; empty for none. A leg's must differ from the pair's. Both legs may
  // have the same, as in the documents' example, but then an id does not say which leg is meant.
  std::string list_client_order_id{};   // the pair; needed by Client::Reconcile
  std::string above_client_order_id{};  // the limit leg, whatever the side
  std::string below_client_order_id{};  // the stop-limit leg

  friend bool operator==(const PlaceOcoRequest&, const PlaceOcoRequest&) = default;
};

// One of the two is needed: the id of either leg, or the client's id of either leg.
struct CancelOcoRequest {
  std::string order_id{};
  std::string client_order_id{};

  friend bool operator==(const CancelOcoRequest&, const CancelOcoRequest&) = default;
};

// The leg that was named; both legs are cancelled.
struct CancelOcoReply {
  std::string order_id{};
  std::string client_order_id{};

  friend bool operator==(const CancelOcoReply&, const CancelOcoReply&) = default;
};

// One of the two is needed: the list's id, or the client's id of the list.
struct FindOcoRequest {
  std::string order_list_id{};
  std::string client_order_id{};

  friend bool operator==(const FindOcoRequest&, const FindOcoRequest&) = default;
};

struct ListOpenRequest {
  int page_index = 1;   // from 1
  int page_size = 100;  // 1 to 1000, counting legs

  friend bool operator==(const ListOpenRequest&, const ListOpenRequest&) = default;
};

struct ListHistoryRequest {
  int page_index = 1;
  int page_size = 100;
  std::optional<TimePoint> start_time{};  // both inclusive, in whole milliseconds
  std::optional<TimePoint> end_time{};

  friend bool operator==(const ListHistoryRequest&, const ListHistoryRequest&) = default;
};

// The two families of stop orders differ in their names alone, as far as the documents say.
enum class OrderType {
  kLimit,
  kMarket,
  kTakeStopLimit,
  kTakeStopMarket,
  kTriggerLimit,
  kTriggerMarket,
  kOther,  // of a reply: a word that is none of these; see Order::type_text
};

enum class TimeInForce {
  kGtc,       // until it is filled or cancelled
  kIoc,       // what is not filled at once is given up
  kFok,       // all at once, or nothing
  kPostOnly,  // ended at once when it would take
};

// An order by itself.
struct PlaceOrderRequest {
  std::string symbol{};  // "BTC-USDT"
  std::optional<Side> side{};
  OrderType type = OrderType::kLimit;
  // Exactly one of the two, positive.
  Decimal quantity{};                          // of the base asset
  Decimal quote_order_qty{};                   // of the quote asset
  Decimal price{};                             // of the types with a limit price
  Decimal stop_price{};                        // of stop orders: the trigger
  std::optional<TimeInForce> time_in_force{};  // left out: kGtc
  // 1 to 40 letters, digits and _; empty for none.
  std::string new_client_order_id{};

  friend bool operator==(const PlaceOrderRequest&, const PlaceOrderRequest&) = default;
};

// One of the two ids is needed. A leg's id cancels its pair.
struct CancelOrderRequest {
  std::string symbol{};
  std::string order_id{};
  std::string client_order_id{};

  friend bool operator==(const CancelOrderRequest&, const CancelOrderRequest&) = default;
};

struct OpenOrdersRequest {
  std::string symbol{};  // empty: all

  friend bool operator==(const OpenOrdersRequest&, const OpenOrdersRequest&) = default;
};

// One of the two ids is needed: an order, or a leg of a pair.
struct FindOrderRequest {
  std::string symbol{};
  std::string order_id{};
  std::string client_order_id{};  // found for two hours after the placement

  friend bool operator==(const FindOrderRequest&, const FindOrderRequest&) = default;
};

// Ended orders and legs.
struct OrderHistoryRequest {
  std::string symbol{};                   // empty: all
  std::optional<TimePoint> start_time{};  // of the placement; inclusive, in whole milliseconds
  int page_index = 1;                     // from 1
  int page_size = 100;                    // 1 to 100; page_index * page_size is at most 10000

  friend bool operator==(const OrderHistoryRequest&, const OrderHistoryRequest&) = default;
};

enum class LegType {
  kLimit,      // ocoLimit
  kStopLimit,  // ocoTps
};

enum class OrderStatus {
  kNone,     // not given: orderList has none, and a new order's may be empty
  kNew,      // waits for its trigger
  kPending,  // rests in the book
  kPartiallyFilled,
  kFilled,
  kCanceled,
  kFailed,  // ended without ever being triggered
  kOther,   // a word that is not documented; see Leg::status_text
};

struct Leg {
  std::string order_id{};
  std::string client_order_id{};  // empty when none was given
  std::string order_list_id{};    // the client's list id when one was given
  std::string symbol{};
  LegType type = LegType::kLimit;
  Side side = Side::kBuy;
  Decimal price{};
  Decimal trigger_price{};  // zero on the limit leg
  Decimal quantity{};
  OrderStatus status = OrderStatus::kNone;
  std::string status_text{};                    // as the venue wrote it
  std::optional<TimePoint> transaction_time{};  // none when not given or 0

  friend bool operator==(const Leg&, const Leg&) = default;
};

struct OcoPair {
  std::string order_list_id{};
  Leg limit{};
  Leg stop_limit{};

  friend bool operator==(const OcoPair&, const OcoPair&) = default;
};

// An order as placement, cancel and the open orders show it.
struct Order {
  std::string order_id{};
  std::string client_order_id{};  // empty when none was given
  std::string symbol{};
  OrderType type = OrderType::kLimit;
  std::string type_text{};  // as the venue wrote it: a leg of a pair has words of its own
  Side side = Side::kBuy;
  Decimal price{};
  Decimal stop_price{};            // zero: no stop order
  Decimal orig_qty{};              // of the base asset
  Decimal executed_qty{};          // of the base asset
  Decimal cumulative_quote_qty{};  // of the quote asset, paid or received
  OrderStatus status = OrderStatus::kNone;
  std::string status_text{};        // as the venue wrote it
  std::optional<TimePoint> time{};  // placed; of a cancel, cancelled
  // Of queries and lists: the last change, and the fee of all fills, not negative.
  std::optional<TimePoint> update_time{};
  std::optional<Decimal> fee{};
  std::string fee_asset{};  // of a query alone

  friend bool operator==(const Order&, const Order&) = default;
};

// What a measurement of the venue's clock found: server time = local time + offset, give or take
// half the round trip.
struct TimeSync {
  microseconds offset{0};
  microseconds round_trip{0};

  friend bool operator==(const TimeSync&, const TimeSync&) = default;
};

// The wire's word: "BUY", "SELL"; "ocoLimit", "ocoTps"; "LIMIT", ...; "GTC", ...; "NEW", ... ""
// for kNone and kOther.
[[nodiscard]] std::string_view SideName(Side side);
[[nodiscard]] std::string_view LegTypeName(LegType type);
[[nodiscard]] std::string_view OrderTypeName(OrderType type);
[[nodiscard]] std::string_view TimeInForceName(TimeInForce time_in_force);
[[nodiscard]] std::string_view OrderStatusName(OrderStatus status);

}  // namespace ocokit::client::bingx
