#pragma once

// How much of what subjects send a run keeps: a reply of megabytes in every case would make reports
// that nothing can show.

#include <atomic>
#include <cstddef>

#include "conformance/engine/result.h"

namespace ocokit::conform {

class Quotes {
 public:
  static constexpr std::size_t kMostOfAReason = std::size_t{4} << 10;
  static constexpr std::size_t kMostOfAPlace = std::size_t{64} << 10;
  static constexpr std::size_t kMostOfACase = std::size_t{1} << 20;
  static constexpr std::size_t kMostInAll = std::size_t{16} << 20;
  // Of each place, once there is no more room.
  static constexpr std::size_t kLittle = 256;

  // Shortens what the result quotes, and says what was cut. Any thread may call it.
  void Bound(CaseResult& result);

 private:
  std::atomic<std::size_t> used_ = 0;
};

}  // namespace ocokit::conform
