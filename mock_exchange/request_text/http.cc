#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

#include "ocokit/mock/request_text.h"

namespace ocokit::mock {
namespace {

// The next line without its end; `text` begins behind it.
std::string_view TakeLine(std::string_view& text) {
  const std::size_t end = text.find('\n');
  std::string_view line = text.substr(0, end);
  text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

std::string_view Trim(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

std::string Quote(std::string_view line) {
  constexpr std::size_t kShown = 60;
  return "\"" + std::string(line.substr(0, kShown)) + (line.size() > kShown ? "...\"" : "\"");
}

// A name that RFC 9110 section 5.6.2 calls a token.
bool IsToken(std::string_view text) {
  constexpr std::string_view kSigns = "!#$%&'*+-.^_`|~";
  return !text.empty() && std::ranges::all_of(text, [&](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           kSigns.find(c) != std::string_view::npos;
  });
}

// HTTP/2 and 3 have no request line on the wire; curl and viewers show one.
bool IsVersion(std::string_view text) {
  return text.starts_with("HTTP/1.") || text == "HTTP/2" || text == "HTTP/2.0" ||
         text == "HTTP/3" || text == "HTTP/3.0";
}

// Without the `> ` that `curl -v` puts before each line it sends; none where a line lacks it.
std::optional<std::string> WithoutMarks(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size() - 1) + 1;
    std::string_view line = text.substr(0, end);
    text.remove_prefix(end);
    if (!line.starts_with('>')) return std::nullopt;
    line.remove_prefix(1);
    if (line.starts_with(' ')) {
      line.remove_prefix(1);
    } else if (!Trim(line).empty() && line != "\n" && line != "\r\n") {
      return std::nullopt;
    }
    out += line;
  }
  return out;
}

// The body that the chunks of RFC 9112 section 7.1 make up; none where they are no such.
std::optional<std::string> ReadChunks(std::string_view text) {
  std::string out;
  for (;;) {
    const bool whole = text.find('\n') != std::string_view::npos;
    std::string_view line = TakeLine(text);
    line = Trim(line.substr(0, line.find(';')));
    std::size_t size = 0;
    const auto [end, error] = std::from_chars(line.data(), line.data() + line.size(), size, 16);
    if (error != std::errc() || end != line.data() + line.size()) return std::nullopt;
    if (size == 0) return out;
    if (!whole || size > text.size()) return std::nullopt;
    out += text.substr(0, size);
    text.remove_prefix(size);
    if (text.empty() || !TakeLine(text).empty()) return std::nullopt;
  }
}

bool IsChunked(const Request& request) {
  constexpr std::string_view kName = "chunked";
  const std::string coding(request.FindHeader("Transfer-Encoding").value_or(""));
  return std::ranges::equal(coding, kName, {}, [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  });
}

Result<void> ReadRequestLine(std::string_view line, Request& out) {
  const std::size_t first = line.find(' ');
  const std::size_t last = line.rfind(' ');
  if (first == std::string_view::npos || first == last || !IsVersion(line.substr(last + 1)) ||
      !IsToken(line.substr(0, first))) {
    return Fail(ErrorKind::kInvalidArgument,
                "the first line must be like \"POST /path HTTP/1.1\", not " + Quote(line));
  }
  out.method = std::string(line.substr(0, first));
  // Blanks inside are kept: they may be the mistake.
  out.target = std::string(line.substr(first + 1, last - first - 1));
  return {};
}

void CutBody(Request& request) {
  if (IsChunked(request)) {
    if (auto body = ReadChunks(request.body)) {
      request.body = std::move(*body);
      return;
    }
  }
  if (const auto length = request.FindHeader("Content-Length")) {
    std::size_t size = 0;
    const auto [end, error] =
        std::from_chars(length->data(), length->data() + length->size(), size);
    if (error == std::errc() && size < request.body.size()) request.body.resize(size);
    return;
  }
  if (request.body.ends_with('\n')) request.body.pop_back();
  if (request.body.ends_with('\r')) request.body.pop_back();
}

}  // namespace

Result<Request> ReadHttpRequest(std::string_view text) {
  Request out;
  while (text.starts_with('\n') || text.starts_with("\r\n")) TakeLine(text);
  const std::optional<std::string> without_marks = WithoutMarks(text);
  if (without_marks) text = *without_marks;
  if (auto ok = ReadRequestLine(TakeLine(text), out); !ok) return tl::unexpected<Error>(ok.error());
  while (!text.empty()) {
    const std::string_view line = TakeLine(text);
    if (line.empty()) break;
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos || !IsToken(line.substr(0, colon))) {
      return Fail(ErrorKind::kInvalidArgument, "a header must be like \"Name: value\", not " +
                                                   Quote(line) +
                                                   "; an empty line ends the headers");
    }
    out.headers.push_back(
        {std::string(line.substr(0, colon)), std::string(Trim(line.substr(colon + 1)))});
  }
  out.body = std::string(text);
  CutBody(out);
  return out;
}

}  // namespace ocokit::mock
