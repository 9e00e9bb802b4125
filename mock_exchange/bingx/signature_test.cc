#include "mock_exchange/bingx/signature.h"

#include <gtest/gtest.h>

#include "fixtures/fixtures.h"

namespace ocokit::mock::bingx {
namespace {

using fixtures::BingxSigningVector;

Parameters ReadVector(const BingxSigningVector& v) {
  Request request;
  request.method = "POST";
  request.target = "/openApi/spot/v1/oco/order?" + v.query;
  request.body = v.body;
  return ReadParameters(request);
}

TEST(BingxSignature, EveryVectorGetsItsVerdict) {
  for (const BingxSigningVector& v : fixtures::BingxSigning()) {
    SCOPED_TRACE(v.id + ": " + v.title);
    const SignatureCheck check =
        VerifySignature(ReadVector(v), HmacSha256(v.secret), /*strict=*/false);
    EXPECT_EQ(check.verdict == SignatureVerdict::kMatch, v.accept);
    if (!v.accept) {
      EXPECT_EQ(check.verdict,
                v.code == 100412 ? SignatureVerdict::kMissing : SignatureVerdict::kMismatch);
    }
    std::string rule = v.rule;
    if (v.joint_without_ampersand) rule += "_unjoined";
    EXPECT_EQ(check.rule, rule);
  }
}

TEST(BingxSignature, StrictAcceptsTheDocumentedRuleAlone) {
  for (const BingxSigningVector& v : fixtures::BingxSigning()) {
    SCOPED_TRACE(v.id + ": " + v.title);
    const SignatureCheck check =
        VerifySignature(ReadVector(v), HmacSha256(v.secret), /*strict=*/true);
    EXPECT_EQ(check.verdict == SignatureVerdict::kMatch, v.accept_strict);
  }
}

TEST(BingxSignature, AnotherSecretNeverMatches) {
  for (const BingxSigningVector& v : fixtures::BingxSigning()) {
    SCOPED_TRACE(v.id);
    const SignatureCheck check =
        VerifySignature(ReadVector(v), HmacSha256(v.secret + "x"), /*strict=*/false);
    EXPECT_NE(check.verdict, SignatureVerdict::kMatch);
  }
}

TEST(BingxSignature, OneFlippedDigitIsRefused) {
  int tried = 0;
  for (const BingxSigningVector& v : fixtures::BingxSigning()) {
    if (!v.accept) continue;
    SCOPED_TRACE(v.id);
    Parameters parameters = ReadVector(v);
    for (Parameter& parameter : parameters.all) {
      if (parameter.name != "signature") continue;
      parameter.value.back() = parameter.value.back() == '0' ? '1' : '0';
      ++tried;
    }
    EXPECT_EQ(VerifySignature(parameters, HmacSha256(v.secret), false).verdict,
              SignatureVerdict::kMismatch);
  }
  EXPECT_GT(tried, 10);
}

}  // namespace
}  // namespace ocokit::mock::bingx
