#include "client/transport/base_url.h"

#include <algorithm>

#include "client/core/text.h"

namespace ocokit::client {
namespace {

bool IsHostCharacter(char c) {
  return IsDigit(c) || (ToLower(c) >= 'a' && ToLower(c) <= 'z') || c == '-' || c == '.' || c == '_';
}

bool IsPort(std::string_view text) {
  const auto port = ParseCount(text);
  return port && *port >= 1 && *port <= 65535;
}

// "host" or "[v6 address]", by what may follow it.
std::size_t HostSize(std::string_view authority) {
  if (!authority.starts_with('[')) return std::min(authority.find(':'), authority.size());
  const std::size_t end = authority.find(']');
  return end == std::string_view::npos ? 0 : end + 1;
}

bool IsHost(std::string_view host) {
  if (host.starts_with('[')) {
    host = host.substr(1, host.size() - 2);
    return !host.empty() && std::all_of(host.begin(), host.end(), [](char c) {
      return IsDigit(c) || c == ':' || (ToLower(c) >= 'a' && ToLower(c) <= 'f');
    });
  }
  return !host.empty() && std::all_of(host.begin(), host.end(), IsHostCharacter);
}

}  // namespace

std::optional<std::string> NormalizeBaseUrl(std::string_view url) {
  std::string_view rest = url;
  if (rest.starts_with("http://")) {
    rest.remove_prefix(7);
  } else if (rest.starts_with("https://")) {
    rest.remove_prefix(8);
  } else {
    return std::nullopt;
  }
  if (rest.ends_with('/')) {
    rest.remove_suffix(1);
    url.remove_suffix(1);
  }
  const std::size_t host_size = HostSize(rest);
  const std::string_view after = rest.substr(host_size);
  const bool port_ok = after.empty() || (after.starts_with(':') && IsPort(after.substr(1)));
  if (!IsHost(rest.substr(0, host_size)) || !port_ok) return std::nullopt;
  return std::string(url);
}

}  // namespace ocokit::client
