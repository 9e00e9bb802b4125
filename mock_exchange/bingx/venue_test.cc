// Order and edge cases of the checks that no literal conversation covers.

#include "mock_exchange/bingx/venue.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "mock_exchange/account/account_options.h"
#include "mock_exchange/bingx/fields.h"
#include "ocokit/base/encoding.h"

namespace ocokit::mock::bingx {
namespace {

using ::testing::HasSubstr;

constexpr std::int64_t kNow = 1'700'000'000'000;

class BingxVenueTest : public ::testing::Test {
 protected:
  BingxVenueTest()
      : account_(CompleteOptions({.venue = Venue::kBingx}, 1).value(),
                 std::make_shared<ManualClock>(FromUnixMillis(kNow))) {}

  // A create signed over `params`, with `body` as it stands; an empty `signature`: the right one.
  Reply Create(const std::string& params, const std::string& body = "",
               std::string signature = "") {
    if (signature.empty()) signature = FormatHex(account_.sha256.Sign(params));
    Request request;
    request.method = "POST";
    request.target = "/openApi/spot/v1/oco/order?" + params + "&signature=" + signature;
    request.headers = {{"x-bx-apikey", account_.options.key}};
    request.body = body;
    request.remote_ip = "127.0.0.1";
    return BingxApi().Handle(request, &account_, account_);
  }
  static std::string Order(const std::string& more = "") {
    return "limitPrice=48000&orderPrice=88000&quantity=0.001" + more +
           "&side=BUY&symbol=BTC-USDT&timestamp=" + std::to_string(kNow) + "&triggerPrice=87000";
  }

  Account account_;
};

TEST_F(BingxVenueTest, AMalformedJsonBodyIsNotIgnored) {
  const Reply reply = Create(Order(), R"({"quantity":5, garbage)");
  EXPECT_FALSE(reply.decision.accepted);
  EXPECT_THAT(reply.response.body, HasSubstr("arguments invalid"));
  EXPECT_EQ(account_.engine.orders().open_count(), 0U);
}

TEST_F(BingxVenueTest, TheSignatureIsLookedAtBeforeRecvWindow) {
  EXPECT_EQ(Create(Order("&recvWindow=soon"), "", std::string(64, '0')).decision.rule, "signature");
  EXPECT_EQ(Create(Order("&recvWindow=soon")).decision.rule, "field_types");
  EXPECT_EQ(Create(Order("&recvWindow=-1")).decision.rule, "field_types");
  EXPECT_TRUE(Create(Order("&recvWindow=5000.0")).decision.accepted);
}

TEST_F(BingxVenueTest, WhatIsAcceptedBeyondTheDocumentsIsNoted) {
  EXPECT_EQ(Create(Order()).decision.lenient, "");
  const std::string unsorted =
      "symbol=BTC-USDT&side=SELL&quantity=0.001&limitPrice=70000&"
      "orderPrice=59000&triggerPrice=60000&timestamp=" +
      std::to_string(kNow);
  const Reply reply = Create(unsorted);
  EXPECT_TRUE(reply.decision.accepted);
  EXPECT_EQ(reply.decision.lenient, "signature: received_decoded");
}

TEST_F(BingxVenueTest, NumbersBeyondAllMeasureAreRefused) {
  account_.settings.rate_limits = false;
  for (const char* number : {"10000000000", "1e30", "99999999999999999999999999999999999999"}) {
    const Reply reply = Create("limitPrice=48000&orderPrice=88000&quantity=" + std::string(number) +
                               "&side=BUY&symbol=BTC-USDT&timestamp=" + std::to_string(kNow) +
                               "&triggerPrice=87000");
    EXPECT_EQ(reply.decision.rule, "field_types") << number;
  }
}

TEST(BingxReadNumber, CutsDecimalsBeyondWhatADecimalHolds) {
  const std::string zeros(40, '0');
  const struct {
    std::string text;
    const char* want;  // null: no number
  } cases[] = {
      {"0.001", "0.001"},
      {"12345678901234567890123456789012345678", "12345678901234567890123456789012345678"},
      {"0.001" + zeros + "1", "0.001"},
      {"-0.001" + zeros + "1", "-0.001"},
      {"000" + zeros + "9999999999.99999999" + zeros + "5", "9999999999.99999999"},
      {"0.12345678901234567890123456789012345678901", "0.1234567890123456789"},
      {"1.5" + zeros + "1e3", "1500"},
      {"15" + zeros + "1e-42", "1.5"},
      {"1" + zeros + "E-42", "0.01"},
      {"0." + zeros + "1", "0.00000000000000000001"},
      {"1e-40", "0.00000000000000000001"},
      {"-1e-40", "-0.00000000000000000001"},
      {"1e-99999999999999999999", "0.00000000000000000001"},
      {"0e-99999999999999999999", "0"},
      {"1234567890123456789012345." + zeros + "1", "1234567890123456789012345"},
      {"1" + zeros, nullptr},
      {"1" + zeros + ".5", nullptr},
      {"1e40", nullptr},
      {"1e+99999999999999999999", nullptr},
      {"1e-40x", nullptr},
      {"." + zeros + "1", nullptr},
      {"", nullptr},
  };
  for (const auto& [text, want] : cases) {
    const std::optional<Decimal> got = ReadNumber(text);
    ASSERT_EQ(got.has_value(), want != nullptr) << text;
    EXPECT_EQ(got ? got->Format() : "", want == nullptr ? "" : want) << text;
  }
}

TEST_F(BingxVenueTest, TheDocumentedStatusOfALimitIs429) {
  account_.settings.http_status = HttpStatus::kDocumented;
  account_.settings.custom_rate_limits["oco_create"] = {0, milliseconds(1000)};
  const Reply reply = Create(Order());
  EXPECT_EQ(reply.response.status, 429);
  EXPECT_EQ(reply.decision.code, 100410);
}

}  // namespace
}  // namespace ocokit::mock::bingx
