#pragma once

// IgnoreSigpipe: while it lives, writing to a connection that the other side closed does not end
// the program. It changes this thread's signal mask only: a library must leave the process's own
// handling of signals alone.

#include <csignal>
#include <ctime>

namespace ocokit::client {

class IgnoreSigpipe {
 public:
  IgnoreSigpipe() {
    sigemptyset(&sigpipe_);
    sigaddset(&sigpipe_, SIGPIPE);
    was_pending_ = IsPending();
    pthread_sigmask(SIG_BLOCK, &sigpipe_, &before_);
  }
  IgnoreSigpipe(const IgnoreSigpipe&) = delete;
  IgnoreSigpipe& operator=(const IgnoreSigpipe&) = delete;
  ~IgnoreSigpipe() {
    const timespec at_once{};
    if (!was_pending_ && IsPending()) sigtimedwait(&sigpipe_, nullptr, &at_once);
    pthread_sigmask(SIG_SETMASK, &before_, nullptr);
  }

 private:
  static bool IsPending() {
    sigset_t pending;
    sigpending(&pending);
    return sigismember(&pending, SIGPIPE) == 1;
  }

  sigset_t sigpipe_;
  sigset_t before_;
  bool was_pending_ = false;
};

}  // namespace ocokit::client
