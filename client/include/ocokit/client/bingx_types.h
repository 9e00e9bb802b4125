#pragma once

// Requests and replies of BingX spot OCO orders, as the documents name them. Plain values.
// Source: BingX spot trade API, "Create an OCO Order", "Cancel an OCO Order List", "Query an OCO
// Order List", "Query All Open OCO Orders", "Query OCO Historical Order List".

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

// What a measurement of the venue's clock found: server time = local time + offset, give or take
// half the round trip.
struct TimeSync {
  microseconds offset{0};
  microseconds round_trip{0};

  friend bool operator==(const TimeSync&, const TimeSync&) = default;
};

// The wire's word: "BUY", "SELL"; "ocoLimit", "ocoTps"; "NEW", ... "" for kNone and kOther.
[[nodiscard]] std::string_view SideName(Side side);
[[nodiscard]] std::string_view LegTypeName(LegType type);
[[nodiscard]] std::string_view OrderStatusName(OrderStatus status);

}  // namespace ocokit::client::bingx
