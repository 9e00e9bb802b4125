#pragma once

// The parameters of public calls, which are those of the query, and what is wrong with them.

#include <optional>
#include <string>
#include <string_view>

#include "mock_exchange/market/candles.h"
#include "mock_exchange/whitebit/market/answer.h"
#include "tl/expected.hpp"

namespace ocokit::mock::whitebit {

// The value of a parameter, decoded; none when it is absent.
[[nodiscard]] std::optional<std::string> FindParameter(std::string_view query,
                                                       std::string_view name);

// What is wrong with a parameter. Public calls write it in envelopes of their own.
struct FieldProblem {
  const char* field;
  const char* text;
  const char* rule;  // for the decision
};

// As the calls of API version 4 say it: a field and what is wrong with it, with status 422.
[[nodiscard]] Reply RefuseField(const FieldProblem& problem);

struct CandleRequest {
  std::uint32_t market = 0;
  CandleQuery query;
};

[[nodiscard]] tl::expected<CandleRequest, FieldProblem> ReadCandles(const PublicCall& call);

}  // namespace ocokit::mock::whitebit
