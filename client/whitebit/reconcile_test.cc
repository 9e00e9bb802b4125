// What whitebit::Client makes of an order whose outcome it does not know.

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "client/testing/whitebit_client.h"

namespace ocokit::client::whitebit {
namespace {

TEST_F(WhitebitClientTest, ReconcileNeedsTheClientId) {
  PlaceOcoRequest request = ExampleOco();
  request.client_order_id.clear();
  const auto order = Make().Reconcile(request);
  ASSERT_FALSE(order);
  EXPECT_EQ(order.error().fields.at(0).field, "clientOrderId");
}

TEST_F(WhitebitClientTest, ReconcileReturnsTheGroupThatCarriesTheId) {
  transport_->Answer(
      200, PageJson({GroupJson(10, "1690000000"), GroupJson(20, "1690000000", "order1987111")}));
  const auto order = Make().Reconcile(ExampleOco());
  ASSERT_TRUE(order);
  EXPECT_EQ(order->id, GroupId{20});
  EXPECT_EQ(Paths(), (Strings{"conditional-orders"}));
}

TEST_F(WhitebitClientTest, ReconcileReturnsTheOneGroupOfThatTimeThatAgrees) {
  transport_->Answer(200, PageJson({GroupJson(20), GroupJson(10, "1699999000")}));
  const auto order = Make().Reconcile(ExampleOco(), clock_->Now());
  ASSERT_TRUE(order);
  EXPECT_EQ(order->id, GroupId{20});
  EXPECT_EQ(transport_->sent().size(), 1u);
}

TEST_F(WhitebitClientTest, ReconcileSearchesEveryPage) {
  std::vector<std::string> others(100, GroupJson(10, "1699999000"));
  transport_->Answer(200, PageJson(others, 101));
  transport_->Answer(200, PageJson({GroupJson(20)}, 101));
  const auto order = Make().Reconcile(ExampleOco(), clock_->Now());
  ASSERT_TRUE(order);
  EXPECT_EQ(order->id, GroupId{20});
  EXPECT_NE(transport_->sent()[1].body.find("\"offset\":100"), std::string::npos);
}

TEST_F(WhitebitClientTest, ReconcilePlacesWhatIsNeitherOpenNorEnded) {
  transport_->Answer(200, PageJson({}));
  transport_->Answer(200, "{}");
  transport_->Answer(200, GroupJson(30));
  const auto order = Make().Reconcile(ExampleOco(), clock_->Now());
  ASSERT_TRUE(order);
  EXPECT_EQ(order->id, GroupId{30});
  EXPECT_EQ(Paths(), (Strings{"conditional-orders", "history", "oco"}));
  // The list's nonce is above the lost request's, and so is this one's.
  EXPECT_LT(NonceOf(transport_->sent()[0]), NonceOf(transport_->sent()[2]));
  EXPECT_EQ(Elapsed(), milliseconds(0));
}

// It filled before anybody looked: placing it again would open a second position.
TEST_F(WhitebitClientTest, ReconcileFindsThePairThatHasEnded) {
  transport_->Answer(200, PageJson({}));
  transport_->Answer(200, HistoryJson({"1700000001"}));
  const auto order = Make().Reconcile(ExampleOco(), clock_->Now());
  ASSERT_TRUE(order) << order.error().message;
  EXPECT_EQ(order->id, GroupId{0});
  EXPECT_EQ(order->take_profit.status, OrderStatus::kFilled);
  EXPECT_EQ(order->take_profit.deal_stock, ExampleOco().amount);
  EXPECT_EQ(order->stop_loss.status, OrderStatus::kCanceled);
  EXPECT_EQ(order->stop_loss.activated, false);
  EXPECT_EQ(Paths(), (Strings{"conditional-orders", "history"}));
  // From a little before it was sent, in seconds.
  EXPECT_NE(transport_->sent()[1].body.find("\"startDate\":1699999994"), std::string::npos);
}

TEST_F(WhitebitClientTest, ReconcileSaysWhenItCannotTellWhichOfTheEndedItIs) {
  transport_->Answer(200, PageJson({}));
  transport_->Answer(200, HistoryJson({"1700000001", "1700000002"}));
  const auto order = Make().Reconcile(ExampleOco(), clock_->Now());
  ASSERT_FALSE(order);
  EXPECT_TRUE(order.error().outcome_unknown);
  EXPECT_NE(order.error().message.find("2 ended pairs"), std::string::npos);
}

TEST_F(WhitebitClientTest, ReconcileSearchesEveryPageOfTheHistory) {
  transport_->Answer(200, PageJson({}));
  transport_->Answer(200, HistoryJson(std::vector<std::string>(250, "1699999000")));
  transport_->Answer(200, HistoryJson({"1700000001"}));
  ASSERT_TRUE(Make().Reconcile(ExampleOco(), clock_->Now()));
  EXPECT_NE(transport_->sent()[2].body.find("\"offset\":500"), std::string::npos);
}

// An equal pair that was there before is not ours, however much it agrees.
TEST_F(WhitebitClientTest, ReconcileDoesNotTakeAnOlderPairForIts) {
  transport_->Answer(200, PageJson({GroupJson(10, "1699999000")}));
  transport_->Answer(200, HistoryJson({"1699999000"}));
  transport_->Answer(200, GroupJson(30));
  const auto order = Make().Reconcile(ExampleOco(), clock_->Now());
  ASSERT_TRUE(order);
  EXPECT_EQ(order->id, GroupId{30});
}

// Without the time, the venue's own rule decides: a second open order of one id is refused.
TEST_F(WhitebitClientTest, ReconcileLetsTheVenueDecideWhenTheTimeIsNotKnown) {
  transport_->Answer(200, PageJson({GroupJson(10)}));
  transport_->Answer(422, kIdInUse);
  transport_->Answer(200, PageJson({GroupJson(10)}));
  const auto order = Make().Reconcile(ExampleOco());
  ASSERT_TRUE(order);
  EXPECT_EQ(order->id, GroupId{10});

  transport_->Answer(200, PageJson({GroupJson(10)}));
  transport_->Answer(200, GroupJson(30));
  const auto placed = Make().Reconcile(ExampleOco());
  ASSERT_TRUE(placed);
  EXPECT_EQ(placed->id, GroupId{30});
}

TEST_F(WhitebitClientTest, ReconcileSaysWhenItCannotTellWhichItIs) {
  const std::string two = PageJson({GroupJson(10), GroupJson(20)});
  transport_->Answer(200, two);
  transport_->Answer(200, "{}");
  transport_->Answer(422, kIdInUse);
  transport_->Answer(200, two);
  const auto order = Make().Reconcile(ExampleOco(), clock_->Now());
  ASSERT_FALSE(order);
  EXPECT_TRUE(order.error().outcome_unknown);
  EXPECT_NE(order.error().message.find("2 open groups"), std::string::npos);
}

TEST_F(WhitebitClientTest, ReconcileSaysWhenARefusalLeavesItOpen) {
  transport_->Answer(200, PageJson({GroupJson(10)}));
  transport_->Answer(400, kNoBalance);
  const auto order = Make().Reconcile(ExampleOco());
  ASSERT_FALSE(order);
  EXPECT_EQ(order.error().kind, ErrorKind::kInsufficientFunds);
  EXPECT_TRUE(order.error().outcome_unknown);
}

TEST_F(WhitebitClientTest, ReconcileReportsARefusalAsKnownWhenNothingIsOpen) {
  transport_->Answer(200, PageJson({}));
  transport_->Answer(400, kNoBalance);
  const auto order = Make().Reconcile(ExampleOco());
  ASSERT_FALSE(order);
  EXPECT_EQ(order.error().kind, ErrorKind::kInsufficientFunds);
  EXPECT_FALSE(order.error().outcome_unknown);
}

TEST_F(WhitebitClientTest, ReconcileSaysWhenItCouldNotLook) {
  for (int i = 0; i < 3; ++i) transport_->LoseReply();
  const auto order = Make().Reconcile(ExampleOco(), clock_->Now());
  ASSERT_FALSE(order);
  EXPECT_TRUE(order.error().outcome_unknown);
  EXPECT_FALSE(order.error().retry_safe);
}

TEST_F(WhitebitClientTest, ReconcileDoesNotTakeAnUnknownErrorForARefusal) {
  transport_->Answer(200, PageJson({}));
  transport_->Answer(400, R"({"code":999,"message":"?","errors":{}})");
  const auto order = Make().Reconcile(ExampleOco());
  ASSERT_FALSE(order);
  EXPECT_EQ(order.error().kind, ErrorKind::kProtocol);
  EXPECT_TRUE(order.error().outcome_unknown);
  EXPECT_FALSE(order.error().retry_safe);
  EXPECT_EQ(transport_->sent().size(), 2u);
}

TEST_F(WhitebitClientTest, ReconcileDoesNotRepeatItsOwnPlacement) {
  transport_->Answer(200, PageJson({}));
  transport_->LoseReply();
  const auto order = Make().Reconcile(ExampleOco());
  ASSERT_FALSE(order);
  EXPECT_TRUE(order.error().outcome_unknown);
  EXPECT_EQ(transport_->sent().size(), 2u);
}

// With nonceWindow a later nonce shuts nothing out: the lost request is outlasted instead.
TEST_F(WhitebitClientTest, WithTheWindowReconcileOutlastsTheEarlierNonce) {
  options_.nonce_window = true;
  transport_->Answer(200, PageJson({}));
  transport_->Answer(200, "[]");
  transport_->Answer(200, R"({"time":)" + std::to_string(kNow / 1000 - 2) + "}");
  transport_->Answer(200, PageJson({}));
  transport_->Answer(200, "[]");
  transport_->Answer(200, GroupJson(30));
  ASSERT_TRUE(Make().Reconcile(ExampleOco(), clock_->Now()));
  EXPECT_EQ(Paths(), (Strings{"conditional-orders", "history", "time", "conditional-orders",
                              "history", "oco"}));
  // Five seconds after the nonce by the venue's clock, which is up to two seconds behind.
  EXPECT_GE(Elapsed(), milliseconds(7000));
  EXPECT_LE(Elapsed(), milliseconds(7500));
}

TEST_F(WhitebitClientTest, WithTheWindowReconcileSeesALateArrival) {
  options_.nonce_window = true;
  transport_->Answer(200, PageJson({}));
  transport_->Answer(200, "{}");
  transport_->Answer(200, R"({"time":)" + std::to_string(kNow / 1000) + "}");
  transport_->Answer(200, PageJson({GroupJson(20, "1700000003")}));
  const auto order = Make().Reconcile(ExampleOco(), clock_->Now());
  ASSERT_TRUE(order);
  EXPECT_EQ(order->id, GroupId{20});
}

}  // namespace
}  // namespace ocokit::client::whitebit
