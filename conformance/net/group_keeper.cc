#include "conformance/net/group_keeper.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>

namespace ocokit::conform {
namespace {

// Runs in the keeper: after a fork of a program with threads nothing else than system calls is
// safe. A byte on the pipe means that the group is nobody's any more.
[[noreturn]] void Keep(int pipe, pid_t group) {
  // Neither a terminal's signals nor who ends this program's group may end the keeper first.
  setpgid(0, 0);
  sigset_t all;
  sigfillset(&all);
  sigprocmask(SIG_BLOCK, &all, nullptr);
  // Whoever reads what this program prints must not wait for the keeper.
  if (dup2(pipe, 0) == 0) {
    close_range(1, ~0U, 0);
    char byte = 0;
    ssize_t count = 0;
    do {
      count = read(0, &byte, 1);
    } while (count < 0 && errno == EINTR);
    if (count == 0) {
      constexpr int kGraceMs = 300;
      kill(-group, SIGTERM);
      poll(nullptr, 0, kGraceMs);
      kill(-group, SIGKILL);
    }
  }
  _exit(0);
}

}  // namespace

GroupKeeper::GroupKeeper(pid_t group) {
  int ends[2] = {-1, -1};
  if (pipe2(ends, O_CLOEXEC) != 0) return;
  keeper_ = fork();
  if (keeper_ == 0) Keep(ends[0], group);
  close(ends[0]);
  if (keeper_ < 0) {
    close(ends[1]);
  } else {
    pipe_ = ends[1];
  }
}

GroupKeeper::~GroupKeeper() {
  if (keeper_ < 0) return;
  // The keeper reads as long as it lives, so this raises no SIGPIPE unless somebody has killed it.
  const char let_go = 1;
  sigset_t pipe_signal;
  sigset_t before;
  sigemptyset(&pipe_signal);
  sigaddset(&pipe_signal, SIGPIPE);
  pthread_sigmask(SIG_BLOCK, &pipe_signal, &before);
  if (write(pipe_, &let_go, 1) < 0 && errno == EPIPE && sigismember(&before, SIGPIPE) == 0) {
    const timespec none{};
    sigtimedwait(&pipe_signal, nullptr, &none);
  }
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
  close(pipe_);
  int ignored = 0;
  while (waitpid(keeper_, &ignored, 0) < 0 && errno == EINTR) continue;
}

}  // namespace ocokit::conform
