#include "mock_exchange/wire/websocket_offer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ocokit::mock {
namespace {

using ::testing::HasSubstr;

Request Offer() {
  return {.method = "GET",
          .target = "/ws",
          .headers = {{"upgrade", "WebSocket"},
                      {"CONNECTION", "keep-alive , upgrade"},
                      {"Sec-WebSocket-Version", "13"},
                      {"Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="}}};
}

std::string Problem(std::size_t header, const std::string& value) {
  Request request = Offer();
  request.headers[header].value = value;
  return ReadWebSocketOffer(request).problem;
}

TEST(WebSocketOfferTest, IsReadWhateverTheCase) {
  const WebSocketOffer offer = ReadWebSocketOffer(Offer());
  EXPECT_TRUE(offer.made);
  EXPECT_EQ(offer.problem, "");
  EXPECT_EQ(offer.key, "dGhlIHNhbXBsZSBub25jZQ==");
}

TEST(WebSocketOfferTest, IsNoneOfAnotherProtocol) {
  Request request = Offer();
  request.headers[0].value = "h2c";
  EXPECT_FALSE(ReadWebSocketOffer(request).made);
  request.headers[0].value = "h2c, websocket";
  EXPECT_TRUE(ReadWebSocketOffer(request).made);
  EXPECT_FALSE(ReadWebSocketOffer({.method = "GET", .target = "/ws"}).made);
}

TEST(WebSocketOfferTest, SaysWhatIsWrong) {
  EXPECT_THAT(Problem(1, "keep-alive"), HasSubstr("Connection must name Upgrade"));
  EXPECT_THAT(Problem(2, "8"), HasSubstr("Sec-WebSocket-Version must be 13"));
  for (const char* key : {"", "dGhlIHNhbXBsZSBub25jZQ", "dGhlIHNhbXBsZSBub25jZ===",
                          "dGhlIHNhbXBsZSBub25jZSE=", "dGhlIHNhbXBsZSBub25j\r\n=="}) {
    EXPECT_THAT(Problem(3, key), HasSubstr("16 bytes in base64")) << key;
  }
  Request request = Offer();
  request.method = "POST";
  EXPECT_THAT(ReadWebSocketOffer(request).problem, HasSubstr("with GET, not POST"));
  request = Offer();
  request.headers[2].value = "8";
  EXPECT_EQ(ReadWebSocketOffer(request).status, 426);
}

}  // namespace
}  // namespace ocokit::mock
