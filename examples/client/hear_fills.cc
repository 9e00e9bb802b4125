// Prints what becomes of the account's orders at the BingX or simulator that the first argument
// names, until there have been as many fills as the second says; its WebSocket is the third.

#include <condition_variable>
#include <cstdio>
#include <cstdlib>
#include <mutex>

#include "ocokit/client/bingx_user_stream.h"

namespace bingx = ocokit::client::bingx;
using ocokit::client::OrderEvent;

int main(int argc, char** argv) {
  auto client = bingx::Client::Make({.base_url = argc > 1 ? argv[1] : "http://127.0.0.1:8787"},
                                    {"test-key", "test-secret"});
  if (!client) return std::fprintf(stderr, "%s\n", client.error().message.c_str()), 2;
  int fills = argc > 2 ? std::atoi(argv[2]) : 1;

  std::mutex mutex;
  std::condition_variable heard;
  ocokit::client::StreamHandler handler;
  handler.on_connected = [] { std::printf("connected\n"), std::fflush(stdout); };
  handler.on_disconnected = [](const std::string& reason) {
    std::fprintf(stderr, "%s; trying again\n", reason.c_str());
  };
  handler.on_event = [&](const OrderEvent& event) {
    std::printf("%s %s", event.order_id.c_str(), std::string(Name(event.kind)).c_str());
    if (event.fill) {
      std::printf(" %s at %s", event.fill->amount.Format().c_str(),
                  event.fill->price.Format().c_str());
    }
    std::printf("%s\n", event.from_rest ? " (read by REST)" : ""), std::fflush(stdout);
    const std::lock_guard lock(mutex);
    if (event.fill && --fills <= 0) heard.notify_all();
  };

  ocokit::client::StreamOptions options;
  options.url = argc > 3 ? argv[3] : "ws://127.0.0.1:8787/market";
  auto stream = bingx::UserStream::Make(*client, options, handler);
  if (!stream) return std::fprintf(stderr, "%s\n", stream.error().message.c_str()), 2;
  if (!stream->Start()) return 2;
  std::unique_lock lock(mutex);
  heard.wait(lock, [&] { return fills <= 0; });
  lock.unlock();
  stream->Stop();
  return 0;
}
