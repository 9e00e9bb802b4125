#include "mock_exchange/core/request.h"

#include <algorithm>

#include "ocokit/base/encoding.h"

namespace ocokit::mock {
namespace {

constexpr char ToLower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

bool EqualIgnoringCase(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, [](char x, char y) { return ToLower(x) == ToLower(y); });
}

// What follows the scheme in a target that has one, as a client behind a proxy sends it (RFC 9112,
// section 3.2.2).
std::optional<std::string_view> AfterScheme(std::string_view target) {
  for (const std::string_view scheme : {"http://", "https://"}) {
    if (EqualIgnoringCase(target.substr(0, scheme.size()), scheme)) {
      return target.substr(scheme.size());
    }
  }
  return std::nullopt;
}

// Without scheme and authority.
std::string_view OriginForm(std::string_view target) {
  if (target.starts_with('/')) return target;
  const auto after = AfterScheme(target);
  if (!after) return target;
  const std::size_t path = after->find('/');
  return path == std::string_view::npos ? std::string_view("/") : after->substr(path);
}

}  // namespace

std::string PercentDecode(std::string_view text, bool plus_is_blank) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%' && i + 2 < text.size()) {
      if (const Result<std::string> byte = ParseHex(text.substr(i + 1, 2))) {
        out += *byte;
        i += 2;
        continue;
      }
    }
    out += plus_is_blank && text[i] == '+' ? ' ' : text[i];
  }
  return out;
}

std::string_view HostOf(const Request& request) {
  if (const auto after = AfterScheme(request.target)) {
    return after->substr(0, after->find_first_of("/?#"));
  }
  return request.FindHeader("Host").value_or("");
}

std::string_view Request::Path() const {
  const std::string_view origin = OriginForm(target);
  return origin.substr(0, origin.find('?'));
}

std::string_view Request::Query() const {
  const std::string_view origin = OriginForm(target);
  const std::size_t mark = origin.find('?');
  return mark == std::string_view::npos ? std::string_view() : origin.substr(mark + 1);
}

std::optional<std::string_view> Request::FindHeader(std::string_view name) const {
  for (const Header& header : headers) {
    if (EqualIgnoringCase(header.name, name)) return header.value;
  }
  return std::nullopt;
}

}  // namespace ocokit::mock
