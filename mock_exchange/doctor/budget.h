#pragma once

// How much work an examination may be. It is counted, not timed: the same request always has the
// same finding.

#include <cstddef>

namespace ocokit::mock::doctor {

struct Budget {
  // Bytes hashed for one signature, 128 of them for each digest beside its text.
  std::size_t hashed = std::size_t{6} << 20;
  std::size_t digests = SIZE_MAX;
  // A longer request is not looked at. What is done before anything is hashed grows with it, too.
  std::size_t longest_request = SIZE_MAX;
};

// Of somebody who asks about one request: a few milliseconds.
inline constexpr Budget kThoroughBudget = {};
// In the way of a request, whose reply shows the finding: all that is looked for in a usual one.
inline constexpr Budget kReplyBudget = {std::size_t{5} << 18, 6'000, std::size_t{64} << 10};
// Behind a request, for a line of a log: the usual mistakes, in about the time of the request.
inline constexpr Budget kLogBudget = {std::size_t{64} << 10, 256, std::size_t{16} << 10};

}  // namespace ocokit::mock::doctor
