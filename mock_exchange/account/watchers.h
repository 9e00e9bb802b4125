#pragma once

// Watchers: who is to be called when something of an account has changed. Any thread.

#include <atomic>
#include <cstddef>
#include <functional>
#include <mutex>
#include <unordered_map>
#include <utility>

namespace ocokit::mock {

class Watchers {
 public:
  // `owner` has one, and takes it back before it goes.
  void Add(const void* owner, std::function<void()> wake) {
    const std::lock_guard lock(mutex_);
    watchers_[owner] = std::move(wake);
    count_ = watchers_.size();
  }
  void Remove(const void* owner) {
    const std::lock_guard lock(mutex_);
    watchers_.erase(owner);
    count_ = watchers_.size();
  }
  void Wake() const {
    if (count_ == 0) return;
    const std::lock_guard lock(mutex_);
    for (const auto& [owner, wake] : watchers_) wake();
  }

 private:
  mutable std::mutex mutex_;
  std::unordered_map<const void*, std::function<void()>> watchers_;
  std::atomic<std::size_t> count_{0};
};

}  // namespace ocokit::mock
