#include "mock_exchange/control/journal.h"
#include "ocokit/base/encoding.h"

namespace ocokit::mock::control {
namespace {

// As it is; what is no UTF-8 cannot stand in JSON and goes into `body_base64`.
void WriteBody(const std::string& body, Json& into) {
  if (IsUtf8(body)) {
    into["body"] = body;
  } else {
    into["body_base64"] = FormatBase64(body);
  }
}

}  // namespace

Json WriteHeaders(const std::vector<Header>& headers) {
  Json out = Json::array();
  for (const Header& header : headers) {
    out.push_back({{"name", header.name}, {"value", header.value}});
  }
  return out;
}

bool IsUtf8(const std::string& text) {
  try {
    (void)nlohmann::json(text).dump();
    return true;
  } catch (const nlohmann::json::exception&) {
    return false;
  }
}

Json WriteDiagnosis(const Diagnosis& d) {
  Json out = {{"id", d.id}};
  if (!d.also.empty()) out["also"] = d.also;
  out["title"] = d.title;
  out["detail"] = d.detail;
  out["fix"] = d.fix;
  out["source"] = d.source;
  out["expected"] = d.expected;
  if (d.signed_text) out["signed"] = *d.signed_text;
  if (d.first_difference) out["first_difference"] = *d.first_difference;
  if (!d.ruled_out.empty()) out["ruled_out"] = d.ruled_out;
  return out;
}

Json WriteEntry(const JournalEntry& entry) {
  Json out = {{"seq", entry.seq}, {"at_ms", ToUnixMillis(entry.at)}};
  if (!entry.stream.empty()) out["stream"] = entry.stream;
  Json& request = out["request"];
  request["method"] = entry.request.method;
  request["target"] = entry.request.target;
  request["headers"] = WriteHeaders(entry.request.headers);
  WriteBody(entry.request.body, request);
  request["remote_ip"] = entry.request.remote_ip;
  Json& decision = out["decision"];
  decision["accepted"] = entry.decision.accepted;
  decision["stage"] = entry.decision.stage;
  decision["rule"] = entry.decision.rule;
  if (!entry.decision.accepted) decision["code"] = entry.decision.code;
  if (!entry.decision.lenient.empty()) decision["lenient"] = entry.decision.lenient;
  if (entry.diagnosis) out["diagnosis"] = WriteDiagnosis(*entry.diagnosis);
  Json& response = out["response"];
  response["status"] = entry.response.status;
  response["headers"] = WriteHeaders(entry.response.headers);
  WriteBody(entry.response.body, response);
  if (!entry.faults.empty()) out["faults"] = entry.faults;
  Json& timing = out["timing_ns"];
  timing["read"] = entry.timing.read.count();
  timing["authenticate"] = entry.timing.authenticate.count();
  timing["decide"] = entry.timing.decide.count();
  if (entry.timing.delay.count() != 0) timing["delay"] = entry.timing.delay.count();
  timing["write"] = entry.timing.write ? Json(entry.timing.write->count()) : Json(nullptr);
  return out;
}

}  // namespace ocokit::mock::control

namespace ocokit::mock {

std::string ToJson(const Diagnosis& diagnosis) {
  return control::WriteDiagnosis(diagnosis).dump(-1, ' ', false,
                                                 control::Json::error_handler_t::replace);
}

}  // namespace ocokit::mock
