#pragma once

// What a request of the OCO calls asks for: parameters to typed values, or the refusal the venue
// gives.

#include <optional>
#include <string>

#include "mock_exchange/bingx/fields.h"

namespace ocokit::mock::bingx {

// An OCO order: fields present, typed, within the symbol's rules; excess decimals cut.
[[nodiscard]] ReadResult<engine::PairCommand> ReadCreate(const Parameters& parameters,
                                                         const Account& account);

// Names one leg by the venue's id or by the client's.
struct CancelRequest {
  std::optional<std::string> order_id;
  std::optional<std::string> client_order_id;
};
[[nodiscard]] ReadResult<CancelRequest> ReadCancel(const Parameters& parameters);

// The id of a list, the venue's or the client's.
[[nodiscard]] ReadResult<std::string> ReadOrderList(const Parameters& parameters);

}  // namespace ocokit::mock::bingx
