#pragma once

// Text for a person. Colour only where the stream is a terminal and NO_COLOR is unset or empty.

#include <cstdio>
#include <string>
#include <string_view>

#include "ocokit/base/result.h"

namespace ocokit::cli {

enum class Style { kPlain, kBold, kDim, kGood, kBad };

[[nodiscard]] bool UsesColour(std::FILE* stream);
// `text` in that style for `stream`; unchanged where there is no colour.
[[nodiscard]] std::string Styled(std::FILE* stream, Style style, std::string_view text);

// `text` with \xNN for each byte that is no printable ASCII, so that what a stranger has sent
// cannot command the terminal.
[[nodiscard]] std::string Printable(std::string_view text);

// What somebody else has written, on standard output: as it is, or where that is a terminal so that
// it cannot command the terminal.
void PrintData(std::string_view text);

// "ocokit: MESSAGE" on standard error, with nothing in it that commands a terminal: at most its
// first 8 KiB, further lines indented.
void PrintError(std::string_view message);
// The same of an error's message. Returns the exit status that goes with its kind.
int ReportError(const Error& error);

}  // namespace ocokit::cli
