#pragma once

// Subscriber: one WebSocket that hears of an account's orders, by the client library's own reading
// of the venue's frames. It belongs to the thread that runs its io_context.

#include <boost/asio/io_context.hpp>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>

#include "bench/load/connection.h"
#include "client/streams/protocol.h"

namespace ocokit::load {

class Subscriber;

class SubscriberOwner {
 public:
  virtual ~SubscriberOwner() = default;
  // All that it asked for has been granted.
  virtual void OnReady(Subscriber& subscriber) = 0;
  // An order, as a frame shows it that was read at `at`, nanoseconds since 1970.
  virtual void OnOrder(Subscriber& subscriber, const client::streams::Sighting& order,
                       std::int64_t at) = 0;
  virtual void OnFrame() = 0;
  // It is no more; `why` says how it ended.
  virtual void OnEnd(Subscriber& subscriber, const std::string& why) = 0;
};

class Subscriber {
 public:
  virtual ~Subscriber() = default;

  // Connects to `target`, a path with its query; ends in OnReady or OnEnd. Only once.
  virtual void Open(const std::string& target) = 0;
  // What keeps the venue from ending it for want of messages.
  virtual void Ping() = 0;
  // Ends it without a word to the owner.
  virtual void Close() = 0;

  // Whether a frame is the first that tells it of this: those of one commit come together.
  [[nodiscard]] bool IsFirst(const std::string& order, bool ended) {
    const auto before = std::exchange(latest_, std::pair(order, ended));
    return before != latest_;
  }

 private:
  std::pair<std::string, bool> latest_;
};

// `host` is what the Host header says. The plan must outlive the subscriber.
[[nodiscard]] std::unique_ptr<Subscriber> MakeSubscriber(
    boost::asio::io_context& io, const ConnectionPlan& plan, const std::string& host,
    std::unique_ptr<client::streams::Protocol> protocol, SubscriberOwner& owner);

}  // namespace ocokit::load
