#include "mock_exchange/venue/number.h"

#include <algorithm>
#include <string>

#include "mock_exchange/wire/read_whole.h"

namespace ocokit::mock {
namespace {

// Beyond the digits of any request.
constexpr std::int64_t kFar = 1'000'000'000;

// A number: digits from the first that is not zero on, and how many of them stand before the point;
// negative for zeros after it.
struct NumberText {
  bool negative = false;
  std::string digits;
  std::int64_t whole = 0;
};

// Of a number that is not zero.
NumberText Split(std::string_view text) {
  NumberText out;
  out.negative = text.starts_with('-');
  text.remove_prefix(out.negative ? 1 : 0);
  const std::string_view mantissa = text.substr(0, text.find_first_of("eE"));
  text.remove_prefix(std::min(text.size(), mantissa.size() + 1));
  if (text.starts_with('+')) text.remove_prefix(1);
  std::int64_t exponent = 0;
  if (!text.empty()) {
    exponent = ReadWhole<std::int64_t>(text).value_or(text.front() == '-' ? -kFar : kFar);
  }
  out.digits = mantissa;
  std::erase(out.digits, '.');
  const std::size_t first = out.digits.find_first_not_of('0');
  out.digits.erase(0, first);
  out.whole = static_cast<std::int64_t>(std::min(mantissa.find('.'), mantissa.size())) -
              static_cast<std::int64_t>(first) + std::clamp(exponent, -kFar, kFar);
  return out;
}

}  // namespace

Result<Decimal> ReadDecimal(std::string_view text, Beyond beyond) {
  constexpr std::int64_t kDecimals = 20;
  constexpr std::int64_t kRoom = Decimal::kMaxDigits - 1;  // with one for the trace
  Result<Decimal> exact = Decimal::Parse(text);
  if (exact || exact.error().kind != ErrorKind::kOutOfRange) return exact;
  NumberText number = Split(text);
  if (number.whole > kRoom) return exact;
  const std::int64_t decimals = std::min(kDecimals, kRoom - number.whole);
  const std::int64_t kept = std::max<std::int64_t>(0, number.whole + decimals);
  number.digits.resize(static_cast<std::size_t>(kept), '0');
  const std::string sign = number.negative ? "-" : "";
  if (beyond == Beyond::kTrace) {
    return Decimal::Parse(sign + number.digits + "1e-" + std::to_string(decimals + 1));
  }
  if (kept == 0) number.digits = "1";
  return Decimal::Parse(sign + number.digits + "e-" + std::to_string(decimals));
}

}  // namespace ocokit::mock
