#pragma once

// Parameters that several calls have: how they are read, and the refusals the venue gives for them.

#include <cstdint>
#include <optional>
#include <string>
#include <utility>

#include "mock_exchange/account/account.h"
#include "mock_exchange/bingx/errors.h"
#include "mock_exchange/bingx/parameters.h"
#include "tl/expected.hpp"

namespace ocokit::mock::bingx {

template <typename T>
using ReadResult = tl::expected<T, Refusal>;

[[nodiscard]] inline tl::unexpected<Refusal> Refuse(ErrorId id, std::string text = {}) {
  return tl::unexpected<Refusal>(Refusal{id, std::move(text)});
}

// A decimal number; none for what is no number, or is 10^37 or more and longer than a Decimal.
// Decimals beyond what a Decimal holds are cut, but never to zero: what is above zero stays so.
[[nodiscard]] std::optional<Decimal> ReadNumber(std::string_view text);

// The market that the parameter `symbol` names, or none without it. `with_underscore`: BTC_USDT is
// read as well.
[[nodiscard]] ReadResult<std::optional<std::uint32_t>> ReadSymbol(const Parameters& parameters,
                                                                  const Account& account,
                                                                  bool with_underscore = false);

struct PageRequest {
  std::size_t first = 0;  // legs to leave out
  std::size_t size = 0;
  std::optional<std::int64_t> start_ms;  // both inclusive
  std::optional<std::int64_t> end_ms;
};
// `by_time`: startTime and endTime are parameters of the call.
[[nodiscard]] ReadResult<PageRequest> ReadPage(const Parameters& parameters, bool by_time);

}  // namespace ocokit::mock::bingx
