#pragma once

// From Beast's request to ours.

#include <boost/beast/http/message.hpp>
#include <boost/beast/http/string_body.hpp>
#include <string>
#include <utility>

#include "ocokit/mock/message.h"

namespace ocokit::mock::http {

// Method, target, headers and body; where it came from and how long it took are not in it.
[[nodiscard]] inline Request ToRequest(
    boost::beast::http::request<boost::beast::http::string_body> message) {
  constexpr std::size_t kUsualHeaders = 12;
  Request request;
  request.method = std::string(message.method_string());
  request.target = std::string(message.target());
  request.headers.reserve(kUsualHeaders);
  for (const auto& field : message) {
    request.headers.push_back({std::string(field.name_string()), std::string(field.value())});
  }
  request.body = std::move(message.body());
  return request;
}

}  // namespace ocokit::mock::http
