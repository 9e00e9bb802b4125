#include "cli/output_file.h"

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstdio>
#include <memory>
#include <system_error>
#include <utility>

namespace ocokit::cli {
namespace {

namespace fs = std::filesystem;

using File = std::unique_ptr<std::FILE, int (*)(std::FILE*)>;

tl::unexpected<Error> CannotWrite(const fs::path& path) {
  return Fail(ErrorKind::kUnavailable, "cannot write the file " + path.string());
}

// What is no regular file, for writing; a FIFO that nobody reads is not waited for without end.
File OpenDevice(const fs::path& path) {
  const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(5);
  int descriptor = -1;
  while (true) {
    descriptor = open(path.c_str(), O_WRONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
    if (descriptor >= 0 || errno != ENXIO || std::chrono::steady_clock::now() >= until) break;
    poll(nullptr, 0, 10);
  }
  if (descriptor < 0) return File(nullptr, std::fclose);
  fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) & ~O_NONBLOCK);
  File file(fdopen(descriptor, "wb"), std::fclose);
  if (file == nullptr) close(descriptor);
  return file;
}

// What a link leads to, so that it stays a link.
fs::path Resolve(const std::string& path) {
  std::error_code error;
  fs::path out = fs::weakly_canonical(path, error);
  return error ? fs::path(path) : out;
}

}  // namespace

Result<OutputFile> OutputFile::Create(const std::string& path) {
  OutputFile out;
  if (path.empty()) return out;
  out.path_ = Resolve(path);
  std::error_code error;
  const fs::file_status there = fs::status(out.path_, error);
  const bool exists = fs::exists(there);
  // One that may not be changed is not replaced either.
  if (fs::is_directory(there) || (exists && access(out.path_.c_str(), W_OK) != 0)) {
    return CannotWrite(path);
  }
  if (exists && !fs::is_regular_file(there)) return out;
  fs::path beside = out.path_;
  beside += "." + std::to_string(getpid()) + ".part";
  const File file(std::fopen(beside.c_str(), "wbx"), std::fclose);
  if (file == nullptr) return CannotWrite(path);
  out.beside_ = std::move(beside);
  if (exists) fs::permissions(out.beside_, there.permissions(), error);
  return out;
}

OutputFile::OutputFile(OutputFile&& other) noexcept
    : path_(std::exchange(other.path_, {})), beside_(std::exchange(other.beside_, {})) {}

OutputFile::~OutputFile() {
  std::error_code ignored;
  if (!beside_.empty()) fs::remove(beside_, ignored);
}

Result<void> OutputFile::Write(const std::string& text) {
  if (path_.empty()) return {};
  File file =
      beside_.empty() ? OpenDevice(path_) : File(std::fopen(beside_.c_str(), "wb"), std::fclose);
  if (file == nullptr) return CannotWrite(path_);
  const bool written = std::fwrite(text.data(), 1, text.size(), file.get()) == text.size();
  if (std::fclose(file.release()) != 0 || !written) return CannotWrite(path_);
  if (beside_.empty()) return {};
  std::error_code error;
  fs::rename(beside_, path_, error);
  if (error) return CannotWrite(path_);
  beside_.clear();
  return {};
}

bool SameFile(const std::string& one, const std::string& other) {
  std::error_code error;
  return Resolve(one) == Resolve(other) || fs::equivalent(one, other, error);
}

}  // namespace ocokit::cli
