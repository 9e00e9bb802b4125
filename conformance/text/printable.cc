#include "conformance/text/printable.h"

#include <array>
#include <cstdio>

#include "conformance/text/utf8.h"

namespace ocokit::conform {
namespace {

// The number of a character of two or three bytes; 0 for any other.
unsigned CodeOf(std::string_view character) {
  const auto at = [&](std::size_t i) { return static_cast<unsigned char>(character[i]); };
  if (character.size() == 2) return (at(0) & 0x1FU) << 6 | (at(1) & 0x3FU);
  if (character.size() == 3) {
    return (at(0) & 0x0FU) << 12 | (at(1) & 0x3FU) << 6 | (at(2) & 0x3FU);
  }
  return 0;
}

// Marks, embeddings, overrides and isolates of direction (Unicode Annex 9), the separators of lines
// and paragraphs, the byte order mark, and what is no character at all.
bool IsInvisible(unsigned code) {
  return code == 0x061C || code == 0x200E || code == 0x200F || (code >= 0x2028 && code <= 0x202E) ||
         (code >= 0x2066 && code <= 0x2069) || code == 0xFEFF || code == 0xFFFE || code == 0xFFFF;
}

std::string Formatted(const char* format, unsigned number) {
  std::array<char, 16> out{};
  std::snprintf(out.data(), out.size(), format, number);
  return out.data();
}

}  // namespace

std::string ForTerminal(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const std::size_t size = Utf8Size(text);
    const auto byte = static_cast<unsigned char>(text.front());
    const unsigned code = size > 1 ? CodeOf(text.substr(0, size)) : 0;
    const bool wide = size > 1 && !(code >= 0x80 && code < 0xA0);
    if (wide && IsInvisible(code)) {
      out += Formatted("\\u%04X", code);
    } else if (wide || byte == '\n' || byte == '\t' || (byte >= 0x20 && byte < 0x7f)) {
      out += text.substr(0, wide ? size : 1);
    } else if (byte != '\r') {
      out += Formatted("\\x%02x", byte);
    }
    text.remove_prefix(wide ? size : 1);
  }
  return out;
}

std::string Shortened(std::string_view text, std::size_t most) {
  if (text.size() <= most) return std::string(text);
  std::size_t cut = most;
  // Back over what belongs to a character that would be cut.
  for (int i = 0; i < 3 && cut > 0 && (static_cast<unsigned char>(text[cut]) & 0xC0) == 0x80; ++i) {
    --cut;
  }
  return std::string(text.substr(0, cut)) + "... " + std::to_string(text.size() - cut) +
         " bytes more";
}

}  // namespace ocokit::conform
