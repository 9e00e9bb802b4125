#pragma once

// What a WhiteBIT request asks for: body members to typed values, or the refusal the venue gives.

#include <cstdint>
#include <optional>
#include <string>

#include "mock_exchange/core/account.h"
#include "mock_exchange/core/json_reader.h"
#include "mock_exchange/whitebit/errors.h"
#include "tl/expected.hpp"

namespace ocokit::mock::whitebit {

template <typename T>
using ReadResult = tl::expected<T, Refusal>;

// An OCO order: fields present (all missing ones are reported together), typed, within the market's
// rules.
[[nodiscard]] ReadResult<engine::PlaceCommand> ReadCreate(const JsonValue& body,
                                                          const Account& account);

struct PageRequest {
  std::optional<std::uint32_t> market;  // none: every market
  std::size_t limit = 0;
  std::size_t offset = 0;
};
[[nodiscard]] ReadResult<PageRequest> ReadPage(const JsonValue& body, const Account& account,
                                               std::size_t default_limit);

// Names a pair: by the group's id, or by the client's id. `id_field` names the member, for errors.
struct CancelRequest {
  std::uint32_t market = 0;
  std::optional<std::uint64_t> id;
  std::string client_order_id;
  std::string id_field;
};
[[nodiscard]] ReadResult<CancelRequest> ReadOcoCancel(const JsonValue& body,
                                                      const Account& account);
[[nodiscard]] ReadResult<CancelRequest> ReadConditionalCancel(const JsonValue& body,
                                                              const Account& account);

}  // namespace ocokit::mock::whitebit
