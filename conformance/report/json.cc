#include <nlohmann/json.hpp>

#include "conformance/report/report.h"
#include "conformance/text/bounded_json.h"
#include "conformance/text/utf8.h"

namespace ocokit::conform {

using nlohmann::json;
using nlohmann::ordered_json;

namespace {

constexpr int kFormat = 1;

ordered_json ToJson(const Citation& cite) {
  return {{"document", cite.document},
          {"section", cite.section},
          {"url", cite.url},
          {"date", cite.date}};
}

ordered_json ToJson(const WireEntry& entry) {
  return {{"step", entry.step},
          {"sent", ToUtf8(entry.sent)},
          {"got", ToUtf8(entry.got)},
          {"note", ToUtf8(entry.note)},
          {"took_us", entry.took.count()}};
}

ordered_json ToJson(const Judged& judged) {
  const auto& [tried, result, known] = judged;
  ordered_json out{{"id", tried.id},
                   {"venue", Name(tried.venue)},
                   {"section", tried.section},
                   {"title", tried.title},
                   {"requirement", tried.requirement},
                   {"level", Name(tried.level)},
                   {"cites", ordered_json::array()},
                   {"verdict", Name(result.verdict)},
                   {"known_failing", known},
                   {"as_expected", AsExpected(judged)},
                   {"reason", ToUtf8(result.reason)},
                   {"sent", ToUtf8(result.sent)},
                   {"got", ToUtf8(result.got)},
                   {"wanted", ToUtf8(result.wanted)},
                   {"follows", result.follows},
                   {"took_us", result.took.count()},
                   {"wire", ordered_json::array()}};
  for (const Citation& cite : tried.cites) out["cites"].push_back(ToJson(cite));
  for (const WireEntry& entry : result.wire) out["wire"].push_back(ToJson(entry));
  return out;
}

// Reads members one by one, and remembers the first that is not what it should be.
class Reader {
 public:
  Reader(const json& object, std::string where, std::string& error)
      : object_(object), where_(std::move(where)), error_(error) {
    if (!object.is_object()) Complain("", "an object");
  }

  std::string Text(const char* name) {
    const json* member = Find(name);
    if (member == nullptr || !member->is_string()) return Complain(name, "a text"), "";
    return member->get<std::string>();
  }
  std::int64_t Number(const char* name) {
    const json* member = Find(name);
    if (member == nullptr || !member->is_number_integer()) return Complain(name, "an integer"), 0;
    return member->get<std::int64_t>();
  }
  bool Flag(const char* name) {
    const json* member = Find(name);
    if (member == nullptr || !member->is_boolean()) return Complain(name, "true or false"), false;
    return member->get<bool>();
  }
  const json& Array(const char* name) {
    static const json kNone = json::array();
    const json* member = Find(name);
    if (member == nullptr || !member->is_array()) return Complain(name, "an array"), kNone;
    return *member;
  }
  // One of what Name gives for the values.
  template <typename T>
  T Named(const char* name, std::initializer_list<T> values) {
    const std::string text = Text(name);
    std::string wanted;
    for (const T value : values) {
      if (Name(value) == text) return value;
      wanted += (wanted.empty() ? "" : ", ") + std::string(Name(value));
    }
    Complain(name, "one of " + wanted);
    return *values.begin();
  }

 private:
  const json* Find(const char* name) const {
    if (!object_.is_object()) return nullptr;
    const auto it = object_.find(name);
    return it == object_.end() ? nullptr : &*it;
  }
  void Complain(const std::string& name, const std::string& wanted) {
    if (error_.empty()) error_ = where_ + name + " must be " + wanted;
  }

