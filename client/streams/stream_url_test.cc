#include <gtest/gtest.h>

#include "client/streams/connection.h"

namespace ocokit::client::streams {
namespace {

TEST(StreamUrlTest, TakesAUrlApart) {
  struct Case {
    const char* url;
    StreamUrl want;
  };
  const Case cases[] = {
      {"wss://open-api-ws.bingx.com/market", {true, "open-api-ws.bingx.com", "443", "/market"}},
      {"ws://127.0.0.1:8787/@bingx-1/market", {false, "127.0.0.1", "8787", "/@bingx-1/market"}},
      {"ws://localhost", {false, "localhost", "80", "/"}},
      {"wss://[::1]:9443/ws", {true, "::1", "9443", "/ws"}},
      {"wss://[::1]/ws", {true, "::1", "443", "/ws"}},
  };
  for (const Case& c : cases) EXPECT_EQ(ParseStreamUrl(c.url), c.want) << c.url;
}

TEST(StreamUrlTest, TakesNothingElse) {
  for (const char* url :
       {"", "ws://", "http://host/ws", "ws://host:0/ws", "ws://host:70000/ws", "ws://ho st/ws",
        "ws://host/ws?listenKey=1", "ws://host/w s", "ws://host/ws#x", "ws://user@host/ws"}) {
    EXPECT_EQ(ParseStreamUrl(url), std::nullopt) << url;
  }
}

}  // namespace
}  // namespace ocokit::client::streams
