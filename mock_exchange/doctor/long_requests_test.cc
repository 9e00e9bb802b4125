// Requests as long as a server takes them: the usual mistakes are found first, and what there was
// no time for is not said to have been tried.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ocokit/base/digest.h"
#include "ocokit/base/encoding.h"
#include "ocokit/mock/doctor.h"

namespace ocokit::mock {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;

const Credentials kWho{"test-key", "test-secret"};
constexpr std::string_view kPath = "/api/v4/order/collateral/oco";
constexpr std::size_t kTwentyKilobytes = 20'000;
constexpr std::size_t kMegabyte = 1'000'000;

std::string Sign256(std::string_view text) { return FormatHex(HmacSha256(kWho.secret).Sign(text)); }
std::string Sign512(std::string_view text) { return FormatHex(HmacSha512(kWho.secret).Sign(text)); }

Diagnosis DiagnoseForm(std::size_t length, const std::string& signed_before_note,
                       const std::string& signed_after_note) {
  const std::string note = "note=" + std::string(length, 'x');
  Request request;
  request.method = "POST";
  request.target = "/openApi/spot/v1/oco/order";
  request.headers = {{"X-BX-APIKEY", kWho.key}};
  request.body = note + "&symbol=BTC-USDT&timestamp=1700000000000&signature=" +
                 Sign256(signed_before_note + note + signed_after_note);
  return Diagnose(Venue::kBingx, request, kWho);
}

std::string LongJson(std::size_t length) {
  return R"({"a":")" + std::string(length, 'x') + R"(","request":")" + std::string(kPath) +
         R"(","nonce":1700000000000})";
}

Diagnosis DiagnoseJson(const std::string& body, const std::string& signature) {
  Request request;
  request.method = "POST";
  request.target = kPath;
  request.headers = {{"X-TXC-APIKEY", kWho.key},
                     {"X-TXC-PAYLOAD", FormatBase64(body)},
                     {"X-TXC-SIGNATURE", signature}};
  request.body = body;
  return Diagnose(Venue::kWhitebit, request, kWho);
}

TEST(LongRequests, TheUsualMistakesAreFound) {
  const std::string rest = "&symbol=BTC-USDT&timestamp=1700000000000";
  EXPECT_EQ(DiagnoseForm(kTwentyKilobytes, "", rest).id, kNothingWrong);
  EXPECT_EQ(DiagnoseForm(kTwentyKilobytes, "", "&symbol=BTC-USDT").id, "timestamp_not_signed");
  EXPECT_EQ(DiagnoseForm(kTwentyKilobytes, "POST/openApi/spot/v1/oco/order", rest).id,
            "method_and_path_signed");
  const std::string body = LongJson(kTwentyKilobytes);
  const std::string payload = FormatBase64(body);
  EXPECT_EQ(DiagnoseJson(body, Sign512(payload)).id, kNothingWrong);
  EXPECT_EQ(DiagnoseJson(body, Sign512(std::string(kPath) + payload)).id, "path_signed");
  EXPECT_EQ(DiagnoseJson(body, Sign512(kWho.key + payload)).id, "key_signed");
  EXPECT_EQ(DiagnoseJson(body, Sign512("a=" + std::string(kTwentyKilobytes, 'x') +
                                       "&request=" + std::string(kPath) + "&nonce=1700000000000"))
                .id,
            "form_string_signed");
}

TEST(LongRequests, ARightOneIsRightHoweverLong) {
  EXPECT_EQ(DiagnoseForm(kMegabyte, "", "&symbol=BTC-USDT&timestamp=1700000000000").id,
            kNothingWrong);
  const std::string body = LongJson(kMegabyte);
  EXPECT_EQ(DiagnoseJson(body, Sign512(FormatBase64(body))).id, kNothingWrong);
}

TEST(LongRequests, WhatWasNotTriedIsNotRuledOut) {
  const Diagnosis form = DiagnoseForm(kMegabyte, "something else", "");
  EXPECT_EQ(form.id, "secret_or_text_unknown");
  EXPECT_THAT(form.detail, HasSubstr("some of the known mistakes were not tried"));
  EXPECT_THAT(form.ruled_out, Contains("no signature was sent"));
  EXPECT_THAT(form.ruled_out, Not(Contains("a value was changed after signing")));
  EXPECT_THAT(form.ruled_out, Not(Contains("signed with the secret in another case")));

  const Diagnosis json = DiagnoseJson(LongJson(kMegabyte), Sign512("something else"));
  EXPECT_EQ(json.id, "secret_or_text_unknown");
  EXPECT_THAT(json.detail, HasSubstr("some of the known mistakes were not tried"));
  EXPECT_THAT(json.ruled_out, Contains("there is no body"));
  EXPECT_THAT(json.ruled_out, Not(Contains("the API key was signed with the payload")));
}

TEST(LongRequests, ThousandsOfParametersAreNotTriedInEveryWay) {
  std::string query;
  for (int i = 0; i < 5000; ++i) query += "p" + std::to_string(i) + "=1&";
  Request request;
  request.method = "POST";
  request.target = "/openApi/spot/v1/oco/order";
  request.headers = {{"X-BX-APIKEY", kWho.key}};
  request.body = query + "timestamp=1700000000000&signature=" + Sign256("something else");
  const Diagnosis d = Diagnose(Venue::kBingx, request, kWho);
  EXPECT_EQ(d.id, "secret_or_text_unknown");
  EXPECT_THAT(d.ruled_out, Not(Contains("one parameter was sent and not signed")));
}

}  // namespace
}  // namespace ocokit::mock
