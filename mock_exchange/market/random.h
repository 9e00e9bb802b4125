#pragma once

#include <cstdint>

namespace ocokit::mock {

// splitmix64, so that a seed gives the same numbers with every standard library.
[[nodiscard]] inline std::uint64_t NextRandom(std::uint64_t& state) {
  state += 0x9E3779B97F4A7C15U;
  std::uint64_t z = state;
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9U;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBU;
  return z ^ (z >> 31);
}

// 0 up to, but not including, 1.
[[nodiscard]] inline double NextShare(std::uint64_t& state) {
  return static_cast<double>(NextRandom(state) >> 11) * 0x1p-53;
}

}  // namespace ocokit::mock
