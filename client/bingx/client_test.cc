// What bingx::Client sends, repeats and waits for.

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "client/testing/bingx_client.h"

namespace ocokit::client::bingx {
namespace {

TEST_F(BingxClientTest, ABadFieldSendsNothing) {
  PlaceOcoRequest request = ExampleOco();
  request.side.reset();
  const auto placed = Make().PlaceOco(request);
  ASSERT_FALSE(placed);
  EXPECT_EQ(placed.error().fields.at(0).field, "side");
  EXPECT_TRUE(transport_->sent().empty());
}

TEST_F(BingxClientTest, SendsTheKeyTheWindowAndTheFormat) {
  options_.post_format = ParamFormat::kJson;
  transport_->Answer(200, PairJson());
  ASSERT_TRUE(Make().PlaceOco(ExampleOco()));
  const HttpRequest request = transport_->sent().at(0);
  EXPECT_EQ(request.target, "/openApi/spot/v1/oco/order");
  EXPECT_EQ(request.content_type, "application/json");
  EXPECT_NE(request.body.find(R"("recvWindow":5000)"), std::string::npos);
  ASSERT_EQ(request.headers.size(), 1u);
  EXPECT_EQ(request.headers[0].first, "X-BX-APIKEY");
  EXPECT_EQ(request.headers[0].second, "my-key");
}

TEST_F(BingxClientTest, RefusesOptionsThatCannotBeUsed) {
  options_.recv_window = milliseconds(60001);
  auto made = Client::Make(options_, Credentials("k", "s"), transport_);
  ASSERT_FALSE(made);
  EXPECT_EQ(made.error().fields.at(0).field, "recvWindow");
  options_ = {};
  options_.retry.max_attempts = 0;
  made = Client::Make(options_, Credentials("k", "s"), transport_);
  ASSERT_FALSE(made);
  EXPECT_EQ(made.error().fields.at(0).field, "max_attempts");
  made = Client::Make({}, Credentials("k", "s\n"), transport_);
  ASSERT_FALSE(made);
  EXPECT_EQ(made.error().fields.at(0).field, "secret");
}

TEST_F(BingxClientTest, RepeatsWhatWasNeverSentAndSignsItAnew) {
  transport_->RefuseConnection();
  transport_->RefuseConnection();
  transport_->Answer(200, PairJson());
  ASSERT_TRUE(Make().PlaceOco(ExampleOco()));
  const auto sent = transport_->sent();
  ASSERT_EQ(sent.size(), 3u);
  EXPECT_LT(TimestampOf(sent[0]), TimestampOf(sent[1]));
  EXPECT_LT(TimestampOf(sent[1]), TimestampOf(sent[2]));
  EXPECT_GE(Elapsed(), milliseconds(50 + 100));
  // The venue's two calls a second hold the third attempt back, beside the backoff.
  EXPECT_LE(Elapsed(), milliseconds(1200));
}

TEST_F(BingxClientTest, GivesUpAfterTheLastAttempt) {
  for (int i = 0; i < 4; ++i) transport_->RefuseConnection();
  const auto placed = Make().PlaceOco(ExampleOco());
  ASSERT_FALSE(placed);
  EXPECT_EQ(placed.error().kind, ErrorKind::kTransport);
  EXPECT_TRUE(placed.error().retry_safe);
  EXPECT_FALSE(placed.error().outcome_unknown);
  EXPECT_EQ(transport_->sent().size(), 3u);
}

// Every way of not knowing: one request, no repeat.
TEST_F(BingxClientTest, NeverRepeatsAPlacementOrCancelWhoseOutcomeIsUnknown) {
  struct Case {
    const char* what;
    ErrorKind kind;
    testing::FakeTransport::Reply reply;
  };
  const auto failure = [](TransportFailure f) {
    return tl::unexpected(TransportError{f, true, "broken"});
  };
  const Case cases[] = {
      {"reset", ErrorKind::kTransport, failure(TransportFailure::kReceive)},
      {"broken while sending", ErrorKind::kTransport, failure(TransportFailure::kSend)},
      {"timeout", ErrorKind::kTransport, failure(TransportFailure::kTimeout)},
      {"too large", ErrorKind::kProtocol, failure(TransportFailure::kTooLarge)},
      {"gateway timeout", ErrorKind::kUnavailable, HttpResponse{504, {}, "<html>"}},
      {"server error in JSON", ErrorKind::kBadRequest,
       HttpResponse{500, {}, R"({"code":100400,"msg":"arguments invalid"})"}},
      {"server error about the time", ErrorKind::kTimestamp, HttpResponse{500, {}, kBadTimestamp}},
      {"system busy", ErrorKind::kUnavailable,
       HttpResponse{200, {}, R"({"code":100500,"msg":"x"})"}},
      {"busy, by another code", ErrorKind::kUnavailable,
       HttpResponse{200, {}, R"({"code":100410,"msg":"The current system is busy, please try"})"}},
      {"server busy", ErrorKind::kUnavailable,
       HttpResponse{200, {}, R"({"code":100503,"msg":"Server busy"})"}},
      {"request failed", ErrorKind::kUnavailable,
       HttpResponse{200, {}, R"({"code":80001,"msg":"request failed"})"}},
      {"service", ErrorKind::kUnavailable, HttpResponse{200, {}, R"({"code":80012,"msg":""})"}},
      {"service, renamed", ErrorKind::kUnavailable,
       HttpResponse{200, {}, R"({"code":109500,"msg":""})"}},
      {"an unknown code", ErrorKind::kProtocol,
       HttpResponse{200, {}, R"({"code":123456,"msg":"refused"})"}},
      {"an unknown code, HTTP 400", ErrorKind::kProtocol,
       HttpResponse{400, {}, R"({"code":123456,"msg":"refused"})"}},
      {"an unknown text of 100400", ErrorKind::kProtocol,
       HttpResponse{200, {}, R"({"code":100400,"msg":"unknown error"})"}},
      {"an unknown text of 100421", ErrorKind::kProtocol,
       HttpResponse{200, {}, R"({"code":100421,"msg":"unknown error"})"}},
      {"cut short", ErrorKind::kProtocol, HttpResponse{200, {}, R"({"code":0,"data":[)"}},
      {"a NUL after the reply", ErrorKind::kProtocol,
       HttpResponse{200, {}, PairJson() + std::string("\0x", 2)}},
      {"empty", ErrorKind::kProtocol, HttpResponse{200, {}, ""}},
      {"redirect", ErrorKind::kProtocol, HttpResponse{302, {}, ""}},
  };
  for (const Case& c : cases) {
    for (const bool cancel : {false, true}) {
      transport_ = std::make_shared<testing::FakeTransport>();
      transport_->Answer(c.reply);
      transport_->Answer(200, PairJson());
      Client client = Make();
      std::optional<Error> error;
      if (cancel) {
        if (auto r = client.CancelOco({"1", ""}); !r) error = r.error();
      } else {
        if (auto r = client.PlaceOco(ExampleOco()); !r) error = r.error();
      }
      ASSERT_TRUE(error) << c.what;
      EXPECT_EQ(error->kind, c.kind) << c.what;
      EXPECT_TRUE(error->outcome_unknown) << c.what;
      EXPECT_FALSE(error->retry_safe) << c.what;
      EXPECT_FALSE(error->transient) << c.what;
      EXPECT_TRUE(error->sent_at.has_value()) << c.what;
      EXPECT_EQ(transport_->sent().size(), 1u) << c.what;
    }
  }
}

TEST_F(BingxClientTest, RepeatsAQueryWithoutAnAnswer) {
  transport_->LoseReply();
  transport_->Answer(504, "<html>");
  transport_->Answer(200, kNone);
  ASSERT_TRUE(Make().ListOpenOcos());
  EXPECT_EQ(transport_->sent().size(), 3u);
}

// A question acts on nothing, so that an error nobody documented leaves it safe to ask again.
TEST_F(BingxClientTest, AnUnknownErrorOfAQueryIsSafeToRepeat) {
  options_.retry.max_attempts = 1;
  transport_->Answer(200, R"({"code":123456,"msg":"?"})");
  const auto legs = Make().ListOpenOcos();
  ASSERT_FALSE(legs);
  EXPECT_EQ(legs.error().kind, ErrorKind::kProtocol);
  EXPECT_TRUE(legs.error().retry_safe);
  EXPECT_FALSE(legs.error().outcome_unknown);
}

TEST_F(BingxClientTest, DoesNotRepeatARefusal) {
  transport_->Answer(200, R"({"code":100202,"msg":"Insufficient assets","debugMsg":""})");
  const auto placed = Make().PlaceOco(ExampleOco());
  ASSERT_FALSE(placed);
  EXPECT_EQ(placed.error().kind, ErrorKind::kInsufficientFunds);
  EXPECT_EQ(placed.error().code, 100202);
  EXPECT_EQ(placed.error().message, "Insufficient assets");
  EXPECT_TRUE(placed.error().retry_safe);
  EXPECT_FALSE(placed.error().transient);
  EXPECT_EQ(transport_->sent().size(), 1u);
}

TEST_F(BingxClientTest, ATimestampErrorMeasuresTheClockAndTriesOnce) {
  clock_->Set(FromUnixMillis(kNow - 60'000));
  transport_->Answer(200, kBadTimestamp);
  transport_->AnswerWith([&](const HttpRequest&) {
    clock_->Advance(milliseconds(40));
    return HttpResponse{200, {}, TimeJson(kNow + 20)};
  });
  transport_->Answer(200, PairJson());
  Client client = Make();
  ASSERT_TRUE(client.PlaceOco(ExampleOco()));
  EXPECT_EQ(Paths(), (Strings{"order", "time", "order"}));
  EXPECT_EQ(TimestampOf(transport_->sent()[2]), std::to_string(kNow + 40));

  // A second one is not answered with a third attempt.
  transport_->Answer(200, kBadTimestamp);
  transport_->Answer(200, TimeJson(kNow));
  transport_->Answer(200, kBadTimestamp);
  const auto placed = client.PlaceOco(ExampleOco());
  ASSERT_FALSE(placed);
  EXPECT_EQ(placed.error().kind, ErrorKind::kTimestamp);
  EXPECT_EQ(transport_->sent().size(), 6u);
}

TEST_F(BingxClientTest, MeasuresTheClockAgainstTheMiddleOfTheRoundTrip) {
  transport_->AnswerWith([&](const HttpRequest&) {
    clock_->Advance(milliseconds(100));
    return HttpResponse{200, {}, TimeJson(kNow + 1050)};
  });
  const auto sync = Make().SyncTime();
  ASSERT_TRUE(sync);
  EXPECT_EQ(sync->offset, seconds(1));
  EXPECT_EQ(sync->round_trip, milliseconds(100));
}

TEST_F(BingxClientTest, WaitsForTheRateLimitBeforeSigning) {
  for (int i = 0; i < 3; ++i) transport_->Answer(200, PairJson());
  Client client = Make();
  for (int i = 0; i < 3; ++i) ASSERT_TRUE(client.PlaceOco(ExampleOco()));
  EXPECT_EQ(Elapsed(), milliseconds(1000));
  EXPECT_EQ(TimestampOf(transport_->sent()[2]), std::to_string(kNow + 1000));
}

TEST_F(BingxClientTest, ReturnsInsteadOfWaitingWhenToldTo) {
  options_.rate_limit.policy = WaitPolicy::kReturn;
  for (int i = 0; i < 2; ++i) transport_->Answer(200, PairJson());
  Client client = Make();
  for (int i = 0; i < 2; ++i) ASSERT_TRUE(client.PlaceOco(ExampleOco()));
  const auto third = client.PlaceOco(ExampleOco());
  ASSERT_FALSE(third);
  EXPECT_EQ(third.error().kind, ErrorKind::kRateLimit);
  EXPECT_EQ(third.error().retry_after, milliseconds(1000));
  EXPECT_EQ(third.error().http_status, 0);
  EXPECT_EQ(transport_->sent().size(), 2u);
  EXPECT_EQ(Elapsed(), milliseconds(0));
}

TEST_F(BingxClientTest, FollowsTheVenuesOwnCount) {
  transport_->Answer(
      HttpResponse{200,
                   {{"X-RateLimit-Requests-Remain", "0"}, {"X-RateLimit-Requests-Expire", "730"}},
                   PairJson()});
  transport_->Answer(200, PairJson());
  Client client = Make();
  ASSERT_TRUE(client.PlaceOco(ExampleOco()));
  ASSERT_TRUE(client.PlaceOco(ExampleOco()));
  EXPECT_EQ(Elapsed(), milliseconds(730));
}

TEST_F(BingxClientTest, ARateLimitRefusalIsRepeatedAfterABackoff) {
  transport_->Answer(200, kBusy);
  transport_->Answer(200, PairJson());
  ASSERT_TRUE(Make().PlaceOco(ExampleOco()));
  EXPECT_GE(Elapsed(), milliseconds(50));
}

// Every further request of a banned address makes the ban longer.
TEST_F(BingxClientTest, ABanIsReturnedAtOnce) {
  transport_->Answer(418, "<html><body>418</body></html>");
  const auto placed = Make().PlaceOco(ExampleOco());
  ASSERT_FALSE(placed);
  EXPECT_EQ(placed.error().kind, ErrorKind::kRateLimit);
  EXPECT_TRUE(placed.error().retry_safe);
  EXPECT_FALSE(placed.error().transient);
  EXPECT_EQ(transport_->sent().size(), 1u);
}

TEST_F(BingxClientTest, ALongBlockIsReturnedAtOnce) {
  transport_->Answer(200, R"({"code":100410,"msg":"can retry after time: 1700000300000",)"
                          R"("timestamp":1700000000000})");
  const auto placed = Make().PlaceOco(ExampleOco());
  ASSERT_FALSE(placed);
  EXPECT_EQ(placed.error().retry_after, seconds(300));
  EXPECT_EQ(transport_->sent().size(), 1u);
  EXPECT_EQ(Elapsed(), milliseconds(0));
}

TEST_F(BingxClientTest, BackoffIsTheSameForTheSameSeed) {
  std::vector<milliseconds> elapsed;
  for (const std::uint64_t seed : {7, 7, 8}) {
    clock_->Set(FromUnixMillis(kNow));
    transport_ = std::make_shared<testing::FakeTransport>();
    options_.retry.seed = seed;
    for (int i = 0; i < 3; ++i) transport_->RefuseConnection();
    EXPECT_FALSE(Make().ListOpenOcos());
    elapsed.push_back(Elapsed());
  }
  EXPECT_EQ(elapsed[0], elapsed[1]);
  EXPECT_NE(elapsed[0], elapsed[2]);
}

TEST_F(BingxClientTest, NoErrorShowsKeyOrSecret) {
  options_.retry.max_attempts = 1;
  options_.resync_on_timestamp_error = false;
  const char* bodies[] = {
      R"({"code":100413,"msg":"Incorrect apiKey my-key, my-key"})",
      R"({"code":100001,"msg":"Signature verification failed for my-key"})",
      "<html>my-key</html>",
      R"({"code":0,"data":"my-key"})",
  };
  for (const char* body : bodies) {
    transport_->Answer(200, body);
    const auto placed = Make().PlaceOco(ExampleOco());
    ASSERT_FALSE(placed);
    EXPECT_EQ(placed.error().message.find("my-key"), std::string::npos) << placed.error().message;
    EXPECT_EQ(placed.error().message.find("my-secret"), std::string::npos);
  }
  for (const HttpRequest& request : transport_->sent()) {
    EXPECT_EQ(request.target.find("my-secret"), std::string::npos);
  }
}

TEST_F(BingxClientTest, OneClientServesManyThreads) {
  options_.rate_limit.enabled = false;
  for (int i = 0; i < 200; ++i) transport_->Answer(200, PairJson());
  Client client = Make();
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&] {
      for (int i = 0; i < 50; ++i) EXPECT_TRUE(client.PlaceOco(ExampleOco()));
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(transport_->sent().size(), 200u);
}

// ---- Reconcile ----

}  // namespace
}  // namespace ocokit::client::bingx
