#pragma once

// ServerUrl: where the server listens, which is known only when it does. May be used from any
// thread.

#include <mutex>
#include <string>
#include <utility>

namespace ocokit::mock {

class ServerUrl {
 public:
  // Empty before Set.
  [[nodiscard]] std::string Get() const {
    const std::lock_guard lock(mutex_);
    return url_;
  }
  void Set(std::string url) {
    const std::lock_guard lock(mutex_);
    url_ = std::move(url);
  }

 private:
  mutable std::mutex mutex_;
  std::string url_;  // "http://127.0.0.1:8787"
};

}  // namespace ocokit::mock
