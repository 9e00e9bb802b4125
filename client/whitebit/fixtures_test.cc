// The client against the shared fixtures: the same bytes the simulator answers to.

#include "fixtures/fixtures.h"

#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <string>

#include "client/testing/fake_transport.h"
#include "client/testing/fixture_steps.h"
#include "client/whitebit/read.h"
#include "ocokit/client/whitebit.h"
#include "ocokit/client/whitebit_signer.h"

namespace ocokit::client::whitebit {
namespace {

using fixtures::Scenario;
using fixtures::Step;
using testing::Args;
using testing::ErrorOf;
using testing::Get;
using testing::GetDecimal;
using testing::ToResponse;

TEST(WhitebitFixtures, SignsEveryVectorOfAClient) {
  int count = 0;
  for (const fixtures::WhitebitSigningVector& v : fixtures::WhitebitSigning()) {
    if (!v.client_signs) continue;
    SCOPED_TRACE(v.id + " " + v.title);
    ++count;
    EXPECT_EQ(Signer(v.secret).Sign(v.body), (SignedPayload{v.payload, v.signature}));
  }
  EXPECT_GE(count, 20);
}

ListRequest GetList(const Args& args) {
  ListRequest r;
  r.market = Get(args, "market");
  if (args.contains("limit")) r.limit = std::stoi(Get(args, "limit"));
  if (args.contains("offset")) r.offset = std::stoll(Get(args, "offset"));
  return r;
}

GroupId GetId(const Args& args, const std::string& name) {
  return GroupId{std::stoull(Get(args, name))};
}

// Makes the step's call; none when it succeeds.
std::optional<Error> Make(Client& client, const std::string& call, const Args& args) {
  if (call == "create") {
    PlaceOcoRequest r;
    r.market = Get(args, "market");
    r.side = Get(args, "side") == "buy" ? Side::kBuy : Side::kSell;
    r.amount = GetDecimal(args, "amount");
    r.price = GetDecimal(args, "price");
    r.activation_price = GetDecimal(args, "activation_price");
    r.stop_limit_price = GetDecimal(args, "stop_limit_price");
    r.client_order_id = Get(args, "clientOrderId");
    if (args.contains("reduceOnly")) r.reduce_only = Get(args, "reduceOnly") == "true";
    return ErrorOf(client.PlaceOco(r));
  }
  if (call == "oco_orders") return ErrorOf(client.ListOcos(GetList(args)));
  if (call == "conditional_orders") return ErrorOf(client.ListConditionals(GetList(args)));
  if (call == "oco_cancel") {
    CancelOcoRequest r{.market = Get(args, "market"), .id = {}, .client_order_id = {}};
    if (args.contains("orderId")) r.id = GetId(args, "orderId");
    r.client_order_id = Get(args, "clientOrderId");
    return ErrorOf(client.CancelOco(r));
  }
  if (call == "conditional_cancel") {
    return ErrorOf(client.CancelConditional({Get(args, "market"), GetId(args, "id")}));
  }
  EXPECT_EQ(call, "time");
  return ErrorOf(client.ServerTime());
}

// One client over a conversation, with nothing done on its own account: no retry, no limit.
struct Session {
  explicit Session(const fixtures::Given& given)
      : clock(std::make_shared<ManualClock>(TimePoint(microseconds(given.now_us)))),
        transport(std::make_shared<testing::FakeTransport>()) {
    ClientOptions options;
    options.clock = clock;
    options.rate_limit.enabled = false;
    options.retry.max_attempts = 1;
    client.emplace(Client::Make(options, Credentials(given.key, given.secret), transport).value());
  }

  std::optional<Error> Run(const Step& step, const Args& args) {
    transport->Answer(ToResponse(step.response));
    return Make(*client, step.call, args);
  }

