#pragma once

// What is said of a request without the account's secret, wherever a client has put it.

#include <string>
#include <string_view>

namespace ocokit::mock {

// `text` with `[secret]` in place of the secret, as it is or in hexadecimal. Where the text holds
// it in base64 or percent-encoded, nothing of the text is left but a word that says so.
[[nodiscard]] std::string HideSecret(std::string_view text, std::string_view secret);

}  // namespace ocokit::mock
