#pragma once

// bingx::UserStream: what becomes of the account's orders, as BingX says it on its WebSocket and,
// where that was not heard, as REST shows it. Start here for BingX's streams.
//
//   const auto print = [](const client::OrderEvent& event) {
//     if (event.fill) std::printf("%s\n", event.fill->amount.Format().c_str());
//   };
//   auto stream = bingx::UserStream::Make(*client, {}, {.on_event = print});
//   if (!stream->Start()) ...
//
// Start, Stop and the destructor are for one thread; Follow is for any. The handler is called on
// the stream's own thread (user_stream.h). No exception leaves it.

#include <memory>
#include <string>
#include <vector>

#include "ocokit/client/bingx.h"
#include "ocokit/client/user_stream.h"

namespace ocokit::client::streams {
class Runner;
}

namespace ocokit::client::bingx {

class UserStream {
 public:
  // `client` must outlive the stream and stay where it is; the stream uses it from its own thread,
  // with the limits and retries that it has. Errors:
  // kBadRequest naming the option that cannot be used.
  [[nodiscard]] static Result<UserStream> Make(Client& client, StreamOptions options,
                                               StreamHandler handler);
  UserStream(UserStream&&) noexcept;
  UserStream& operator=(UserStream&&) noexcept;
  // Stops.
  ~UserStream();

  // Begins. What the account's orders have filled before is not reported, except of those that were
  // followed. Orders that are open are reported as placed. Errors: kUnavailable when the system
  // gives no thread.
  [[nodiscard]] Result<void> Start();
  // Ends for good, and returns when no callback will come any more: after the REST call that is
  // under way, if there is one. Not from a callback.
  void Stop();

  // Reports everything of these orders from their placement on, also where the stream began later,
  // and names their pair in the events to come.
  void Follow(const OcoPair& pair);
  void Follow(const Order& order);

 private:
  explicit UserStream(std::unique_ptr<streams::Runner> runner);
  std::unique_ptr<streams::Runner> runner_;
};

}  // namespace ocokit::client::bingx
