#include "client/whitebit/match.h"

#include <gtest/gtest.h>

#include <functional>

namespace ocokit::client::whitebit {
namespace {

const TimePoint kSent = FromUnixMillis(1'700'000'000'000);

PlaceOcoRequest Request() {
  PlaceOcoRequest r;
  r.market = "BTC_USDT";
  r.side = Side::kSell;
  r.amount = Decimal(2);
  r.price = Decimal(42000);
  r.activation_price = Decimal(39000);
  r.stop_limit_price = Decimal(38500);
  r.client_order_id = "mine";
  return r;
}

OcoOrder Group() {
  OcoOrder order;
  order.id = GroupId{10};
  for (Leg* leg : {&order.stop_loss, &order.take_profit}) {
    leg->market = "BTC_USDT";
    leg->side = Side::kSell;
    leg->amount = Decimal(2);
    leg->timestamp = kSent;
  }
  order.take_profit.price = Decimal(42000);
  order.stop_loss.price = Decimal(38500);
  order.stop_loss.activation_price = Decimal(39000);
  return order;
}

TEST(Match, AgreesOnlyWhenEveryTermDoes) {
  struct Case {
    const char* what;
    bool want;
    std::function<void(OcoOrder&, PlaceOcoRequest&)> change;
  };
  const Case cases[] = {
      {"equal", true, [](auto&, auto&) {}},
      {"market", false, [](auto& o, auto&) { o.stop_loss.market = "ETH_USDT"; }},
      {"side", false, [](auto& o, auto&) { o.take_profit.side = Side::kBuy; }},
      {"amount", false, [](auto& o, auto&) { o.stop_loss.amount = Decimal(1); }},
      {"price", false, [](auto& o, auto&) { o.take_profit.price = Decimal(42001); }},
      {"stop-limit price", false, [](auto& o, auto&) { o.stop_loss.price = Decimal(38501); }},
      {"activation", false, [](auto& o, auto&) { o.stop_loss.activation_price = Decimal(1); }},
      {"no activation", false, [](auto& o, auto&) { o.stop_loss.activation_price.reset(); }},
      {"another id on the group", false, [](auto& o, auto&) { o.client_order_id = "other"; }},
      {"another id on a leg", false,
       [](auto& o, auto&) { o.take_profit.client_order_id = "other"; }},
      {"our id", true, [](auto& o, auto&) { o.client_order_id = "mine"; }},
      {"cut without reduce-only", false,
       [](auto& o, auto&) { o.stop_loss.amount = o.take_profit.amount = Decimal(1); }},
      {"cut by reduce-only", true,
       [](auto& o, auto& r) {
         o.stop_loss.amount = o.take_profit.amount = Decimal(1);
         r.reduce_only = true;
       }},
      {"raised under reduce-only", false,
       [](auto& o, auto& r) {
         o.stop_loss.amount = o.take_profit.amount = Decimal(3);
         r.reduce_only = true;
       }},
  };
  for (const Case& c : cases) {
    OcoOrder order = Group();
    PlaceOcoRequest request = Request();
    c.change(order, request);
    EXPECT_EQ(Agrees(order, request), c.want) << c.what;
  }
}

TEST(Match, TheTimeDecidesWhetherAnEqualPairIsThisOne) {
  OcoOrder order = Group();
  EXPECT_EQ(Recognize({order}, Request(), kSent).pair, order);
  order.stop_loss.timestamp = kSent - seconds(5);
  EXPECT_EQ(Recognize({order}, Request(), kSent).pair, order);
  order.stop_loss.timestamp = kSent - seconds(5) - microseconds(1);
  EXPECT_EQ(Recognize({order}, Request(), kSent).pair, std::nullopt);
  EXPECT_FALSE(Recognize({order}, Request(), kSent).ambiguous);
  // Without either time there is no telling.
  EXPECT_TRUE(Recognize({order}, Request(), std::nullopt).ambiguous);
  order.stop_loss.timestamp.reset();
  EXPECT_TRUE(Recognize({order}, Request(), kSent).ambiguous);
}

TEST(Match, TwoEqualPairsAreAmbiguousUnlessOneCarriesTheId) {
  OcoOrder other = Group();
  other.id = GroupId{20};
  EXPECT_TRUE(Recognize({Group(), other}, Request(), kSent).ambiguous);
  other.client_order_id = "mine";
  EXPECT_EQ(Recognize({Group(), other}, Request(), kSent).pair, other);
}

}  // namespace
}  // namespace ocokit::client::whitebit
