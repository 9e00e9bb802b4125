#include "mock_exchange/journal/redact.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "ocokit/base/encoding.h"

namespace ocokit::mock {
namespace {

constexpr std::size_t kShortestSecret = 6;
constexpr std::string_view kHidden = "[secret]";

bool EqualIgnoringCase(std::string_view a, std::string_view b) {
  return std::ranges::equal(
      a, b, [](unsigned char x, unsigned char y) { return std::tolower(x) == std::tolower(y); });
}

// Whose values say who asks.
bool IsPrivate(std::string_view header) {
  constexpr std::array kNames = {"X-BX-APIKEY", "X-TXC-APIKEY", "X-TXC-SIGNATURE", "Authorization",
                                 "X-BX-SIGNATURE"};
  return std::ranges::any_of(
      kNames, [&](std::string_view name) { return EqualIgnoringCase(header, name); });
}

void ReplaceAll(std::string& text, std::string_view from, std::string_view to) {
  for (std::size_t at = text.find(from); at != std::string::npos;
       at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
}

std::string PercentEncode(std::string_view text) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (std::isalnum(byte) != 0 || c == '-' || c == '_' || c == '.' || c == '~') {
      out += c;
    } else {
      out += {'%', kDigits[byte >> 4], kDigits[byte & 15]};
    }
  }
  return out;
}

// Shortens what follows each `mark` up to one of `ends`.
void ShortenAfter(std::string& text, std::string_view mark, std::string_view ends) {
  for (std::size_t at = text.find(mark); at != std::string::npos; at = text.find(mark, at)) {
    at += mark.size();
    const std::size_t end = std::min(text.find_first_of(ends, at), text.size());
    const std::string shorter = Shorten(std::string_view(text).substr(at, end - at));
    text.replace(at, end - at, shorter);
    at += shorter.size();
  }
}

// The signature of a JSON body, whatever blanks stand before and behind the colon.
void ShortenJsonSignature(std::string& text) {
  constexpr std::string_view kName = "\"signature\"";
  for (std::size_t at = text.find(kName); at != std::string::npos; at = text.find(kName, at)) {
    at = text.find_first_not_of(" \t\r\n:", at + kName.size());
    if (at == std::string::npos || text[at] != '"') continue;
    ++at;
    const std::size_t end = std::min(text.find('"', at), text.size());
    const std::string shorter = Shorten(std::string_view(text).substr(at, end - at));
    text.replace(at, end - at, shorter);
    at += shorter.size();
  }
}

// The payload header holds the body once more.
bool PayloadHolds(std::string_view payload, std::string_view secret) {
  const Result<std::string> decoded = ParseBase64(payload);
  return decoded && decoded->find(secret) != std::string::npos;
}

}  // namespace

std::string Shorten(std::string_view text) {
  return std::string(text.substr(0, std::min<std::size_t>(4, text.size() / 3))) + "...";
}

std::string HideSecret(std::string text, std::string_view secret) {
  if (secret.size() < kShortestSecret) return text;
  ReplaceAll(text, secret, kHidden);
  const std::string encoded = PercentEncode(secret);
  if (encoded != secret) ReplaceAll(text, encoded, kHidden);
  return text;
}

Request Redact(Request request, std::string_view secret, bool full) {
  const bool hides = secret.size() >= kShortestSecret;
  for (Header& header : request.headers) {
    header.value = HideSecret(std::move(header.value), secret);
    if (!full && IsPrivate(header.name)) header.value = Shorten(header.value);
    if (hides && PayloadHolds(header.value, secret)) header.value = kHidden;
  }
  request.target = HideSecret(std::move(request.target), secret);
  request.body = HideSecret(std::move(request.body), secret);
  if (full) return request;
  for (const char* mark : {"?signature=", "&signature="}) {
    ShortenAfter(request.target, mark, "&#");
  }
  ShortenAfter(request.body, "&signature=", "&");
  if (request.body.starts_with("signature=")) {
    request.body.insert(0, "&");
    ShortenAfter(request.body, "&signature=", "&");
    request.body.erase(0, 1);
  }
  ShortenJsonSignature(request.body);
  return request;
}

Response Redact(Response response, std::string_view secret) {
  response.body = HideSecret(std::move(response.body), secret);
  for (Header& header : response.headers) {
    header.value = HideSecret(std::move(header.value), secret);
  }
  return response;
}

}  // namespace ocokit::mock
