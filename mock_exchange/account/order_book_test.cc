#include "mock_exchange/account/order_book.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/testing/decimal.h"
#include "mock_exchange/testing/market.h"

namespace ocokit::mock {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

const MarketSpec kSpec = testing::EasyMarket("BTC-USDT", MarketKind::kSpot);

BookLevel L(const char* price, const char* amount) { return {D(price), D(amount)}; }

TEST(OrderBook, IsReadBestFirstWhateverItsOrder) {
  const auto depth =
      ReadBook({{L("98", "1"), L("99", "2")}, {L("102", "3"), L("101", "4")}}, kSpec);
  ASSERT_TRUE(depth);
  EXPECT_EQ(depth->bids.front().price, D("99"));
  EXPECT_EQ(depth->asks.front().price, D("101"));
}

TEST(OrderBook, NamesWhatIsWrong) {
  const auto problem = [](const OrderBook& book) {
    const auto depth = ReadBook(book, kSpec);
    return depth ? std::string() : depth.error().message;
  };
  EXPECT_THAT(problem({{L("0", "1")}, {}}), HasSubstr("bids: a price must be positive"));
  EXPECT_THAT(problem({{}, {L("1.001", "1")}}), HasSubstr("a multiple of 0.01, not 1.001"));
  EXPECT_THAT(problem({{}, {L("1", "0.0001")}}), HasSubstr("a multiple of 0.001, not 0.0001"));
  EXPECT_THAT(problem({{L("1", "1"), L("1", "2")}, {}}),
              HasSubstr("the price 1 stands there twice"));
  EXPECT_THAT(problem({{L("100", "1")}, {L("100", "1")}}), HasSubstr("the best bid, 100, must be"));
  EXPECT_THAT(problem({std::vector<BookLevel>(1001, L("1", "1")), {}}), HasSubstr("1000 levels"));
}

TEST(OrderBook, IsMadeAroundAPrice) {
  const auto depth = MakeDepth({D("0.5"), 3, D("0.2")}, D("100.01"), kSpec);
  EXPECT_THAT(depth.bids,
              ElementsAre(engine::Level{D("99.76"), D("0.2")}, engine::Level{D("99.26"), D("0.2")},
                          engine::Level{D("98.76"), D("0.2")}));
  EXPECT_THAT(depth.asks, ElementsAre(engine::Level{D("100.26"), D("0.2")},
                                      engine::Level{D("100.76"), D("0.2")},
                                      engine::Level{D("101.26"), D("0.2")}));
  // Away from the price where half a spread is no tick; never below zero.
  const auto odd = MakeDepth({D("0.03"), 2, D("1")}, D("0.02"), kSpec);
  EXPECT_THAT(odd.bids, ElementsAre());
  EXPECT_THAT(odd.asks,
              ElementsAre(engine::Level{D("0.04"), D("1")}, engine::Level{D("0.07"), D("1")}));
}

TEST(OrderBook, WithoutASpreadBothSidesBeginAtThePrice) {
  const auto depth = MakeDepth({D("0"), 2, D("1")}, D("100"), kSpec);
  EXPECT_THAT(depth.bids,
              ElementsAre(engine::Level{D("100"), D("1")}, engine::Level{D("99.99"), D("1")}));
}

TEST(OrderBook, LevelsOfOneStepArePutTogetherAwayFromTheMiddle) {
  EXPECT_THAT(PutTogether({L("99.9", "1"), L("99.1", "2"), L("98.5", "3")}, D("1"), false),
              ElementsAre(L("99", "3"), L("98", "3")));
  EXPECT_THAT(PutTogether({L("100.1", "1"), L("101", "2"), L("101.2", "3")}, D("1"), true),
              ElementsAre(L("101", "3"), L("102", "3")));
}

}  // namespace
}  // namespace ocokit::mock
