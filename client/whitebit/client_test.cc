// What whitebit::Client sends, repeats and waits for.

#include <gtest/gtest.h>

#include <condition_variable>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "client/testing/whitebit_client.h"

namespace ocokit::client::whitebit {
namespace {

TEST_F(WhitebitClientTest, ABadFieldSendsNothing) {
  PlaceOcoRequest request = ExampleOco();
  request.amount = Decimal();
  const auto placed = Make().PlaceOco(request);
  ASSERT_FALSE(placed);
  EXPECT_EQ(placed.error().fields.at(0).field, "amount");
  EXPECT_TRUE(transport_->sent().empty());
}

TEST_F(WhitebitClientTest, ARefusedNonceIsTriedAgainWithAHigherOne) {
  transport_->Answer(429, kNonceRefused);
  transport_->Answer(429, kNonceRefused);
  transport_->Answer(200, GroupJson(10));
  ASSERT_TRUE(Make().PlaceOco(ExampleOco()));
  const auto sent = transport_->sent();
  ASSERT_EQ(sent.size(), 3u);
  EXPECT_LT(NonceOf(sent[0]), NonceOf(sent[1]));
  EXPECT_LT(NonceOf(sent[1]), NonceOf(sent[2]));
}

// The same status: JSON is the nonce, anything else the rate limit.
TEST_F(WhitebitClientTest, TellsTheTwoKindsOf429Apart) {
  options_.retry.max_attempts = 1;
  transport_->Answer(429, kNonceRefused);
  transport_->Answer(429, "<html>Too Many Requests</html>");
  Client client = Make();
  EXPECT_EQ(client.PlaceOco(ExampleOco()).error().kind, ErrorKind::kNonce);
  EXPECT_EQ(client.PlaceOco(ExampleOco()).error().kind, ErrorKind::kRateLimit);
}

TEST_F(WhitebitClientTest, ABanIsReturnedAtOnce) {
  transport_->Answer(418, "<html><body>418</body></html>");
  const auto placed = Make().PlaceOco(ExampleOco());
  ASSERT_FALSE(placed);
  EXPECT_EQ(placed.error().kind, ErrorKind::kRateLimit);
  EXPECT_FALSE(placed.error().transient);
  EXPECT_EQ(transport_->sent().size(), 1u);
}

TEST_F(WhitebitClientTest, NeverRepeatsWhatMayHaveActed) {
  struct Case {
    const char* what;
    testing::FakeTransport::Reply reply;
  };
  const Case cases[] = {
      {"reset", tl::unexpected(TransportError{TransportFailure::kReceive, true, "reset"})},
      {"timeout", tl::unexpected(TransportError{TransportFailure::kTimeout, true, "late"})},
      {"maintenance", HttpResponse{503, {}, "<html>"}},
      {"500 in JSON", HttpResponse{500, {}, R"({"code":10,"message":"x","errors":{}})"}},
      {"empty", HttpResponse{200, {}, ""}},
      {"cut short", HttpResponse{200, {}, "{\"id\":"}},
      {"of another type", HttpResponse{200, {}, "7"}},
      {"an unknown error", HttpResponse{400, {}, R"({"code":999,"message":"?","errors":{}})"}},
      {"a refusal with HTTP 200",
       HttpResponse{200, {}, R"({"code":999,"message":"Validation failed","errors":{}})"}},
      {"an internal error by another code",
       HttpResponse{422,
                    {},
                    R"({"code":31,"message":"Validation failed",)"
                    R"("errors":{"market":["internal error"]}})"}},
      {"later, by another code",
       HttpResponse{400, {}, R"({"code":999,"message":"Please try again later.","errors":{}})"}},
      {"HTTP 400 without a WhiteBIT error", HttpResponse{400, {}, R"({"error":["?"]})"}},
      {"HTTP 422 of something in between", HttpResponse{422, {}, "<html>"}},
  };
  for (const Case& c : cases) {
    for (int call = 0; call < 3; ++call) {
      transport_ = std::make_shared<testing::FakeTransport>();
      transport_->Answer(c.reply);
      Client client = Make();
      std::optional<Error> error;
      if (call == 0) error = client.PlaceOco(ExampleOco()).error();
      if (call == 1) error = client.CancelOco({"BTC_USDT", GroupId{1}, ""}).error();
      if (call == 2) error = client.CancelConditional({"BTC_USDT", GroupId{1}}).error();
      EXPECT_TRUE(error->outcome_unknown) << c.what << call;
      EXPECT_FALSE(error->retry_safe) << c.what << call;
      EXPECT_EQ(transport_->sent().size(), 1u) << c.what << call;
    }
  }
}

// The two documented envelopes of a refusal say that nothing happened, whatever the code in them.
TEST_F(WhitebitClientTest, AnUnknownCodeInTheEnvelopeOfARefusalIsARefusal) {
  struct Case {
    int status;
    const char* message;
  };
  const Case cases[] = {{422, "Validation failed"}, {400, "Inner validation failed"}};
  for (const Case& c : cases) {
    transport_->Answer(c.status, R"({"code":999,"message":")" + std::string(c.message) +
                                     R"(","errors":{"price":["?"]}})");
    const auto order = Make().PlaceOco(ExampleOco());
    ASSERT_FALSE(order);
    EXPECT_EQ(order.error().kind, ErrorKind::kBadRequest) << c.message;
    EXPECT_TRUE(order.error().retry_safe) << c.message;
    EXPECT_FALSE(order.error().outcome_unknown) << c.message;
  }
}

