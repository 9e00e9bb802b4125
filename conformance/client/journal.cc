#include "conformance/client/journal.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <utility>

#include "conformance/client/members.h"
#include "conformance/text/bounded_json.h"

namespace ocokit::conform {
namespace {

Headers ReadHeaders(const nlohmann::json& message) {
  Headers headers;
  for (const nlohmann::json& header : Member(message, "headers")) {
    headers.emplace_back(Text(header, "name"), Text(header, "value"));
  }
  return headers;
}

std::string ReadDiagnosis(const nlohmann::json& entry) {
  const nlohmann::json& diagnosis = Member(entry, "diagnosis");
  std::string text = Text(diagnosis, "title");
  if (const std::string detail = Text(diagnosis, "detail"); !detail.empty()) text += ": " + detail;
  return text;
}

JournalEntry ReadEntry(const nlohmann::json& entry) {
  const nlohmann::json& request = Member(entry, "request");
  const nlohmann::json& decision = Member(entry, "decision");
  const nlohmann::json& response = Member(entry, "response");
  JournalEntry read{.seq = Integer(entry, "seq"),
                    .at_ms = Integer(entry, "at_ms"),
                    .method = Text(request, "method"),
                    .target = Text(request, "target"),
                    .headers = ReadHeaders(request),
                    .body = Text(request, "body"),
                    .accepted = Flag(decision, "accepted"),
                    .stage = Text(decision, "stage"),
                    .rule = Text(decision, "rule"),
                    .code = {},
                    .diagnosis = ReadDiagnosis(entry),
                    .faults = {},
                    .status = static_cast<int>(Integer(response, "status")),
                    .reply = Text(response, "body"),
                    .stream = Text(entry, "stream")};
  const nlohmann::json& timing = Member(entry, "timing_ns");
  read.written = !timing.is_object() || Member(timing, "write").is_number();
  if (Member(decision, "code").is_number_integer()) read.code = Integer(decision, "code");
  for (const nlohmann::json& fault : Member(entry, "faults")) {
    if (!fault.is_string()) continue;
    // "fault-1 reset".
    const std::string text = fault.get<std::string>();
    read.faults.push_back(text.substr(text.find(' ') + 1));
  }
  return read;
}

}  // namespace

std::optional<std::int64_t> JournalEntry::ToldCode() const {
  const nlohmann::json told = ParseBoundedJson(reply);
  if (Member(told, "code").is_number_integer()) return Integer(told, "code");
  return code;
}

std::string_view JournalEntry::Path() const {
  return std::string_view(target).substr(0, target.find('?'));
}

std::string_view JournalEntry::Query() const {
  const std::size_t at = target.find('?');
  return at == std::string::npos ? std::string_view() : std::string_view(target).substr(at + 1);
}

const std::string* JournalEntry::FindHeader(std::string_view name) const {
  return conform::FindHeader(headers, name);
}

bool JournalEntry::ReplyWasLost() const {
  static constexpr std::array<std::string_view, 9> kLosing = {
      "lost_reply", "reset",        "half_close",     "close_early", "html_5xx",
      "empty",      "wrong_length", "malformed_json", "wrong_type"};
  return std::any_of(faults.begin(), faults.end(), [this](const std::string& fault) {
    if (fault == "status") return status >= 500;
    // Late is not lost: only a client that has gone meanwhile has not got it.
    if (fault == "delay" || fault == "slow_drip") return !written;
    return std::find(kLosing.begin(), kLosing.end(), fault) != kLosing.end();
  });
}

std::string JournalEntry::Name() const {
  return "#" + std::to_string(seq) + " " + method + " " + std::string(Path());
}

std::string JournalEntry::FormatRequest() const {
  return conform::FormatRequest(method, target, headers, body);
}

std::string JournalEntry::FormatReply() const {
  if (status == 0) return "(the connection was ended without a reply)";
  return "HTTP " + std::to_string(status) + "\n" + reply;
}

Result<std::vector<JournalEntry>> ReadJournal(const nlohmann::json& page) {
  const nlohmann::json& entries = Member(page, "entries");
  if (!entries.is_array()) {
    return Fail(ErrorKind::kInvalidArgument, "the journal's answer has no list of entries");
  }
  std::vector<JournalEntry> read;
  for (const nlohmann::json& entry : entries) read.push_back(ReadEntry(entry));
  return read;
}

}  // namespace ocokit::conform
