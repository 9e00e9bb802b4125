#include <algorithm>

#include "client/streams/connection.h"
#include "client/transport/base_url.h"

namespace ocokit::client::streams {

std::optional<StreamUrl> ParseStreamUrl(std::string_view url) {
  StreamUrl out;
  if (url.starts_with("ws://")) {
    out.tls = false;
    url.remove_prefix(5);
  } else if (url.starts_with("wss://")) {
    url.remove_prefix(6);
  } else {
    return std::nullopt;
  }
  const std::string_view authority = url.substr(0, url.find('/'));
  const std::string_view path = url.substr(authority.size());
  // The rules for host and port are those of the REST calls.
  if (!NormalizeBaseUrl("http://" + std::string(authority))) return std::nullopt;
  const bool plain =
      std::ranges::all_of(path, [](char c) { return c > ' ' && c <= '~' && c != '?' && c != '#'; });
  if (!plain) return std::nullopt;
  out.path = path.empty() ? "/" : std::string(path);
  const std::size_t bracket = authority.rfind(']');
  const std::size_t colon = authority.find(':', bracket == std::string_view::npos ? 0 : bracket);
  out.host = authority.substr(0, colon);
  if (out.host.starts_with('[')) out.host = out.host.substr(1, out.host.size() - 2);
  out.port = colon != std::string_view::npos ? authority.substr(colon + 1) : out.tls ? "443" : "80";
  return out;
}

}  // namespace ocokit::client::streams
