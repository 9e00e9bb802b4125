#pragma once

// A file that a report goes to. What is there is kept until there is a report.

#include <filesystem>
#include <string>

#include "ocokit/base/result.h"

namespace ocokit::cli {

class LoadOutput {
 public:
  // Makes a file beside `path`, so that a place that cannot be written is told at once; no path: no
  // file. What is no regular file, like a terminal, is written itself. Errors: it cannot be
  // written.
  [[nodiscard]] static Result<LoadOutput> Create(const std::string& path);
  LoadOutput(LoadOutput&& other) noexcept;
  LoadOutput& operator=(LoadOutput&&) = delete;
  // Removes the file beside it, unless Write has moved it into place.
  ~LoadOutput();

  // Errors: it cannot be written; then what was there before is still there.
  [[nodiscard]] Result<void> Write(const std::string& text);

 private:
  LoadOutput() = default;

  std::filesystem::path path_;    // empty: none
  std::filesystem::path beside_;  // empty: none, or moved
};

// Whether two paths, neither empty, lead to one file.
[[nodiscard]] bool SameFile(const std::string& one, const std::string& other);

}  // namespace ocokit::cli
