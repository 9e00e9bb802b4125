#include "mock_exchange/wire/websocket_offer.h"

#include <algorithm>
#include <cctype>

#include "ocokit/base/text.h"

namespace ocokit::mock {
namespace {

// Whether one of the values, apart by commas, of all headers of the name is `word`, in any case.
bool HasWord(const Request& request, std::string_view name, std::string_view word) {
  for (const Header& header : request.headers) {
    if (!EqualIgnoringCase(header.name, name)) continue;
    std::string_view rest = header.value;
    while (true) {
      std::string_view value = rest.substr(0, rest.find(','));
      const std::size_t first = std::min(value.find_first_not_of(" \t"), value.size());
      value.remove_prefix(first);
      value = value.substr(0, value.find_last_not_of(" \t") + 1);
      if (EqualIgnoringCase(value, word)) return true;
      if (rest.find(',') == std::string_view::npos) break;
      rest.remove_prefix(rest.find(',') + 1);
    }
  }
  return false;
}

// 16 bytes in base64: 22 characters and two signs of equality.
bool IsKey(std::string_view text) {
  constexpr std::size_t kLength = 24;
  if (text.size() != kLength || !text.ends_with("==")) return false;
  return std::ranges::all_of(text.substr(0, kLength - 2), [](unsigned char c) {
    return std::isalnum(c) != 0 || c == '+' || c == '/';
  });
}

}  // namespace

WebSocketOffer ReadWebSocketOffer(const Request& request) {
  WebSocketOffer out;
  out.made = HasWord(request, "Upgrade", "websocket");
  if (!out.made) return out;
  out.key = std::string(request.FindHeader("Sec-WebSocket-Key").value_or(""));
  const std::string version(request.FindHeader("Sec-WebSocket-Version").value_or(""));
  if (request.method != "GET") {
    out.problem = "a WebSocket is asked for with GET, not " + request.method.substr(0, 20);
  } else if (!HasWord(request, "Connection", "upgrade")) {
    out.problem = "the header Connection must name Upgrade";
  } else if (version != "13") {
    out.status = 426;
    out.problem = "the header Sec-WebSocket-Version must be 13";
  } else if (!IsKey(out.key)) {
    out.problem = "the header Sec-WebSocket-Key must be 16 bytes in base64";
  }
  return out;
}

}  // namespace ocokit::mock
