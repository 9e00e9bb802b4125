#include "mock_exchange/http/date.h"

#include <array>
#include <cstdio>

namespace ocokit::mock::http {

std::string_view DateText::Of(std::time_t time) {
  if (time != second_ || text_.empty()) {
    text_ = Format(time);
    second_ = time;
  }
  return text_;
}

std::string DateText::Format(std::time_t time) {
  // Not strftime: it writes the names in the language of the process.
  constexpr std::array kDays = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  constexpr std::array kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                  "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  std::tm parts{};
  gmtime_r(&time, &parts);
  std::array<char, 64> out{};
  std::snprintf(out.data(), out.size(), "%s, %02d %s %04d %02d:%02d:%02d GMT",
                kDays[static_cast<std::size_t>(parts.tm_wday)], parts.tm_mday,
                kMonths[static_cast<std::size_t>(parts.tm_mon)], parts.tm_year + 1900,
                parts.tm_hour, parts.tm_min, parts.tm_sec);
  return out.data();
}

}  // namespace ocokit::mock::http
