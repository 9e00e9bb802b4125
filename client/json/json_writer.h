#pragma once

// Writes JSON text straight into a string: what is signed is what was written here, byte for byte.

#include <string>
#include <string_view>

namespace ocokit::client {

// Appends `text` between quotes, with `"`, `\` and control characters escaped. Slashes stay as they
// are: WhiteBIT compares payloads with an unescaped form.
void AppendJsonString(std::string& out, std::string_view text);

}  // namespace ocokit::client
