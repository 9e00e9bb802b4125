#include "ocokit/base/header_text.h"

#include <algorithm>
#include <cstdint>

#include "ocokit/base/encoding.h"

namespace ocokit {
namespace {

using Allowed = bool (*)(char);

Result<void> Check(std::string_view value, std::string_view what, std::string_view wanted,
                   Allowed allowed) {
  const auto wrong = std::ranges::find_if_not(value, allowed);
  if (wrong == value.end()) return {};
  const auto byte = static_cast<std::uint8_t>(*wrong);
  return Fail(ErrorKind::kInvalidArgument,
              std::string(what) + " must be " + std::string(wanted) + "; byte " +
                  std::to_string(wrong - value.begin() + 1) + " of " +
                  std::to_string(value.size()) + " is 0x" + FormatHex({&byte, 1}));
}

bool IsVisible(char c) { return c > ' ' && c <= '~'; }

bool IsOfName(char c) {
  return IsVisible(c) && std::string_view("\"(),/:;<=>?@[\\]{}").find(c) == std::string_view::npos;
}

bool IsOfValue(char c) {
  return c == '\t' || (static_cast<unsigned char>(c) >= ' ' && c != '\x7f');
}

}  // namespace

Result<void> CheckHeaderWord(std::string_view value, std::string_view what) {
  if (value.empty()) return Fail(ErrorKind::kInvalidArgument, std::string(what) + " is empty");
  return Check(value, what, "printable ASCII without blanks or line breaks", &IsVisible);
}

Result<void> CheckHeaderValue(std::string_view value, std::string_view what) {
  return Check(value, what, "without line breaks and other control characters", &IsOfValue);
}

Result<void> CheckHeaderName(std::string_view name, std::string_view what) {
  if (name.empty()) return Fail(ErrorKind::kInvalidArgument, std::string(what) + " is empty");
  return Check(name, what, "a header's name, of letters, digits and dashes", &IsOfName);
}

}  // namespace ocokit
