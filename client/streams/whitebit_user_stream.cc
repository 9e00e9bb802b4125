#include "ocokit/client/whitebit_user_stream.h"

#include <utility>

#include "client/streams/runner.h"
#include "client/streams/whitebit_protocol.h"

namespace ocokit::client::whitebit {
namespace {

std::string Text(OrderId id) { return std::to_string(static_cast<std::uint64_t>(id)); }

}  // namespace

Result<UserStream> UserStream::Make(Client& client, StreamOptions options, StreamHandler handler,
                                    std::vector<std::string> markets) {
  if (options.url.empty()) options.url = "wss://wss.whitebit.com/ws";
  if (options.clock == nullptr) options.clock = std::make_shared<SystemClock>();
  if (auto ok = streams::Runner::CheckOptions(options); !ok) {
    return tl::unexpected<Error>(ok.error());
  }
  auto protocol = std::make_unique<streams::WhitebitProtocol>(client, std::move(markets));
  return UserStream(std::make_unique<streams::Runner>(std::move(options), std::move(handler),
                                                      std::move(protocol)));
}

UserStream::UserStream(std::unique_ptr<streams::Runner> runner) : runner_(std::move(runner)) {}
UserStream::UserStream(UserStream&&) noexcept = default;
UserStream& UserStream::operator=(UserStream&&) noexcept = default;
UserStream::~UserStream() = default;

Result<void> UserStream::Start() { return runner_->Start(); }
void UserStream::Stop() { runner_->Stop(); }

void UserStream::Follow(const OcoOrder& pair) {
  // A pair that was found in the history alone has no id.
  const auto id = static_cast<std::uint64_t>(pair.id);
  const std::string group = id == 0 ? std::string() : std::to_string(id);
  for (const Leg* leg : {&pair.stop_loss, &pair.take_profit}) {
    runner_->Follow({Text(leg->order_id), leg->market}, group);
  }
}

void UserStream::Follow(const Order& order) {
  runner_->Follow({Text(order.order_id), order.market}, "");
}

}  // namespace ocokit::client::whitebit
