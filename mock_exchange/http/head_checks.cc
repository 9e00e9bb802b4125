#include "mock_exchange/http/head_checks.h"

#include <algorithm>
#include <array>
#include <boost/beast/core/string.hpp>
#include <charconv>
#include <vector>

#include "ocokit/base/address.h"

namespace ocokit::mock::http {
namespace {

using boost::beast::iequals;

constexpr bool IsAlphanumeric(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool IsHexDigit(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

// unreserved and sub-delims of RFC 3986, section 2. A table, since each request's Host is looked
// at.
constexpr std::array<bool, 256> kOfName = [] {
  std::array<bool, 256> out{};
  for (unsigned char c = 0; c < 128; ++c) out[c] = IsAlphanumeric(static_cast<char>(c));
  for (const char c : std::string_view("-._~!$&'()*+,;="))
    out[static_cast<unsigned char>(c)] = true;
  return out;
}();

bool IsNameCharacter(char c) { return kOfName[static_cast<unsigned char>(c)]; }

bool IsName(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (IsNameCharacter(text[i])) continue;
    const bool encoded =
        text[i] == '%' && i + 2 < text.size() && IsHexDigit(text[i + 1]) && IsHexDigit(text[i + 2]);
    if (!encoded) return false;
    i += 2;
  }
  return !text.empty();
}

// Digits, none at all among them.
bool IsPort(std::string_view text) {
  if (text.empty()) return true;
  unsigned port = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  return error == std::errc() && end == text.data() + text.size() && port <= 65535;
}

// Without the blanks around it.
std::string_view Trim(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

struct Fields {
  int hosts = 0;
  std::string_view host;
  bool content_length = false;
  bool transfer_encoding = false;
  std::vector<std::string_view> codings;  // of all Transfer-Encoding fields, in their order
};

void AddCodings(std::string_view value, Fields& fields) {
  while (true) {
    const std::size_t comma = value.find(',');
    fields.codings.push_back(Trim(value.substr(0, comma)));
    if (comma == std::string_view::npos) return;
    value.remove_prefix(comma + 1);
  }
}

Fields ReadFields(const Request& request) {
  Fields out;
  for (const Header& header : request.headers) {
    // By length first: this runs for each header of each request.
    if (header.name.size() == 4 && iequals(header.name, "Host")) {
      ++out.hosts;
      out.host = header.value;
    } else if (header.name.size() == 14 && iequals(header.name, "Content-Length")) {
      out.content_length = true;
    } else if (header.name.size() == 17 && iequals(header.name, "Transfer-Encoding")) {
      out.transfer_encoding = true;
      AddCodings(header.value, out);
    }
  }
  return out;
}

// RFC 9112, sections 6.1 and 6.3. What is read otherwise by whoever stands before the server is
// where one request is smuggled inside another.
std::optional<Refusal> CheckFraming(const Fields& fields, int version) {
  if (!fields.transfer_encoding) return std::nullopt;
  if (version < 11) return Refusal{400, "Transfer-Encoding is not for HTTP/1.0"};
  if (fields.content_length) {
    return Refusal{400,
                   "Content-Length and Transfer-Encoding stand side by side; send one of them"};
  }
  const std::size_t chunked = static_cast<std::size_t>(std::ranges::count_if(
      fields.codings, [](std::string_view coding) { return iequals(coding, "chunked"); }));
  if (!iequals(fields.codings.back(), "chunked") || chunked != 1) {
    return Refusal{400,
                   "Transfer-Encoding must end with chunked, given once; nothing else says where "
                   "the body ends"};
  }
  if (fields.codings.size() == 1) return std::nullopt;
  const std::string_view other = fields.codings.front();
  if (other.empty()) return Refusal{400, "Transfer-Encoding has an empty coding"};
  return Refusal{501, "the transfer coding " + std::string(other.substr(0, 40)) +
                          " is not known here; send chunked alone, or a Content-Length"};
}

// RFC 9112, section 3.2: a client that leaves Host out, or sends another server's, fails at the
// venue.
std::optional<Refusal> CheckHost(const Fields& fields, int version) {
  if (fields.hosts > 1) return Refusal{400, "the request has more than one Host header"};
  if (fields.hosts == 0) {
    if (version < 11) return std::nullopt;
    return Refusal{400, "the request has no Host header; HTTP/1.1 needs one"};
  }
  if (IsHostAndPort(fields.host)) return std::nullopt;
  return Refusal{400, "the Host header must be HOST or HOST:PORT, not \"" +
                          std::string(fields.host.substr(0, 80)) + "\""};
}

std::optional<Refusal> CheckTarget(const Request& request) {
  const std::string_view target = request.target;
  if (target.starts_with('/')) return std::nullopt;
  if (target == "*" && request.method == "OPTIONS") return std::nullopt;
  for (const std::string_view scheme : {"http://", "https://"}) {
    if (!iequals(target.substr(0, scheme.size()), scheme)) continue;
    const std::string_view rest = target.substr(scheme.size());
    if (IsHostAndPort(rest.substr(0, rest.find_first_of("/?#")))) return std::nullopt;
    return Refusal{400, "the request's target has no host that is one, without user or password"};
  }
  return Refusal{400, "the request's target must be a path that begins with /, or an http:// URL"};
}

}  // namespace

bool IsHostAndPort(std::string_view text) {
  if (!text.starts_with('[')) {
    const std::size_t colon = std::min(text.find(':'), text.size());
    return IsName(text.substr(0, colon)) && IsPort(text.substr(std::min(colon + 1, text.size())));
  }
  const std::size_t end = text.find(']');
  if (end == std::string_view::npos) return false;
  const std::string_view address = text.substr(1, end - 1);
  if (address.find(':') == std::string_view::npos || !IsAddress(address)) return false;
  const std::string_view after = text.substr(end + 1);
  return after.empty() || (after.starts_with(':') && IsPort(after.substr(1)));
}

std::optional<Refusal> CheckHead(const Request& request, int version) {
  const Fields fields = ReadFields(request);
  if (auto refusal = CheckFraming(fields, version)) return refusal;
  if (auto refusal = CheckHost(fields, version)) return refusal;
  return CheckTarget(request);
}

}  // namespace ocokit::mock::http
