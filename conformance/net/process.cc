#include "conformance/net/process.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

#include "conformance/net/group_keeper.h"

namespace ocokit::conform {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

namespace {

constexpr std::size_t kMostLine = std::size_t{4} << 20;
constexpr std::size_t kMostErrors = std::size_t{64} << 10;
constexpr int kTurnMs = 50;

// Closes what it holds.
class Descriptor {
 public:
  explicit Descriptor(int fd = -1) : fd_(fd) {}
  Descriptor(Descriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    Close();
    fd_ = std::exchange(other.fd_, -1);
    return *this;
  }
  ~Descriptor() { Close(); }
  [[nodiscard]] int get() const { return fd_; }
  [[nodiscard]] bool open() const { return fd_ >= 0; }
  void Close() {
    if (fd_ >= 0) close(std::exchange(fd_, -1));
  }

 private:
  int fd_;
};

struct Pipe {
  Descriptor read, write;
};

bool Make(Pipe& pipe) {
  std::array<int, 2> ends{};
  // Closed on exec, so that no other child that is started meanwhile holds them open.
  if (pipe2(ends.data(), O_CLOEXEC) != 0) return false;
  pipe.read = Descriptor(ends[0]);
  pipe.write = Descriptor(ends[1]);
  return true;
}

void DoNotBlock(const Descriptor& fd) {
  fcntl(fd.get(), F_SETFL, fcntl(fd.get(), F_GETFL) | O_NONBLOCK);
}

int LeftOf(steady_clock::time_point until) {
  const auto left = std::chrono::ceil<milliseconds>(until - steady_clock::now()).count();
  return static_cast<int>(std::clamp<std::int64_t>(left, 0, 3600000));
}

std::string Ended(int status) {
  if (WIFSIGNALED(status)) {
    return std::string("it was ended by signal ") + strsignal(WTERMSIG(status));
  }
  return "it ended with status " + std::to_string(WEXITSTATUS(status));
}

// A write to a program that has ended is an error of the write, not the end of this one.
class NoBrokenPipeSignal {
 public:
  NoBrokenPipeSignal() {
    sigemptyset(&pipe_);
    sigaddset(&pipe_, SIGPIPE);
    pthread_sigmask(SIG_BLOCK, &pipe_, &before_);
  }
  ~NoBrokenPipeSignal() {
    const timespec none{};
    if (sigismember(&before_, SIGPIPE) == 0) {
      while (sigtimedwait(&pipe_, nullptr, &none) > 0) continue;
    }
    pthread_sigmask(SIG_SETMASK, &before_, nullptr);
  }
  NoBrokenPipeSignal(const NoBrokenPipeSignal&) = delete;
  NoBrokenPipeSignal& operator=(const NoBrokenPipeSignal&) = delete;

 private:
  sigset_t pipe_{};
  sigset_t before_{};
};

}  // namespace

struct Process::State {
  pid_t pid = -1;
  std::optional<GroupKeeper> keeper;
  std::optional<int> status;  // once it was waited for
  Descriptor in, out, errors;
  std::string unread;
  std::string error_text;

  ~State() {
    if (pid > 0 && !status) {
      kill(-pid, SIGKILL);
      int ignored = 0;
      while (waitpid(pid, &ignored, 0) < 0 && errno == EINTR) continue;
    } else if (pid > 0) {
      kill(-pid, SIGKILL);  // what it has started and left behind
    }
  }

  bool HasEnded() {
    int now = 0;
    if (!status && waitpid(pid, &now, WNOHANG) == pid) status = now;
    return status.has_value();
  }

  void DrainErrors() {
    std::array<char, 4096> buffer{};
    while (errors.open()) {
      const ssize_t count = read(errors.get(), buffer.data(), buffer.size());
      if (count == 0) errors.Close();
      if (count <= 0) return;
      error_text.append(buffer.data(), static_cast<std::size_t>(count));
      if (error_text.size() > kMostErrors) error_text.erase(0, error_text.size() - kMostErrors);
    }
  }

  // Waits for something to read, or to be able to write. Standard error is always emptied, so that
  // the program never waits for it to be read.
  void Wait(steady_clock::time_point until, bool write) {
    std::array<pollfd, 3> fds{
        {{out.get(), POLLIN, 0}, {errors.get(), POLLIN, 0}, {-1, POLLOUT, 0}}};
    if (write) fds[2].fd = in.get();
    // In short turns: what it has started may hold its streams open when it has ended itself.
    poll(fds.data(), fds.size(), std::min(LeftOf(until), kTurnMs));
    DrainErrors();
  }

