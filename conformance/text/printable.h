#pragma once

// What others have written, for people's eyes.

#include <cstddef>
#include <string>
#include <string_view>

namespace ocokit::conform {

// For a terminal, which must show the text and obey nothing in it: control characters (but line
// feeds and tabs; U+0080 to U+009F, too) and bytes that are no UTF-8 stand as \xNN; characters that
// turn the direction of the text around them, or that end a line unseen, as \uNNNN. Carriage
// returns are left out.
[[nodiscard]] std::string ForTerminal(std::string_view text);

// The text's first `most` bytes, or up to three less so that no character is cut, and how many
// bytes more there are; the whole of one that is not longer.
[[nodiscard]] std::string Shortened(std::string_view text, std::size_t most);

}  // namespace ocokit::conform
