#include "mock_exchange/account/fault_kinds.h"

#include <array>
#include <variant>

#include "mock_exchange/account/out_of_range.h"

namespace ocokit::mock {
namespace {

using enum FaultPoint;

constexpr FaultKind kKinds[] = {
    // name, natural, before_commit, after_commit, reply, frame, answers
    {"delay", kReply, true, true, true, false, false},
    {"reset", kBeforeCommit, true, true, true, false, true},
    {"half_close", kBeforeCommit, true, true, true, false, true},
    {"close_early", kReply, false, true, true, false, false},
    {"slow_drip", kReply, false, true, true, false, false},
    {"wrong_length", kReply, false, true, true, false, false},
    {"oversized", kReply, false, true, true, false, false},
    {"malformed_json", kReply, false, true, true, false, false},
    {"wrong_type", kReply, false, true, true, false, false},
    {"html_5xx", kBeforeCommit, true, true, true, false, true},
    {"status", kReply, true, true, true, false, true},
    {"empty", kReply, true, true, true, false, true},
    {"duplicate_reply", kReply, false, true, true, false, false},
    {"clock_skew", kBeforeCommit, true, false, false, false, false},
    {"rate_limit_now", kBeforeCommit, true, false, false, false, true},
    {"ban_until", kBeforeCommit, true, false, false, false, true},
    {"lost_reply", kAfterCommit, false, true, false, false, false},
    {"drop_stream", kFrame, false, false, false, true, false},
    {"delay_frames", kFrame, false, false, false, true, false},
    {"lose_frame", kFrame, false, false, false, true, false},
    {"duplicate_frame", kFrame, false, false, false, true, false},
    {"reorder_frames", kFrame, false, false, false, true, false},
    {"wrong_sequence", kFrame, false, false, false, true, false},
    {"silent_stream", kFrame, false, false, false, true, false},
    {"stale_snapshot", kFrame, false, false, false, true, false},
};
static_assert(std::size(kKinds) == std::variant_size_v<FaultAction>);

constexpr std::size_t kLongestBody = 1'048'576;
constexpr std::size_t kMostPadding = std::size_t{64} << 20;
constexpr std::int64_t kLargestDifference = 1'000'000'000;

Result<void> Check(const Delay& delay) {
  const bool fixed = delay.kind == Delay::Kind::kFixed;
  if (delay.low < milliseconds(0) || delay.low > kLongestDelay) {
    return OutOfRange("delay must be 0 ms to 10 minutes (600000 ms)");
  }
  if (fixed && delay.high != milliseconds(0)) {
    return OutOfRange("delay: a fixed one has no upper end");
  }
  if (!fixed && (delay.high < delay.low || delay.high > kLongestDelay)) {
    return OutOfRange("delay: the upper end must be from the lower one to 10 minutes (600000 ms)");
  }
  if (delay.kind == Delay::Kind::kLognormal && delay.low == milliseconds(0)) {
    return OutOfRange("delay: the median must be 1 ms or more");
  }
  return {};
}
Result<void> Check(const SlowDrip& drip) {
  if (drip.bytes < 1) return OutOfRange("slow_drip: bytes must be 1 or more");
  if (drip.interval < milliseconds(1) || drip.interval > std::chrono::minutes(1)) {
    return OutOfRange("slow_drip: the interval must be 1 ms to 1 minute (60000 ms)");
  }
  return {};
}
Result<void> Check(const WrongLength& length) {
  if (length.difference == 0 || length.difference > kLargestDifference ||
      length.difference < -kLargestDifference) {
    return OutOfRange("wrong_length: difference must be -10^9 to 10^9, and not 0");
  }
  return {};
}
Result<void> Check(const Oversized& reply) {
  if (reply.bytes >= 1 && reply.bytes <= kMostPadding) return {};
  return OutOfRange("oversized: bytes must be 1 to 67108864 (64 MiB)");
}
Result<void> Check(const Html5xx& page) {
  if (page.status >= 500 && page.status <= 599) return {};
  return OutOfRange("html_5xx: status must be 500 to 599");
}
Result<void> Check(const StatusFault& status) {
  if (status.status < 200 || status.status > 599) {
    return OutOfRange("status: status must be 200 to 599");
  }
  if (status.body && status.body->size() > kLongestBody) {
    return OutOfRange("status: body must be at most 1 MiB");
  }
  return {};
}
Result<void> Check(const ClockSkew& skew) {
  if (skew.by >= -std::chrono::days(1) && skew.by <= std::chrono::days(1)) return {};
  return OutOfRange("clock_skew must be up to a day (86400000 ms) either way");
}
Result<void> Check(const BanUntil& ban) {
  if (ban.length < milliseconds(1) || ban.length > std::chrono::days(31)) {
    return OutOfRange("ban_until must be 1 ms to 31 days (2678400000 ms)");
  }
  if (ban.status != 0 && ban.status != 403 && ban.status != 418) {
    return OutOfRange("ban_until: status must be 418 or 403, or 0 for the venue's own");
  }
  return {};
}
Result<void> Check(const DropStream& drop) {
  if (drop.code == 0 || (drop.code >= 1000 && drop.code <= 4999)) return {};
  return OutOfRange("drop_stream: code must be 1000 to 4999, or 0 for a reset");
}
Result<void> Check(const DelayFrames& delay) {
  if (delay.by >= milliseconds(0) && delay.by <= kLongestDelay) return {};
  return OutOfRange("delay_frames must be 0 ms to 10 minutes (600000 ms)");
}
Result<void> Check(const WrongSequence& wrong) {
  if (wrong.by != 0 && wrong.by <= kLargestDifference && wrong.by >= -kLargestDifference) return {};
  return OutOfRange("wrong_sequence: by must be -10^9 to 10^9, and not 0");
}
// The others can be anything.
template <typename Action>
Result<void> Check(const Action&) {
  return {};
}

Result<void> CheckMatch(const FaultMatch& match, bool of_frames) {
  if (of_frames && (!match.path.empty() || !match.method.empty())) {
    return Fail(ErrorKind::kInvalidArgument,
                std::string(match.path.empty() ? "match.method" : "match.path") +
                    " is of requests; a message of a stream has match.channel");
  }
  if (!of_frames && !match.channel.empty()) {
    return Fail(ErrorKind::kInvalidArgument,
                "match.channel is of messages of streams; a request has match.path and "
                "match.method");
  }
  const bool is_path = match.path.empty() || match.path.front() == '/';
  if (!is_path || match.path.find_first_of("?# \t\r\n") != std::string::npos) {
    return Fail(ErrorKind::kInvalidArgument,
                "match.path must be a path like /api/v4/oco-orders, without a query");
  }
  if (match.method.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ") != std::string::npos) {
    return Fail(ErrorKind::kInvalidArgument, "match.method must be a method like POST");
  }
  if (match.nth && *match.nth == 0) return OutOfRange("match.nth must be 1 or more");
  return {};
}

std::string PointsOf(const FaultKind& kind) {
  std::string out;
  for (const FaultPoint point : {kBeforeCommit, kAfterCommit, kReply, kFrame}) {
    if (kind.May(point)) out += (out.empty() ? "" : " or ") + std::string(Name(point));
  }
  return out;
}

}  // namespace

bool FaultKind::May(FaultPoint point) const {
  switch (point) {
    case kBeforeCommit:
      return before_commit;
    case kAfterCommit:
      return after_commit;
    case kReply:
      return reply;
    case kFrame:
      return frame;
  }
  return false;
}

std::span<const FaultKind> FaultKinds() { return kKinds; }

const FaultKind& KindOf(const FaultAction& action) { return kKinds[action.index()]; }

std::string_view Name(const FaultAction& action) { return KindOf(action).name; }

std::string_view Name(FaultPoint point) {
  switch (point) {
    case kBeforeCommit:
      return "before_commit";
    case kAfterCommit:
      return "after_commit";
    case kReply:
      return "reply";
    case kFrame:
      return "frame";
  }
  return "";
}

Result<void> CheckFault(const Fault& fault) {
  const FaultKind& kind = KindOf(fault.action);
  if (auto ok = CheckMatch(fault.match, kind.frame); !ok) return ok;
  if (fault.at && !kind.May(*fault.at)) {
    return Fail(ErrorKind::kInvalidArgument,
                "at must be " + PointsOf(kind) + " for " + std::string(kind.name));
  }
  if (fault.times && *fault.times == 0) return OutOfRange("times must be 1 or more");
  // A NaN is not in the range either.
  if (!(fault.probability >= 0 && fault.probability <= 1)) {
    return OutOfRange("probability must be 0 to 1");
  }
  return std::visit([](const auto& action) { return Check(action); }, fault.action);
}

}  // namespace ocokit::mock
