#include "mock_exchange/secrets/secret_core.h"

#include <algorithm>
#include <array>
#include <boost/nowide/utf/utf.hpp>
#include <optional>

#include "mock_exchange/secrets/forms.h"

namespace ocokit::mock {
namespace {

// Pieces of a secret that are shorter would be found where they are not meant.
constexpr std::size_t kShortestPiece = 6;

constexpr std::array<std::string_view, 6> kAround = {
    "\xEF\xBB\xBF",  // byte order marks: UTF-8, UTF-16
    "\xFF\xFE",     "\xFE\xFF",
    "\xC2\xA0",      // a blank that does not break
    "\xE2\x80\x8B",  // one without width
    "\xE2\x81\xA0",
};

bool IsControl(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }

bool IsAround(char c) {
  return IsControl(c) || std::string_view(" \"'`").find(c) != std::string_view::npos;
}

// `SECRET=...` as a line of a file of settings: what stands behind the sign.
std::string_view BehindName(std::string_view text) {
  const std::size_t equals = text.find('=');
  if (equals == std::string_view::npos || equals == 0) return {};
  const bool name = std::ranges::all_of(text.substr(0, equals), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == ' ';
  });
  return name ? text.substr(equals + 1) : std::string_view();
}

bool IsAscii(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

// What is left of the text in UTF-16, either way round, when its zero bytes are left out. None: it
// is no UTF-8.
std::optional<std::pair<std::string, std::string>> InUtf16WithoutZeros(std::string_view text) {
  namespace utf = boost::nowide::utf;
  std::u16string units;
  for (const char* at = text.data(); at != text.data() + text.size();) {
    const utf::code_point code = utf::utf_traits<char>::decode(at, text.data() + text.size());
    if (!utf::is_valid_codepoint(code)) return std::nullopt;
    utf::utf_traits<char16_t>::encode(code, std::back_inserter(units));
  }
  std::pair<std::string, std::string> out;
  const auto put = [](std::string& to, char c) {
    if (c != '\0') to += c;
  };
  for (const char16_t unit : units) {
    const char low = static_cast<char>(unit & 0xFF);
    const char high = static_cast<char>(unit >> 8);
    put(out.first, low);
    put(out.first, high);
    put(out.second, high);
    put(out.second, low);
  }
  return out;
}

class Texts {
 public:
  explicit Texts(std::size_t shortest) : shortest_(shortest) {}

  void Add(std::string_view text, std::size_t shortest) {
    const std::string_view core = CoreOf(text);
    if (core.size() < std::max(shortest, shortest_)) return;
    out_.emplace(core);
    if (IsAscii(core)) return;  // without its zero bytes it is what it was
    if (auto utf16 = InUtf16WithoutZeros(core)) {
      out_.insert(std::move(utf16->first));
      out_.insert(std::move(utf16->second));
    }
  }
  void AddLines(std::string_view text) {
    for (std::size_t i = 0; i < text.size();) {
      const auto end = static_cast<std::size_t>(std::ranges::find_if(text.substr(i), IsControl) -
                                                text.substr(i).begin());
      const std::string_view line = text.substr(i, end);
      Add(line, kShortestPiece);
      Add(BehindName(CoreOf(line)), kShortestPiece);
      i += end + 1;
    }
  }
  std::set<std::string> Take() { return std::move(out_); }

 private:
  std::size_t shortest_;
  std::set<std::string> out_;
};

}  // namespace

std::string_view CoreOf(std::string_view secret) {
  for (bool changed = true; changed;) {
    const std::size_t before = secret.size();
    while (!secret.empty() && IsAround(secret.front())) secret.remove_prefix(1);
    while (!secret.empty() && IsAround(secret.back())) secret.remove_suffix(1);
    for (const std::string_view around : kAround) {
      if (secret.starts_with(around)) secret.remove_prefix(around.size());
      if (secret.ends_with(around)) secret.remove_suffix(around.size());
    }
    changed = secret.size() != before;
  }
  return secret;
}

std::set<std::string> TextsOfSecret(std::string_view secret, std::size_t shortest) {
  Texts out(shortest);
  out.Add(secret, shortest);
  out.AddLines(secret);
  for (const Form form : {Form::kPercent, Form::kEscapes, Form::kZeros}) {
    Undone undone;
    if (!Undo(form, secret, /*whence=*/false, undone)) continue;
    out.Add(undone.text, shortest);
    out.AddLines(undone.text);
  }
  return out.Take();
}

}  // namespace ocokit::mock
