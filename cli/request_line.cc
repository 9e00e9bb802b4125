#include "cli/request_line.h"

#include <unistd.h>

#include <cstdio>
#include <ctime>
#include <nlohmann/json.hpp>

#include "cli/terminal.h"

namespace ocokit::cli {
namespace {

// "ok", or what decided against it, and what else there is to say.
std::string Outcome(const mock::RequestRecord& r) {
  std::string out =
      Styled(stderr, r.accepted ? Style::kGood : Style::kBad, r.accepted ? "ok" : r.rule);
  if (r.code != 0) out += " (code " + std::to_string(r.code) + ")";
  if (!r.diagnosis.empty()) out += " " + Styled(stderr, Style::kBold, r.diagnosis);
  if (!r.lenient.empty()) out += " [lenient " + r.lenient + "]";
  for (const std::string& fault : r.faults) out += " [" + fault + "]";
  return out;
}

void PrintForPerson(const mock::RequestRecord& r) {
  const std::int64_t ms = ToUnixMillis(r.at);
  const std::time_t seconds = static_cast<std::time_t>(ms / 1000);
  std::tm utc{};
  gmtime_r(&seconds, &utc);
  char time[16];
  std::strftime(time, sizeof time, "%H:%M:%S", &utc);
  std::fprintf(stderr, "%s.%03d %-10s %-4s %-36s %3d %s %lld us\n", time,
               static_cast<int>(ms % 1000), r.account.empty() ? "-" : r.account.c_str(),
               r.method.c_str(), r.path.c_str(), r.status, Outcome(r).c_str(),
               static_cast<long long>(r.took.count() / 1000));
}

void PrintJsonLine(const mock::RequestRecord& r) {
  using Json = nlohmann::ordered_json;
  Json line = {{"at_ms", ToUnixMillis(r.at)},
               {"account", r.account},
               {"method", r.method},
               {"path", r.path},
               {"status", r.status},
               {"accepted", r.accepted},
               {"stage", r.stage},
               {"rule", r.rule}};
  if (!r.accepted) line["code"] = r.code;
  if (!r.diagnosis.empty()) line["diagnosis"] = r.diagnosis;
  if (!r.lenient.empty()) line["lenient"] = r.lenient;
  if (!r.faults.empty()) line["faults"] = r.faults;
  line["took_us"] = r.took.count() / 1000;
  std::fprintf(stderr, "%s\n", line.dump(-1, ' ', false, Json::error_handler_t::replace).c_str());
}

}  // namespace

std::function<void(const mock::RequestRecord&)> LinePrinter() {
  return isatty(fileno(stderr)) == 1 ? PrintForPerson : PrintJsonLine;
}

}  // namespace ocokit::cli
