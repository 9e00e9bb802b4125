#pragma once

// Whether a request asks that its connection becomes a WebSocket (RFC 6455, section 4.2.1).

#include <string>

#include "mock_exchange/wire/request.h"

namespace ocokit::mock {

struct WebSocketOffer {
  bool made = false;    // it asks for it, rightly or wrongly
  std::string key;      // Sec-WebSocket-Key
  std::string problem;  // why it cannot be; empty: it can
  int status = 400;     // of the refusal; 426: another version is asked for
};

[[nodiscard]] WebSocketOffer ReadWebSocketOffer(const Request& request);

}  // namespace ocokit::mock
