// The calls that a user's stream needs: tokens, ended orders.

#include <gtest/gtest.h>

#include "client/testing/whitebit_client.h"
#include "client/whitebit/read.h"
#include "client/whitebit/write.h"

namespace ocokit::client::whitebit {
namespace {

TEST(WhitebitStreamCalls, ATokenIsReadAndItsRequestHasNothingElse) {
  const auto token = ReadToken({.status = 200, .body = R"({"websocket_token":"$2y$10$lxCvTX"})"});
  ASSERT_TRUE(token) << token.error().message;
  EXPECT_EQ(*token, "$2y$10$lxCvTX");
  EXPECT_EQ(Write(TokenRequest{}, {.path = "/api/v4/profile/websocket_token", .nonce = 7}),
            R"({"request":"/api/v4/profile/websocket_token","nonce":7})");
  for (const char* body : {"{}", "[]", R"({"websocket_token":1})", R"({"websocket_token":""})"}) {
    EXPECT_EQ(ReadToken({.status = 200, .body = body}).error().kind, ErrorKind::kProtocol) << body;
  }
}

TEST(WhitebitStreamCalls, HistoryIsAskedForByOrderOrByTime) {
  const Stamp stamp{.path = "/p", .nonce = 7};
  EXPECT_EQ(Write(HistoryRequest{.market = "BTC_USDT", .id = OrderId{5}}, stamp),
            R"({"request":"/p","nonce":7,"market":"BTC_USDT","orderId":5,"limit":500,"offset":0})");
  EXPECT_EQ(Write(HistoryRequest{.from = FromUnixMillis(1'700'000'000'999), .offset = 500}, stamp),
            R"({"request":"/p","nonce":7,"startDate":1700000000,"limit":500,"offset":500})");
  struct Case {
    HistoryRequest request;
    const char* field;
  };
  const Case cases[] = {{{.market = "btc"}, "market"},
                        {{.limit = 501}, "limit"},
                        {{.limit = 0}, "limit"},
                        {{.offset = -1}, "offset"}};
  for (const Case& c : cases) {
    const auto checked = Check(c.request);
    ASSERT_FALSE(checked) << c.field;
    EXPECT_EQ(checked.error().fields.at(0).field, c.field);
  }
}

}  // namespace
}  // namespace ocokit::client::whitebit
