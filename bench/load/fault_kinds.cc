#include "bench/load/fault_kinds.h"

namespace ocokit::load {
namespace {

constexpr FaultKind kKinds[] = {
    {"delay", Sight::kSlow, R"({"action":{"type":"delay","ms":20}})"},
    {"slow_drip", Sight::kSlow, R"({"action":{"type":"slow_drip","bytes":200,"interval_ms":2}})"},
    {"reset", Sight::kReset, R"({"action":{"type":"reset"}})"},
    {"lost_reply", Sight::kReset, R"({"action":{"type":"lost_reply"}})"},
    {"half_close", Sight::kClosed, R"({"action":{"type":"half_close"}})"},
    {"close_early", Sight::kClosed, R"({"action":{"type":"close_early","bytes":40}})"},
    {"malformed_json", Sight::kUnreadable, R"({"action":{"type":"malformed_json"}})"},
    {"empty", Sight::kUnreadable, R"({"action":{"type":"empty"}})"},
    {"status", Sight::kStatus, R"({"action":{"type":"status","status":500,"body":"{}"}})"},
    {"html_5xx", Sight::kStatus, R"({"action":{"type":"html_5xx","status":502}})"},
    {"rate_limit_now", Sight::kRefused, R"({"action":{"type":"rate_limit_now"}})"},
};

}  // namespace

const FaultKind* FindFaultKind(std::string_view type) {
  for (const FaultKind& kind : kKinds) {
    if (kind.type == type) return &kind;
  }
  return nullptr;
}

std::string FaultKindNames() {
  std::string out;
  for (const FaultKind& kind : kKinds) {
    if (!out.empty()) out += ", ";
    out += kind.type;
  }
  return out;
}

}  // namespace ocokit::load
