#include "ocokit/mock/doctor.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "fixtures/fixtures.h"
#include "mock_exchange/doctor/examine.h"

namespace ocokit::mock {
namespace {

using fixtures::BingxSigningVector;
using fixtures::PayloadVerdict;
using fixtures::WhitebitSigningVector;

Request FromVector(const BingxSigningVector& v) {
  Request request;
  request.method = "POST";
  request.target = "/openApi/spot/v1/oco/order?" + v.query;
  request.headers = {{"X-BX-APIKEY", v.api_key}};
  request.body = v.body;
  return request;
}

Request FromVector(const WhitebitSigningVector& v) {
  Request request;
  request.method = "POST";
  request.target = v.path;
  request.headers = {
      {"X-TXC-APIKEY", v.api_key}, {"X-TXC-PAYLOAD", v.payload}, {"X-TXC-SIGNATURE", v.signature}};
  request.body = v.body;
  return request;
}

Diagnosis DiagnoseVector(const BingxSigningVector& v) {
  return Diagnose(Venue::kBingx, FromVector(v), {v.api_key, v.secret});
}

Diagnosis DiagnoseVector(const WhitebitSigningVector& v) {
  return Diagnose(Venue::kWhitebit, FromVector(v), {v.api_key, v.secret});
}

TEST(BingxDoctor, EverySigningVectorGetsItsOwnMistake) {
  for (const BingxSigningVector& v : fixtures::BingxSigning()) {
    const Diagnosis d = DiagnoseVector(v);
    EXPECT_EQ(d.id, v.accept ? kNothingWrong : v.mistake) << v.id << ": " << v.title << "\n"
                                                          << d.detail;
  }
}

TEST(WhitebitDoctor, EverySigningVectorGetsItsOwnMistake) {
  for (const WhitebitSigningVector& v : fixtures::WhitebitSigning()) {
    const Diagnosis d = DiagnoseVector(v);
    std::string want = v.mistake.empty() ? std::string(kNothingWrong) : v.mistake;
    // Rightly signed, and an empty object.
    if (v.body == "{}") want = "request_missing";
    EXPECT_EQ(d.id, want) << v.id << ": " << v.title << "\n" << d.detail;
  }
}

}  // namespace
}  // namespace ocokit::mock