  std::shared_ptr<ManualClock> clock;
  std::shared_ptr<testing::FakeTransport> transport;
  std::optional<Client> client;
};

std::string HeaderOf(const std::vector<std::pair<std::string, std::string>>& headers,
                     const std::string& name) {
  for (const auto& [key, value] : headers) {
    if (key == name) return value;
  }
  return {};
}

TEST(WhitebitFixtures, SendsTheBytesAndReadsTheRepliesOfTheWire) {
  int sent = 0;
  for (const Scenario& scenario : fixtures::Wire(fixtures::Venue::kWhitebit)) {
    Session session(scenario.given);
    for (const Step& step : scenario.steps) {
      SCOPED_TRACE(scenario.id + " " + scenario.title + " " + step.call);
      if (step.kind == Step::Kind::kAdvance) session.clock->Advance(milliseconds(step.advance_ms));
      if (step.kind != Step::Kind::kCall || !step.client) continue;
      const auto error = session.Run(step, step.client->args);
      EXPECT_EQ(error.has_value(), step.response.status != 200) << (error ? error->message : "");
      if (!step.client->matches_request) continue;
      ++sent;
      const HttpRequest request = session.transport->sent().back();
      testing::ExpectRequest(request, step.request);
      for (const char* name : {"X-TXC-APIKEY", "X-TXC-PAYLOAD", "X-TXC-SIGNATURE"}) {
        EXPECT_EQ(HeaderOf(request.headers, name), HeaderOf(step.request.headers, name)) << name;
      }
    }
  }
  EXPECT_GE(sent, 50);
}

// The members of a leg that is written out in full, in either spelling.
void ExpectLegIn(const Leg& leg, const std::string& body) {
  const auto has = [&](const std::string& text) { return body.find(text) != std::string::npos; };
  const auto has_either = [&](const char* snake, const char* camel, const std::string& value) {
    return has('"' + std::string(snake) + "\":" + value) ||
           has('"' + std::string(camel) + "\":" + value);
  };
  const auto quoted = [](const std::string& text) { return '"' + text + '"'; };
  const std::string id = std::to_string(static_cast<std::uint64_t>(leg.order_id));
  EXPECT_TRUE(has_either("order_id", "orderId", id));
  EXPECT_TRUE(has_either("client_order_id", "clientOrderId", quoted(leg.client_order_id)));
  EXPECT_TRUE(has_either("deal_money", "dealMoney", quoted(leg.deal_money.Format())));
  EXPECT_TRUE(has_either("deal_stock", "dealStock", quoted(leg.deal_stock.Format())));
  EXPECT_TRUE(has_either("deal_fee", "dealFee", quoted(leg.deal_fee.Format())));
  EXPECT_TRUE(has_either("post_only", "postOnly", leg.post_only ? "true" : "false"));
  EXPECT_TRUE(has("\"market\":" + quoted(leg.market)));
  EXPECT_TRUE(has("\"type\":" + quoted(leg.type)));
  EXPECT_TRUE(has("\"amount\":" + quoted(leg.amount.Format())));
  EXPECT_TRUE(has("\"left\":" + quoted(leg.left.Format())));
  EXPECT_TRUE(has("\"price\":" + quoted(leg.price.Format())));
  if (leg.status != OrderStatus::kNone) {
    EXPECT_TRUE(has("\"status\":" + quoted(leg.status_text)));
  }
  EXPECT_NE(leg.status, OrderStatus::kOther) << leg.status_text;
  EXPECT_TRUE(leg.timestamp.has_value());
  EXPECT_TRUE(leg.mtime.has_value());
  const bool is_stop = leg.type.find("stop") != std::string::npos;
  EXPECT_EQ(leg.activation_price.has_value(), is_stop);
  EXPECT_EQ(leg.activated.has_value(), is_stop);
  if (is_stop) {
    EXPECT_TRUE(
        has_either("activation_price", "activationPrice", quoted(leg.activation_price->Format())));
    EXPECT_TRUE(has_either("activation_condition", "activationCondition",
                           quoted(leg.activation_condition)));
  }
}

TEST(WhitebitFixtures, KeepsEveryMemberOfEveryLeg) {
  int groups = 0;
  const auto expect = [&](const OcoOrder& order, const std::string& body) {
    ++groups;
    ExpectLegIn(order.stop_loss, body);
    ExpectLegIn(order.take_profit, body);
  };
  for (const Scenario& scenario : fixtures::Wire(fixtures::Venue::kWhitebit)) {
    for (const Step& step : scenario.steps) {
      if (step.kind != Step::Kind::kCall || step.response.status != 200) continue;
      SCOPED_TRACE(scenario.id + " " + step.call + " " + step.response.body);
      const HttpResponse response = ToResponse(step.response);
      if (step.call == "create" || step.call == "oco_cancel") {
        const auto order = ReadOco(response);
        ASSERT_TRUE(order) << order.error().message;
        expect(*order, response.body);
      } else if (step.call == "oco_orders") {
        const auto orders = ReadOcos(response);
        ASSERT_TRUE(orders) << orders.error().message;
        for (const OcoOrder& order : *orders) expect(order, response.body);
      } else if (step.call == "conditional_orders") {
        const auto page = ReadConditionals(response);
        ASSERT_TRUE(page) << page.error().message;
        for (const ConditionalOrder& record : page->records) {
          if (const auto* oco = std::get_if<OcoOrder>(&record)) expect(*oco, response.body);
        }
      }
    }
  }
  EXPECT_GE(groups, 50);
}

TEST(WhitebitFixtures, SortsEveryError) {
  for (const Scenario& scenario : fixtures::Errors(fixtures::Venue::kWhitebit)) {
    SCOPED_TRACE(scenario.id + " " + scenario.title + ": " + scenario.trigger);
    ASSERT_TRUE(scenario.client_error);
    const Step& step = scenario.steps.back();
    SCOPED_TRACE(step.response.body);
    // The request that raised it may be one that the client refuses to make; the kind of call is
    // what matters to the reading.
    Session session(scenario.given);
    Args sample{{"market", "BTC_USDT"}, {"side", "buy"},           {"amount", "1"},
                {"price", "1"},         {"activation_price", "2"}, {"stop_limit_price", "3"}};
    if (step.call == "oco_cancel") sample["orderId"] = "1";
    if (step.call == "conditional_cancel") sample["id"] = "1";
    Step call = step;
    if (call.call == "raw") call.call = "create";
    testing::ExpectSorted(session.Run(call, sample), scenario);
  }
}

}  // namespace
}  // namespace ocokit::client::whitebit
