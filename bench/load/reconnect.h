#pragma once

// How soon a connection is opened again that was of no use: a server that accepts and closes at
// once would otherwise get thousands of connections a second.

#include <algorithm>
#include <cstdint>

namespace ocokit::load {

// How long is waited, in nanoseconds, after `before` connections in a row, from 0, that ended
// without having carried a reply: 10 ms, doubled with each, up to 1 s.
[[nodiscard]] constexpr std::int64_t ReconnectPause(int before) {
  constexpr std::int64_t kFirst = 10'000'000;
  constexpr std::int64_t kMost = 1'000'000'000;
  return std::min(kMost, kFirst << std::clamp(before, 0, 7));
}

}  // namespace ocokit::load
