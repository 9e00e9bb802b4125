#pragma once

// `ocokit doctor`: what is wrong with a signed request.

#include <cstdint>
#include <optional>
#include <string>

namespace ocokit::cli {

struct DoctorOptions {
  std::string venue;        // bingx or whitebit
  std::string key;          // empty: the one in the request
  std::string secret_file;  // empty: OCOKIT_SECRET
  // One of them:
  std::string curl;                    // a command, @FILE, or - for standard input
  std::string har;                     // a file
  std::string request;                 // a file, or - for standard input
  std::optional<std::int64_t> now_ms;  // when it was sent; none: HAR says, or it is not known
  std::string last_nonce;
  bool json = false;
};

// Exit status: 0 nothing wrong, 1 something is.
[[nodiscard]] int Examine(const DoctorOptions& options);

}  // namespace ocokit::cli
