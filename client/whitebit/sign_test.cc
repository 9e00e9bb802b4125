#include <gtest/gtest.h>

#include <array>
#include <string>

#include "client/whitebit/write.h"
#include "ocokit/base/encoding.h"
#include "ocokit/client/whitebit_signer.h"

namespace ocokit::client::whitebit {
namespace {

TEST(WhitebitSigner, SignsThePayloadTextAndNotTheJson) {
  const std::string body = R"({"request":"/api/v4/oco-orders","nonce":1})";
  const Signer signer("test-secret");
  const SignedPayload sent = signer.Sign(body);
  EXPECT_EQ(sent.payload, FormatBase64(body));
  EXPECT_EQ(sent.signature, FormatHex(HmacSha512("test-secret").Sign(sent.payload)));
  SignedPayload again = signer.Sign("a longer body than the one that is signed into its place now");
  signer.SignTo(body, again);
  EXPECT_EQ(again, sent);
  std::array<char, Signer::kSignatureSize> out;
  signer.SignPayloadTo(sent.payload, out);
  EXPECT_EQ(std::string(out.data(), out.size()), sent.signature);
}

// The body of the create page, as this client spells it: compact, decimals as strings.
TEST(WhitebitWrite, WritesEveryMemberCompactly) {
  PlaceOcoRequest r;
  r.market = "BTC_USDT";
  r.side = Side::kSell;
  r.amount = Decimal::Parse("0.0010").value();
  r.price = Decimal(42000);
  r.activation_price = Decimal(39000);
  r.stop_limit_price = Decimal::Parse("38500.50").value();
  const Stamp stamp{.path = "/api/v4/order/collateral/oco", .nonce = 1700000000000};
  const std::string plain =
      R"({"request":"/api/v4/order/collateral/oco","nonce":1700000000000,"market":"BTC_USDT",)"
      R"("side":"sell","amount":"0.001","price":"42000","activation_price":"39000",)"
      R"("stop_limit_price":"38500.5")";
  EXPECT_EQ(Write(r, stamp), plain + "}");
  r.client_order_id = "order-1.a_B";
  r.reduce_only = false;
  r.position_side = PositionSide::kShort;
  r.stp = Stp::kCancelOld;
  EXPECT_EQ(Write(r, stamp), plain + R"(,"clientOrderId":"order-1.a_B","reduceOnly":false,)"
                                     R"("positionSide":"SHORT","stp":"co"})");
}

TEST(WhitebitWrite, ReplacesWhatTheStringHeld) {
  const Stamp stamp{.path = "/api/v4/oco-orders", .nonce = 7};
  std::string out = "what was there";
  Write(ListRequest{}, stamp, out);
  EXPECT_EQ(out, Write(ListRequest{}, stamp));
}

TEST(WhitebitWrite, NonceMayBeAStringAndHaveAWindow) {
  const Stamp stamp{
      .path = "/api/v4/oco-orders", .nonce = 7, .nonce_as_string = true, .nonce_window = true};
  EXPECT_EQ(Write(ListRequest{}, stamp),
            R"({"request":"/api/v4/oco-orders","nonce":"7","nonceWindow":true})");
}

}  // namespace
}  // namespace ocokit::client::whitebit
