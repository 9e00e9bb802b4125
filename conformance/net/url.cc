#include <algorithm>
#include <boost/asio/ip/address_v6.hpp>
#include <cctype>
#include <charconv>

#include "conformance/net/connection.h"
#include "conformance/net/loopback.h"
#include "ocokit/base/text.h"

namespace ocokit::conform {
namespace {

constexpr std::string_view kWanted = "http://HOST[:PORT][/PATH] or https://HOST[:PORT][/PATH]";

tl::unexpected<Error> Bad(std::string_view text, std::string_view why) {
  return Fail(ErrorKind::kInvalidArgument, "the URL " + std::string(text) + " " + std::string(why) +
                                               "; it must be like " + std::string(kWanted));
}

std::string_view DefaultPort(bool tls) { return tls ? "443" : "80"; }

bool IsPort(std::string_view text) {
  unsigned port = 0;
  const char* end = text.data() + text.size();
  const auto [at, error] = std::from_chars(text.data(), end, port);
  return error == std::errc() && at == end && port >= 1 && port <= 65535;
}

bool IsHostCharacter(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-' || c == '.' || c == '_';
}

bool IsV6Address(const std::string& text) {
  boost::system::error_code error;
  (void)boost::asio::ip::make_address_v6(text, error);
  return !error;
}

bool IsControl(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }

}  // namespace

std::string Url::Authority() const {
  std::string out = host.find(':') == std::string::npos ? host : "[" + host + "]";
  if (port != DefaultPort(tls)) out += ":" + port;
  return out;
}

bool Url::IsLoopback() const { return IsLoopbackHost(host); }

Result<Url> ParseUrl(std::string_view text) {
  Url url;
  std::string_view rest = text;
  if (rest.starts_with("https://")) {
    url.tls = true;
    rest.remove_prefix(8);
  } else if (rest.starts_with("http://")) {
    rest.remove_prefix(7);
  } else {
    return Bad(text, "has neither of the schemes http and https");
  }
  if (rest.find_first_of("?#@ ") != std::string_view::npos) {
    return Bad(text, "has a query, a fragment, a user or a blank");
  }
  const std::size_t slash = std::min(rest.find('/'), rest.size());
  url.path = rest.substr(slash);
  if (std::any_of(url.path.begin(), url.path.end(), IsControl)) {
    return Bad(text, "has a control character in its path");
  }
  while (url.path.ends_with('/')) url.path.pop_back();
  std::string_view authority = rest.substr(0, slash);
  const bool bracketed = authority.starts_with('[');
  const std::size_t host_end =
      bracketed ? authority.find(']') : std::min(authority.find(':'), authority.size());
  if (host_end == std::string_view::npos) return Bad(text, "has a [ without a ]");
  url.host = authority.substr(bracketed ? 1 : 0, host_end - (bracketed ? 1 : 0));
  if (url.host.empty()) return Bad(text, "names no host");
  if (!bracketed && !std::all_of(url.host.begin(), url.host.end(), IsHostCharacter)) {
    return Bad(text, "has a host with other characters than letters, digits, dots and dashes");
  }
  if (bracketed && !IsV6Address(url.host)) return Bad(text, "has no IPv6 address in its brackets");
  authority.remove_prefix(host_end + (bracketed ? 1 : 0));
  if (authority.empty()) {
    url.port = DefaultPort(url.tls);
  } else if (authority.front() == ':' && IsPort(authority.substr(1))) {
    url.port = authority.substr(1);
  } else {
    return Bad(text, "has a port that is no number from 1 to 65535");
  }
  return url;
}

std::string FormatUrl(const Url& url) {
  return (url.tls ? "https://" : "http://") + url.Authority() + url.path;
}

const std::string* FindHeader(const Headers& headers, std::string_view name) {
  const auto it = std::find_if(headers.begin(), headers.end(), [name](const auto& header) {
    return EqualIgnoringCase(header.first, name);
  });
  return it == headers.end() ? nullptr : &it->second;
}

std::string FormatRequest(std::string_view method, std::string_view target, const Headers& headers,
                          std::string_view body) {
  std::string out = std::string(method) + " " + std::string(target) + " HTTP/1.1\r\n";
  for (const auto& [name, value] : headers) {
    out.append(name).append(": ").append(value).append("\r\n");
  }
  out += "\r\n";
  out += body;
  return out;
}

}  // namespace ocokit::conform
