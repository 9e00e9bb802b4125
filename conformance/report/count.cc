#include "conformance/report/report.h"

namespace ocokit::conform {

Totals Count(const Report& report) {
  Totals out;
  for (const Judged& judged : report.judged) {
    switch (judged.result.verdict) {
      case Verdict::kPass:
        ++out.pass;
        break;
      case Verdict::kFail:
        ++out.fail;
        break;
      case Verdict::kNonStrict:
        ++out.non_strict;
        break;
      case Verdict::kUnsupported:
        ++out.unsupported;
        break;
      case Verdict::kSkipped:
        ++out.skipped;
        break;
      case Verdict::kKitError:
        ++out.kit_error;
        break;
    }
    if (!AsExpected(judged)) ++out.unexpected;
    if (judged.known_failing && AsExpected(judged)) ++out.known_failing;
  }
  return out;
}

std::string RepeatCommand(const Report& report, std::string_view id) {
  constexpr std::string_view kPlace = "{case}";
  std::string out = report.repeat;
  const std::size_t at = out.find(kPlace);
  if (at != std::string::npos) out.replace(at, kPlace.size(), id);
  return out;
}

}  // namespace ocokit::conform
