#pragma once

// Decimal numbers as clients may write them, of any length and exponent.

#include <string_view>

#include "ocokit/base/decimal.h"
#include "ocokit/base/result.h"

namespace ocokit::mock {

// What becomes of the decimals that a Decimal has no room for.
enum class Beyond {
  kCut,    // they are dropped, but never all of the number: what is above zero stays so
  kTrace,  // one 1 stands for all of them, so that the number is no multiple of any step
};

// The number that `text` spells. What a Decimal cannot hold has its first 20 decimals, more than
// any step has, or as many as fit. Errors: kInvalidArgument: no number; kOutOfRange: 10^37 or more,
// and longer than a Decimal.
[[nodiscard]] Result<Decimal> ReadDecimal(std::string_view text, Beyond beyond);

}  // namespace ocokit::mock