TEST_F(WhitebitClientTest, RepeatsAListWithoutAnAnswer) {
  transport_->LoseReply();
  transport_->Answer(503, "<html>");
  transport_->Answer(200, "[]");
  EXPECT_TRUE(Make().ListOcos());
}

TEST_F(WhitebitClientTest, ClientsOfOneKeyShareTheirNonces) {
  options_.nonces = std::make_shared<NonceSource>(clock_);
  for (int i = 0; i < 2; ++i) transport_->Answer(200, "[]");
  ASSERT_TRUE(Make().ListOcos());
  ASSERT_TRUE(Make().ListOcos());
  EXPECT_EQ(NonceOf(transport_->sent()[0]), kNow);
  EXPECT_EQ(NonceOf(transport_->sent()[1]), kNow + 1);
}

TEST_F(WhitebitClientTest, WithTheWindowANonceTooFarAheadIsNotSent) {
  options_.nonce_window = true;
  options_.retry.max_attempts = 1;
  options_.nonces = std::make_shared<NonceSource>(clock_, kNow + 60'000);
  const auto listed = Make().ListOcos();
  ASSERT_FALSE(listed);
  EXPECT_EQ(listed.error().kind, ErrorKind::kNonce);
  EXPECT_EQ(listed.error().retry_after, milliseconds(56'001));
  EXPECT_TRUE(transport_->sent().empty());
}

TEST_F(WhitebitClientTest, OneClientServesManyThreadsWithNoncesOfTheirOwn) {
  options_.nonce_window = true;
  for (int i = 0; i < 200; ++i) transport_->Answer(200, "[]");
  Client client = Make();
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&] {
      for (int i = 0; i < 50; ++i) EXPECT_TRUE(client.ListOcos());
    });
  }
  for (std::thread& thread : threads) thread.join();
  std::set<std::int64_t> nonces;
  for (const HttpRequest& r : transport_->sent()) nonces.insert(NonceOf(r));
  EXPECT_EQ(nonces.size(), 200u);
}

// The worst of venues: whatever is under way at once arrives in the wrong order.
class BackwardsTransport final : public Transport {
 public:
  tl::expected<HttpResponse, TransportError> Send(const HttpRequest& request) override {
    const std::int64_t nonce = NonceOf(request);
    std::unique_lock lock(mutex_);
    under_way_.insert(nonce);
    changed_.notify_all();
    changed_.wait_for(lock, milliseconds(50), [&] { return under_way_.size() == kCalls; });
    changed_.wait(lock, [&] { return *under_way_.rbegin() == nonce; });
    under_way_.erase(nonce);
    changed_.notify_all();
    if (nonce <= last_) return HttpResponse{.status = 429, .headers = {}, .body = kNonceRefused};
    last_ = nonce;
    ++served_;
    return HttpResponse{.status = 200, .headers = {}, .body = GroupJson(1)};
  }
  static constexpr std::size_t kCalls = 8;
  int served() const { return served_; }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::set<std::int64_t> under_way_;
  std::int64_t last_ = 0;
  int served_ = 0;
};

TEST_F(WhitebitClientTest, ARequestThatWasOvertakenIsNotOvertakenAgain) {
  options_.retry.max_attempts = 2;
  const auto venue = std::make_shared<BackwardsTransport>();
  Client client = Client::Make(options_, Credentials("my-key", "my-secret"), venue).value();
  std::vector<std::thread> threads;
  for (std::size_t t = 0; t < BackwardsTransport::kCalls; ++t) {
    threads.emplace_back([&] {
      const auto placed = client.PlaceOco(ExampleOco());
      EXPECT_TRUE(placed) << placed.error().message;
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(venue->served(), 8);
}

TEST_F(WhitebitClientTest, SeesOnlyAGrossDifferenceOfTheClocks) {
  struct Case {
    std::int64_t server_seconds;
    milliseconds local_ahead_by;
  };
  const Case cases[] = {{kNow / 1000, milliseconds(0)},
                        {kNow / 1000 - 1, milliseconds(0)},
                        {kNow / 1000 - 10, milliseconds(9000)},
                        {kNow / 1000 + 10, milliseconds(-10000)}};
  for (const Case& c : cases) {
    transport_->Answer(200, R"({"time":)" + std::to_string(c.server_seconds) + "}");
    const auto check = Make().SyncTime();
    ASSERT_TRUE(check);
    EXPECT_EQ(check->local_ahead_by, c.local_ahead_by) << c.server_seconds;
  }
}

TEST_F(WhitebitClientTest, NoErrorShowsKeyOrSecret) {
  options_.retry.max_attempts = 1;
  const char* bodies[] = {
      R"({"code":0,"errors":{"key":["my-key"]},"message":"This action is unauthorized. my-key"})",
      "<html>my-key</html>",
      R"({"id":"my-key"})",
  };
  for (const char* body : bodies) {
    transport_->Answer(401, body);
    const auto placed = Make().PlaceOco(ExampleOco());
    ASSERT_FALSE(placed);
    std::string text = placed.error().message;
    for (const FieldError& field : placed.error().fields) text += field.message;
    EXPECT_EQ(text.find("my-key"), std::string::npos) << text;
    EXPECT_EQ(text.find("my-secret"), std::string::npos);
  }
}

// ---- Reconcile ----

}  // namespace
}  // namespace ocokit::client::whitebit
