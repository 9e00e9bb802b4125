#pragma once

// What several rooms do with text. Letters are those of ASCII, whatever the locale.

#include <string>
#include <string_view>

namespace ocokit::conform {

[[nodiscard]] std::string LowerCase(std::string_view text);

[[nodiscard]] bool EqualIgnoringCase(std::string_view a, std::string_view b);

// Without blanks, tabs and line ends at either end.
[[nodiscard]] std::string_view WithoutBlanks(std::string_view text);

// With `by` in place of each `what`, which is not empty; what `by` holds is not looked at again.
[[nodiscard]] std::string Replaced(std::string_view text, std::string_view what,
                                   std::string_view by);

}  // namespace ocokit::conform
