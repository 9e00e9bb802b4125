#pragma once

// WebSocket (RFC 6455) on a connection whose request has asked for it. Messages alone go through:
// handshake, fragments, pings and closing frames are dealt with here, without extensions.

#include <cstddef>
#include <memory>
#include <string>

#include "mock_exchange/http/sender.h"
#include "mock_exchange/http/stream.h"
#include "mock_exchange/wire/channel.h"

namespace ocokit::mock::http {

struct WebSocketOptions {
  std::string key;       // Sec-WebSocket-Key of the request
  std::string received;  // what has come behind the request
  // A message of more is refused with 1009.
  std::size_t max_message_bytes = 1048576;
};

class WebSocket {
 public:
  virtual ~WebSocket() = default;
  // Ends it with 1001, the server going away. On the connection's thread.
  virtual void GoAway() = 0;
};

// `stream` is the owner's. The owner's OnSent is called when it is over: kReset, or kGone.
[[nodiscard]] std::shared_ptr<WebSocket> StartWebSocket(Stream& stream,
                                                        std::shared_ptr<Connection> owner,
                                                        std::shared_ptr<Channel> channel,
                                                        WebSocketOptions options);

}  // namespace ocokit::mock::http
