#pragma once

// Ends a command in good order when it is asked to end.

#include <signal.h>

#include <atomic>
#include <chrono>
#include <functional>
#include <thread>

namespace ocokit::cli {

// While it lives, SIGINT, SIGTERM and SIGHUP, unless they were ignored before, end nothing at once.
// The first sets `stop`. If nobody has called Finish `grace` later, because what is under way takes
// longer, `give_up` is called on a thread of its own, and the program ends with 128 + the signal.
// The second signal, or one after Finish, ends the program so at once, without `give_up`. A broken
// pipe ends nothing either. To be made before any thread that should leave the signals alone.
class Interruption {
 public:
  Interruption(std::chrono::milliseconds grace, std::function<void(int signal)> give_up);
  ~Interruption();
  Interruption(const Interruption&) = delete;
  Interruption& operator=(const Interruption&) = delete;

  [[nodiscard]] const std::atomic<bool>& stop() const { return stop_; }
  // What was under way has ended: `give_up` will not be called. While it is, this waits for the
  // program to end.
  void Finish();
  // The first that came, or 0.
  [[nodiscard]] int signal() const { return signal_; }

 private:
  void Watch();

  const std::chrono::milliseconds grace_;
  const std::function<void(int)> give_up_;
  std::atomic<bool> stop_ = false;
  std::atomic<bool> claimed_ = false;  // by Finish, or for give_up
  std::atomic<bool> done_ = false;
  std::atomic<int> signal_ = 0;
  sigset_t signals_{};
  sigset_t before_{};
  struct sigaction pipe_before_ {};
  std::thread watcher_;
};

}  // namespace ocokit::cli
