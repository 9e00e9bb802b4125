#pragma once

// What of a secret gives it away.

#include <set>
#include <string>
#include <string_view>

namespace ocokit::mock {

// Without blanks, line breaks, zero bytes and other control characters, quotation marks and byte
// order marks at either end: what a secret was before somebody copied it, or read it from a file.
[[nodiscard]] std::string_view CoreOf(std::string_view secret);

// The texts to look for: the core, that of each line, of what stands behind `NAME=`, and of what is
// left when somebody has undone an escape in it or left out its zero bytes; of a secret with
// characters beyond ASCII, its UTF-16 without zero bytes, too. None has fewer than `shortest`
// characters.
[[nodiscard]] std::set<std::string> TextsOfSecret(std::string_view secret, std::size_t shortest);

}  // namespace ocokit::mock
