#include "cli/terminal.h"

#include <unistd.h>

#include <cstdlib>
#include <utility>

#include "cli/exit_codes.h"
#include "conformance/text/printable.h"
#include "ocokit/base/text.h"

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
  // It may quote a reply, a pasted command or what an adapter has printed. Its own further lines
  // are indented, so that none looks like another message.
  constexpr std::size_t kMost = std::size_t{8} << 10;
  std::string shown = conform::ForTerminal(conform::Shortened(message, kMost));
  while (shown.ends_with('\n')) shown.pop_back();
  shown = Replaced(shown, "\n", "\n  ");
  std::fprintf(stderr, "%s%s\n", Styled(stderr, Style::kBad, "ocokit: ").c_str(), shown.c_str());
}

void PrintData(std::string_view text) {
  std::string shown;
  if (isatty(STDOUT_FILENO) == 1) text = shown = conform::ForTerminal(text);
  std::fwrite(text.data(), 1, text.size(), stdout);
}

int ReportError(const Error& error) {
  PrintError(error.message);
  return error.kind == ErrorKind::kUnavailable ? kEnvironment : kUsage;
}

}  // namespace ocokit::cli
