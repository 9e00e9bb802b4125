// Writes signed placements to a file, for a load generator that cannot sign.
//   ocokit_presign bingx|whitebit FIRST COUNT KEYS FILE
// They are numbered from FIRST, 0 or more. The i-th is of key `bench-key-(i % KEYS)`, and is that
// key's SignedUnordered(i / KEYS). Each stands in the file as its length in decimal digits, a line
// feed, and the bytes of HTTP/1.1.

#include <charconv>
#include <cstdint>
#include <cstdio>
#include <string>
#include <string_view>

#include "bench/orders.h"

namespace ocokit::bench {
namespace {

// Negative for what is no number.
std::int64_t Number(std::string_view text) {
  std::int64_t out = -1;
  const char* const end = text.data() + text.size();
  const auto [at, error] = std::from_chars(text.data(), end, out);
  return error == std::errc() && at == end ? out : -1;
}

bool Write(std::FILE* file, std::string_view text) {
  return std::fwrite(text.data(), 1, text.size(), file) == text.size();
}

int Presign(mock::Venue venue, std::int64_t first, std::int64_t count, std::int64_t keys,
            const char* path) {
  std::FILE* file = std::fopen(path, "wb");
  bool good = file != nullptr;
  for (std::int64_t i = first; good && i < first + count; ++i) {
    const std::string key = "bench-key-" + std::to_string(i % keys);
    const std::string request = WriteHttp(SignedUnordered(venue, i / keys, key));
    good = Write(file, std::to_string(request.size()) + "\n") && Write(file, request);
  }
  if (file != nullptr && std::fclose(file) != 0) good = false;
  if (!good) std::perror(path);
  return good ? 0 : 1;
}

}  // namespace
}  // namespace ocokit::bench

int main(int argc, char** argv) {
  using ocokit::bench::Number;
  const bool complete = argc == 6;
  const std::string_view venue = complete ? argv[1] : "";
  const std::int64_t first = complete ? Number(argv[2]) : -1;
  const std::int64_t count = complete ? Number(argv[3]) : -1;
  const std::int64_t keys = complete ? Number(argv[4]) : -1;
  if ((venue != "bingx" && venue != "whitebit") || first < 0 || count < 1 || keys < 1) {
    std::fprintf(stderr, "usage: ocokit_presign bingx|whitebit FIRST COUNT KEYS FILE\n");
    return 2;
  }
  return ocokit::bench::Presign(
      venue == "bingx" ? ocokit::mock::Venue::kBingx : ocokit::mock::Venue::kWhitebit, first, count,
      keys, argv[5]);
}
