#include "mock_exchange/exchange/replay_file.h"

#include <algorithm>
#include <filesystem>
#include <fstream>

namespace ocokit::mock {

Result<std::string> ReadReplayFile(const std::string& path) {
  constexpr std::uintmax_t kMost = std::uintmax_t{1} << 30;
  std::error_code problem;
  const auto size = std::filesystem::file_size(path, problem);
  if (problem) return Fail(ErrorKind::kNotFound, "file " + path + ": " + problem.message());
  if (size > kMost) return Fail(ErrorKind::kOutOfRange, "file " + path + ": may have 1 GiB");
  std::ifstream in(path, std::ios::binary);
  std::string out(size, '\0');
  in.read(out.data(), static_cast<std::streamsize>(size));
  out.resize(static_cast<std::size_t>(std::max<std::streamsize>(in.gcount(), 0)));
  if (!in.eof() && in.fail() && out.empty() && size != 0) {
    return Fail(ErrorKind::kUnavailable, "file " + path + ": cannot be read");
  }
  return out;
}

Result<void> ReadReplayFiles(AccountOptions& options) {
  for (auto& [market, replay] : options.replays) {
    if (replay.file.empty() || !replay.csv.empty()) continue;
    Result<std::string> text = ReadReplayFile(replay.file);
    if (!text) return Fail(text.error().kind, "replay of " + market + ": " + text.error().message);
    replay.csv = std::move(*text);
    replay.file.clear();
  }
  return {};
}

}  // namespace ocokit::mock
