#include "cli/interruption.h"

#include <unistd.h>

#include <ctime>
#include <utility>

namespace ocokit::cli {

using std::chrono::steady_clock;

Interruption::Interruption(std::chrono::milliseconds grace, std::function<void(int)> give_up)
    : grace_(grace), give_up_(std::move(give_up)) {
  struct sigaction ignore {};
  ignore.sa_handler = SIG_IGN;
  sigaction(SIGPIPE, &ignore, &pipe_before_);
  // Blocked here and in every thread that is started from now on: the watcher takes them. One that
  // was ignored, as by nohup, stays so.
  sigemptyset(&signals_);
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) sigaddset(&signals_, signal);
  pthread_sigmask(SIG_BLOCK, &signals_, &before_);
  watcher_ = std::thread([this] { Watch(); });
}

Interruption::~Interruption() {
  done_ = true;
  watcher_.join();
  pthread_sigmask(SIG_SETMASK, &before_, nullptr);
  sigaction(SIGPIPE, &pipe_before_, nullptr);
}

void Interruption::Finish() {
  if (!claimed_.exchange(true)) return;
  while (true) pause();
}

void Interruption::Watch() {
  constexpr timespec kTurn{.tv_sec = 0, .tv_nsec = 20'000'000};
  steady_clock::time_point until;
  while (!done_) {
    const int received = sigtimedwait(&signals_, nullptr, &kTurn);
    if (received > 0) {
      if (stop_ || claimed_) _exit(128 + received);
      signal_ = received;
      stop_ = true;
      until = steady_clock::now() + grace_;
    }
    if (stop_ && steady_clock::now() >= until && !claimed_.exchange(true)) {
      give_up_(signal_);
      _exit(128 + signal_);
    }
  }
}

}  // namespace ocokit::cli
