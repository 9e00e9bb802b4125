#include "mock_exchange/testing/doctor_cases.h"

namespace ocokit::mock::testing {
namespace {

DoctorCase FromSigning(const fixtures::BingxSigningVector& v) {
  DoctorCase out;
  out.id = v.id;
  out.request.method = "POST";
  out.request.target = "/openApi/spot/v1/oco/order?" + v.query;
  out.request.headers = {{"X-BX-APIKEY", v.api_key}};
  out.request.body = v.body;
  out.credentials = {v.api_key, v.secret};
  out.want = v.accept ? std::string(kNothingWrong) : v.mistake;
  return out;
}

DoctorCase FromSigning(const fixtures::WhitebitSigningVector& v) {
  DoctorCase out;
  out.id = v.id;
  out.venue = Venue::kWhitebit;
  out.request.method = "POST";
  out.request.target = v.path;
  out.request.headers = {
      {"X-TXC-APIKEY", v.api_key}, {"X-TXC-PAYLOAD", v.payload}, {"X-TXC-SIGNATURE", v.signature}};
  out.request.body = v.body;
  out.credentials = {v.api_key, v.secret};
  out.want = v.mistake.empty() ? std::string(kNothingWrong) : v.mistake;
  // The vector is about payload and signature, which an empty object has.
  if (v.body == "{}") out.want = "request_missing";
  return out;
}

PayloadCheck ReadCheck(const std::string& name) {
  if (name == "json") return PayloadCheck::kJson;
  return name == "bytes" ? PayloadCheck::kBytes : PayloadCheck::kCanonical;
}

DoctorCase FromMistake(Venue venue, const fixtures::MistakeVector& v) {
  DoctorCase out;
  out.id = v.id;
  out.venue = venue;
  out.request = ToRequest(v.request);
  out.credentials = {v.api_key, v.secret};
  if (v.now_ms) out.known.now = FromUnixMillis(*v.now_ms);
  out.known.last_nonce = v.last_nonce;
  out.known.strict_signing = v.strict_signing;
  out.known.payload_check = ReadCheck(v.payload_check);
  out.known.uppercase_signature = v.uppercase_signature;
  for (const fixtures::Request& earlier : v.before) out.before.push_back(ToRequest(earlier));
  out.want = v.mistake;
  out.also = v.also;
  out.signed_text = v.signed_text;
  return out;
}

}  // namespace

Request ToRequest(const fixtures::Request& from) {
  Request request;
  request.method = from.method;
  request.target = from.target;
  for (const auto& [name, value] : from.headers) request.headers.push_back({name, value});
  request.body = from.body;
  return request;
}

DoctorContext DoctorCase::Context() const {
  DoctorContext out = known;
  for (const Request& earlier : before) out.before.push_back(&earlier);
  return out;
}

std::vector<DoctorCase> DoctorCases() {
  std::vector<DoctorCase> out;
  for (const auto& v : fixtures::BingxSigning()) out.push_back(FromSigning(v));
  for (const auto& v : fixtures::WhitebitSigning()) out.push_back(FromSigning(v));
  for (const auto& v : fixtures::Mistakes(fixtures::Venue::kBingx)) {
    out.push_back(FromMistake(Venue::kBingx, v));
  }
  for (const auto& v : fixtures::Mistakes(fixtures::Venue::kWhitebit)) {
    out.push_back(FromMistake(Venue::kWhitebit, v));
  }
  return out;
}

}  // namespace ocokit::mock::testing
