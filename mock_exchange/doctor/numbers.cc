#include "mock_exchange/doctor/numbers.h"

#include <array>
#include <charconv>
#include <cstdlib>

#include "mock_exchange/doctor/text.h"
#include "ocokit/base/text.h"

namespace ocokit::mock::doctor {
namespace {

// A number in parts: 0.00120 is digits 00120 with three before the end... all by text alone, since
// a double would round.
struct Parts {
  bool negative = false;
  std::string digits;  // without leading zeros; "0" for zero
  int exponent = 0;    // of ten, by which the digits as an integer are multiplied
};

constexpr int kMostDigits = 60;

bool Split(std::string_view text, Parts& out) {
  if (!IsNumber(text)) return false;
  out.negative = text.starts_with('-');
  if (out.negative) text.remove_prefix(1);
  const std::size_t e = text.find_first_of("eE");
  if (e != std::string_view::npos) {
    std::string_view power = text.substr(e + 1);
    if (power.starts_with('+')) power.remove_prefix(1);
    const auto read = std::from_chars(power.data(), power.data() + power.size(), out.exponent);
    if (read.ec != std::errc()) return false;
    text = text.substr(0, e);
  }
  const std::size_t point = text.find('.');
  out.digits = std::string(text.substr(0, point));
  if (point != std::string_view::npos) {
    const std::string_view fraction = text.substr(point + 1);
    out.digits += fraction;
    if (fraction.size() > kMostDigits) return false;
    out.exponent -= static_cast<int>(fraction.size());
  }
  out.digits.erase(0, std::min(out.digits.find_first_not_of('0'), out.digits.size() - 1));
  return out.digits.size() <= kMostDigits && std::abs(out.exponent) <= kMostDigits;
}

// Without trailing zeros in the digits.
void Shorten(Parts& parts) {
  while (parts.digits.size() > 1 && parts.digits.back() == '0') {
    parts.digits.pop_back();
    ++parts.exponent;
  }
  if (parts.digits == "0") parts.exponent = 0;
}

// Without an exponent.
std::string Plain(const Parts& parts) {
  std::string out = parts.digits;
  if (parts.exponent >= 0) {
    out.append(static_cast<std::size_t>(parts.exponent), '0');
  } else {
    const auto places = static_cast<std::size_t>(-parts.exponent);
    if (out.size() <= places) out.insert(0, places + 1 - out.size(), '0');
    out.insert(out.size() - places, ".");
  }
  return (parts.negative ? "-" : "") + out;
}

std::string WithPointZero(const std::string& number) {
  return IsDigits(number) ? number + ".0" : number;
}

template <int kPlaces>
std::string WithPlaces(const std::string& number) {
  Parts parts;
  if (!Split(number, parts)) return number;
  Shorten(parts);
  if (-parts.exponent > kPlaces) return number;
  for (; parts.exponent > -kPlaces; --parts.exponent) parts.digits += '0';
  return Plain(parts);
}

// As d.ddde-N; of whole numbers nothing is changed.
std::string Exponent(const std::string& number, std::string_view e, std::size_t power_digits,
                     bool always_point) {
  Parts parts;
  if (!Split(number, parts) || number.find('.') == std::string::npos) return number;
  Shorten(parts);
  if (parts.exponent >= 0) return number;
  const int power = parts.exponent + static_cast<int>(parts.digits.size()) - 1;
  if (power >= 0) return number;
  std::string mantissa = parts.digits.substr(0, 1);
  if (parts.digits.size() > 1 || always_point) mantissa += ".";
  mantissa += parts.digits.size() > 1 ? parts.digits.substr(1) : always_point ? "0" : "";
  std::string tail = std::to_string(-power);
  if (tail.size() < power_digits) tail.insert(0, power_digits - tail.size(), '0');
  return (parts.negative ? "-" : "") + mantissa + std::string(e) + "-" + tail;
}

std::string Comma(const std::string& number) { return Replaced(number, ".", ","); }

constexpr std::array kForms = {
    NumberForm{"number_reformatted", &Shortest},
    NumberForm{"numbers_formatted_as_floats", &WithPointZero},
    NumberForm{"exponent_form_signed",
               [](const std::string& n) { return Exponent(n, "e", 1, false); }},
    NumberForm{"exponent_form_signed",
               [](const std::string& n) { return Exponent(n, "e", 2, false); }},
    NumberForm{"exponent_form_signed",
               [](const std::string& n) { return Exponent(n, "E", 1, false); }},
    NumberForm{"exponent_form_signed",
               [](const std::string& n) { return Exponent(n, "E", 2, false); }},
    NumberForm{"exponent_form_signed",
               [](const std::string& n) { return Exponent(n, "E", 1, true); }},
    NumberForm{"decimal_comma_signed", &Comma},
    NumberForm{"number_reformatted", &WithPlaces<2>},
    NumberForm{"number_reformatted", &WithPlaces<4>},
    NumberForm{"number_reformatted", &WithPlaces<6>},
    NumberForm{"number_reformatted", &WithPlaces<8>},
};

}  // namespace

bool IsNumber(std::string_view text) {
  if (text.starts_with('-')) text.remove_prefix(1);
  const std::size_t whole = std::min(text.find_first_not_of("0123456789"), text.size());
  if (whole == 0) return false;
  text.remove_prefix(whole);
  if (text.starts_with('.')) {
    text.remove_prefix(1);
    const std::size_t places = std::min(text.find_first_not_of("0123456789"), text.size());
    if (places == 0) return false;
    text.remove_prefix(places);
  }
  if (text.empty()) return true;
  if (text.front() != 'e' && text.front() != 'E') return false;
  text.remove_prefix(1);
  if (text.starts_with('-') || text.starts_with('+')) text.remove_prefix(1);
  return IsDigits(text);
}

double ToDouble(std::string_view number) {
  double value = 0;
  std::from_chars(number.data(), number.data() + number.size(), value);
  return value;
}

std::string Shortest(const std::string& number) {
  Parts parts;
  if (!Split(number, parts)) return number;
  Shorten(parts);
  return Plain(parts);
}

std::span<const NumberForm> NumberForms() { return kForms; }

bool SameNumber(const std::string& a, const std::string& b) {
  if (!IsNumber(a) || !IsNumber(b)) return false;
  return Shortest(a) == Shortest(b) || ToDouble(a) == ToDouble(b);
}

}  // namespace ocokit::mock::doctor
