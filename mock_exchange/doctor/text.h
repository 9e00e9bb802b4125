#pragma once

// Small things about texts that the doctor's parts share.

#include <optional>
#include <string>
#include <string_view>

#include "mock_exchange/doctor/patient.h"

namespace ocokit::mock::doctor {

// A value for a sentence: without the secrets, control characters as `\xNN`, in backticks, and cut
// where it is longer than a line.
[[nodiscard]] std::string Show(std::string_view text, const Patient& patient);

// The first byte in which the two differ; none when they are equal.
[[nodiscard]] std::optional<std::size_t> FirstDifference(std::string_view a, std::string_view b);

// How many characters are put in, taken out or changed to make one of the other; `most` + 1 when it
// is more than `most`.
[[nodiscard]] std::size_t EditDistance(std::string_view a, std::string_view b, std::size_t most);

[[nodiscard]] bool IsDigits(std::string_view text);
[[nodiscard]] bool IsHex(std::string_view text);
[[nodiscard]] std::string Lower(std::string_view text);
[[nodiscard]] std::string Upper(std::string_view text);
// Without blanks, line breaks, quotation marks and byte order marks at either end.
[[nodiscard]] std::string_view Trim(std::string_view text);

}  // namespace ocokit::mock::doctor
