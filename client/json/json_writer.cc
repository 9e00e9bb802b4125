#include "client/json/json_writer.h"

#include <algorithm>

namespace ocokit::client {
namespace {

bool NeedsEscape(char c) { return c == '"' || c == '\\' || static_cast<unsigned char>(c) < 0x20; }

void AppendEscaped(std::string& out, char c) {
  constexpr std::string_view kHex = "0123456789abcdef";
  if (c == '"' || c == '\\') {
    out += '\\';
    out += c;
    return;
  }
  out += "\\u00";
  out += kHex[static_cast<unsigned char>(c) >> 4];
  out += kHex[static_cast<unsigned char>(c) & 0xf];
}

}  // namespace

void AppendJsonString(std::string& out, std::string_view text) {
  out += '"';
  if (std::none_of(text.begin(), text.end(), NeedsEscape)) {
    out += text;
  } else {
    for (char c : text) {
      if (NeedsEscape(c)) {
        AppendEscaped(out, c);
      } else {
        out += c;
      }
    }
  }
  out += '"';
}

}  // namespace ocokit::client
