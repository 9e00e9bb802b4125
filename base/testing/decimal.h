#pragma once

// For tests alone.

#include "ocokit/base/decimal.h"

namespace ocokit {

// The decimal that `text` stands for; it must be one.
[[nodiscard]] inline Decimal D(const char* text) { return Decimal::Parse(text).value(); }

}  // namespace ocokit
