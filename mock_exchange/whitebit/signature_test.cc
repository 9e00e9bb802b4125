#include "mock_exchange/whitebit/signature.h"

#include <gtest/gtest.h>

#include "fixtures/fixtures.h"

namespace ocokit::mock::whitebit {
namespace {

using fixtures::PayloadVerdict;
using fixtures::WhitebitSigningVector;

PayloadVerdict Judge(const WhitebitSigningVector& v, PayloadCheck check) {
  if (!VerifyPayload(v.payload, v.body, check)) return PayloadVerdict::kInvalidPayload;
  if (!VerifySignature(v.payload, v.signature, HmacSha512(v.secret))) {
    return PayloadVerdict::kUnauthorized;
  }
  return PayloadVerdict::kAccept;
}

TEST(WhitebitSignature, EveryVectorGetsItsVerdict) {
  for (const WhitebitSigningVector& v : fixtures::WhitebitSigning()) {
    SCOPED_TRACE(v.id + ": " + v.title);
    EXPECT_EQ(Judge(v, PayloadCheck::kJson), v.docs);
    EXPECT_EQ(Judge(v, PayloadCheck::kCanonical), v.canonical);
    EXPECT_EQ(Judge(v, PayloadCheck::kBytes), v.bytes);
  }
}

TEST(WhitebitSignature, AnotherSecretNeverMatches) {
  for (const WhitebitSigningVector& v : fixtures::WhitebitSigning()) {
    SCOPED_TRACE(v.id);
    EXPECT_FALSE(VerifySignature(v.payload, v.signature, HmacSha512(v.secret + "x")));
  }
}

TEST(WhitebitSignature, UpperCaseIsTakenOnlyWhereItIsAllowed) {
  int tried = 0;
  for (const WhitebitSigningVector& v : fixtures::WhitebitSigning()) {
    if (v.docs != PayloadVerdict::kAccept) continue;
    SCOPED_TRACE(v.id);
    std::string upper = v.signature;
    for (char& c : upper) c = c >= 'a' && c <= 'f' ? static_cast<char>(c - 'a' + 'A') : c;
    const HmacSha512 key(v.secret);
    EXPECT_FALSE(VerifySignature(v.payload, upper, key));
    EXPECT_TRUE(VerifySignature(v.payload, upper, key, Hex::kUpperCaseToo));
    EXPECT_TRUE(VerifySignature(v.payload, v.signature, key, Hex::kUpperCaseToo));
    upper.back() = upper.back() == '0' ? '1' : '0';
    EXPECT_FALSE(VerifySignature(v.payload, upper, key, Hex::kUpperCaseToo));
    ++tried;
  }
  EXPECT_GT(tried, 5);
}

TEST(WhitebitSignature, OneFlippedDigitIsRefused) {
  int tried = 0;
  for (const WhitebitSigningVector& v : fixtures::WhitebitSigning()) {
    if (v.docs != PayloadVerdict::kAccept) continue;
    SCOPED_TRACE(v.id);
    std::string signature = v.signature;
    signature.front() = signature.front() == '0' ? '1' : '0';
    EXPECT_FALSE(VerifySignature(v.payload, signature, HmacSha512(v.secret)));
    ++tried;
  }
  EXPECT_GT(tried, 5);
}

}  // namespace
}  // namespace ocokit::mock::whitebit
