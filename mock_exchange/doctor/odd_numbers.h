#pragma once

// The writings of one number that programs do not use for all of a request's numbers alike.

#include <string>
#include <string_view>
#include <vector>

namespace ocokit::mock::doctor {

struct OddNumber {
  std::string_view row;
  std::string text;
};

// What else the text may have been, as a number; empty for what is none in any reading. It reads
// `+0.001`, `.001`, `48,000` and `Decimal('0.001')`, too, and a double printed with too many
// digits.
[[nodiscard]] std::vector<OddNumber> OddNumbers(const std::string& text);

}  // namespace ocokit::mock::doctor
