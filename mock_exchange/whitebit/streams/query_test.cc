// The methods that ask once.

#include "mock_exchange/whitebit/streams/query.h"

#include "mock_exchange/testing/whitebit_stream.h"

namespace ocokit::mock::whitebit {
namespace {

using ::testing::ElementsAre;

class QueryTest : public testing::WhitebitStreamTest {
 protected:
  // The result of the reply; else the whole reply.
  static std::string Ask(testing::StreamClient& client, const std::string& method,
                         const std::string& params) {
    const std::vector<std::string> frames = client.Ask(Frame(method, params));
    EXPECT_EQ(frames.size(), 1U);
    const std::string before = R"({"error": null, "result": )";
    const std::string after = R"(, "id": 1})";
    const std::string& frame = frames.at(0);
    if (!frame.starts_with(before) || !frame.ends_with(after)) return frame;
    return frame.substr(before.size(), frame.size() - before.size() - after.size());
  }
};

TEST_F(QueryTest, AsksOfAMarket) {
  auto client = Open();
  const struct {
    const char* method;
    const char* params;
    const char* want;
  } cases[] = {
      {"lastprice_request", R"(["BTC_PERP"])", R"("40500")"},
      {"market_request", R"(["BTC_PERP",86400])",
       R"({"period": 86400, "last": "40500", "open": "40500", "close": "40500", "high": "40500", )"
       R"("low": "40500", "volume": "0.001", "deal": "40.5"})"},
      {"market_request", R"(["BTC_PERP",7200])",
       R"({"period": 7200, "last": "40500", "open": "40500", "close": "40500", "high": "40500", )"
       R"("low": "40500", "volume": "0.001", "deal": "40.5"})"},
      {"trades_request", R"(["BTC_PERP",100,0])",
       R"([{"id": 1, "time": 1700000000, "price": "40500", "amount": "0.001", "type": "buy", )"
       R"("rpi": false}])"},
      {"trades_request", R"(["BTC_PERP",100,1])", "[]"},
      {"depth_request", R"(["BTC_PERP",100,"0"])",
       R"({"timestamp": 1700000000, "asks": [["40500", "1000000"]], )"
       R"("bids": [["40500", "1000000"]]})"},
      {"candles_request", R"(["BTC_PERP",1699999000,1700000000,60])",
       R"([[1699999980, "40500", "40500", "40500", "40500", "0.001", "40.5", "BTC_PERP"]])"},
  };
  for (const auto& c : cases) EXPECT_EQ(Ask(*client, c.method, c.params), c.want) << c.method;
  for (const char* method : {"lastprice_request", "market_request", "marketToday_query",
                             "trades_request", "depth_request", "candles_request"}) {
    EXPECT_EQ(Ask(*client, method, R"(["NOPE"])"), Failure(9, "market NOPE does not exist"));
    EXPECT_EQ(Ask(*client, method, "[]"), Failure(1, "invalid argument"));
  }
  EXPECT_EQ(Ask(*client, "depth_request", R"(["BTC_PERP",101,"0"])"),
            Failure(1, "invalid argument"));
}

TEST_F(QueryTest, AsksOfMoney) {
  auto client = OpenPrivate();
  EXPECT_EQ(Ask(*client, "balanceSpot_request", R"(["ETH"])"),
            R"({"ETH": {"available": "100", "freeze": "0"}})");
  EXPECT_EQ(Ask(*client, "balanceSpot_request", "[]"),
            R"({"BTC": {"available": "10", "freeze": "0"}, "ETH": {"available": "100", )"
            R"("freeze": "0"}, "USDT": {"available": "1000000", "freeze": "0"}})");
  EXPECT_EQ(Ask(*client, "balanceMargin_request", R"(["BTC","USDT"])"),
            R"({"BTC": {"balance": "10", "borrow": "0", "available_without_borrow": "10", )"
            R"("available_with_borrow": "10"}, "USDT": {"balance": "1000000", "borrow": "0", )"
            R"("available_without_borrow": "1000000", "available_with_borrow": "10000000"}})");
}

TEST_F(QueryTest, AsksOfOrders) {
  auto client = OpenPrivate();
  Rest("/api/v4/order/new", R"("market":"BTC_USDT","side":"buy","amount":"0.5","price":"40000")");
  const std::string order =
      R"({"id": 117703764513, "market": "BTC_USDT", "type": 1, "side": 2, "post_only": false, )"
      R"("ioc": false, "ctime": 1700000000, "mtime": 1700000000, "price": "40000", )"
      R"("amount": "0.5", "left": "0.5", "deal_stock": "0", "deal_money": "0", "deal_fee": "0", )"
      R"("client_order_id": "", "stp": "no", "status": "OPEN"})";
  EXPECT_EQ(Ask(*client, "ordersPending_request", R"(["BTC_USDT",0,30])"),
            R"({"limit": 30, "offset": 0, "total": 1, "records": [)" + order + "]}");
  EXPECT_EQ(Ask(*client, "ordersPending_request", R"(["BTC_USDT",1])"),
            R"({"limit": 100, "offset": 1, "total": 1, "records": []})");
  Rest("/api/v4/order/market", R"("market":"BTC_USDT","side":"sell","amount":"0.5")");
  EXPECT_EQ(
      Ask(*client, "ordersExecuted_request", R"([{"market":"BTC_USDT","order_types":[2]},0,30])"),
      R"({"limit": 30, "offset": 0, "records": [{"id": 117703764514, "ctime": 1700000000, )"
      R"("ftime": 1700000000, "market": "BTC_USDT", "source": "api", "type": 2, "side": 1, )"
      R"("post_only": false, "ioc": false, "price": "0", "amount": "0.5", "deal_stock": "0.5", )"
      R"("deal_money": "20250", "deal_fee": "20.25", "client_order_id": "", )"
      R"("status": "FILLED", "fee_asset": "USDT", "rpi": false}]})");
  EXPECT_EQ(Ask(*client, "ordersExecuted_request", R"([{"market":"BTC_USDT","order_types":[1]}])"),
            R"({"limit": 100, "offset": 0, "records": []})");
  EXPECT_EQ(
      Ask(*client, "deals_request", R"(["BTC_USDT",0,30])"),
      R"({"limit": 30, "offset": 0, "records": [{"time": 1700000000, "id": 1000001, "side": 1, )"
      R"("role": 2, "price": "40500", "amount": "0.5", "deal": "20250", "fee": "20.25", )"
      R"("order_id": 117703764514, "deal_order_id": 117703764514, "market": "BTC_USDT", )"
      R"("client_order_id": "", "fee_asset": "USDT"}]})");
  EXPECT_EQ(Ask(*client, "deals_request", R"(["BTC_USDT",0,101])"), Failure(1, "invalid argument"));
}

}  // namespace
}  // namespace ocokit::mock::whitebit
