#include "mock_exchange/doctor/numbers.h"

#include <gtest/gtest.h>

#include <set>

#include "mock_exchange/doctor/odd_numbers.h"

namespace ocokit::mock::doctor {
namespace {

std::set<std::string> Written(const std::string& row, const std::string& number) {
  std::set<std::string> out;
  for (const NumberForm& form : NumberForms()) {
    if (form.row == row) out.insert(form.write(number));
  }
  return out;
}

TEST(Numbers, JsonNumbersAreNumbers) {
  for (const char* text : {"0", "-1", "0.10", "1e-5", "1E+05", "48000.0"}) {
    EXPECT_TRUE(IsNumber(text)) << text;
  }
  for (const char* text : {"", "-", ".5", "1.", "1e", "0x1", "1,0", " 1", "NaN"}) {
    EXPECT_FALSE(IsNumber(text)) << text;
  }
}

// As python, JavaScript, C# and Java print 0.00012 when they print it with an exponent.
TEST(Numbers, ExponentForms) {
  EXPECT_EQ(Written("exponent_form_signed", "0.00012"),
            (std::set<std::string>{"1.2e-4", "1.2e-04", "1.2E-4", "1.2E-04"}));
  EXPECT_EQ(Written("exponent_form_signed", "0.001"),
            (std::set<std::string>{"1e-3", "1e-03", "1E-3", "1E-03", "1.0E-3"}));
  EXPECT_EQ(Written("exponent_form_signed", "48000"), std::set<std::string>{"48000"});
  EXPECT_EQ(Written("exponent_form_signed", "1.5"), std::set<std::string>{"1.5"});
}

TEST(Numbers, FloatsAndFixedPlaces) {
  EXPECT_EQ(Written("numbers_formatted_as_floats", "48000"), std::set<std::string>{"48000.0"});
  EXPECT_EQ(Written("numbers_formatted_as_floats", "0.5"), std::set<std::string>{"0.5"});
  EXPECT_EQ(Written("number_reformatted", "0.0010"),
            (std::set<std::string>{"0.001", "0.0010", "0.001000", "0.00100000"}));
  EXPECT_EQ(Written("number_reformatted", "1e-7"),
            (std::set<std::string>{"0.0000001", "0.00000010", "1e-7"}));
  EXPECT_EQ(Written("number_reformatted", "-12.50"),
            (std::set<std::string>{"-12.5", "-12.50", "-12.5000", "-12.500000", "-12.50000000"}));
}

bool IsOddFormOf(const std::string& text, const std::string& number) {
  for (const OddNumber& odd : OddNumbers(number)) {
    if (odd.text == text) return true;
  }
  return false;
}

TEST(Numbers, OneNumberAloneWrittenOddly) {
  for (const char* text : {"0.00100000", ".001", "+0.001", "Decimal('0.001')", "1E-3",
                           "0.0010000000000000000208", "0.0010000000474974513",
                           "0.001000000000000000020816681711721685"
                           "13294309377670288085937500"}) {
    const std::string trimmed(text, std::string_view(text).find_last_not_of('0') + 1);
    const bool written = IsOddFormOf(text, "0.001") || IsOddFormOf(trimmed, "0.001");
    EXPECT_TRUE(written) << text;
  }
  for (const char* text : {"48,000", "4.8E4", "4.8e+04", "48000.0", "48000.00"}) {
    EXPECT_TRUE(IsOddFormOf(text, "48000")) << text;
    EXPECT_TRUE(IsOddFormOf("48000", text)) << text;
  }
  for (const char* text : {".001", "+0.001", "Decimal('0.001')", "0.0010000000000000000208"}) {
    EXPECT_TRUE(IsOddFormOf("0.001", text)) << text;
  }
  for (const char* text : {"", "BUY", "BTC-USDT", "1e999999", "."}) {
    for (const OddNumber& odd : OddNumbers(text)) EXPECT_LE(odd.text.size(), 200u) << text;
  }
  EXPECT_TRUE(OddNumbers("BTC-USDT").empty());
}

// Neither may take long, nor be taken for what they are not.
TEST(Numbers, HugeOnesStayAsTheyAre) {
  const std::string digits(5000, '9');
  for (const std::string& number : {digits, "0." + digits, std::string("1e999999999999")}) {
    for (const NumberForm& form : NumberForms()) {
      EXPECT_LE(form.write(number).size(), number.size() + 2);
    }
  }
}

TEST(Numbers, SameValueWrittenDifferently) {
  EXPECT_TRUE(SameNumber("0.10", "0.1"));
  EXPECT_TRUE(SameNumber("1e-5", "0.00001"));
  // One double holds both.
  EXPECT_TRUE(SameNumber("9007199254740993", "9007199254740992"));
  EXPECT_FALSE(SameNumber("0.1", "0.2"));
  EXPECT_FALSE(SameNumber("1", "true"));
}

}  // namespace
}  // namespace ocokit::mock::doctor
