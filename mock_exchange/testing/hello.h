#pragma once

// A request, and a reply as it leaves the listener, for tests of how bytes travel.

#include <string_view>

#include "mock_exchange/wire/answer.h"

namespace ocokit::mock::testing {

inline constexpr std::string_view kAsk = "GET /ask HTTP/1.1\r\nHost: x\r\n\r\n";
inline constexpr std::string_view kHello =
    "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 5\r\n"
    "Connection: keep-alive\r\n\r\nhello";

[[nodiscard]] inline Answer Hello() {
  return {.response = Share({.headers = {{"Content-Type", "text/plain"}}, .body = "hello"})};
}

}  // namespace ocokit::mock::testing
