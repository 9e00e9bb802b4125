#include "cli/terminal.h"

#include <unistd.h>

#include <cstdlib>

#include "cli/exit_codes.h"

namespace ocokit::cli {
namespace {

std::string_view Code(Style style) {
  switch (style) {
    case Style::kBold:
      return "\x1b[1m";
    case Style::kDim:
      return "\x1b[2m";
    case Style::kGood:
      return "\x1b[32m";
    case Style::kBad:
      return "\x1b[31m";
    case Style::kPlain:
      break;
  }
  return "";
}

}  // namespace

bool UsesColour(std::FILE* stream) {
  const char* no_colour = std::getenv("NO_COLOR");
  return isatty(fileno(stream)) == 1 && (no_colour == nullptr || *no_colour == '\0');
}

std::string Styled(std::FILE* stream, Style style, std::string_view text) {
  const std::string_view code = UsesColour(stream) ? Code(style) : "";
  std::string out(code);
  out += text;
  if (!code.empty()) out += "\x1b[0m";
  return out;
}

std::string Printable(std::string_view text) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    if (c >= ' ' && c <= '~') {
      out += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    out += {'\\', 'x', kDigits[byte >> 4], kDigits[byte & 15]};
  }
  return out;
}

void PrintError(std::string_view message) {
  std::fprintf(stderr, "%s%.*s\n", Styled(stderr, Style::kBad, "ocokit: ").c_str(),
               static_cast<int>(message.size()), message.data());
}

int ReportError(const Error& error) {
  PrintError(error.message);
  return error.kind == ErrorKind::kUnavailable ? kEnvironment : kUsage;
}

}  // namespace ocokit::cli
