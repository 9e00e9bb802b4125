#pragma once

// What came of a case.

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ocokit::conform {

enum class Verdict {
  kPass,
  kFail,         // a MUST was broken
  kNonStrict,    // a SHOULD was missed
  kUnsupported,  // the subject says that it cannot do what is tried
  kSkipped,      // not tried: it needs what is not there; the reason says what
  kKitError,     // the kit could not judge; never the subject's failure
};

// One thing sent and what came back, or one line of a client's protocol, in the order they
// happened.
struct WireEntry {
  std::string step;  // what it was for: place, list, liveness probe
  std::string sent;  // byte for byte; secrets left out
  std::string got;   // byte for byte; empty when nothing came
  std::string note;  // what the kit saw: closed before a reply, no reply in 2000 ms
  std::chrono::microseconds took{0};
};

struct CaseResult {
  Verdict verdict = Verdict::kKitError;
  // Why it is no pass, in a sentence. Of the first event that decided; empty for a pass.
  std::string reason;
  // Of that event: what was sent, what came, and what the requirement wants in its place.
  std::string sent;
  std::string got;
  std::string wanted;
  // Which dialect the answer follows, where a case can tell: docs, live, both, neither.
  std::string follows;
  std::vector<WireEntry> wire;
  std::chrono::microseconds took{0};
};

[[nodiscard]] constexpr std::string_view Name(Verdict verdict) {
  switch (verdict) {
    case Verdict::kPass:
      return "pass";
    case Verdict::kFail:
      return "fail";
    case Verdict::kNonStrict:
      return "non-strict";
    case Verdict::kUnsupported:
      return "unsupported";
    case Verdict::kSkipped:
      return "skipped";
    case Verdict::kKitError:
      return "kit error";
  }
  return "";
}

// As Name gives it; nothing for another text.
[[nodiscard]] std::optional<Verdict> ParseVerdict(std::string_view name);

}  // namespace ocokit::conform
