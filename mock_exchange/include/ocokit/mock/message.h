#pragma once

// Request and Response: one HTTP exchange as the venues see it, free of any HTTP library. Plain
// values.

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ocokit::mock {

struct Header {
  std::string name = {};
  std::string value = {};

  friend bool operator==(const Header&, const Header&) = default;
};

// What arrived, byte for byte; a chunked body is put together.
struct Request {
  std::string method = {};
  std::string target = {};  // path and query as sent
  std::vector<Header> headers = {};
  std::string body = {};
  std::string remote_ip = {};
  // From its first byte to its last; zero when it came by no connection.
  std::chrono::nanoseconds read_time{0};

  // The target up to the first '?'.
  [[nodiscard]] std::string_view Path() const;
  // What follows the first '?'; empty when there is none.
  [[nodiscard]] std::string_view Query() const;
  // The value of the first header of this name in any case; none when it is absent.
  [[nodiscard]] std::optional<std::string_view> FindHeader(std::string_view name) const;
};

struct Response {
  int status = 200;
  std::vector<Header> headers = {};  // without Content-Length and Connection
  std::string body = {};

  friend bool operator==(const Response&, const Response&) = default;
};

}  // namespace ocokit::mock
