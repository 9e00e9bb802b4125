#pragma once

// Faults: what goes wrong on purpose, on an account's requests. Plain values. docs/faults.md
// explains each.
//
//   // The third order's reply is lost, after the order has been placed:
//   account.AddFault({.match = {.path = "/api/v4/order/collateral/oco", .nth = 3},
//                     .action = LostReply{}});

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "ocokit/base/clock.h"

namespace ocokit::mock {

// Where a fault takes hold.
enum class FaultPoint {
  kBeforeCommit,  // before the request is looked at: nothing is placed or cancelled
  kAfterCommit,   // when it has been decided and carried out: takes the reply's place
  kReply,         // on the reply as it goes out
  kFrame,         // on a message of a stream as it goes out
};

// Which requests of the account, or which messages of its streams. What is left out matches all.
struct FaultMatch {
  std::string path = {};    // of a request, without the query
  std::string method = {};  // of a request, like "POST"
  // Of a message, as the venue names it: "BTC-USDT@trade", "ordersPending"; "reply" to a request of
  // the client, "ping" of the venue's heartbeat.
  std::string channel = {};
  // Only the n-th request, or message, that matches the rest, from 1.
  std::optional<std::uint64_t> nth = {};

  friend bool operator==(const FaultMatch&, const FaultMatch&) = default;
};

// ---- on the connection ----

// The answer comes later. Before commit, what is asked is done later, too.
struct Delay {
  enum class Kind {
    kFixed,      // always `low`
    kUniform,    // from `low` to `high`
    kLognormal,  // half of them below `low` (the median), 99 of 100 below `high`
  };
  Kind kind = Kind::kFixed;
  milliseconds low{0};   // 0 to 10 minutes
  milliseconds high{0};  // `low` to 10 minutes; not for kFixed

