#include "client/transport/deadline.h"

namespace ocokit::client {

Deadlines::Deadlines() : thread_([this] { Run(); }) {}

Deadlines::~Deadlines() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_one();
  thread_.join();
}

Deadlines::Id Deadlines::Add(Time when, std::function<void()> expire) {
  Id id;
  bool is_first;
  {
    const std::lock_guard lock(mutex_);
    id = {when, ++last_id_};
    const auto added = waiting_.emplace(id, std::move(expire)).first;
    is_first = added == waiting_.begin();
  }
  if (is_first) changed_.notify_one();
  return id;
}

void Deadlines::Remove(const Id& id) {
  const std::lock_guard lock(mutex_);
  waiting_.erase(id);
}

void Deadlines::Run() {
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    if (waiting_.empty()) {
      changed_.wait(lock);
      continue;
    }
    const auto first = waiting_.begin();
    const Time when = first->first.first;
    if (std::chrono::steady_clock::now() < when) {
      changed_.wait_until(lock, when);
      continue;
    }
    // Runs under the lock: that is what makes Remove final.
    first->second();
    waiting_.erase(first);
  }
}

}  // namespace ocokit::client