  const json& object_;
  std::string where_;
  std::string& error_;
};

Judged ReadJudged(const json& row, const std::string& where, Subject subject, std::string& error) {
  Reader reader(row, where, error);
  Judged out;
  out.tried.id = reader.Text("id");
  out.tried.subject = subject;
  out.tried.venue = reader.Named("venue", {Venue::kBingx, Venue::kWhitebit});
  out.tried.section = reader.Text("section");
  out.tried.title = reader.Text("title");
  out.tried.requirement = reader.Text("requirement");
  out.tried.level = reader.Named("level", {Level::kMust, Level::kShould});
  for (const json& cite : reader.Array("cites")) {
    Reader of(cite, where + "cites.", error);
    out.tried.cites.push_back(
        {of.Text("document"), of.Text("section"), of.Text("url"), of.Text("date")});
  }
  CaseResult& result = out.result;
  result.verdict =
      reader.Named("verdict", {Verdict::kPass, Verdict::kFail, Verdict::kNonStrict,
                               Verdict::kUnsupported, Verdict::kSkipped, Verdict::kKitError});
  out.known_failing = reader.Flag("known_failing");
  result.reason = reader.Text("reason");
  result.sent = reader.Text("sent");
  result.got = reader.Text("got");
  result.wanted = reader.Text("wanted");
  result.follows = reader.Text("follows");
  result.took = std::chrono::microseconds(reader.Number("took_us"));
  for (const json& entry : reader.Array("wire")) {
    Reader of(entry, where + "wire.", error);
    result.wire.push_back({of.Text("step"), of.Text("sent"), of.Text("got"), of.Text("note"),
                           std::chrono::microseconds(of.Number("took_us"))});
  }
  return out;
}

}  // namespace

std::string FormatJson(const Report& report) {
  const Totals totals = Count(report);
  ordered_json out{{"format", kFormat},
                   {"ocokit", report.version},
                   {"subject", report.subject},
                   {"kind", Name(report.kind)},
                   {"target", report.target},
                   {"dialect", report.dialect},
                   {"seed", report.seed},
                   {"started_ms", report.started.count()},
                   {"took_ms", report.took.count()},
                   {"repeat", report.repeat},
                   {"not_run", report.not_run},
                   {"totals",
                    {{"pass", totals.pass},
                     {"fail", totals.fail},
                     {"non_strict", totals.non_strict},
                     {"unsupported", totals.unsupported},
                     {"skipped", totals.skipped},
                     {"kit_error", totals.kit_error},
                     {"known_failing", totals.known_failing},
                     {"unexpected", totals.unexpected}}},
                   {"cases", ordered_json::array()}};
  for (const Judged& judged : report.judged) out["cases"].push_back(ToJson(judged));
  return out.dump(1, ' ', false, json::error_handler_t::replace) + "\n";
}

Result<Report> ReadJson(std::string_view text) {
  const json value = ParseBoundedJson(text);
  if (value.is_discarded()) return Fail(ErrorKind::kInvalidArgument, "it is no JSON");
  std::string error;
  Reader reader(value, "", error);
  Report out;
  if (reader.Number("format") != kFormat && error.empty()) {
    error = "format must be " + std::to_string(kFormat);
  }
  out.version = reader.Text("ocokit");
  out.subject = reader.Text("subject");
  out.kind = reader.Named("kind", {Subject::kServer, Subject::kClient});
  out.target = reader.Text("target");
  out.dialect = reader.Text("dialect");
  out.seed = static_cast<std::uint64_t>(reader.Number("seed"));
  out.started = std::chrono::milliseconds(reader.Number("started_ms"));
  out.took = std::chrono::milliseconds(reader.Number("took_ms"));
  out.repeat = reader.Text("repeat");
  // Reports of versions that did not tell were of whole runs.
  if (value.is_object() && value.contains("not_run")) {
    out.not_run = static_cast<int>(reader.Number("not_run"));
  }
  std::size_t number = 0;
  for (const json& row : reader.Array("cases")) {
    const std::string where = "cases[" + std::to_string(number++) + "].";
    out.judged.push_back(ReadJudged(row, where, out.kind, error));
  }
  if (!error.empty()) {
    return Fail(ErrorKind::kInvalidArgument, "it is no report of `ocokit conform`: " + error);
  }
  return out;
}

}  // namespace ocokit::conform
