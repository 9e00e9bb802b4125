#include "mock_exchange/whitebit/authenticate.h"

#include <gtest/gtest.h>

#include "mock_exchange/account/account_options.h"
#include "ocokit/base/encoding.h"

namespace ocokit::mock::whitebit {
namespace {

constexpr std::int64_t kNow = 1'700'000'000'000;

class NonceTest : public ::testing::Test {
 protected:
  NonceTest()
      : account_(CompleteOptions({.venue = Venue::kWhitebit}, 1).value(),
                 std::make_shared<ManualClock>(FromUnixMillis(kNow))) {}

  // What is said to a rightly signed request with these members beside "request".
  std::string Ask(const std::string& members) {
    Request request;
    request.method = "POST";
    request.target = "/api/v4/oco-orders";
    request.body = R"({"request":"/api/v4/oco-orders",)" + members + "}";
    const std::string payload = FormatBase64(request.body);
    request.headers = {{"X-TXC-PAYLOAD", payload},
                       {"x-txc-signature", FormatHex(account_.sha512.Sign(payload))}};
    const auto body = Authenticate(*FindRoute("POST", "/api/v4/oco-orders"), request, account_,
                                   account_.clock.Now());
    return body ? "accepted" : std::string(RuleOf(body.error().id));
  }
  static std::string Nonce(std::int64_t nonce, bool window = false) {
    return "\"nonce\":" + std::to_string(nonce) + (window ? ",\"nonceWindow\":true" : "");
  }

  Account account_;
};

TEST_F(NonceTest, RisesWithoutTheWindow) {
  EXPECT_EQ(Ask(Nonce(5)), "accepted");
  EXPECT_EQ(Ask(Nonce(5)), "nonce_used");
  EXPECT_EQ(Ask(Nonce(4)), "nonce_used");
  EXPECT_EQ(Ask("\"nonce\":\"6\""), "accepted");
  EXPECT_EQ(Ask("\"nonce\":99999999999999999999999999"), "accepted");
}

TEST_F(NonceTest, InTheWindowOrderDoesNotMatter) {
  EXPECT_EQ(Ask(Nonce(kNow, true)), "accepted");
  EXPECT_EQ(Ask(Nonce(kNow - 5000, true)), "accepted");
  EXPECT_EQ(Ask(Nonce(kNow + 5000, true)), "accepted");
  EXPECT_EQ(Ask(Nonce(kNow, true)), "nonce_used");
  EXPECT_EQ(Ask(Nonce(kNow - 5001, true)), "nonce_too_old");
  EXPECT_EQ(Ask(Nonce(kNow + 5001, true)), "nonce_too_new");
}

TEST_F(NonceTest, UsedIsUsedWithAndWithoutTheWindow) {
  EXPECT_EQ(Ask(Nonce(kNow)), "accepted");
  EXPECT_EQ(Ask(Nonce(kNow, true)), "nonce_used");
  EXPECT_EQ(Ask(Nonce(kNow + 1, true)), "accepted");
  EXPECT_EQ(Ask(Nonce(kNow + 1)), "nonce_used");
}

TEST_F(NonceTest, KeepsNoMoreThanTheWindowHolds) {
  for (std::int64_t i = 0; i < 20'000; ++i) {
    account_.clock.Advance(milliseconds(1));
    ASSERT_EQ(Ask(Nonce(kNow + i + 1)), "accepted");
  }
  EXPECT_LE(account_.nonces.in_window.size(), 10'001U);
}

TEST_F(NonceTest, NamesWhatIsMissing) {
  EXPECT_EQ(Ask("\"x\":1"), "nonce_present");
  EXPECT_EQ(Ask("\"nonce\":null"), "nonce_present");
  EXPECT_EQ(Ask("\"nonce\":1.5"), "nonce_present");
  EXPECT_EQ(Ask("\"nonce\":-1"), "nonce_present");
  EXPECT_EQ(Ask("\"nonce\":\"\""), "nonce_present");
  EXPECT_EQ(Ask("\"nonce\":7,\"nonceWindow\":\"true\""), "nonce_window");
  EXPECT_EQ(Ask("\"nonce\":7,\"nonceWindow\":null"), "accepted");
  EXPECT_EQ(Ask("\"nonce\":8,\"request\":null"), "request_present");
  EXPECT_EQ(Ask("\"nonce\":8,\"request\":\"/api/v4/oco-orders/\""), "request_path");
}

}  // namespace
}  // namespace ocokit::mock::whitebit
