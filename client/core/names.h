#pragma once

// Looks a word up in a table of (value, word) pairs, either way.

#include <optional>
#include <string_view>

namespace ocokit::client {

// The word of a value; empty when the table has none.
template <typename Table, typename Value>
[[nodiscard]] constexpr std::string_view NameOf(const Table& table, Value value) {
  for (const auto& [key, name] : table) {
    if (key == value) return name;
  }
  return {};
}

// The value of a word; none when the table has none.
template <typename Table>
[[nodiscard]] constexpr auto ValueOf(const Table& table, std::string_view word)
    -> std::optional<decltype(table.front().first)> {
  for (const auto& [key, name] : table) {
    if (name == word) return key;
  }
  return std::nullopt;
}

}  // namespace ocokit::client
