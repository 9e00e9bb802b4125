#include "ocokit/client/bingx_user_stream.h"

#include <utility>

#include "client/streams/bingx_protocol.h"
#include "client/streams/runner.h"

namespace ocokit::client::bingx {

Result<UserStream> UserStream::Make(Client& client, StreamOptions options, StreamHandler handler) {
  if (options.url.empty()) options.url = "wss://open-api-ws.bingx.com/market";
  if (options.clock == nullptr) options.clock = std::make_shared<SystemClock>();
  if (auto ok = streams::Runner::CheckOptions(options); !ok) {
    return tl::unexpected<Error>(ok.error());
  }
  auto protocol =
      std::make_unique<streams::BingxProtocol>(client, options.clock, options.max_message_bytes);
  return UserStream(std::make_unique<streams::Runner>(std::move(options), std::move(handler),
                                                      std::move(protocol)));
}

UserStream::UserStream(std::unique_ptr<streams::Runner> runner) : runner_(std::move(runner)) {}
UserStream::UserStream(UserStream&&) noexcept = default;
UserStream& UserStream::operator=(UserStream&&) noexcept = default;
UserStream::~UserStream() = default;

Result<void> UserStream::Start() { return runner_->Start(); }
void UserStream::Stop() { runner_->Stop(); }

void UserStream::Follow(const OcoPair& pair) {
  for (const Leg* leg : {&pair.limit, &pair.stop_limit}) {
    runner_->Follow({leg->order_id, leg->symbol}, pair.order_list_id);
  }
}

void UserStream::Follow(const Order& order) { runner_->Follow({order.order_id, order.symbol}, ""); }

}  // namespace ocokit::client::bingx
