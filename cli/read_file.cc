#include "cli/read_file.h"

#include <cstdio>
#include <memory>

namespace ocokit::cli {
namespace {

// Not a stream of C++: that one throws when a folder is read.
bool ReadAll(std::FILE* file, std::string& out) {
  char piece[1 << 16];
  std::size_t size = 0;
  while ((size = std::fread(piece, 1, sizeof piece, file)) > 0) out.append(piece, size);
  return std::ferror(file) == 0;
}

}  // namespace

Result<std::string> ReadFile(const std::string& path, const char* what) {
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(path.c_str(), "rb"),
                                                             std::fclose);
  std::string out;
  if (file == nullptr || !ReadAll(file.get(), out)) {
    return Fail(ErrorKind::kUnavailable, std::string("cannot read the ") + what + " " + path);
  }
  return out;
}

Result<std::string> ReadFileOrInput(const std::string& path) {
  if (path != "-") return ReadFile(path);
  std::string out;
  if (!ReadAll(stdin, out)) return Fail(ErrorKind::kUnavailable, "cannot read standard input");
  return out;
}

}  // namespace ocokit::cli
