#include "cli/load_output.h"

#include <unistd.h>

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

// What a link leads to, so that it stays a link.
fs::path Resolve(const std::string& path) {
  std::error_code error;
  fs::path out = fs::weakly_canonical(path, error);
  return error ? fs::path(path) : out;
}

}  // namespace

Result<LoadOutput> LoadOutput::Create(const std::string& path) {
  LoadOutput out;
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

LoadOutput::LoadOutput(LoadOutput&& other) noexcept
    : path_(std::exchange(other.path_, {})), beside_(std::exchange(other.beside_, {})) {}

LoadOutput::~LoadOutput() {
  std::error_code ignored;
  if (!beside_.empty()) fs::remove(beside_, ignored);
}

Result<void> LoadOutput::Write(const std::string& text) {
  if (path_.empty()) return {};
  File file(std::fopen((beside_.empty() ? path_ : beside_).c_str(), "wb"), std::fclose);
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
