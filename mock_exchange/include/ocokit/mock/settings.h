#pragma once

// Settings: how an account of the simulator behaves where the venues' documents leave a choice.
// Plain values; the first named value of each is the default.

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>

namespace ocokit::mock {

// At most `count` requests in each window of `per`, which starts with its first request.
struct RateLimit {
  int count = 0;
  std::chrono::milliseconds per{0};

  friend bool operator==(const RateLimit&, const RateLimit&) = default;
};

// When the other leg is withdrawn, beside a leg's full fill.
enum class CancelSiblingOn {
  kFirstFill,  // at a trigger or any fill, partial included
  kFullFill,   // not before the full fill
  kTrigger,    // at a trigger; a partial fill leaves it
};

// WhiteBIT: how X-TXC-PAYLOAD is held against the body.
enum class PayloadCheck {
  kJson,       // the same members and values, numbers by their text
  kCanonical,  // the payload is the compact serialization of the body
  kBytes,      // the payload is the body, byte for byte
};

// WhiteBIT: what margin a pair reserves.
enum class MarginRule { kLargerLeg, kSum };

// BingX: the HTTP status of rate-limit replies. kCaptured: 200; kDocumented: 429.
enum class HttpStatus { kCaptured, kDocumented };

// BingX: what a list call answers when it has nothing to list.
enum class EmptyLists { kArray, kNull, kObject };

// BingX: what pageIndex and pageSize count.
enum class PageOver { kLegs, kLists };

// BingX: which generation of frames tells of orders.
enum class OrderEventForm {
  k2024,  // as captured in 2024
  k2025,  // as documented since: with the user's number, the whole value, the time of sending
};

// WhiteBIT: which members a leg has in the dialect `live`.
enum class LegShape {
  kCurrent,
  k2022,  // as captured in 2022: with fees; without status, stp, positionSide and reduceOnly
};

// WhiteBIT: whose WebSocket is closed when the client was silent for 60 s.
enum class StreamIdle {
  kAll,
  kUnsubscribed,  // a subscription keeps it open
  kNone,
};

// An address of which limits refuse `after` requests in a row is answered `status`, 418 or 403, for
// `length`. A request of the address that passes its limits, whatever the call, begins the count
// anew.
struct BanRule {
  int status = 418;
  int after = 1;
  std::chrono::milliseconds length{300'000};

  friend bool operator==(const BanRule&, const BanRule&) = default;
};

struct Settings {
  // False: no rate limit, and no once-a-second rule for equal orders.
  bool rate_limits = true;
  // Instead of the documented limit of a call: oco_create, oco_cancel, oco_query, order_create,
  // order_cancel, order_query, position, account, market.
  std::map<std::string, RateLimit> custom_rate_limits = {};
  // How long a call stays refused once it was over its limit, at least to the end of the window.
  std::chrono::milliseconds block{0};
  // BingX: after 20 errors of one code within 480 s a call is refused until the first of them is
  // that old.
  bool error_flood = false;
  std::optional<BanRule> ban = {};
  // Open pairs an account may hold; zero: no limit; none: as documented (BingX 1000, WhiteBIT
  // none).
  std::optional<int> max_open_orders = {};
  // BingX: accept the documented signature rule alone (parameters sorted by key, values raw).
  bool strict_signing = false;
  std::optional<PayloadCheck> payload_check = {};  // none: by dialect, docs kJson, live kCanonical
  // False: prices may stand anywhere around the last price.
  bool price_rules = true;
  CancelSiblingOn cancel_sibling_on = CancelSiblingOn::kFirstFill;
  MarginRule margin = MarginRule::kLargerLeg;
  HttpStatus http_status = HttpStatus::kCaptured;
  // BingX: a larger recvWindow counts as this, the default of 5000 ms included.
  std::chrono::milliseconds max_recv_window{60000};
  // BingX: the two legs may have one client id, as in the documents' own example; false: refused.
  bool equal_leg_ids = true;
  // BingX: the reply to a new pair has its true status and transactionTime, not "" and 0; none: by
  // dialect, docs true, live false.
  std::optional<bool> create_state = {};
  // BingX: orderList shows the status of the legs.
  bool order_list_status = false;
  // BingX: orderList answers an unknown list with no legs instead of an error.
  bool unknown_list_is_empty = false;
  EmptyLists empty_lists = EmptyLists::kArray;
  PageOver page_over = PageOver::kLegs;
  // BingX: a PostOnly order that would take is refused, instead of accepted and cancelled at once.
  bool refuse_takers = false;
  // BingX: a client id may be that of another open order, too.
  bool equal_client_ids = false;
  // BingX: how long a listenKey is good, from the call that made or last extended it.
  std::chrono::milliseconds listen_key_life{3'600'000};
  // BingX: a stream that is opened with a listenKey that is no good is refused, HTTP 401; else it
  // opens and has no topics of an account.
  bool refuse_bad_listen_key = false;
  // BingX: the heartbeat of streams is the text `Ping`, not a JSON object.
  bool text_heartbeat = false;
  // BingX: the code that refuses a topic, 80015 or 100400.
  int bad_topic_code = 80015;
  OrderEventForm order_event_form = OrderEventForm::k2024;
  // BingX: streams call the orders of pairs ocoLimit and ocoTps, as the calls for pairs do.
  bool oco_event_types = false;
  // BingX: streams call a stop order that was dropped before its trigger CANCELED, not FAILED.
  bool dropped_stop_canceled = false;
  // BingX: streams do not tell that a stop order was triggered.
  bool silent_triggers = false;
  // BingX: `wb` and `cw` of balance events are what is free, not the total.
  bool free_in_events = false;
  // BingX: the sides of incrDepth are arrays of price and amount, not objects.
  bool incr_depth_arrays = false;
  // WhiteBIT: a stop order whose activation price the last price has passed is refused, instead of
  // triggered at once.
  bool refuse_met_stops = false;
  // WhiteBIT: the exits of an order with stopLoss or takeProfit are placed, and grow, with each of
  // its fills; false: once the order is done.
  bool exits_on_first_fill = false;
  // WhiteBIT: the trade balance of one ticker is that object alone, not under the ticker's name.
  bool bare_balance = false;
  // WhiteBIT: answer HTTP 453, as in a region where the order type is not offered.
  bool region_blocked = false;
  // WhiteBIT: HTTP status of `Validation failed`, 422 or 400.
  int validation_status = 422;
  // WhiteBIT: LONG and SHORT are refused with 114 in one-way mode instead of ignored.
  bool reject_position_side = false;
  // WhiteBIT: the active orders list the legs of open pairs.
  bool legs_in_orders = true;
  LegShape leg_shape = LegShape::kCurrent;
  // WhiteBIT: legs show makerFee and takerFee; none: by dialect, docs true, live false.
  std::optional<bool> leg_fees = {};
  // WhiteBIT: Retry-After, in seconds, on rate-limit replies.
  bool retry_after = false;
  // WhiteBIT: how long a websocket_token is good for.
  std::chrono::milliseconds token_life{60000};
  // WhiteBIT: a websocket_token that is not good is refused with 11, instead of 1.
  bool token_unauthorized = false;
  StreamIdle stream_idle = StreamIdle::kAll;
  // WhiteBIT: accept a signature in upper-case hexadecimal.
  bool uppercase_signature = false;
  // Refuse every new order with this published error, for which the simulator has no cause of its
  // own; empty: none. Its name is one of RefusalNames(venue).
  std::string refuse_orders = {};
  // Refusals carry the header Ocokit-Diagnosis, the id of what the doctor finds wrong with how the
  // request is signed. No venue has it.
  bool diagnosis_header = false;
  // Every reply carries Server-Timing (W3C Server Timing): how long the request was authenticated,
  // decided and held back, in milliseconds to the nanosecond. No venue has it.
  bool timing_header = false;
  // The latest requests and replies are kept in so many bytes; zero: none is.
  std::size_t journal_bytes = 1'048'576;
  // More bytes than these that wait for the client of a stream to read them, and its connection is
  // cut.
  std::size_t stream_buffer = 1'048'576;

  friend bool operator==(const Settings&, const Settings&) = default;
};

}  // namespace ocokit::mock
