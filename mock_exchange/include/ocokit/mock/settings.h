#pragma once

// Settings: how an account of the simulator behaves where the venues' documents leave a choice.
// Plain values; the first named value of each is the default.

#include <chrono>
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

// BingX: the HTTP status of rate-limit replies.
enum class HttpStatus { kCaptured, kDocumented };

struct Settings {
  // False: no rate limit, and no once-a-second rule for equal orders.
  bool rate_limits = true;
  // Instead of the documented limit of a call: oco_create, oco_cancel, oco_query.
  std::map<std::string, RateLimit> custom_rate_limits = {};
  // Open pairs an account may hold; zero: no limit; none: as documented (BingX 1000, WhiteBIT
  // none).
  std::optional<int> max_open_orders = {};
  // BingX: accept the documented signature rule alone (parameters sorted by key, values raw).
  bool strict_signing = false;
  PayloadCheck payload_check = PayloadCheck::kJson;
  // False: prices may stand anywhere around the last price.
  bool price_rules = true;
  CancelSiblingOn cancel_sibling_on = CancelSiblingOn::kFirstFill;
  MarginRule margin = MarginRule::kLargerLeg;
  HttpStatus http_status = HttpStatus::kCaptured;
  // BingX: a larger recvWindow counts as this.
  std::chrono::milliseconds max_recv_window{60000};
  // BingX: the two legs may have one client id, as in the documents' own example; false: refused.
  bool equal_leg_ids = true;
  // WhiteBIT: answer HTTP 453, as in a region where the order type is not offered.
  bool region_blocked = false;

  friend bool operator==(const Settings&, const Settings&) = default;
};

}  // namespace ocokit::mock
