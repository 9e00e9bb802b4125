#pragma once

// An httplib client that counts every byte of a reply, which httplib itself does for the body
// alone: endless headers, chunk extensions or interim replies would be taken until the memory is
// full.

#include <httplib.h>

#include <cstddef>
#include <memory>
#include <string>

namespace ocokit::client {

// What a reply may still have; set anew for each request.
struct ReplyBound {
  std::size_t left = 0;
  bool exceeded = false;
};

// `base_url` as NormalizeBaseUrl gives it. `bound` must outlive the client. Once a reply needs more
// than is left, reading fails and `exceeded` is set.
[[nodiscard]] std::unique_ptr<httplib::ClientImpl> MakeBoundedHttp(const std::string& base_url,
                                                                   ReplyBound& bound);

}  // namespace ocokit::client
