#pragma once

// Deadlines: runs a function when a time is reached, unless it is taken back before, which
// ScopedDeadline does at the end of its scope, however that is left. One thread for
// all deadlines of a transport; the functions must be short and must not call back. Thread-safe.

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <thread>
#include <utility>

namespace ocokit::client {

class Deadlines {
 public:
  using Time = std::chrono::steady_clock::time_point;
  using Id = std::pair<Time, std::uint64_t>;

  Deadlines();
  Deadlines(const Deadlines&) = delete;
  Deadlines& operator=(const Deadlines&) = delete;
  // Drops what has not run.
  ~Deadlines();

  Id Add(Time when, std::function<void()> expire);
  // After this the function is not running and will not run.
  void Remove(const Id& id);

 private:
  void Run();

  std::mutex mutex_;
  std::condition_variable changed_;
  std::map<Id, std::function<void()>> waiting_;  // guarded by mutex_, as the next two
  std::uint64_t last_id_ = 0;
  bool stopping_ = false;
  std::thread thread_;
};

// Holds a deadline whose function refers to what lives no longer than the scope.
class ScopedDeadline {
 public:
  ScopedDeadline(Deadlines& deadlines, Deadlines::Time when, std::function<void()> expire)
      : deadlines_(deadlines), id_(deadlines.Add(when, std::move(expire))) {}
  ScopedDeadline(const ScopedDeadline&) = delete;
  ScopedDeadline& operator=(const ScopedDeadline&) = delete;
  ~ScopedDeadline() { deadlines_.Remove(id_); }

 private:
  Deadlines& deadlines_;
  Deadlines::Id id_;
};

}  // namespace ocokit::client
