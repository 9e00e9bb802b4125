// The client against the shared fixtures: the same bytes the simulator answers to.

#include "fixtures/fixtures.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <memory>
#include <string>

#include "client/bingx/read.h"
#include "client/testing/fake_transport.h"
#include "client/testing/fixture_steps.h"
#include "ocokit/client/bingx.h"

namespace ocokit::client::bingx {
namespace {

using fixtures::Scenario;
using fixtures::Step;
using testing::Args;
using testing::ErrorOf;
using testing::Get;
using testing::GetDecimal;
using testing::ToResponse;

Params ToParams(std::vector<fixtures::Param>& given) {
  std::sort(given.begin(), given.end(), [](const auto& a, const auto& b) { return a.key < b.key; });
  Params params;
  for (const fixtures::Param& p : given) {
    if (p.kind == fixtures::Param::Kind::kString) {
      params.Add(p.key, std::string_view(p.value));
    } else {
      params.AddJson(p.key, p.value);
    }
  }
  return params;
}

TEST(BingxFixtures, SignsEveryVectorOfAClient) {
  int count = 0;
  for (fixtures::BingxSigningVector v : fixtures::BingxSigning()) {
    if (!v.client_signs) continue;
    SCOPED_TRACE(v.id + " " + v.title);
    ++count;
    const Signer signer(v.secret);
    const Params params = ToParams(v.params);
    EXPECT_EQ(params.string_to_sign(), v.string_to_sign);
    const auto signature = signer.Sign(v.string_to_sign);
    std::string want = v.signature;
    std::transform(want.begin(), want.end(), want.begin(),
                   [](unsigned char c) { return std::tolower(c); });
    EXPECT_EQ(std::string(signature.data(), signature.size()), want);
  }
  EXPECT_GE(count, 40);
}

// The vectors whose signature is right for its string, however the parameters were put together.
TEST(BingxFixtures, AgreesWithEveryPublishedDigest) {
  for (const fixtures::BingxSigningVector& v : fixtures::BingxSigning()) {
    if (!v.hmac_holds || v.signature.empty()) continue;
    SCOPED_TRACE(v.id);
    const auto signature = Signer(v.secret).Sign(v.string_to_sign);
    std::string want = v.signature;
    std::transform(want.begin(), want.end(), want.begin(),
                   [](unsigned char c) { return std::tolower(c); });
    EXPECT_EQ(std::string(signature.data(), signature.size()), want);
  }
}

std::optional<TimePoint> GetTime(const Args& args, const std::string& name) {
  const std::string text = Get(args, name);
  if (text.empty()) return std::nullopt;
  return FromUnixMillis(std::stoll(text));
}

ParamFormat GetFormat(const Args& args) {
  const std::string transport = Get(args, "transport");
  if (transport == "json") return ParamFormat::kJson;
  return transport == "form" ? ParamFormat::kForm : ParamFormat::kQuery;
}

// Makes the step's call; none when it succeeds.
std::optional<Error> Make(Client& client, const std::string& call, const Args& args) {
  if (call == "create") {
    PlaceOcoRequest r;
    r.symbol = Get(args, "symbol");
    r.side = Get(args, "side") == "BUY" ? Side::kBuy : Side::kSell;
    r.quantity = GetDecimal(args, "quantity");
    r.limit_price = GetDecimal(args, "limitPrice");
    r.order_price = GetDecimal(args, "orderPrice");
    r.trigger_price = GetDecimal(args, "triggerPrice");
    r.list_client_order_id = Get(args, "listClientOrderId");
    r.above_client_order_id = Get(args, "aboveClientOrderId");
    r.below_client_order_id = Get(args, "belowClientOrderId");
    return ErrorOf(client.PlaceOco(r));
  }
  if (call == "cancel") {
    return ErrorOf(client.CancelOco({Get(args, "orderId"), Get(args, "clientOrderId")}));
  }
  if (call == "order_list") {
    return ErrorOf(client.FindOco({Get(args, "orderListId"), Get(args, "clientOrderId")}));
  }
  if (call == "open_order_list") {
    return ErrorOf(
        client.ListOpenOcos({std::stoi(Get(args, "pageIndex")), std::stoi(Get(args, "pageSize"))}));
  }
  if (call == "history_order_list") {
    return ErrorOf(
        client.ListOcoHistory({std::stoi(Get(args, "pageIndex")), std::stoi(Get(args, "pageSize")),
                               GetTime(args, "startTime"), GetTime(args, "endTime")}));
  }
  EXPECT_EQ(call, "server_time");
  return ErrorOf(client.ServerTime());
}

struct Session {
  explicit Session(const fixtures::Given& given)
      : clock(std::make_shared<ManualClock>(TimePoint(microseconds(given.now_us)))),
        key(given.key),
        secret(given.secret) {}

