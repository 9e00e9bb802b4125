#include "cli/request_line.h"

#include <unistd.h>

#include <cstdio>
#include <ctime>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>

#include "cli/line_writer.h"
#include "cli/terminal.h"

namespace ocokit::cli {
namespace {

using Json = nlohmann::ordered_json;

std::string Padded(std::string text, std::size_t width) {
  if (text.size() < width) text.resize(width, ' ');
  return text;
}

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

std::string FormatForPerson(const mock::RequestRecord& r) {
  const std::int64_t ms = ToUnixMillis(r.at);
  const std::time_t seconds = static_cast<std::time_t>(ms / 1000);
  std::tm utc{};
  gmtime_r(&seconds, &utc);
  char time[16];
  std::strftime(time, sizeof time, "%H:%M:%S", &utc);
  char millis[8];
  std::snprintf(millis, sizeof millis, ".%03d ", static_cast<int>(ms % 1000));
  std::string out = std::string(time) + millis;
  out += Padded(r.account.empty() ? "-" : r.account, 10) + " ";
  out += Padded(Printable(r.method), 4) + " " + Padded(Printable(r.path), 36) + " ";
  out += std::to_string(r.status) + " " + Outcome(r) + " ";
  return out + std::to_string(r.took.count() / 1000) + " us";
}

std::string FormatJson(const mock::RequestRecord& r) {
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
  return line.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string DescribeDrop(bool person, std::size_t dropped) {
  if (!person) return Json{{"dropped", dropped}}.dump();
  return "-- " + std::to_string(dropped) + " lines dropped: they came faster than they were read";
}

}  // namespace

std::function<void(const mock::RequestRecord&)> LinePrinter() {
  constexpr std::size_t kMost = 10'000;
  const bool person = isatty(STDERR_FILENO) == 1;
  auto writer = std::make_shared<LineWriter>(STDERR_FILENO, kMost, [person](std::size_t dropped) {
    return DescribeDrop(person, dropped);
  });
  return [person, writer = std::move(writer)](const mock::RequestRecord& record) {
    writer->Write(person ? FormatForPerson(record) : FormatJson(record));
  };
}

}  // namespace ocokit::cli
