#include "conformance/net/control_api.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "conformance/testing/scripted_server.h"

namespace ocokit::conform {
namespace {

using nlohmann::json;
using testing::HasSubstr;

ControlApi Api(const ScriptedServer& server, std::string token = "") {
  return ControlApi({*ParseUrl(server.url() + "/control/v1"), std::move(token)},
                    std::chrono::seconds(5));
}

ScriptedReply Reply(const std::string& status, const std::string& body, bool close = false) {
  return {.bytes = "HTTP/1.1 " + status + "\r\nContent-Length: " + std::to_string(body.size()) +
                   "\r\n\r\n" + body,
          .close = close};
}

TEST(ControlApiTest, SendsJsonAndGivesJson) {
  ScriptedServer server({Reply("201 Created", R"({"account":"bingx-2"})")});
  ControlApi api = Api(server, "secret-word");
  const Result<json> made = api.Post("/accounts", {{"venue", "bingx"}});
  ASSERT_TRUE(made) << made.error().message;
  EXPECT_EQ((*made)["account"], "bingx-2");
  ASSERT_EQ(server.requests().size(), 1U);
  const std::string sent = server.requests()[0];
  EXPECT_THAT(sent, HasSubstr("POST /control/v1/accounts HTTP/1.1\r\n"));
  EXPECT_THAT(sent, HasSubstr("Authorization: Bearer secret-word\r\n"));
  EXPECT_THAT(sent, HasSubstr("\r\n\r\n{\"venue\":\"bingx\"}"));
}

// It would be another header of the request.
TEST(ControlApiTest, ATokenWithALineBreakIsNotSent) {
  ScriptedServer server({Reply("200 OK", "{}")});
  const Result<json> answer = Api(server, "word\r\nX-Other: 1").Get("/health");
  ASSERT_FALSE(answer);
  EXPECT_THAT(answer.error().message, HasSubstr("the control token must be printable ASCII"));
  EXPECT_THAT(answer.error().message, HasSubstr("byte 5 of 16 is 0x0d"));
  EXPECT_TRUE(server.requests().empty());
}

TEST(ControlApiTest, NoContentIsNull) {
  ScriptedServer server({{.bytes = "HTTP/1.1 204 No Content\r\n\r\n"}});
  const Result<json> gone = Api(server).Delete("/accounts/bingx-2");
  ASSERT_TRUE(gone) << gone.error().message;
  EXPECT_TRUE(gone->is_null());
}

TEST(ControlApiTest, TellsTheDetailOfAProblem) {
  ScriptedServer server({Reply("400 Bad Request", R"({"detail":"venue must be bingx"})"),
                         Reply("404 Not Found", "nothing here")});
  ControlApi api = Api(server);
  const Result<json> bad = api.Post("/accounts", json::object());
  ASSERT_FALSE(bad);
  EXPECT_EQ(bad.error().kind, ErrorKind::kInvalidArgument);
  EXPECT_THAT(bad.error().message, HasSubstr("HTTP 400: venue must be bingx"));
  const Result<json> missing = api.Get("/accounts/x");
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().kind, ErrorKind::kNotFound);
  EXPECT_THAT(missing.error().message, HasSubstr("nothing here"));
}

TEST(ControlApiTest, ASuccessThatIsNoJsonIsAnError) {
  ScriptedServer server({Reply("200 OK", "<html>")});
  const Result<json> answer = Api(server).Get("/health");
  ASSERT_FALSE(answer);
  EXPECT_THAT(answer.error().message, HasSubstr("no JSON: <html>"));
}

// A server closes a connection that was idle; the next call must not fail for it.
TEST(ControlApiTest, ConnectsAgainWhenTheServerHadClosed) {
  ScriptedServer server({Reply("200 OK", "{}", true)});
  ControlApi api = Api(server);
  for (int call = 0; call < 3; ++call) {
    const Result<json> answer = api.Get("/health");
    EXPECT_TRUE(answer) << answer.error().message;
  }
  EXPECT_EQ(server.requests().size(), 3U);
}

TEST(ControlApiTest, AReplyThatEndsWithinIsAnError) {
  ScriptedServer server(
      {{.bytes = "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{", .close = true}});
  const Result<json> answer = Api(server).Get("/health");
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().kind, ErrorKind::kUnavailable);
  EXPECT_EQ(server.requests().size(), 1U);
}

}  // namespace
}  // namespace ocokit::conform
