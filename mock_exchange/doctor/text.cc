#include "mock_exchange/doctor/text.h"

#include <algorithm>

#include "mock_exchange/core/request.h"
#include "ocokit/base/encoding.h"

namespace ocokit::mock::doctor {
namespace {

constexpr std::size_t kLongest = 80;
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

// Whether a stretch of base64 in either alphabet, anywhere in the text, holds the secret: what it
// makes of it depends on where in a group of three bytes the secret begins.
bool HoldsInBase64(std::string_view text, std::string_view secret) {
  const std::string in_standard = Replace(Replace(std::string(text), "-", "+"), "_", "/");
  for (std::size_t shift = 0; shift < 3; ++shift) {
    // The characters that the secret's neighbours have no part in.
    const std::string encoded = FormatBase64(std::string(shift, 'x') + std::string(secret));
    const std::size_t first = (shift * 8 + 5) / 6;
    const std::size_t last = (shift + secret.size()) * 8 / 6;
    if (last < first + 4) continue;
    if (in_standard.find(encoded.substr(first, last - first)) != std::string::npos) return true;
  }
  return false;
}

}  // namespace

std::string Redact(std::string_view text, std::string_view secret) {
  if (secret.empty()) return std::string(text);
  std::string out = Replace(std::string(text), secret, "[secret]");
  const std::string hex =
      FormatHex({reinterpret_cast<const std::uint8_t*>(secret.data()), secret.size()});
  out = Replace(std::move(out), hex, "[secret]");
  const bool hidden = PercentDecode(out, false).find(secret) != std::string::npos ||
                      PercentDecode(out, true).find(secret) != std::string::npos ||
                      HoldsInBase64(out, secret);
  return hidden ? "[a text that holds the secret]" : out;
}

std::string Show(std::string_view text, std::string_view secret) {
  std::string out = "`";
  const std::string clean = Redact(text, secret);
  for (const char c : std::string_view(clean).substr(0, kLongest)) {
    const auto byte = static_cast<std::uint8_t>(c);
    if (byte >= 0x20 && byte != 0x7f) {
      out += c;
    } else {
      out += "\\x" + FormatHex({&byte, 1});
    }
  }
  if (clean.size() > kLongest) out += "...";
  return out + "`";
}

std::optional<std::size_t> FirstDifference(std::string_view a, std::string_view b) {
  const auto [in_a, in_b] = std::ranges::mismatch(a, b);
  if (in_a == a.end() && in_b == b.end()) return std::nullopt;
  return static_cast<std::size_t>(in_a - a.begin());
}

bool IsDigits(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

bool IsHex(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789abcdefABCDEF") == text.npos;
}

std::string Lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  return out;
}

std::string Upper(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
  return out;
}

std::string Replace(std::string text, std::string_view what, std::string_view with) {
  for (std::size_t at = text.find(what); at != std::string::npos;
       at = text.find(what, at + with.size())) {
    text.replace(at, what.size(), with);
  }
  return text;
}

std::string_view Trim(std::string_view text) {
  constexpr std::string_view kAround = " \t\r\n\"'";
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  const std::size_t first = text.find_first_not_of(kAround);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kAround) - first + 1);
}

std::string PercentEncode(std::string_view text, std::string_view safe, bool lower_case) {
  std::string out;
  for (const char c : text) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (letter || std::string_view("-._~").find(c) != std::string_view::npos ||
        safe.find(c) != std::string_view::npos) {
      out += c;
      continue;
    }
    const auto byte = static_cast<std::uint8_t>(c);
    const std::string hex = FormatHex({&byte, 1});
    out += "%" + (lower_case ? hex : Upper(hex));
  }
  return out;
}

}  // namespace ocokit::mock::doctor
