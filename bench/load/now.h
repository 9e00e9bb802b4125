#pragma once

#include <chrono>
#include <cstdint>

namespace ocokit::load {

// Nanoseconds of the machine's steady clock.
[[nodiscard]] inline std::int64_t Now() {
  return std::chrono::duration_cast<std::chrono::nanoseconds>(
             std::chrono::steady_clock::now().time_since_epoch())
      .count();
}

// Nanoseconds since 1970, by the machine's clock.
[[nodiscard]] inline std::int64_t UnixNow() {
  return std::chrono::duration_cast<std::chrono::nanoseconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

}  // namespace ocokit::load
