#pragma once

// The ways in which programs write a number that arrived in another way.

#include <span>
#include <string>
#include <string_view>

namespace ocokit::mock::doctor {

// Whether the text is a number as JSON has it.
[[nodiscard]] bool IsNumber(std::string_view text);

// The nearest double, whatever the machine's locale.
[[nodiscard]] double ToDouble(std::string_view number);
// With neither an exponent nor a zero that it does not need; what is no number stays.
[[nodiscard]] std::string Shortest(const std::string& number);

struct NumberForm {
  std::string_view row;
  // The number in this form; as it is where the form does not change it.
  std::string (*write)(const std::string& number);
};

[[nodiscard]] std::span<const NumberForm> NumberForms();

// Whether both are numbers of one value, or become one in a double.
[[nodiscard]] bool SameNumber(const std::string& a, const std::string& b);

}  // namespace ocokit::mock::doctor
