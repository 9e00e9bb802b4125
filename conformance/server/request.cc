#include "conformance/server/request.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <utility>

#include "conformance/server/parameters.h"
#include "ocokit/base/encoding.h"

namespace ocokit::conform::server {
namespace {

using nlohmann::json;

const json& MemberOf(const json& object, const char* name) {
  static const json kNone;
  const auto found = object.find(name);
  return found == object.end() ? kNone : *found;
}

// A time or nonce of the step: `time` moves it off the clock and changes its unit,
// `from_last_nonce` counts from the latest nonce.
std::string TimeText(const json& step, const Maker& maker, std::int64_t usual) {
  const json& time = MemberOf(step, "time");
  if (!time.is_object()) return std::to_string(usual);
  if (time.contains("from_last_nonce")) {
    return std::to_string(maker.last_nonce + time.at("from_last_nonce").get<std::int64_t>());
  }
  if (!time.contains("offset_ms") && !time.contains("unit")) return std::to_string(usual);
  const std::int64_t ms = maker.now_ms + time.value("offset_ms", std::int64_t{0});
  const std::string unit = time.value("unit", "ms");
  if (unit == "s") return std::to_string(ms / 1000);
  if (unit == "us") return std::to_string(ms * 1000);
  if (unit == "ms") return std::to_string(ms);
  throw std::invalid_argument("no unit " + unit);
}

std::string Query(const Parameters& parameters, bool encoded) {
  std::string out;
  for (const Written& each : parameters) {
    if (!out.empty()) out += '&';
    out += each.name + '=' + (encoded ? PercentEncode(each.text) : each.text);
  }
  return out;
}

Parameters Sorted(Parameters parameters) {
  std::stable_sort(parameters.begin(), parameters.end(),
                   [](const Written& a, const Written& b) { return a.name < b.name; });
  return parameters;
}

// ---- BingX: parameters anywhere, one of them the signature

struct BingxSigned {
  std::string signature;
  std::string right;
};

// Signed are all parameters sorted by name, undecorated, unless `signing` says otherwise.
BingxSigned SignBingx(const Parameters& sent, const json& step, const Maker& maker,
                      const Saved& saved) {
  const json& how = MemberOf(step, "signing");
  const std::string over = how.is_object() ? how.value("over", "sorted") : "sorted";
  Parameters covered = over == "sent" ? sent : Sorted(sent);
  if (step.contains("signed_set")) Set(covered, step.at("signed_set"), maker, saved);
  for (const json& name : how.is_object() ? how.value("without", json::array()) : json::array()) {
    std::erase_if(covered, [&](const Written& p) { return p.name == name; });
  }
  std::string text = Query(covered, over == "encoded");
  if (over == "question_mark") text = "?" + text;
  if (over == "json") text = FormatObject(covered, "compact");
  return {Sign(maker.venue, maker.keys, text, how),
          Sign(maker.venue, maker.keys, Query(Sorted(sent), false), nullptr)};
}

void MakeBingx(const Call& call, const json& step, const Maker& maker, const Saved& saved,
               Request& request) {
  Parameters parameters = ParametersOf(call, {}, step, maker, saved);
  const json removed = step.value("remove", json::array());
  const auto is_removed = [&](const char* name) {
    return std::find(removed.begin(), removed.end(), name) != removed.end();
  };
  const bool own_time = MemberOf(step, "set").is_object() && step.at("set").contains("timestamp");
  if (!is_removed("timestamp") && !own_time) {
    parameters.push_back(Write("timestamp", TimeText(step, maker, maker.now_ms)));
  }
  const std::string order = step.value("order", "sorted");
  if (order == "sorted") parameters = Sorted(std::move(parameters));
  if (order == "reversed") std::reverse(parameters.begin(), parameters.end());
  if (call.is_signed && !is_removed("signature")) {
    const auto [signature, right] = SignBingx(parameters, step, maker, saved);
    request.signature = signature;
    request.right_signature = right;
    parameters.push_back(Write("signature", QuoteJson(signature)));
  }
  if (call.is_signed || step.value("with_key", false)) {
    request.headers.emplace_back("X-BX-APIKEY", maker.keys.key);
  }

  Parameters in_query;
  const std::string as = step.value("as", "query");
  const json query_names = step.value("in_query", json::array());
  for (const Written& each : parameters) {
    const bool named =
        std::find(query_names.begin(), query_names.end(), each.name) != query_names.end();
    if (as == "query" || named) in_query.push_back(each);
  }
  std::erase_if(parameters, [&](const Written& p) {
    return std::find(in_query.begin(), in_query.end(), p) != in_query.end();
  });
  if (!in_query.empty()) request.target += "?" + Query(in_query, true);
  if (as == "form") {
    request.headers.emplace_back("Content-Type", "application/x-www-form-urlencoded");
    request.body = Query(parameters, true);
  } else if (as == "json") {
    request.headers.emplace_back("Content-Type", "application/json");
    request.body = FormatObject(parameters, step.value("body", "compact"));
  }
}

// ---- WhiteBIT: a JSON body, and three headers about it

std::string EncodePayload(const std::string& text, const std::string& how) {
  std::string payload = FormatBase64(text);
  if (how == "padded") return payload;
  if (how == "twice") return FormatBase64(payload);
  if (how == "none") return text;
  if (how == "unpadded") {
    while (payload.ends_with('=')) payload.pop_back();
  } else if (how == "url") {
    for (char& c : payload) c = c == '+' ? '-' : c == '/' ? '_' : c;
  } else {
    throw std::invalid_argument("no base64 " + how);
  }
  return payload;
}

void MakeWhitebit(const Call& call, const json& step, const Maker& maker, const Saved& saved,
                  Request& request) {
  if (!call.is_signed) {
    const auto parameters = ParametersOf(call, {}, step, maker, saved);
    if (!parameters.empty()) request.target += "?" + Query(parameters, true);
    if (step.value("with_key", false)) {
      request.headers.emplace_back("X-TXC-APIKEY", maker.keys.key);
    }
    return;
  }
  const json& time = MemberOf(step, "time");
  const std::string nonce = TimeText(step, maker, maker.next_nonce);
  const bool as_string = time.is_object() && time.value("as", "number") == "string";
  Parameters first = {Write("request", QuoteJson(call.path)),
                      Write("nonce", as_string ? QuoteJson(nonce) : nonce)};
  const Parameters parameters = ParametersOf(call, std::move(first), step, maker, saved);
  const auto sent_nonce = std::find_if(parameters.begin(), parameters.end(),
                                       [](const Written& p) { return p.name == "nonce"; });
  if (sent_nonce != parameters.end()) request.nonce = sent_nonce->text;

  const std::string body_form = step.value("body", "compact");
  request.body = FormatObject(parameters, body_form);
  Parameters covered = parameters;
  if (step.contains("signed_set")) Set(covered, step.at("signed_set"), maker, saved);
  const std::string covered_text = FormatObject(covered, step.value("payload", body_form));
  const std::string payload = EncodePayload(covered_text, step.value("base64", "padded"));
  const json& how = MemberOf(step, "signing");
  const bool over_body = how.is_object() && how.value("over", "payload") == "body";
  request.signature = Sign(maker.venue, maker.keys, over_body ? request.body : payload, how);
  request.right_signature = Sign(maker.venue, maker.keys, payload, nullptr);
  request.headers.emplace_back("Content-Type", "application/json");
  request.headers.emplace_back("X-TXC-APIKEY", maker.keys.key);
  request.headers.emplace_back("X-TXC-PAYLOAD", payload);
  request.headers.emplace_back("X-TXC-SIGNATURE", request.signature);
}

// ---- both

void ChangeHeaders(const json& step, Headers& headers) {
  const json& changes = MemberOf(step, "headers");
  for (const auto& [name, value] : changes.items()) {
    std::erase_if(headers, [&name = name](const auto& header) { return header.first == name; });
    if (value.is_string()) headers.emplace_back(name, value.get<std::string>());
  }
  const std::string letters = step.value("header_names", "usual");
  for (auto& [name, value] : headers) {
    for (char& c : name) {
      if (letters == "lower" && c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
      if (letters == "upper" && c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    }
  }
}

std::string Chunked(const std::string& body) {
  std::string out;
  for (std::size_t at = 0; at < body.size(); at += 64) {
    const std::string piece = body.substr(at, 64);
    const char* digits = "0123456789abcdef";
    std::string size = {digits[piece.size() / 16], digits[piece.size() % 16]};
    out.append(size).append("\r\n").append(piece).append("\r\n");
  }
  return out + "0\r\n\r\n";
}

}  // namespace

Request MakeRequest(const Call& call, const json& step, const Maker& maker, const Saved& saved) {
  Request request;
  request.method = step.value("method", std::string(call.method));
  request.target = maker.base_path + step.value("path", std::string(call.path));
  request.headers.emplace_back("Host", maker.authority);
  request.headers.emplace_back("User-Agent", "ocokit-conform");
  if (maker.venue == Venue::kBingx) {
    MakeBingx(call, step, maker, saved, request);
  } else {
    MakeWhitebit(call, step, maker, saved, request);
  }
  if (step.contains("body_text")) request.body = step.at("body_text").get<std::string>();
  if (step.value("wire", "usual") == "chunked") {
    request.headers.emplace_back("Transfer-Encoding", "chunked");
    request.body = Chunked(request.body);
  } else if (!request.body.empty() || request.method == "POST") {
    request.headers.emplace_back("Content-Length", std::to_string(request.body.size()));
  }
  if (step.value("wire", "usual") == "absolute_target") {
    request.target = "http://" + maker.authority + request.target;
  }
  ChangeHeaders(step, request.headers);
  request.bytes = FormatRequest(request.method, request.target, request.headers, request.body);
  return request;
}

}  // namespace ocokit::conform::server
