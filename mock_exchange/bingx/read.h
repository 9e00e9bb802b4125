#pragma once

// What a BingX request asks for: parameters to typed values, or the refusal the venue gives.

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

// A decimal number; none for what is no number, or is 10^38 or more. Decimals beyond what a Decimal
// holds are cut, but never to zero: what is above zero stays so.
[[nodiscard]] std::optional<Decimal> ReadNumber(std::string_view text);

// The market that the parameter `symbol` names, or none without it. `with_underscore`: BTC_USDT is
// read as well.
[[nodiscard]] ReadResult<std::optional<std::uint32_t>> ReadSymbol(const Parameters& parameters,
                                                                  const Account& account,
                                                                  bool with_underscore = false);

// An OCO order: fields present, typed, within the symbol's rules; excess decimals cut.
[[nodiscard]] ReadResult<engine::PlaceCommand> ReadCreate(const Parameters& parameters,
                                                          const Account& account);

// Names one leg by the venue's id or by the client's.
struct CancelRequest {
  std::optional<std::string> order_id;
  std::optional<std::string> client_order_id;
};
[[nodiscard]] ReadResult<CancelRequest> ReadCancel(const Parameters& parameters);

// The id of a list, the venue's or the client's.
[[nodiscard]] ReadResult<std::string> ReadOrderList(const Parameters& parameters);

struct PageRequest {
  std::size_t first = 0;  // legs to leave out
  std::size_t size = 0;
  std::optional<std::int64_t> start_ms;  // both inclusive
  std::optional<std::int64_t> end_ms;
};
// `by_time`: startTime and endTime are parameters of the call.
[[nodiscard]] ReadResult<PageRequest> ReadPage(const Parameters& parameters, bool by_time);

}  // namespace ocokit::mock::bingx
