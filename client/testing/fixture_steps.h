#pragma once

// What the tests of both clients do with the conversations of the fixtures.

#include <gtest/gtest.h>

#include <map>
#include <optional>
#include <string>

#include "fixtures/fixtures.h"
#include "ocokit/base/decimal.h"
#include "ocokit/client/errors.h"
#include "ocokit/client/transport.h"

namespace ocokit::client::testing {

// The arguments of a call, by name.
using Args = std::map<std::string, std::string>;

[[nodiscard]] inline std::string Get(const Args& args, const std::string& name) {
  const auto it = args.find(name);
  return it == args.end() ? std::string() : it->second;
}

[[nodiscard]] inline Decimal GetDecimal(const Args& args, const std::string& name) {
  const auto parsed = Decimal::Parse(Get(args, name));
  EXPECT_TRUE(parsed) << name;
  return parsed.value_or(Decimal());
}

template <typename T>
[[nodiscard]] std::optional<Error> ErrorOf(const Result<T>& result) {
  return result ? std::nullopt : std::optional<Error>(result.error());
}

[[nodiscard]] inline HttpResponse ToResponse(const fixtures::Response& r) {
  return {r.status, r.headers, r.body};
}

// Holds what was sent against the step's request, but for its headers.
inline void ExpectRequest(const HttpRequest& sent, const fixtures::Request& want) {
  EXPECT_EQ(MethodName(sent.method), want.method);
  EXPECT_EQ(sent.target, want.target);
  EXPECT_EQ(sent.body, want.body);
}

// Holds an error against what the scenario says a client makes of its last reply.
inline void ExpectSorted(const std::optional<Error>& error, const fixtures::Scenario& scenario) {
  ASSERT_TRUE(error);
  EXPECT_EQ(KindName(error->kind), scenario.client_error->kind);
  EXPECT_EQ(error->retry_safe, scenario.client_error->retry_safe);
  EXPECT_EQ(error->outcome_unknown, scenario.client_error->outcome_unknown);
  const fixtures::Response& reply = scenario.steps.back().response;
  EXPECT_EQ(error->http_status, reply.status);
  // One reply, in the shape of WhiteBIT's API version 1, has no code of its own.
  if (scenario.code && reply.body.find("\"code\":") != std::string::npos) {
    EXPECT_EQ(error->code, *scenario.code);
  }
}

}  // namespace ocokit::client::testing
