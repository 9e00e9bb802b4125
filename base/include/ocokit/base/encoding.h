#pragma once

// Hexadecimal and base64 (RFC 4648), and percent-encoding (RFC 3986). Decoding is strict: what is
// not exactly the encoding of some bytes is refused, with the position of the first offending
// character.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "ocokit/base/result.h"

namespace ocokit {

// Lower-case hexadecimal, two digits a byte.
[[nodiscard]] std::string FormatHex(std::span<const std::uint8_t> bytes);
// As FormatHex, into `out`, which must hold 2 * bytes.size() characters.
void FormatHexTo(std::span<const std::uint8_t> bytes, char* out);

// The bytes of hexadecimal text in either case. Errors: an odd number of digits, or a character
// that is not a hexadecimal digit.
[[nodiscard]] Result<std::string> ParseHex(std::string_view text);

// Standard base64 (RFC 4648 section 4) with padding and no line breaks.
[[nodiscard]] std::string FormatBase64(std::string_view bytes);
// Characters FormatBase64 makes of `size` bytes.
[[nodiscard]] constexpr std::size_t Base64Size(std::size_t size) { return (size + 2) / 3 * 4; }
// As FormatBase64, into `out`, which must hold Base64Size(bytes.size()) characters.
void FormatBase64To(std::string_view bytes, char* out);

// The bytes of standard base64 text. Errors: a length that is not a multiple of four, a character
// outside the standard alphabet (line breaks, blanks and the base64url signs included), padding
// anywhere but at the end, and unused bits that are not zero (RFC 4648 section 3.5).
[[nodiscard]] Result<std::string> ParseBase64(std::string_view text);

// Percent-encoded as RFC 3986 has it: letters, digits and `-._~` stay, and the characters of
// `safe`; the digits are upper-case unless `lower_case`.
[[nodiscard]] std::string PercentEncode(std::string_view text, std::string_view safe = "",
                                        bool lower_case = false);
// Undoes it; a `%` without two hexadecimal digits stays. `plus_is_blank`: as HTML forms encode a
// blank.
[[nodiscard]] std::string PercentDecode(std::string_view text, bool plus_is_blank = false);

}  // namespace ocokit
