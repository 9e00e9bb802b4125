#include "cli/line_writer.h"

#include <poll.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <string_view>
#include <thread>
#include <utility>

namespace ocokit::cli {
namespace {

// False when it cannot be written, now or later.
bool WriteAll(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = write(descriptor, text.data(), text.size());
    if (written > 0) {
      text.remove_prefix(static_cast<std::size_t>(written));
    } else if (written < 0 && errno == EAGAIN) {
      // Whoever shares the descriptor has made it one that does not wait.
      pollfd wait{.fd = descriptor, .events = POLLOUT, .revents = 0};
      (void)poll(&wait, 1, /*timeout=*/-1);
    } else if (written == 0 || errno != EINTR) {
      return false;
    }
  }
  return true;
}

}  // namespace

// Owned by the writer and its thread, whichever lasts longer.
struct LineWriter::Queue {
  const int descriptor;
  const std::size_t most;
  const std::function<std::string(std::size_t)> describe_drop;
  std::mutex mutex = {};
  std::condition_variable changed = {};
  std::deque<std::string> lines = {};
  std::size_t dropped = 0;
  bool ending = false;
  bool done = false;

  // What is to be written next, a bounded piece of it; empty: the end.
  std::string Take() {
    constexpr std::size_t kPiece = 1 << 15;
    std::string out;
    std::unique_lock lock(mutex);
    changed.wait(lock, [&] { return !lines.empty() || ending; });
    while (!lines.empty() && out.size() < kPiece) {
      out += lines.front();
      out += '\n';
      lines.pop_front();
    }
    if (lines.empty() && ending && dropped > 0) {
      out += describe_drop(std::exchange(dropped, 0)) + '\n';
    }
    return out;
  }

  void Run() {
    bool readable = true;
    for (std::string text = Take(); !text.empty(); text = Take()) {
      readable = readable && WriteAll(descriptor, text);
    }
    const std::lock_guard lock(mutex);
    done = true;
    changed.notify_all();
  }
};

LineWriter::LineWriter(int descriptor, std::size_t most,
                       std::function<std::string(std::size_t)> describe_drop)
    : queue_(new Queue{descriptor, most, std::move(describe_drop)}) {
  std::thread([queue = queue_] { queue->Run(); }).detach();
}

LineWriter::~LineWriter() {
  std::unique_lock lock(queue_->mutex);
  queue_->ending = true;
  queue_->changed.notify_all();
  queue_->changed.wait_for(lock, std::chrono::seconds(1), [&] { return queue_->done; });
}

void LineWriter::Write(std::string line) {
  {
    const std::lock_guard lock(queue_->mutex);
    if (queue_->lines.size() >= queue_->most) {
      ++queue_->dropped;
      return;
    }
    if (queue_->dropped > 0) {
      queue_->lines.push_back(queue_->describe_drop(std::exchange(queue_->dropped, 0)));
    }
    queue_->lines.push_back(std::move(line));
  }
  queue_->changed.notify_one();
}

}  // namespace ocokit::cli
