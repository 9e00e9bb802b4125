#pragma once

// The bytes of an HTTP/1.1 response.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ocokit/mock/message.h"

namespace ocokit::mock::http {

struct WireOptions {
  bool keep_alive = true;
  bool with_body = true;       // false for HEAD
  bool endless = false;        // no Content-Length: it lasts until the connection ends
  std::size_t padding = 0;     // blanks after the body, which count for its length
  std::string_view date = {};  // of the Date header; empty: none
  std::optional<std::uint64_t> content_length = {};  // in place of the true one
};

[[nodiscard]] std::string Serialize(const Response& response,
                                    const std::vector<Header>& more_headers,
                                    const WireOptions& options);

// A response of the listener's own.
[[nodiscard]] Response PlainText(int status, std::string text);

}  // namespace ocokit::mock::http
