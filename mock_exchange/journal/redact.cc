#include "mock_exchange/journal/redact.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace ocokit::mock {
namespace {

// Whose values say who asks, also under the names that clients give them by mistake. The payload is
// no secret: it is the body.
bool IsPrivate(std::string_view name) {
  constexpr std::array kParts = {"key", "sign", "authorization", "token"};
  std::string lower(name);
  for (char& c : lower) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return std::ranges::any_of(
      kParts, [&](const char* part) { return lower.find(part) != std::string::npos; });
}

// Shortens the values of private names in `name=value` pairs joined by `&`, from `at` on.
void ShortenPairs(std::string& text, std::size_t at) {
  while (at < text.size()) {
    std::size_t end = std::min(text.find_first_of("&#", at), text.size());
    const std::size_t equals = text.find('=', at);
    if (equals < end && IsPrivate(std::string_view(text).substr(at, equals - at))) {
      const std::string shorter =
          Shorten(std::string_view(text).substr(equals + 1, end - equals - 1));
      text.replace(equals + 1, end - equals - 1, shorter);
      end = equals + 1 + shorter.size();
    }
    at = end + 1;
  }
}

// Where the JSON string that begins at `at` ends: its closing quote, or the text's end.
std::size_t EndOfString(const std::string& text, std::size_t at) {
  for (++at; at < text.size() && text[at] != '"'; ++at) {
    if (text[at] == '\\') ++at;
  }
  return std::min(at, text.size());
}

// The same for members of a JSON body that are texts, whatever blanks stand around the colon.
void ShortenMembers(std::string& text) {
  for (std::size_t at = text.find('"'); at != std::string::npos; at = text.find('"', at)) {
    const std::size_t end = EndOfString(text, at);
    if (end == text.size()) return;
    const bool is_private = IsPrivate(std::string_view(text).substr(at + 1, end - at - 1));
    const std::size_t colon = text.find_first_not_of(" \t\r\n", end + 1);
    at = end + 1;
    if (!is_private || colon == std::string::npos || text[colon] != ':') continue;
    const std::size_t value = text.find_first_not_of(" \t\r\n", colon + 1);
    if (value == std::string::npos || text[value] != '"') continue;
    const std::size_t last = EndOfString(text, value);
    const std::string shorter = Shorten(std::string_view(text).substr(value + 1, last - value - 1));
    text.replace(value + 1, last - value - 1, shorter);
    at = value + 1 + shorter.size() + 1;
  }
}

}  // namespace

std::string Shorten(std::string_view text) {
  return std::string(text.substr(0, std::min<std::size_t>(4, text.size() / 3))) + "...";
}

Request Redact(Request request, const SecretFilter& secrets, bool full) {
  for (Header& header : request.headers) {
    if (!full && IsPrivate(header.name)) header.value = Shorten(secrets.Hide(header.value));
    header.name = secrets.Hide(header.name);
    header.value = secrets.Hide(header.value);
  }
  request.method = secrets.Hide(request.method);
  request.target = secrets.Hide(request.target);
  request.body = secrets.Hide(request.body);
  if (full) return request;
  if (const std::size_t mark = request.target.find('?'); mark != std::string::npos) {
    ShortenPairs(request.target, mark + 1);
  }
  const std::size_t first = request.body.find_first_not_of(" \t\r\n");
  const bool json =
      first != std::string::npos && (request.body[first] == '{' || request.body[first] == '[');
  if (json) {
    ShortenMembers(request.body);
  } else {
    ShortenPairs(request.body, 0);
  }
  return request;
}

std::string RedactMessage(std::string text, const SecretFilter& secrets, bool full) {
  text = secrets.Hide(text);
  if (full) return text;
  ShortenMembers(text);
  // WhiteBIT's token stands in a list, where no name says what it is.
  if (text.find("\"authorize\"") == std::string::npos) return text;
  const std::size_t params = text.find("\"params\"");
  const std::size_t token =
      params == std::string::npos ? params : text.find_first_of("\"]", params + 8);
  if (token == std::string::npos || text[token] != '"') return text;
  const std::size_t end = EndOfString(text, token);
  text.replace(token + 1, end - token - 1,
               Shorten(std::string_view(text).substr(token + 1, end - token - 1)));
  return text;
}

Response Redact(Response response, const SecretFilter& secrets) {
  response.body = secrets.Hide(response.body);
  for (Header& header : response.headers) {
    header.name = secrets.Hide(header.name);
    header.value = secrets.Hide(header.value);
  }
  return response;
}

}  // namespace ocokit::mock
