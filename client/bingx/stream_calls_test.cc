// The calls that a user's stream needs: listenKeys, one order, ended orders.

#include <gtest/gtest.h>

#include "client/bingx/write.h"
#include "client/testing/bingx_client.h"

namespace ocokit::client::bingx {
namespace {

using StreamCalls = BingxClientTest;

TEST_F(StreamCalls, AListenKeyIsMadeExtendedAndDropped) {
  auto client = Make();
  transport_->Answer(200, R"({"listenKey":"a8ea75681542e66f"})");
  transport_->Answer(200, "");
  transport_->Answer(200, "");
  EXPECT_EQ(client.MakeListenKey().value(), "a8ea75681542e66f");
  EXPECT_TRUE(client.ExtendListenKey("a8ea75681542e66f"));
  EXPECT_TRUE(client.DropListenKey("a8ea75681542e66f"));

  const auto sent = transport_->sent();
  ASSERT_EQ(sent.size(), 3U);
  const HttpRequest want{.method = HttpMethod::kPost,
                         .target = "/openApi/user/auth/userDataStream",
                         .headers = {{"X-BX-APIKEY", "my-key"}}};
  EXPECT_EQ(sent[0], want);
  EXPECT_EQ(sent[1].method, HttpMethod::kPut);
  EXPECT_EQ(sent[1].target, "/openApi/user/auth/userDataStream?listenKey=a8ea75681542e66f");
  EXPECT_EQ(sent[2].method, HttpMethod::kDelete);
  EXPECT_EQ(sent[2].target, sent[1].target);
}

TEST_F(StreamCalls, AnExpiredListenKeyIsNotFoundAndInNoText) {
  options_.retry.max_attempts = 1;
  auto client = Make();
  transport_->Answer(404, "");
  const auto extended = client.ExtendListenKey("a8ea75681542e66f");
  ASSERT_FALSE(extended);
  EXPECT_EQ(extended.error().kind, ErrorKind::kNotFound);
  EXPECT_EQ(extended.error().message.find("a8ea"), std::string::npos);

  transport_->Answer(200, R"({"code":100413,"msg":"Incorrect apiKey"})");
  const auto made = client.MakeListenKey();
  ASSERT_FALSE(made);
  EXPECT_EQ(made.error().kind, ErrorKind::kAuth);

  transport_->Answer(200, R"({"listenKey":17})");
  EXPECT_EQ(client.MakeListenKey().error().kind, ErrorKind::kProtocol);
  EXPECT_EQ(client.DropListenKey("").error().fields.at(0).field, "listenKey");
}

TEST_F(StreamCalls, OneOrderIsReadWithItsFee) {
  auto client = Make();
  transport_->Answer(
      200,
      R"({"code":0,"msg":"","debugMsg":"","data":{"symbol":"BTC-USDT","orderId":1827963624962916352,"price":"70000","StopPrice":"0","origQty":"0.001","executedQty":"0.0004","cummulativeQuoteQty":"28","status":"PARTIALLY_FILLED","type":"LIMIT","side":"SELL","time":1700000000000,"updateTime":1700000001000,"origQuoteOrderQty":"0","fee":"-0.028","feeAsset":"USDT","clientOrderID":"","avgPrice":"70000"}})");
  const auto order = client.FindOrder({.symbol = "BTC-USDT", .order_id = "1827963624962916352"});
  ASSERT_TRUE(order) << order.error().message;
  EXPECT_EQ(order->order_id, "1827963624962916352");
  EXPECT_EQ(order->executed_qty, D("0.0004"));
  EXPECT_EQ(order->fee, D("0.028"));
  EXPECT_EQ(order->fee_asset, "USDT");
  EXPECT_EQ(order->update_time, FromUnixMillis(1700000001000));
  EXPECT_EQ(transport_->sent()[0].target.substr(0, 79),
            "/openApi/spot/v1/trade/query?orderId=1827963624962916352&recvWindow=5000&symbol");
}

TEST_F(StreamCalls, EndedOrdersAreAskedForByTime) {
  auto client = Make();
  transport_->Answer(200, R"({"code":0,"msg":"","debugMsg":"","data":{"orders":[]}})");
  const auto orders = client.OrderHistory({.start_time = FromUnixMillis(kNow)});
  ASSERT_TRUE(orders) << orders.error().message;
  EXPECT_TRUE(orders->empty());
  EXPECT_EQ(transport_->sent()[0].target.substr(0, 102),
            "/openApi/spot/v1/trade/historyOrders?pageIndex=1&pageSize=100&recvWindow=5000"
            "&startTime=1700000000000&");

  struct Case {
    OrderHistoryRequest request;
    const char* field;
  };
  const Case cases[] = {{{.symbol = "btc"}, "symbol"},
                        {{.page_index = 0}, "pageIndex"},
                        {{.page_size = 101}, "pageSize"},
                        {{.page_index = 101}, "pageIndex"}};
  for (const Case& c : cases) {
    const auto checked = Check(c.request);
    ASSERT_FALSE(checked) << c.field;
    EXPECT_EQ(checked.error().fields.at(0).field, c.field);
  }
}

}  // namespace
}  // namespace ocokit::client::bingx
