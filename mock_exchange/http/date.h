#pragma once

// DateText: the time for a reply's Date header (RFC 9110, section 5.6.7). For one thread: it writes
// a new text when the second is another.

#include <ctime>
#include <string>
#include <string_view>

namespace ocokit::mock::http {

class DateText {
 public:
  // "Sun, 06 Nov 1994 08:49:37 GMT". Valid until the next call.
  [[nodiscard]] std::string_view Of(std::time_t time);
  [[nodiscard]] static std::string Format(std::time_t time);

 private:
  std::time_t second_ = -1;
  std::string text_;
};

}  // namespace ocokit::mock::http
