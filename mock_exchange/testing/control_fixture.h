#pragma once

// ControlTest: a control API over an exchange with one account a venue, whose every reply is held
// against the OpenAPI document.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <memory>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

#include "mock_exchange/control/control.h"
#include "mock_exchange/control/openapi.h"
#include "mock_exchange/testing/signed_request.h"
#include "mock_exchange/wire/channel.h"

namespace ocokit::mock {

using Json = nlohmann::json;

inline const std::string kBase = "/control/v1";

// The document's path that a request is for: "/accounts/{account}/clock".
inline std::string PathOf(const std::string& target) {
  std::string path = target.substr(kBase.size());
  path = path.substr(0, path.find('?'));
  for (const auto& [pattern, operations] : control::OpenApi()["paths"].items()) {
    std::size_t p = 0;
    std::size_t t = 0;
    while (p < pattern.size() && t < path.size()) {
      if (pattern[p] == '{') {
        p = pattern.find('}', p) + 1;
        t = std::min(path.find('/', t), path.size());
      } else if (pattern[p++] != path[t++]) {
        p = std::string::npos;
        break;
      }
    }
    if (p == pattern.size() && t == path.size()) return pattern;
  }
  return "";
}

class ControlTest : public ::testing::Test {
 protected:
  ControlTest() {
    for (const Venue venue : {Venue::kBingx, Venue::kWhitebit}) {
      AccountOptions options;
      options.venue = venue;
      options.key = "test-key";
      options.secret = "test-secret";
      options.frozen_at = FromUnixMillis(1'700'000'000'000);
      EXPECT_TRUE(exchange_.AddAccount(options));
    }
  }

  // What is answered, held against the document.
  Answer Ask(const std::string& method, const std::string& target, const std::string& body = "",
             std::vector<Header> headers = {}) {
    Request request;
    request.method = method;
    request.target = kBase + target;
    request.body = body;
    request.headers = std::move(headers);
    Answer answer = control_.AnswerTo(request);
    Check(request, *answer.response);
    return answer;
  }
  Json Get(const std::string& target) { return Json::parse(Ask("GET", target).response->body); }
  // The reply of a call that succeeds.
  Json Do(const std::string& method, const std::string& target, const Json& body) {
    const Answer answer = Ask(method, target, body.dump());
    EXPECT_LT(answer.response->status, 300) << answer.response->body;
    return Json::parse(answer.response->body);
  }
  // The problem of a call that is at fault.
  Json Problem(const std::string& method, const std::string& target, const std::string& body = "") {
    const Answer answer = Ask(method, target, body);
    EXPECT_GE(answer.response->status, 400) << answer.response->body;
    return Json::parse(answer.response->body);
  }

  void Check(const Request& request, const Response& response) {
    const std::string path = PathOf(request.target);
    if (path.empty()) return;
    std::string method = request.method;
    for (char& c : method) c = static_cast<char>(std::tolower(c));
    const auto& operations = control::OpenApi()["paths"][path];
    if (!operations.contains(method)) return;
    const auto& responses = operations[method]["responses"];
    const std::string status = std::to_string(response.status);
    std::string type = "application/json";
    auto described = responses["default"];
    if (response.status >= 400) {
      type = "application/problem+json";
      described = control::OpenApi()["components"]["responses"]["problem"];
    } else {
      ASSERT_TRUE(responses.contains(status)) << method << " " << path << " gave " << status;
      described = responses[status];
      done_.insert(method + " " + path);
    }
    if (!described.contains("content")) {
      EXPECT_EQ(response.body, "");
      return;
    }
    if (described["content"].contains("text/event-stream")) type = "text/event-stream";
    ASSERT_TRUE(described["content"].contains(type));
    ASSERT_EQ(response.headers.front().value, type) << response.body;
    const auto& schema = described["content"][type]["schema"];
    if (!schema.contains("$ref")) return;
    const std::string ref = schema["$ref"].get<std::string>();
    const Json body = Json::parse(response.body);
    const auto ok = control::Schemas().Check(body, ref.substr(ref.rfind('/') + 1));
    EXPECT_TRUE(ok) << method << " " << path << ": " << ok.error().message << "\n" << body.dump(1);
  }

  // A client's WebSocket, without the socket.
  std::shared_ptr<Channel> Open(const std::string& target) {
    Request request{.method = "GET",
                    .target = target,
                    .headers = {{"Upgrade", "websocket"},
                                {"Connection", "Upgrade"},
                                {"Sec-WebSocket-Version", "13"},
                                {"Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="}},
                    .remote_ip = "127.0.0.9"};
    Answer answer = exchange_.AnswerTo(std::move(request));
    EXPECT_EQ(answer.response->status, 101);
    EXPECT_NE(answer.channel, nullptr);
    answer.channel->OnOpen([this] { ++woken_; });
    return answer.channel;
  }
  // Has the WhiteBIT account place its documents' own example.
  Json PlaceWhitebit(const std::string& path = "/api/v4/order/collateral/oco") {
    return CallWhitebit(path,
                        R"("market":"BTC_USDT","side":"buy","amount":"0.001","price":"40000",)"
                        R"("activation_price":"41000","stop_limit_price":"42000")");
  }
  // Has it make a call with these members.
  Json CallWhitebit(const std::string& path, const std::string& members) {
    const auto tenant = exchange_.FindId("whitebit-1");
    Request request = testing::SignedWhitebit(tenant->account, path, members, ++nonce_);
    request.headers.push_back({"X-TXC-APIKEY", "test-key"});
    request.remote_ip = "127.0.0.1";
    last_signature_ = std::string(*request.FindHeader("X-TXC-SIGNATURE"));
    return Json::parse(exchange_.AnswerTo(std::move(request)).response->body, nullptr, false);
  }

  Exchange exchange_{std::make_shared<SystemClock>()};
  Control control_{exchange_, "", [] { return Control::Connections{3, 7}; }};
  std::set<std::string> done_;
  std::int64_t nonce_ = 1'700'000'000'000;
  std::string last_signature_;
  int woken_ = 0;  // how often streams were
};

}  // namespace ocokit::mock
