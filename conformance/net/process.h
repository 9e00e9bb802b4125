#pragma once

// A program that is started, spoken to line by line, and ended for certain: with the object, or
// with this program, even if that is killed. An object belongs to one thread.

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ocokit/base/result.h"

namespace ocokit::conform {

class Process {
 public:
  // In a process group of its own, with pipes to its standard streams. Errors: it cannot be
  // started: no such program, no right to run it.
  [[nodiscard]] static Result<Process> Start(const std::vector<std::string>& command);
  Process(Process&&) noexcept;
  Process& operator=(Process&&) noexcept;
  // Kills the group, if it is still there.
  ~Process();

  // A line feed is added. Errors: it has ended, or does not read in time.
  [[nodiscard]] Result<void> WriteLine(std::string_view line, std::chrono::milliseconds timeout);
  // The next line of standard output, without its line feed. Errors: none in time (kUnavailable),
  // it has ended (kNotFound, with its exit status), even if something that it started could still
  // print one, or a line longer than 4 MiB (kOutOfRange).
  [[nodiscard]] Result<std::string> ReadLine(std::chrono::milliseconds timeout);
  // What it has written on standard error until now; the latest 64 KiB of it.
  [[nodiscard]] std::string StandardError();
  // Closes its standard input, waits, sends SIGTERM, waits, kills; each wait lasts `grace`. Gives
  // the exit status, or nothing when it had to be killed.
  std::optional<int> Stop(std::chrono::milliseconds grace);

 private:
  struct State;
  explicit Process(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace ocokit::conform