  // The call with nothing done on the client's own account: no retry, no limit.
  std::optional<Error> Run(const Step& step, const Args& args) {
    transport = std::make_shared<testing::FakeTransport>();
    transport->Answer(ToResponse(step.response));
    ClientOptions options;
    options.clock = clock;
    options.recv_window = milliseconds(std::stoi("0" + Get(args, "recvWindow")));
    options.post_format = GetFormat(args);
    options.rate_limit.enabled = false;
    options.retry.max_attempts = 1;
    options.resync_on_timestamp_error = false;
    auto client = Client::Make(options, Credentials(key, secret), transport);
    if (!client) return client.error();
    return Make(*client, step.call, args);
  }

  std::shared_ptr<ManualClock> clock;
  std::string key;
  std::string secret;
  std::shared_ptr<testing::FakeTransport> transport;
};

TEST(BingxFixtures, SendsTheBytesAndReadsTheRepliesOfTheWire) {
  int sent = 0;
  for (const Scenario& scenario : fixtures::Wire(fixtures::Venue::kBingx)) {
    Session session(scenario.given);
    for (const Step& step : scenario.steps) {
      SCOPED_TRACE(scenario.id + " " + scenario.title + " " + step.call);
      if (step.kind == Step::Kind::kAdvance) session.clock->Advance(milliseconds(step.advance_ms));
      if (step.kind != Step::Kind::kCall || !step.client) continue;
      const auto error = session.Run(step, step.client->args);
      const bool want_error = step.response.body.find("\"code\":0,") == std::string::npos;
      EXPECT_EQ(error.has_value(), want_error) << (error ? error->message : "");
      if (!step.client->matches_request) continue;
      ++sent;
      ASSERT_EQ(session.transport->sent().size(), 1u);
      const HttpRequest request = session.transport->sent()[0];
      testing::ExpectRequest(request, step.request);
    }
  }
  EXPECT_GE(sent, 50);
}

// Every documented member of every leg in every reply arrives: written out again, the legs are the
// reply's own text.
TEST(BingxFixtures, KeepsEveryMemberOfEveryLeg) {
  int legs_seen = 0;
  for (const Scenario& scenario : fixtures::Wire(fixtures::Venue::kBingx)) {
    for (const Step& step : scenario.steps) {
      if (step.kind != Step::Kind::kCall) continue;
      const std::string& body = step.response.body;
      if (body.find("\"data\":[") == std::string::npos) continue;
      SCOPED_TRACE(scenario.id + " " + step.call);
      const auto legs = ReadLegs(ToResponse(step.response));
      ASSERT_TRUE(legs) << legs.error().message;
      for (const Leg& leg : *legs) {
        ++legs_seen;
        const auto text = [](const char* name, const std::string& value) {
          return '"' + std::string(name) + "\":\"" + value + '"';
        };
        EXPECT_NE(body.find(text("orderId", leg.order_id)), std::string::npos);
        EXPECT_NE(body.find(text("clientOrderId", leg.client_order_id)), std::string::npos);
        EXPECT_NE(body.find(text("orderListId", leg.order_list_id)), std::string::npos);
        EXPECT_NE(body.find("\"price\":" + leg.price.Format()), std::string::npos);
        EXPECT_NE(body.find("\"quantity\":" + leg.quantity.Format()), std::string::npos);
        EXPECT_NE(body.find("\"triggerPrice\":" + leg.trigger_price.Format()), std::string::npos);
        EXPECT_EQ(leg.trigger_price.IsZero(), leg.type == LegType::kLimit);
        EXPECT_NE(leg.status, OrderStatus::kOther) << leg.status_text;
        if (!leg.status_text.empty()) {
          EXPECT_NE(body.find(text("status", leg.status_text)), std::string::npos);
        }
      }
    }
  }
  EXPECT_GE(legs_seen, 50);
}

TEST(BingxFixtures, SortsEveryError) {
  for (const Scenario& scenario : fixtures::Errors(fixtures::Venue::kBingx)) {
    SCOPED_TRACE(scenario.id + " " + scenario.title + ": " + scenario.trigger);
    ASSERT_TRUE(scenario.client_error);
    const Step& step = scenario.steps.back();
    SCOPED_TRACE(step.response.body);
    // The request that raised it may be one that the client refuses to make; the kind of call is
    // what matters to the reading.
    Session session(scenario.given);
    const Args sample{{"symbol", "BTC-USDT"}, {"side", "BUY"},       {"quantity", "1"},
                      {"limitPrice", "1"},    {"orderPrice", "3"},   {"triggerPrice", "2"},
                      {"orderId", "1"},       {"orderListId", "1"},  {"pageIndex", "1"},
                      {"pageSize", "1"},      {"transport", "query"}};
    Step call = step;
    if (call.call == "raw") call.call = "create";
    testing::ExpectSorted(session.Run(call, sample), scenario);
  }
}

}  // namespace
}  // namespace ocokit::client::bingx
