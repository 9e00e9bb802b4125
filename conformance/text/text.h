#pragma once

// What several rooms do with text. Letters are those of ASCII, whatever the locale.

#include <string>
#include <string_view>

namespace ocokit::conform {

[[nodiscard]] std::string LowerCase(std::string_view text);

// Without blanks, tabs and line ends at either end.
[[nodiscard]] std::string_view WithoutBlanks(std::string_view text);

}  // namespace ocokit::conform
