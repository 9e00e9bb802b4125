#include "conformance/adapters/cpp/streams.h"

namespace ocokit::adapter {

using nlohmann::json;

TimePoint AheadClock::Now() const {
  return machine_.Now() + std::chrono::milliseconds(ahead_ms_.load());
}

void AheadClock::SleepFor(microseconds duration) { machine_.SleepFor(duration); }

void AheadClock::Advance(std::chrono::milliseconds duration) { ahead_ms_ += duration.count(); }

client::StreamHandler StreamPicture::Handler() {
  return {.on_event = [this](const client::OrderEvent& event) { Take(event); },
          .on_connected = [this] { SetConnected(true); },
          .on_disconnected = [this](const std::string&) { SetConnected(false); }};
}

void StreamPicture::SetConnected(bool connected) {
  const std::lock_guard lock(mutex_);
  connected_ = connected;
  if (!connected) ++disconnects_;
  changed_.notify_all();
}

bool StreamPicture::AwaitConnected(std::chrono::milliseconds timeout) {
  std::unique_lock lock(mutex_);
  return changed_.wait_for(lock, timeout, [this] { return connected_; });
}

void StreamPicture::Take(const client::OrderEvent& event) {
  const std::lock_guard lock(mutex_);
  orders_[event.order_id] = {{"order_id", event.order_id},
                             {"client_order_id", event.client_order_id},
                             {"symbol", event.market},
                             {"side", Name(event.side)},
                             {"status", Name(event.state)},
                             {"filled_quantity", event.filled.Format()},
                             {"filled_quote", event.money.Format()}};
  if (!event.fill) return;
  fills_.push_back({{"order_id", event.order_id},
                    {"symbol", event.market},
                    {"side", Name(event.side)},
                    {"quantity", event.fill->amount.Format()},
                    {"price", event.fill->price.Format()}});
}

json StreamPicture::State() const {
  const std::lock_guard lock(mutex_);
  json orders = json::array();
  for (const auto& [id, order] : orders_) orders.push_back(order);
  return {{"connected", connected_},
          {"orders", std::move(orders)},
          {"fills", fills_},
          {"reconnects", disconnects_}};
}

}  // namespace ocokit::adapter
