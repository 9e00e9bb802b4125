// A bot's own test: the simulator runs inside it, so that no live key and no network is needed.

#include <gtest/gtest.h>

#include "ocokit/client/whitebit.h"
#include "ocokit/mock/server.h"

namespace mock = ocokit::mock;
namespace whitebit = ocokit::client::whitebit;
using ocokit::Decimal;

TEST(MyBot, TakesProfit) {
  auto server = mock::Server::Start().value();
  auto account = server->AddAccount({.venue = mock::Venue::kWhitebit}).value();
  auto client =
      whitebit::Client::Make({.base_url = server->url()}, {account.key(), account.secret()});

  auto placed = client->PlaceOco({.market = "BTC_USDT",
                                  .side = whitebit::Side::kBuy,
                                  .amount = Decimal(1),
                                  .price = Decimal(40000),
                                  .activation_price = Decimal(41000),
                                  .stop_limit_price = Decimal(42000)});
  ASSERT_TRUE(placed) << placed.error().message;

  ASSERT_TRUE(account.SetLast("BTC_USDT", Decimal(39900)));

  const mock::PairView pair = account.Orders().front();
  EXPECT_EQ(pair.limit.state, mock::LegState::kFilled);
  EXPECT_FALSE(pair.open);
  EXPECT_EQ(account.Position("BTC_USDT").amount, Decimal(1));
}
