// What bingx::Client makes of an order whose outcome it does not know.

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "client/testing/bingx_client.h"

namespace ocokit::client::bingx {
namespace {

TEST_F(BingxClientTest, ReconcileNeedsTheListId) {
  PlaceOcoRequest request = ExampleOco();
  request.list_client_order_id.clear();
  const auto pair = Make().Reconcile(request);
  ASSERT_FALSE(pair);
  EXPECT_EQ(pair.error().fields.at(0).field, "listClientOrderId");
  EXPECT_TRUE(transport_->sent().empty());
}

TEST_F(BingxClientTest, ReconcileReturnsThePairThatExists) {
  transport_->Answer(200, PairJson());
  const auto pair = Make().Reconcile(ExampleOco());
  ASSERT_TRUE(pair);
  EXPECT_EQ(pair->order_list_id, kListId);
  EXPECT_EQ(Paths(), (Strings{"orderList"}));
  EXPECT_NE(transport_->sent()[0].target.find("clientOrderId=12345610033&"), std::string::npos);
}

TEST_F(BingxClientTest, ReconcileFindsAFinishedPairInTheHistory) {
  transport_->Answer(200, kNotExist);
  transport_->Answer(200, PairJson());
  ASSERT_TRUE(Make().Reconcile(ExampleOco()));
  EXPECT_EQ(Paths(), (Strings{"orderList", "historyOrderList"}));
}

TEST_F(BingxClientTest, ReconcilePlacesOnceTheEarlierAttemptIsDead) {
  const TimePoint sent_at = clock_->Now();
  clock_->Advance(milliseconds(1000));
  transport_->Answer(200, kNotExist);
  transport_->Answer(200, PairJson("999"));  // somebody else's
  transport_->Answer(200, TimeJson(kNow + 1000));
  transport_->Answer(200, kNotExist);
  transport_->Answer(200, kNone);
  transport_->Answer(200, PairJson());
  ASSERT_TRUE(Make().Reconcile(ExampleOco(), sent_at));
  EXPECT_EQ(Paths(), (Strings{"orderList", "historyOrderList", "time", "orderList",
                              "historyOrderList", "order"}));
  // recvWindow after sent_at, and a little more.
  EXPECT_GE(Elapsed(), milliseconds(5000));
  EXPECT_LE(Elapsed(), milliseconds(5500));
}

// The lost request was slow, not lost: it arrives while Reconcile waits.
TEST_F(BingxClientTest, ReconcileLooksAgainBeforePlacing) {
  transport_->Answer(200, kNotExist);
  transport_->Answer(200, kNone);
  transport_->Answer(200, TimeJson(kNow));
  transport_->Answer(200, PairJson());
  ASSERT_TRUE(Make().Reconcile(ExampleOco()));
  EXPECT_EQ(Paths().back(), "orderList");
  EXPECT_EQ(transport_->left(), 0u);
}

TEST_F(BingxClientTest, ReconcileSaysWhenItCouldNotFindOut) {
  for (int i = 0; i < 3; ++i) transport_->LoseReply();
  const auto pair = Make().Reconcile(ExampleOco());
  ASSERT_FALSE(pair);
  EXPECT_TRUE(pair.error().outcome_unknown);
  EXPECT_FALSE(pair.error().retry_safe);
  EXPECT_EQ(Paths(), (Strings{"orderList", "orderList", "orderList"}));
}

TEST_F(BingxClientTest, ReconcileDoesNotRepeatItsOwnPlacement) {
  transport_->Answer(200, kNotExist);
  transport_->Answer(200, kNone);
  transport_->Answer(200, TimeJson(kNow));
  transport_->Answer(200, kNotExist);
  transport_->Answer(200, kNone);
  transport_->LoseReply();
  const auto pair = Make().Reconcile(ExampleOco());
  ASSERT_FALSE(pair);
  EXPECT_TRUE(pair.error().outcome_unknown);
  EXPECT_EQ(transport_->sent().size(), 6u);
}

TEST_F(BingxClientTest, ReconcileDoesNotTakeAnUnknownErrorOfItsPlacementForARefusal) {
  transport_->Answer(200, kNotExist);
  transport_->Answer(200, kNone);
  transport_->Answer(200, TimeJson(kNow));
  transport_->Answer(200, kNotExist);
  transport_->Answer(200, kNone);
  transport_->Answer(200, R"({"code":80001,"msg":"request failed"})");
  const auto pair = Make().Reconcile(ExampleOco());
  ASSERT_FALSE(pair);
  EXPECT_TRUE(pair.error().outcome_unknown);
  EXPECT_FALSE(pair.error().retry_safe);
  EXPECT_EQ(transport_->sent().size(), 6u);
}

// Only the venue's own "not exist" proves that a pair is not there; after anything else nothing is
// placed.
TEST_F(BingxClientTest, ReconcilePlacesNothingAfterAnErrorItDoesNotKnow) {
  struct Case {
    const char* what;
    HttpResponse list;
    HttpResponse history;
  };
  const HttpResponse none{200, {}, kNone};
  const HttpResponse not_exist{200, {}, kNotExist};
  const HttpResponse unknown{200, {}, R"({"code":123456,"msg":"?"})"};
  const HttpResponse bare_404{404, {}, "<html>"};
  const Case cases[] = {
      {"unknown code of the list", unknown, none},
      {"unknown code of the history", not_exist, unknown},
      {"bare 404 of the list", bare_404, none},
      {"bare 404 of the history", not_exist, bare_404},
      {"not exist of the history", not_exist, not_exist},
  };
  options_.retry.max_attempts = 1;
  for (const Case& c : cases) {
    transport_ = std::make_shared<testing::FakeTransport>();
    transport_->Answer(c.list);
    transport_->Answer(c.history);
    const auto pair = Make().Reconcile(ExampleOco());
    ASSERT_FALSE(pair) << c.what;
    EXPECT_TRUE(pair.error().outcome_unknown) << c.what;
    EXPECT_FALSE(pair.error().retry_safe) << c.what;
    for (const std::string& path : Paths()) EXPECT_NE(path, "order") << c.what;
  }
}

TEST_F(BingxClientTest, ReconcileReportsARefusalAsKnown) {
  transport_->Answer(200, kNotExist);
  transport_->Answer(200, kNone);
  transport_->Answer(200, TimeJson(kNow));
  transport_->Answer(200, kNotExist);
  transport_->Answer(200, kNone);
  transport_->Answer(200, R"({"code":100202,"msg":"Insufficient assets","debugMsg":""})");
  const auto pair = Make().Reconcile(ExampleOco());
  ASSERT_FALSE(pair);
  EXPECT_EQ(pair.error().kind, ErrorKind::kInsufficientFunds);
  EXPECT_FALSE(pair.error().outcome_unknown);
}

// The list lagged behind: the placement itself finds out that the id is taken.
TEST_F(BingxClientTest, ReconcileLooksOnceMoreWhenTheIdIsInUse) {
  transport_->Answer(200, kNotExist);
  transport_->Answer(200, kNone);
  transport_->Answer(200, TimeJson(kNow));
  transport_->Answer(200, kNotExist);
  transport_->Answer(200, kNone);
  transport_->Answer(200,
                     R"({"code":100400,"msg":"clientOrderId 1 is already used by an open order"})");
  transport_->Answer(200, PairJson());
  ASSERT_TRUE(Make().Reconcile(ExampleOco()));
  EXPECT_EQ(Paths().back(), "orderList");
}

}  // namespace
}  // namespace ocokit::client::bingx
