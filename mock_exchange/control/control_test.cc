// Who may call.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "mock_exchange/testing/control_fixture.h"

namespace ocokit::mock {
namespace {

TEST_F(ControlTest, ATokenIsAskedForExceptWhetherTheServerIsUp) {
  const Control guarded(exchange_, "letmein", [] { return Control::Connections(); });
  Request request{.method = "GET", .target = kBase + "/accounts"};
  const Answer without = guarded.AnswerTo(request);
  EXPECT_EQ(without.response->status, 401);
  EXPECT_EQ(without.more_headers.back().name, "WWW-Authenticate");
  request.headers = {{"Authorization", "Bearer letmeiN"}};
  EXPECT_EQ(guarded.AnswerTo(request).response->status, 401);
  request.target = "/metrics";
  EXPECT_EQ(guarded.AnswerTo(request).response->status, 401);
  request.headers = {{"Authorization", "Bearer letmein"}};
  EXPECT_EQ(guarded.AnswerTo(request).response->status, 200);
  EXPECT_EQ(guarded.AnswerTo({.method = "GET", .target = kBase + "/health"}).response->status, 200);
}

TEST_F(ControlTest, APageOfAnotherOriginAndAReboundNameAreKeptOut) {
  const auto status = [&](std::vector<Header> headers) {
    return Ask("GET", "/accounts", "", std::move(headers)).response->status;
  };
  EXPECT_EQ(status({{"Host", "127.0.0.1:8787"}}), 200);
  EXPECT_EQ(status({{"Host", "[::1]:8787"}}), 200);
  EXPECT_EQ(status({{"Host", "localhost."}}), 200);
  // What only old resolvers take for an address.
  for (const char* host : {"2130706433", "127.1:8787", "127.0.0.1.", "[::1.example]", "[]"}) {
    EXPECT_EQ(status({{"Host", host}}), 403) << host;
  }
  EXPECT_EQ(status({{"Host", "localhost:8787"}, {"Origin", "http://localhost:8787"}}), 200);
  EXPECT_EQ(status({{"Host", "127.0.0.1:8787"}, {"Origin", "https://example.com"}}), 403);
  EXPECT_EQ(status({{"Host", "example.com:8787"}, {"Origin", "http://example.com:8787"}}), 403);
}

// Its host takes the place of the Host header's.
TEST_F(ControlTest, AnAbsoluteTargetSpeaksForTheHost) {
  const auto status = [&](const std::string& target) {
    return control_
        .AnswerTo({.method = "GET",
                   .target = target + kBase + "/accounts",
                   .headers = {{"Host", "127.0.0.1:8787"}}})
        .response->status;
  };
  EXPECT_EQ(status("http://localhost:8787"), 200);
  EXPECT_EQ(status("HTTP://127.0.0.1"), 200);
  EXPECT_EQ(status("http://example.com"), 403);
  EXPECT_EQ(status("HTTPS://example.com:8787"), 403);
}

// It quotes the beginning of a line, and in half a secret nobody finds the whole one.
TEST_F(ControlTest, AnErrorOfTheDoctorQuotesNoPartOfASecret) {
  const std::string secret = "Vb3kQ9xLm2Zp8RtYw4Hs6Jd1Nf7Gc5TaUe0oIiPpSsDdFfGgHhJjKkLlZzXxCcVvBb==";
  Do("POST", "/accounts", {{"venue", "whitebit"}, {"secret", secret}});
  for (const std::string& raw :
       {secret, "GET / HTTP/1.1\r\n" + secret + "\r\n\r\n", "GET / " + secret + "\r\n\r\n"}) {
    const Json problem =
        Problem("POST", "/doctor", Json{{"account", "bingx-1"}, {"raw", raw}}.dump());
    EXPECT_EQ(problem.dump().find("Vb3kQ9"), std::string::npos) << problem;
  }
  const Json problem =
      Problem("POST", "/doctor", Json{{"account", "bingx-1"}, {"curl", secret}}.dump());
  EXPECT_EQ(problem.dump().find("Vb3kQ9"), std::string::npos) << problem;
}

TEST_F(ControlTest, AMethodThatIsNotTakenComesWithThoseThatAre) {
  const Answer metrics = control_.AnswerTo({.method = "POST", .target = "/metrics"});
  EXPECT_EQ(metrics.response->status, 405);
  EXPECT_EQ(metrics.more_headers.back(), (Header{"Allow", "GET, HEAD"}));
  const Answer accounts = Ask("PATCH", "/accounts");
  EXPECT_EQ(accounts.response->status, 405);
  EXPECT_EQ(accounts.more_headers.back(), (Header{"Allow", "GET, POST"}));
}

}  // namespace
}  // namespace ocokit::mock
