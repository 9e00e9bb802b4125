#include "mock_exchange/doctor/odd_numbers.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <set>

#include "mock_exchange/doctor/numbers.h"
#include "mock_exchange/doctor/text.h"
#include "ocokit/base/text.h"

namespace ocokit::mock::doctor {
namespace {

constexpr std::string_view kReformatted = "number_reformatted";
constexpr std::string_view kExponent = "exponent_form_signed";
// No amount is longer, but for a double with all its digits, which is about sixty.
constexpr std::size_t kLongestNumber = 80;

template <typename... Format>
std::string Print(Format... format) {
  std::array<char, 512> out{};
  const auto end = std::to_chars(out.data(), out.data() + out.size(), format...);
  return end.ec == std::errc() ? std::string(out.data(), end.ptr) : std::string();
}

// The numbers that a text may stand for.
std::set<std::string> Read(std::string text) {
  if (text.starts_with("Decimal(") && text.ends_with(')')) text = text.substr(8, text.size() - 9);
  text = std::string(Trim(text));
  if (text.starts_with('+')) text.erase(0, 1);
  if (text.starts_with('.')) text.insert(0, "0");
  if (text.ends_with('.')) text.pop_back();
  std::set<std::string> out;
  for (const std::string& number : {text, Replaced(text, ",", ""), Replaced(text, ",", ".")}) {
    if (!IsNumber(number)) continue;
    out.insert({number, Shortest(number)});
    // A double that was printed with all its digits.
    if (number.size() > 17) out.insert(Print(ToDouble(number), std::chars_format::fixed));
  }
  return out;
}

std::string WithThousands(const std::string& number) {
  std::string out = number.substr(0, number.find('.'));
  for (std::size_t at = out.size(); at > 3; at -= 3) out.insert(at - 3, ",");
  const std::size_t point = number.find('.');
  return point == std::string::npos ? out : out + number.substr(point);
}

// As java, go and javascript write numbers that are not below one.
void AddExponents(const std::string& number, std::vector<OddNumber>& out) {
  const std::string digits = Replaced(number, ".", "");
  const std::size_t whole = std::min(number.find('.'), number.size());
  if (!IsDigits(digits) || digits.front() == '0') return;
  std::string mantissa = digits;
  while (mantissa.size() > 1 && mantissa.back() == '0') mantissa.pop_back();
  const bool one_digit = mantissa.size() == 1;
  if (!one_digit) mantissa.insert(1, ".");
  const std::string power = std::to_string(whole - 1);
  const std::string padded = (power.size() < 2 ? "0" : "") + power;
  for (const char* e : {"E", "e", "E+", "e+"}) {
    out.push_back({kExponent, std::string(mantissa).append(e).append(power)});
    out.push_back({kExponent, std::string(mantissa).append(e).append(padded)});
    if (one_digit) {
      out.push_back({kExponent, std::string(mantissa).append(".0").append(e).append(power)});
    }
  }
}

void AddDigits(const std::string& number, std::vector<OddNumber>& out) {
  const double value = ToDouble(number);
  for (int places = 1; places <= 22; ++places) {
    if (places > 12 && places < 16) continue;
    out.push_back({kReformatted, Print(value, std::chars_format::fixed, places)});
  }
  out.push_back({kReformatted, Print(value, std::chars_format::general, 17)});
  const auto narrow = static_cast<double>(static_cast<float>(value));
  out.push_back({kReformatted, Print(narrow, std::chars_format::fixed)});
  // All digits that a double has, as Decimal(0.001) or BigDecimal(0.001) shows them.
  std::string all = Print(value, std::chars_format::fixed, 100);
  while (!all.empty() && all.back() == '0') all.pop_back();
  out.push_back({kReformatted, all});
}

}  // namespace

std::vector<OddNumber> OddNumbers(const std::string& text) {
  std::vector<OddNumber> out;
  if (text.size() > kLongestNumber) return out;
  for (const std::string& number : Read(text)) {
    out.push_back({kReformatted, number});
    for (const NumberForm& form : NumberForms()) out.push_back({form.row, form.write(number)});
    AddExponents(number, out);
    AddDigits(number, out);
    if (number.starts_with("0.")) out.push_back({kReformatted, number.substr(1)});
    out.push_back({kReformatted, "+" + number});
    out.push_back({kReformatted, WithThousands(number)});
    out.push_back({kReformatted, "Decimal('" + number + "')"});
    out.push_back({kReformatted, number + "."});
  }
  std::erase_if(out, [&](const OddNumber& odd) { return odd.text.empty() || odd.text == text; });
  return out;
}

}  // namespace ocokit::mock::doctor
