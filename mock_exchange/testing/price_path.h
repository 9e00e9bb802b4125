#pragma once

// Steps of a price path.

#include "ocokit/mock/price_source.h"

namespace ocokit::mock::testing {

inline const TimePoint kPathStart = FromUnixMillis(1'700'000'000'000);

[[nodiscard]] inline PriceStep At(int after_ms, const char* last) {
  return {.after = milliseconds(after_ms), .last = Decimal::Parse(last).value()};
}

}  // namespace ocokit::mock::testing
