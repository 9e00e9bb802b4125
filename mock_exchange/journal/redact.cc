#include "mock_exchange/journal/redact.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "mock_exchange/core/redact.h"

namespace ocokit::mock {
namespace {

constexpr std::size_t kShortestSecret = 6;

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

// Short ones would be found where they are not meant.
std::string Hide(const std::string& text, std::string_view secret) {
  return secret.size() < kShortestSecret ? text : HideSecret(text, secret);
}

}  // namespace

std::string Shorten(std::string_view text) {
  return std::string(text.substr(0, std::min<std::size_t>(4, text.size() / 3))) + "...";
}

Request Redact(Request request, std::string_view secret, bool full) {
  for (Header& header : request.headers) {
    header.value = Hide(header.value, secret);
    if (!full && IsPrivate(header.name)) header.value = Shorten(header.value);
  }
  request.target = Hide(request.target, secret);
  request.body = Hide(request.body, secret);
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
  response.body = Hide(response.body, secret);
  for (Header& header : response.headers) {
    header.value = Hide(header.value, secret);
  }
  return response;
}

}  // namespace ocokit::mock
