#pragma once

// What several libraries do with text. Letters are those of ASCII, whatever the locale.

#include <string>
#include <string_view>

namespace ocokit {

[[nodiscard]] bool EqualIgnoringCase(std::string_view a, std::string_view b);

// With `by` in place of each `what`, which is not empty; what `by` holds is not looked at again.
[[nodiscard]] std::string Replaced(std::string_view text, std::string_view what,
                                   std::string_view by);

}  // namespace ocokit
