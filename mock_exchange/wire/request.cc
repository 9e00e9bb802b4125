#include "mock_exchange/wire/request.h"

#include "ocokit/base/text.h"

namespace ocokit::mock {
namespace {

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