  bool WaitForEnd(milliseconds time) {
    const auto until = steady_clock::now() + time;
    while (!HasEnded()) {
      if (steady_clock::now() >= until) return false;
      // There is no descriptor for the end of a child on every kernel.
      poll(nullptr, 0, 2);
      std::array<char, 4096> buffer{};
      while (read(out.get(), buffer.data(), buffer.size()) > 0) continue;
      DrainErrors();
    }
    return true;
  }
};

Process::Process(std::unique_ptr<State> state) : state_(std::move(state)) {}
Process::Process(Process&&) noexcept = default;
Process& Process::operator=(Process&&) noexcept = default;
Process::~Process() = default;

Result<Process> Process::Start(const std::vector<std::string>& command) {
  if (command.empty()) return Fail(ErrorKind::kInvalidArgument, "no command to start");
  Pipe in;
  Pipe out;
  Pipe errors;
  if (!Make(in) || !Make(out) || !Make(errors)) {
    return Fail(ErrorKind::kUnavailable, std::string("no pipe: ") + std::strerror(errno));
  }
  posix_spawn_file_actions_t actions{};
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, in.read.get(), STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&actions, out.write.get(), STDOUT_FILENO);
  posix_spawn_file_actions_adddup2(&actions, errors.write.get(), STDERR_FILENO);
  posix_spawnattr_t attributes{};
  posix_spawnattr_init(&attributes);
  sigset_t none{};
  sigemptyset(&none);
  posix_spawnattr_setsigmask(&attributes, &none);
  posix_spawnattr_setpgroup(&attributes, 0);
  // What this program ignores is not ignored by the other.
  sigset_t defaults{};
  sigemptyset(&defaults);
  sigaddset(&defaults, SIGPIPE);
  posix_spawnattr_setsigdefault(&attributes, &defaults);
  posix_spawnattr_setflags(&attributes,
                           POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
  std::vector<std::string> words = command;
  std::vector<char*> arguments;
  arguments.reserve(words.size() + 1);
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  auto state = std::make_unique<State>();
  const int error =
      posix_spawnp(&state->pid, arguments[0], &actions, &attributes, arguments.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  posix_spawnattr_destroy(&attributes);
  if (error != 0) {
    state->pid = -1;
    return Fail(ErrorKind::kUnavailable,
                "cannot start " + command[0] + ": " + std::strerror(error));
  }
  // The program's ends: the keeper must not inherit them, or they are open for a moment when the
  // program has ended.
  in.read.Close();
  out.write.Close();
  errors.write.Close();
  state->keeper.emplace(state->pid);
  state->in = std::move(in.write);
  state->out = std::move(out.read);
  state->errors = std::move(errors.read);
  for (const Descriptor* fd : {&state->in, &state->out, &state->errors}) DoNotBlock(*fd);
  return Process(std::move(state));
}

Result<void> Process::WriteLine(std::string_view line, milliseconds timeout) {
  const NoBrokenPipeSignal guard;
  const auto until = steady_clock::now() + timeout;
  const std::string text = std::string(line) + "\n";
  std::size_t done = 0;
  while (done < text.size()) {
    const ssize_t count = write(state_->in.get(), text.data() + done, text.size() - done);
    if (count > 0) {
      done += static_cast<std::size_t>(count);
      continue;
    }
    if (errno == EINTR) continue;
    if (errno != EAGAIN) {
      return Fail(ErrorKind::kNotFound,
                  "the program does not read any more: " +
                      (state_->WaitForEnd(milliseconds(200)) ? Ended(*state_->status)
                                                             : "it has closed its standard input"));
    }
    if (state_->HasEnded()) {
      return Fail(ErrorKind::kNotFound,
                  "the program does not read any more: " + Ended(*state_->status));
    }
    if (steady_clock::now() >= until) {
      return Fail(ErrorKind::kUnavailable, "the program did not read its standard input within " +
                                               std::to_string(timeout.count()) + " ms");
    }
    state_->Wait(until, true);
  }
  return {};
}

Result<std::string> Process::ReadLine(milliseconds timeout) {
  const auto until = steady_clock::now() + timeout;
  std::array<char, 16384> buffer{};
  std::size_t searched = 0;
  while (true) {
    const std::size_t end = state_->unread.find('\n', searched);
    if (end != std::string::npos) {
      std::string line = state_->unread.substr(0, end);
      state_->unread.erase(0, end + 1);
      return line;
    }
    searched = state_->unread.size();
    if (searched > kMostLine) {
      return Fail(ErrorKind::kOutOfRange, "the program printed a line of more than 4 MiB");
    }
    // Looked at before what it printed is, so that its last lines are not missed.
    const bool has_ended = state_->HasEnded();
    const ssize_t count = read(state_->out.get(), buffer.data(), buffer.size());
    if (count > 0) {
      state_->unread.append(buffer.data(), static_cast<std::size_t>(count));
      continue;
    }
    if (count == 0) {
      return Fail(ErrorKind::kNotFound, "the program prints no more lines: " +
                                            (state_->WaitForEnd(milliseconds(200))
                                                 ? Ended(*state_->status)
                                                 : "it has closed its standard output"));
    }
    if (errno == EINTR) continue;
    if (has_ended) {
      return Fail(ErrorKind::kNotFound,
                  "the program prints no more lines: " + Ended(*state_->status) +
                      ", and something that it has started holds its standard output open");
    }
    if (steady_clock::now() >= until) {
      return Fail(ErrorKind::kUnavailable,
                  "the program printed no line within " + std::to_string(timeout.count()) + " ms");
    }
    state_->Wait(until, false);
  }
}

std::string Process::StandardError() {
  state_->DrainErrors();
  return state_->error_text;
}

std::optional<int> Process::Stop(milliseconds grace) {
  state_->in.Close();
  if (!state_->WaitForEnd(grace)) {
    kill(-state_->pid, SIGTERM);
    if (!state_->WaitForEnd(grace)) {
      kill(-state_->pid, SIGKILL);
      state_->WaitForEnd(std::chrono::seconds(5));
      return std::nullopt;
    }
  }
  if (WIFEXITED(*state_->status)) return WEXITSTATUS(*state_->status);
  return 128 + WTERMSIG(*state_->status);
}

}  // namespace ocokit::conform
