// Channels of money and positions: what has changed, at their pace.

#include "mock_exchange/whitebit/streams/balances.h"

#include "mock_exchange/testing/whitebit_stream.h"

namespace ocokit::mock::whitebit {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr char kSpotBid[] = R"("market":"BTC_USDT","side":"buy","amount":"0.5","price":"40000")";

class BalancesTest : public testing::WhitebitStreamTest {};

TEST_F(BalancesTest, SpotSaysEachSecondWhatHasChanged) {
  auto client = OpenPrivate();
  EXPECT_THAT(client->Ask(Frame("balanceSpot_subscribe", "[]")), ElementsAre(kSuccess));
  Advance(milliseconds(1000));
  EXPECT_THAT(client->Take(), IsEmpty());
  Rest("/api/v4/order/new", kSpotBid);
  EXPECT_THAT(client->Take(), IsEmpty());
  Advance(milliseconds(999));
  EXPECT_THAT(client->Take(), IsEmpty());
  Advance(milliseconds(1));
  EXPECT_THAT(client->Take(),
              ElementsAre(Push("balanceSpot",
                               R"([{"USDT": {"available": "980000", "freeze": "20000"}}])")));
  SetLast("BTC_USDT", "40000");
  Advance(milliseconds(1000));
  EXPECT_THAT(
      client->Take(),
      ElementsAre(Push("balanceSpot", R"([{"BTC": {"available": "10.4995", "freeze": "0"}, )"
                                      R"("USDT": {"available": "980000", "freeze": "0"}}])")));
  Advance(milliseconds(5000));
  EXPECT_THAT(client->Take(), IsEmpty());
}

TEST_F(BalancesTest, OfTheAssetsThatWereNamed) {
  auto client = OpenPrivate();
  Subscribe(*client, "balanceSpot", R"(["BTC","ETH"])");
  EXPECT_THAT(client->Ask(Frame("balanceSpot_subscribe", R"(["USDT","DOGE"])")),
              ElementsAre(Failure(8, "unknown asset")));
  Rest("/api/v4/order/new", kSpotBid);
  Advance(milliseconds(1000));
  EXPECT_THAT(client->Take(), IsEmpty());
}

TEST_F(BalancesTest, MarginSaysEachSecondAndAHalfWhatHasChanged) {
  auto client = OpenPrivate();
  Subscribe(*client, "balanceMargin", "[]");
  Rest("/api/v4/order/collateral/limit",
       R"("market":"BTC_PERP","side":"buy","amount":"0.5","price":"40000")");
  Advance(milliseconds(1500));
  EXPECT_THAT(client->Take(),
              ElementsAre(Push("balanceMargin",
                               R"([{"a": "USDT", "B": "1000000", "b": "0", "av": "998000", )"
                               R"("ab": "9980000"}])")));
}

TEST_F(BalancesTest, PositionsComeOnceAndThenWhenTheyChange) {
  auto client = OpenPrivate();
  Subscribe(*client, "positionsMargin", "[]");
  EXPECT_THAT(client->Take(), IsEmpty());
  Advance(milliseconds(1000));
  EXPECT_THAT(client->Take(),
              ElementsAre(Push("positionsMargin", R"({"total": 0, "records": []})")));
  Rest("/api/v4/order/collateral/market", R"("market":"BTC_PERP","side":"buy","amount":"0.5")");
  SetLast("BTC_PERP", "40600");
  Advance(milliseconds(1000));
  const std::uint64_t id = account_->engine.markets()[2].position(PositionSide::kBoth).id;
  EXPECT_THAT(
      client->Take(),
      ElementsAre(Push(
          "positionsMargin",
          R"({"total": 1, "records": [{"id": )" + std::to_string(id) +
              R"(, "market": "BTC_PERP", "ctime": 1700000001, "mtime": 1700000001, )"
              R"("amount": "0.5", "amount_in_money": "20250", "base_price": "40500", "pnl": "50", )"
              R"("liq_price": "0", "liq_stage": null, "unrealized_funding": "0", "funding": "0", )"
              R"("margin": "2025", "free_margin": "998004.75", "realized_pnl": "-20.25", )"
              R"("position_side": "BOTH"}]})")));
  Advance(milliseconds(1000));
  EXPECT_THAT(client->Take(), IsEmpty());
}

TEST_F(BalancesTest, DebtsComeOnceAndMarginCallsNever) {
  auto client = OpenPrivate();
  for (const char* channel : {"borrowsMargin", "positionsAccountMargin", "borrowsAccountMargin"}) {
    EXPECT_THAT(client->Ask(Frame(std::string(channel) + "_subscribe", "[]")),
                ElementsAre(kSuccess));
  }
  Advance(milliseconds(1500));
  EXPECT_THAT(client->Take(), ElementsAre(Push("borrowsMargin", R"({"total": 0, "records": []})")));
  Advance(seconds(30));
  EXPECT_THAT(client->Take(), IsEmpty());
  for (const char* method : {"positionsMargin_request", "borrowsMargin_request"}) {
    EXPECT_THAT(client->Ask(Frame(method, "[]")), ElementsAre(Failure(4, "method not found")));
  }
}

}  // namespace
}  // namespace ocokit::mock::whitebit
