#pragma once

// What the calls that place orders by themselves ask for.

#include <vector>

#include "mock_exchange/bingx/fields.h"

namespace ocokit::mock::bingx {

// An order: fields present, typed, within the symbol's rules; excess decimals cut.
[[nodiscard]] ReadResult<engine::OrderCommand> ReadOrder(const Parameters& parameters,
                                                         const Account& account);

// The orders of a batch, each by its own parameters.
struct BatchRequest {
  std::vector<Parameters> orders;
  bool one_by_one = false;  // in order, of any symbol; else at once, and all alike
};
[[nodiscard]] ReadResult<BatchRequest> ReadBatch(const Parameters& parameters);

}  // namespace ocokit::mock::bingx
