#pragma once

// A file that a report or a ready line goes to. What is there is kept until there is one.

#include <filesystem>
#include <string>

#include "ocokit/base/result.h"

namespace ocokit::cli {

class OutputFile {
 public:
  // Makes a file beside `path`, so that a place that cannot be written is told at once; no path: no
  // file. What is no regular file, like a terminal, a device or a FIFO, is written itself, and
  // never replaced. Errors: it cannot be written.
  [[nodiscard]] static Result<OutputFile> Create(const std::string& path);
  OutputFile(OutputFile&& other) noexcept;
  OutputFile& operator=(OutputFile&&) = delete;
  // Removes the file beside it, unless Write has moved it into place.
  ~OutputFile();

  // Errors: it cannot be written; then what was there before is still there. A FIFO must get a
  // reader within five seconds.
  [[nodiscard]] Result<void> Write(const std::string& text);

 private:
  OutputFile() = default;

  std::filesystem::path path_;    // empty: none
  std::filesystem::path beside_;  // empty: none, or moved
};

// Whether two paths, neither empty, lead to one file.
[[nodiscard]] bool SameFile(const std::string& one, const std::string& other);

}  // namespace ocokit::cli
