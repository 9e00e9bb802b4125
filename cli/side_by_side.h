#pragma once

// Two texts one above the other, with the first difference marked.

#include <cstddef>
#include <string>
#include <string_view>

namespace ocokit::cli {

// Rows of at most `width` columns; below the row with byte `difference` stands `^` under it. Bytes
// that are no printable ASCII are written \n, \xC3 and the like.
[[nodiscard]] std::string SideBySide(std::string_view expected, std::string_view given,
                                     std::size_t difference, std::size_t width);
// One text in such rows.
[[nodiscard]] std::string InRows(std::string_view label, std::string_view text, std::size_t width);

}  // namespace ocokit::cli
