#pragma once

// Waker: calls a function on a connection's thread, from any other. Who holds it may outlive the
// listener: it lets go of the thread when the connection ends.

#include <atomic>
#include <boost/asio/post.hpp>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>

#include "mock_exchange/http/stream.h"

namespace ocokit::mock::http {

// `Owner` has a function Pump().
template <typename Owner>
class Waker {
 public:
  Waker(Stream::executor_type executor, std::weak_ptr<Owner> owner)
      : executor_(std::move(executor)), owner_(std::move(owner)) {}

  // Has Pump called soon; once, however often this is called before.
  void Wake() {
    if (called_.exchange(true)) return;
    const std::lock_guard lock(mutex_);
    if (!executor_) return;
    boost::asio::post(*executor_, [this, weak = owner_] {
      // The owner keeps this waker.
      const auto owner = weak.lock();
      if (!owner) return;
      called_ = false;
      owner->Pump();
    });
  }
  void End() {
    const std::lock_guard lock(mutex_);
    executor_.reset();
  }

 private:
  std::atomic<bool> called_{false};
  std::mutex mutex_;  // guards the executor
  std::optional<Stream::executor_type> executor_;
  const std::weak_ptr<Owner> owner_;
};

}  // namespace ocokit::mock::http
