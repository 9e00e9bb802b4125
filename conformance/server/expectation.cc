#include "conformance/server/expectation.h"

#include <nlohmann/json.hpp>
#include <string>

namespace ocokit::conform::server {
namespace {

using nlohmann::json;
using Found = std::optional<Mismatch>;

Found CheckStatus(const json& wanted, int status, const Saved& saved) {
  JsonValue value;
  value.kind = JsonValue::Kind::kNumber;
  value.text = std::to_string(status);
  return Match(wanted.is_array() ? json{{"$in", wanted}} : wanted, &value, saved, "HTTP status");
}

Found CheckHeaders(const json& wanted, const HttpReply& reply, const Saved& saved) {
  for (const auto& [name, matcher] : wanted.items()) {
    const std::string* text = reply.FindHeader(name);
    const JsonValue value = StringValue(text ? *text : "");
    if (auto found = Match(matcher, text ? &value : nullptr, saved, "header " + name)) return found;
  }
  return {};
}

// Both venues tell a refusal from a success by the body's `code`; WhiteBIT by the status, too.
Found CheckOutcome(bool accepted, Venue venue, const HttpReply& reply, const Saved& saved) {
  const bool is_bingx = venue == Venue::kBingx;
  const json wanted_status = accepted   ? json(200)
                             : is_bingx ? json{{"$between", {200, 499}}}
                                        : json{{"$between", {400, 499}}};
  if (auto found = CheckStatus(wanted_status, reply.status, saved)) return found;
  const auto body = ParseJson(reply.body);
  if (!body) return Mismatch{"the body", "JSON", body.error().message};
  if (!accepted) {
    const json refusal =
        is_bingx
            ? json{{"code", {{"$type", "integer"}, {"$not", 0}}}, {"msg", {{"$type", "string"}}}}
            : json{{"code", {{"$type", "integer"}}}, {"message", {{"$type", "string"}}}};
    return Match(refusal, &*body, saved);
  }
  if (is_bingx) return Match(json{{"code", 0}}, &*body, saved);
  if (body->Find("code") && body->Find("message")) {
    return Mismatch{"the body", "no error", FormatJson(*body)};
  }
  return {};
}

}  // namespace

std::optional<Mismatch> Check(const json& expected, Venue venue, const HttpReply& reply,
                              const Saved& saved) {
  if (expected.contains("http")) {
    if (auto found = CheckStatus(expected.at("http"), reply.status, saved)) return found;
  }
  if (expected.value("accepted", false)) {
    if (auto found = CheckOutcome(true, venue, reply, saved)) return found;
  }
  if (expected.value("refused", false)) {
    if (auto found = CheckOutcome(false, venue, reply, saved)) return found;
  }
  if (expected.contains("headers")) {
    if (auto found = CheckHeaders(expected.at("headers"), reply, saved)) return found;
  }
  if (expected.contains("text")) {
    const JsonValue body = StringValue(reply.body);
    if (auto found = Match(expected.at("text"), &body, saved)) return found;
  }
  if (expected.contains("not_json") && ParseJson(reply.body)) {
    return Mismatch{"the body", "no JSON", reply.body};
  }
  if (expected.contains("json")) {
    const auto body = ParseJson(reply.body);
    if (!body) return Mismatch{"the body", "JSON", body.error().message + ": " + reply.body};
    return Match(expected.at("json"), &*body, saved);
  }
  return {};
}

}  // namespace ocokit::conform::server
