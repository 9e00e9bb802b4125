#pragma once

// A reply of a server: what its reader gives, however its bytes came.

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ocokit::conform {

using Headers = std::vector<std::pair<std::string, std::string>>;
// The first of that name in any case, or nullptr.
[[nodiscard]] const std::string* FindHeader(const Headers& headers, std::string_view name);

struct HttpReply {
  int status = 0;
  Headers headers;   // in their order, names as they came
  std::string body;  // without chunks
  std::string raw;   // every byte of it

  [[nodiscard]] const std::string* FindHeader(std::string_view name) const {
    return conform::FindHeader(headers, name);
  }
};

// Most bytes of a reply, all counted: interim replies, headers, the framing of chunks, trailers.
inline constexpr std::size_t kMostOfAReply = std::size_t{4} << 20;

}  // namespace ocokit::conform
