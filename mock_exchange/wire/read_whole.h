#pragma once

// Whole numbers as text.

#include <charconv>
#include <optional>
#include <string_view>

namespace ocokit::mock {

// The number that all of `text` spells in decimal digits; none for anything else, or out of range.
template <typename T>
[[nodiscard]] std::optional<T> ReadWhole(std::string_view text) {
  T value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

}  // namespace ocokit::mock