  friend bool operator==(const Delay&, const Delay&) = default;
};
// RST: the client sees ECONNRESET.
struct Reset {
  friend bool operator==(const Reset&, const Reset&) = default;
};
// FIN without an answer; the server goes on reading until the client closes.
struct HalfClose {
  friend bool operator==(const HalfClose&, const HalfClose&) = default;
};
// The first bytes of the answer, then the connection is closed.
struct CloseEarly {
  std::size_t bytes = 0;  // of status line, headers and body
  friend bool operator==(const CloseEarly&, const CloseEarly&) = default;
};
// The answer in small pieces.
struct SlowDrip {
  std::size_t bytes = 1;       // in each piece; 1 or more
  milliseconds interval{100};  // between two pieces; 1 ms to 1 minute
  friend bool operator==(const SlowDrip&, const SlowDrip&) = default;
};
// Content-Length says `difference` more than the body has; less when it is negative, at least 0.
struct WrongLength {
  std::int64_t difference = 1;
  friend bool operator==(const WrongLength&, const WrongLength&) = default;
};
// So many blanks after the body, which is JSON as before, only long.
struct Oversized {
  std::size_t bytes = std::size_t{16} << 20;  // 1 to 64 MiB
  friend bool operator==(const Oversized&, const Oversized&) = default;
};
// The answer comes twice on the connection.
struct DuplicateReply {
  friend bool operator==(const DuplicateReply&, const DuplicateReply&) = default;
};
// A reset after commit: what was asked is done, and the client does not learn of it.
struct LostReply {
  friend bool operator==(const LostReply&, const LostReply&) = default;
};

// ---- in the reply ----

// The body stops in the middle: no JSON any more.
struct MalformedJson {
  friend bool operator==(const MalformedJson&, const MalformedJson&) = default;
};
// The numbers and strings of the body change places: numbers become strings, strings numbers,
// objects arrays. Still JSON.
struct WrongType {
  std::string member = {};  // only members of this name; empty: the outermost value
  friend bool operator==(const WrongType&, const WrongType&) = default;
};
// As a proxy before the venue answers: an HTML page.
struct Html5xx {
  int status = 502;  // 500 to 599
  friend bool operator==(const Html5xx&, const Html5xx&) = default;
};
// Another HTTP status; with `body`, another body as well.
struct StatusFault {
  int status = 500;                      // 200 to 599
  std::optional<std::string> body = {};  // none: the reply's own; before commit an empty one
  friend bool operator==(const StatusFault&, const StatusFault&) = default;
};
// No body.
struct EmptyReply {
  friend bool operator==(const EmptyReply&, const EmptyReply&) = default;
};

// ---- in the venue; before commit ----

// The venue's clock is wrong for this request; ahead when positive.
struct ClockSkew {
  milliseconds by{0};  // up to a day either way
  friend bool operator==(const ClockSkew&, const ClockSkew&) = default;
};
// The venue's own reply to too many requests.
struct RateLimitNow {
  friend bool operator==(const RateLimitNow&, const RateLimitNow&) = default;
};
// The address is banned from this request on, by the account's clock.
struct BanUntil {
  milliseconds length{300'000};  // 1 ms to 31 days
  int status = 0;                // 418 or 403; 0: the venue's (BingX 418, WhiteBIT 403)
  friend bool operator==(const BanUntil&, const BanUntil&) = default;
};

// ---- on the messages of a stream ----

// The stream ends in place of the message.
struct DropStream {
  int code = 0;  // of a closing frame, 1000 to 4999; 0: RST
  friend bool operator==(const DropStream&, const DropStream&) = default;
};
// The message comes later, and all that come after it on the stream.
struct DelayFrames {
  milliseconds by{0};  // 0 to 10 minutes
  friend bool operator==(const DelayFrames&, const DelayFrames&) = default;
};
// The message does not come.
struct LoseFrame {
  friend bool operator==(const LoseFrame&, const LoseFrame&) = default;
};
// It comes twice.
struct DuplicateFrame {
  friend bool operator==(const DuplicateFrame&, const DuplicateFrame&) = default;
};
// It comes after the next message of the stream.
struct ReorderFrames {
  friend bool operator==(const ReorderFrames&, const ReorderFrames&) = default;
};
// The number by which the messages of a book follow each other is so much larger.
struct WrongSequence {
  std::int64_t by = 7;  // not 0
  friend bool operator==(const WrongSequence&, const WrongSequence&) = default;
};
// From this message on nothing of its channel comes; without match.channel nothing at all.
struct SilentStream {
  friend bool operator==(const SilentStream&, const SilentStream&) = default;
};
// In place of a snapshot comes the first that the account's clients were sent of its channel since
// the fault is there.
struct StaleSnapshot {
  friend bool operator==(const StaleSnapshot&, const StaleSnapshot&) = default;
};

using FaultAction =
    std::variant<Delay, Reset, HalfClose, CloseEarly, SlowDrip, WrongLength, Oversized,
                 MalformedJson, WrongType, Html5xx, StatusFault, EmptyReply, DuplicateReply,
                 ClockSkew, RateLimitNow, BanUntil, LostReply, DropStream, DelayFrames, LoseFrame,
                 DuplicateFrame, ReorderFrames, WrongSequence, SilentStream, StaleSnapshot>;

struct Fault {
  FaultMatch match = {};
  std::optional<FaultPoint> at = {};  // none: where the action belongs (docs/faults.md)
  FaultAction action = Reset{};
  // How often; none: always.
  std::optional<std::uint64_t> times = {};
  // Share of the requests or messages that match, 0 to 1, drawn from the account's seed; the same
  // seed and the same requests give the same faults.
  double probability = 1;

  friend bool operator==(const Fault&, const Fault&) = default;
};

// A fault that an account has.
struct FaultView {
  std::string id = {};        // like "fault-1"
  Fault fault = {};           // with `at`
  std::uint64_t matched = 0;  // requests that matched its path and method, or messages its channel
  std::uint64_t applied = 0;
};

// "delay", "reset", ... as the control API names it.
[[nodiscard]] std::string_view Name(const FaultAction& action);
// "before_commit", "after_commit", "reply", "frame".
[[nodiscard]] std::string_view Name(FaultPoint point);

}  // namespace ocokit::mock
