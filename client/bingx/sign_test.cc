#include <gtest/gtest.h>

#include "ocokit/client/bingx_signer.h"

namespace ocokit::client::bingx {
namespace {

std::string SignatureOf(const Signer& signer, std::string_view text) {
  const auto signature = signer.Sign(text);
  return std::string(signature.data(), signature.size());
}

TEST(BingxSigner, WritesTheThreeFormatsFromOneString) {
  const Signer signer("secret");
  Params params;
  params.Add("limitPrice", Decimal(48000));
  params.Add("side", "BUY");
  params.Add("timestamp", std::int64_t{1724655430675});
  EXPECT_EQ(params.string_to_sign(), "limitPrice=48000&side=BUY&timestamp=1724655430675");
  const std::string signature = SignatureOf(signer, params.string_to_sign());
  EXPECT_EQ(signer.WriteSigned(params, ParamFormat::kQuery),
            "limitPrice=48000&side=BUY&timestamp=1724655430675&signature=" + signature);
  EXPECT_EQ(signer.WriteSigned(params, ParamFormat::kForm),
            "limitPrice=48000&side=BUY&timestamp=1724655430675&signature=" + signature);
  EXPECT_EQ(signer.WriteSigned(params, ParamFormat::kJson),
            R"({"limitPrice":48000,"side":"BUY","timestamp":1724655430675,"signature":")" +
                signature + "\"}");
}

// Signed raw, sent encoded; a blank never becomes a plus sign.
TEST(BingxSigner, EncodesValuesForTheUrlAfterSigning) {
  Params params;
  params.Add("s", "a b+c/[\"x\"]#%\xc3\x98-._~");
  EXPECT_EQ(params.string_to_sign(), "s=a b+c/[\"x\"]#%\xc3\x98-._~");
  const Signer signer("secret");
  const std::string query = signer.WriteSigned(params, ParamFormat::kQuery);
  EXPECT_TRUE(query.starts_with("s=a%20b%2Bc%2F%5B%22x%22%5D%23%25%C3%98-._~&signature=")) << query;
  EXPECT_TRUE(query.ends_with(SignatureOf(signer, params.string_to_sign())));
}

TEST(BingxSigner, EscapesStringsInJsonAfterSigning) {
  Params params;
  params.Add("s", "a\"b\\");
  params.AddJson("list", "[\"x\",1]");
  EXPECT_EQ(params.string_to_sign(), "s=a\"b\\&list=[\"x\",1]");
  const std::string body = Signer("k").WriteSigned(params, ParamFormat::kJson);
  EXPECT_TRUE(body.starts_with(R"({"s":"a\"b\\","list":["x",1],"signature":")")) << body;
}

TEST(BingxSigner, SignsNoParametersAtAll) {
  const Signer signer("k");
  const std::string signature = SignatureOf(signer, "");
  EXPECT_EQ(signer.WriteSigned(Params(), ParamFormat::kQuery), "signature=" + signature);
  EXPECT_EQ(signer.WriteSigned(Params(), ParamFormat::kJson),
            "{\"signature\":\"" + signature + "\"}");
}

// One Params and one string do for request after request; nothing of the one before is left.
TEST(BingxSigner, WhatIsUsedAgainIsAsNew) {
  const Signer signer("k");
  for (const ParamFormat format : {ParamFormat::kQuery, ParamFormat::kForm, ParamFormat::kJson}) {
    Params params;
    params.Add("s", "a blank is encoded, and this is longer than what comes next");
    params.Clear();
    params.Add("price", Decimal::Parse("-0.00000000000000000000000000000000000001").value());
    params.Add("side", "BUY");
    Params fresh;
    fresh.Add("price", Decimal::Parse("-0.00000000000000000000000000000000000001").value());
    fresh.Add("side", "BUY");
    EXPECT_EQ(params.string_to_sign(), "price=-0.00000000000000000000000000000000000001&side=BUY");
    std::string out = "/path?";
    signer.AppendSigned(params, format, out);
    EXPECT_EQ(out, "/path?" + signer.WriteSigned(fresh, format));
  }
}

}  // namespace
}  // namespace ocokit::client::bingx
