#include "cli/read_file.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstring>

namespace ocokit::cli {
namespace {

using std::chrono::steady_clock;

constexpr std::chrono::seconds kWaitForAWriter{5};

// Closes a descriptor that is not standard input.
class InputFile {
 public:
  // Without waiting for whoever writes to a FIFO.
  explicit InputFile(const std::string& path)
      : fd_(open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC)), error_(fd_ < 0 ? errno : 0) {}
  InputFile() : fd_(STDIN_FILENO) {}
  InputFile(const InputFile&) = delete;
  InputFile& operator=(const InputFile&) = delete;
  ~InputFile() {
    if (fd_ > STDIN_FILENO) close(fd_);
  }
  [[nodiscard]] int fd() const { return fd_; }
  [[nodiscard]] int error() const { return error_; }
  [[nodiscard]] bool IsFifo() const {
    struct stat status {};
    return fstat(fd_, &status) == 0 && S_ISFIFO(status.st_mode);
  }

 private:
  int fd_;
  int error_ = 0;
};

// Appends up to `most` bytes; stops there. Returns what went wrong, empty for nothing.
std::string ReadUpTo(const InputFile& file, std::size_t most, std::string& out) {
  if (file.fd() < 0) return std::strerror(file.error());
  std::array<char, 1 << 16> piece{};
  // A FIFO without a writer is at its end at once, as one whose writers have gone.
  bool awaits_writer = file.fd() != STDIN_FILENO && file.IsFifo();
  const auto until = steady_clock::now() + kWaitForAWriter;
  while (out.size() < most) {
    const ssize_t count = read(file.fd(), piece.data(), std::min(piece.size(), most - out.size()));
    if (count > 0) {
      awaits_writer = false;
      out.append(piece.data(), static_cast<std::size_t>(count));
    } else if (count == 0) {
      if (!awaits_writer) return "";
      if (steady_clock::now() >= until) return "nobody writes to it";
      poll(nullptr, 0, 10);
    } else if (errno == EAGAIN) {
      awaits_writer = false;
      pollfd wait{.fd = file.fd(), .events = POLLIN, .revents = 0};
      (void)poll(&wait, 1, /*timeout=*/-1);
    } else if (errno != EINTR) {
      return std::strerror(errno);
    }
  }
  return "";
}

Result<std::string> ReadAll(const InputFile& file, const std::string& what, std::size_t most) {
  std::string out;
  std::string wrong = ReadUpTo(file, most + 1, out);
  if (wrong.empty() && out.size() > most) {
    wrong = "it has more than " + std::to_string(most) + " bytes";
  }
  if (!wrong.empty()) return Fail(ErrorKind::kUnavailable, "cannot read " + what + ": " + wrong);
  return out;
}

}  // namespace

Result<std::string> ReadFile(const std::string& path, const char* what, std::size_t most) {
  return ReadAll(InputFile(path), std::string("the ") + what + " " + path, most);
}

Result<std::string> ReadFileOrInput(const std::string& path, std::size_t most) {
  return path == "-" ? ReadAll(InputFile(), "standard input", most) : ReadFile(path, "file", most);
}

Result<std::string> ReadFirstLine(const std::string& path, const char* option) {
  const auto wrong = [&](const std::string& why) {
    return Fail(ErrorKind::kInvalidArgument, std::string(option) +
                                                 " must name a file with a line to read, unlike " +
                                                 path + (why.empty() ? "" : ": " + why));
  };
  std::string text;
  if (const std::string why = ReadUpTo(InputFile(path), kMostOfASecret, text); !why.empty()) {
    return wrong(why);
  }
  const std::size_t end = text.find('\n');
  if (end == std::string::npos && text.size() == kMostOfASecret) {
    return wrong("its first line has more than 64 KiB");
  }
  std::string line = text.substr(0, end);
  if (line.ends_with('\r')) line.pop_back();
  if (line.empty()) return wrong("");
  return line;
}

}  // namespace ocokit::cli
