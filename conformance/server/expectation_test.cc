#include "conformance/server/expectation.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace ocokit::conform::server {
namespace {

using nlohmann::json;

struct ReplyRow {
  Venue venue;
  const char* expected;
  int status;
  const char* body;
  const char* where;  // of the mismatch; nullptr: it is as expected
};

constexpr Venue kB = Venue::kBingx;
constexpr Venue kW = Venue::kWhitebit;

TEST(Expectation, RowByRow) {
  const ReplyRow rows[] = {
      {kW, R"({})", 500, "x", nullptr},
      {kW, R"({"http":200})", 200, "", nullptr},
      {kW, R"({"http":200})", 201, "", "HTTP status"},
      {kW, R"({"http":[400,422]})", 422, "", nullptr},
      {kW, R"({"http":[400,422]})", 401, "", "HTTP status"},
      {kW, R"({"accepted":true})", 200, "[]", nullptr},
      {kW, R"({"accepted":true})", 200, R"({"code":1,"message":"x","errors":{}})", "the body"},
      {kW, R"({"accepted":true})", 200, "[", "the body"},
      {kW, R"({"accepted":true})", 404, "[]", "HTTP status"},
      {kW, R"({"refused":true})", 422, R"({"code":30,"message":"x"})", nullptr},
      {kW, R"({"refused":true})", 200, R"({"code":30,"message":"x"})", "HTTP status"},
      {kW, R"({"refused":true})", 500, R"({"code":30,"message":"x"})", "HTTP status"},
      {kW, R"({"refused":true})", 422, R"({"message":"x"})", "/code"},
      {kB, R"({"accepted":true})", 200, R"({"code":0,"data":[]})", nullptr},
      {kB, R"({"accepted":true})", 200, R"({"code":100400,"msg":"x"})", "/code"},
      {kB, R"({"refused":true})", 200, R"({"code":100400,"msg":"x"})", nullptr},
      {kB, R"({"refused":true})", 200, R"({"code":0,"msg":"x"})", "/code"},
      {kB, R"({"refused":true})", 200, R"({"code":"100400","msg":"x"})", "/code"},
      {kB, R"({"refused":true})", 502, R"({"code":100400,"msg":"x"})", "HTTP status"},
      {kW, R"({"headers":{"content-type":"text/html"}})", 200, "", nullptr},
      {kW, R"({"headers":{"Content-Type":{"$matches":"application/.*"}}})", 200, "",
       "header Content-Type"},
      {kW, R"({"headers":{"Retry-After":{"$absent":true}}})", 200, "", nullptr},
      {kW, R"({"text":""})", 200, "", nullptr},
      {kW, R"({"text":""})", 200, "x", "the body"},
      {kW, R"({"not_json":true})", 200, "<html>", nullptr},
      {kW, R"({"not_json":true})", 200, "[]", "the body"},
      {kW, R"({"json":[]})", 200, "[]", nullptr},
      {kW, R"({"json":[]})", 200, "[1]", "the body"},
      {kW, R"({"json":[]})", 200, "[", "the body"},
      {kW, R"({"json":{"a":{"b":1}}})", 200, R"({"a":{"b":2}})", "/a/b"},
  };
  for (const ReplyRow& row : rows) {
    HttpReply reply;
    reply.status = row.status;
    reply.headers = {{"Content-Type", "text/html"}};
    reply.body = row.body;
    const auto mismatch = Check(json::parse(row.expected), row.venue, reply, {});
    ASSERT_EQ(!mismatch, row.where == nullptr) << row.expected << " of " << row.status << row.body;
    if (mismatch) {
      EXPECT_EQ(mismatch->where, row.where) << row.expected;
    }
  }
}

}  // namespace
}  // namespace ocokit::conform::server
