#pragma once

// Lines for a descriptor that may be slow, or that nobody reads.

#include <cstddef>
#include <functional>
#include <memory>
#include <string>

namespace ocokit::cli {

// A thread of its own writes the lines, so that nobody who has one waits for who reads them. What
// comes faster than it is read is dropped beyond so many lines, and the next line that is taken has
// one before it that says so. Once nobody can read any more (EPIPE and the like), all are dropped.
// Any thread may call Write.
class LineWriter {
 public:
  // `describe_drop` makes the line, without its end, that says how many were dropped.
  LineWriter(int descriptor, std::size_t most,
             std::function<std::string(std::size_t dropped)> describe_drop);
  // Waits for what is queued to be written, but no longer than a second: the thread is left where
  // it is then, with the descriptor, which must stay open.
  ~LineWriter();
  LineWriter(const LineWriter&) = delete;
  LineWriter& operator=(const LineWriter&) = delete;

  // `line` without its end. Never waits for the descriptor.
  void Write(std::string line);

 private:
  struct Queue;

  std::shared_ptr<Queue> queue_;
};

}  // namespace ocokit::cli
