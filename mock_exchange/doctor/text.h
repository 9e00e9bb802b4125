#pragma once

// Small things about texts that the doctor's parts share.

#include <optional>
#include <string>
#include <string_view>

namespace ocokit::mock::doctor {

// `text` with `[secret]` in place of the secret. Where the text holds it in base64 or
// percent-encoded, nothing of the text is left but a word that says so.
[[nodiscard]] std::string Redact(std::string_view text, std::string_view secret);

// A value for a sentence: redacted, control characters as `\xNN`, in backticks, and cut where it is
// longer than a line.
[[nodiscard]] std::string Show(std::string_view text, std::string_view secret);

// The first byte in which the two differ; none when they are equal.
[[nodiscard]] std::optional<std::size_t> FirstDifference(std::string_view a, std::string_view b);

[[nodiscard]] bool IsDigits(std::string_view text);
[[nodiscard]] bool IsHex(std::string_view text);
[[nodiscard]] std::string Lower(std::string_view text);
[[nodiscard]] std::string Upper(std::string_view text);
[[nodiscard]] std::string Replace(std::string text, std::string_view what, std::string_view with);
// Without blanks, line breaks, quotation marks and byte order marks at either end.
[[nodiscard]] std::string_view Trim(std::string_view text);
// As RFC 3986 encodes: letters, digits and `-._~` stay, and the characters of `safe`.
[[nodiscard]] std::string PercentEncode(std::string_view text, std::string_view safe,
                                        bool lower_case = false);

}  // namespace ocokit::mock::doctor
