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
  EXPECT_EQ(without.response.status, 401);
  EXPECT_EQ(without.response.headers.back().name, "WWW-Authenticate");
  request.headers = {{"Authorization", "Bearer letmeiN"}};
  EXPECT_EQ(guarded.AnswerTo(request).response.status, 401);
  request.target = "/metrics";
  EXPECT_EQ(guarded.AnswerTo(request).response.status, 401);
  request.headers = {{"Authorization", "Bearer letmein"}};
  EXPECT_EQ(guarded.AnswerTo(request).response.status, 200);
  EXPECT_EQ(guarded.AnswerTo({.method = "GET", .target = kBase + "/health"}).response.status, 200);
}

TEST_F(ControlTest, APageOfAnotherOriginAndAReboundNameAreKeptOut) {
  const auto status = [&](std::vector<Header> headers) {
    return Ask("GET", "/accounts", "", std::move(headers)).response.status;
  };
  EXPECT_EQ(status({{"Host", "127.0.0.1:8787"}}), 200);
  EXPECT_EQ(status({{"Host", "[::1]:8787"}}), 200);
  EXPECT_EQ(status({{"Host", "localhost:8787"}, {"Origin", "http://localhost:8787"}}), 200);
  EXPECT_EQ(status({{"Host", "127.0.0.1:8787"}, {"Origin", "https://example.com"}}), 403);
  EXPECT_EQ(status({{"Host", "example.com:8787"}, {"Origin", "http://example.com:8787"}}), 403);
}

}  // namespace
}  // namespace ocokit::mock
