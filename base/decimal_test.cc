#include "ocokit/base/decimal.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <cstdint>
#include <limits>
#include <random>
#include <string>
#include <vector>

#include "fixtures/fixtures.h"

namespace ocokit {
namespace {

using testing::HasSubstr;

Decimal D(std::string_view text) {
  const Result<Decimal> parsed = Decimal::Parse(text);
  EXPECT_TRUE(parsed.has_value()) << text;
  return parsed.value_or(Decimal());
}

const std::string kNines(38, '9');

// ---- rows of fixtures/decimal ----

// A result as a row writes it.
std::string Text(const Result<Decimal>& result) {
  if (result) return result->Format();
  return result.error().kind == ErrorKind::kInvalidArgument ? "invalid_argument" : "out_of_range";
}

std::string Order(const Decimal& a, const Decimal& b) { return a < b ? "<" : a > b ? ">" : "="; }

std::string Apply(const fixtures::DecimalRow& row) {
  if (row.op == "parse") return Text(Decimal::Parse(row.a));
  const Decimal a = D(row.a);
  if (row.op == "truncate") return a.Truncate(row.digits).Format();
  const Decimal b = D(row.b);
  if (row.op == "compare") return Order(a, b);
  if (row.op == "add") return Text(Decimal::Add(a, b));
  if (row.op == "subtract") return Text(Decimal::Subtract(a, b));
  if (row.op == "multiply") return Text(Decimal::Multiply(a, b));
  if (row.op == "divide") return Text(Decimal::Divide(a, b, row.digits));
  if (row.op == "truncate_step") return a.TruncateToMultipleOf(b).Format();
  return "unknown op " + row.op;
}

TEST(DecimalFixtures, EveryRow) {
  const std::vector<fixtures::DecimalRow> rows = fixtures::DecimalRows();
  ASSERT_GE(rows.size(), 299u);
  for (const fixtures::DecimalRow& row : rows) {
    EXPECT_EQ(row.error.empty() ? row.want : row.error, Apply(row))
        << row.id << ": " << row.op << " " << row.a << " " << row.b;
  }
}

// ---- parsing and formatting ----

TEST(Decimal, EveryTextOfOneNumberIsOneValue) {
  const std::vector<std::string> texts = {"40000.5",   "40000.50",   "040000.500", "4.00005e4",
                                          "400005e-1", "4000050E-2", "0.400005e+5"};
  for (const std::string& text : texts) {
    EXPECT_EQ(D("40000.5"), D(text)) << text;
    EXPECT_EQ("40000.5", D(text).Format()) << text;
    EXPECT_EQ(1, D(text).scale()) << text;
  }
}

TEST(Decimal, ErrorsSayWhatIsWrong) {
  const Result<Decimal> malformed = Decimal::Parse("1,5");
  ASSERT_FALSE(malformed);
  EXPECT_EQ(ErrorKind::kInvalidArgument, malformed.error().kind);
  EXPECT_THAT(malformed.error().message, HasSubstr("\"1,5\""));
  const Result<Decimal> large = Decimal::Parse("1e38");
  ASSERT_FALSE(large);
  EXPECT_EQ(ErrorKind::kOutOfRange, large.error().kind);
  EXPECT_THAT(large.error().message, HasSubstr("38 digits"));
}

TEST(Decimal, ALongMalformedTextIsShortenedInTheError) {
  const Result<Decimal> parsed = Decimal::Parse(std::string(10'000, 'x'));
  ASSERT_FALSE(parsed);
  EXPECT_LT(parsed.error().message.size(), 200u);
}

TEST(Decimal, CutAtEveryPosition) {
  const std::string text = "-12345.678e+12";
  for (std::size_t n = 0; n < text.size(); ++n) {
    const std::string cut = text.substr(0, n);
    const bool ends_in_digit = n > 0 && cut.back() >= '0' && cut.back() <= '9';
    EXPECT_EQ(ends_in_digit, Decimal::Parse(cut).has_value()) << cut;
  }
}

TEST(Decimal, AnyOtherByteAnywhereIsRefused) {
  const std::string good = "12.5";
  for (std::size_t at = 0; at <= good.size(); ++at) {
    for (int byte = 0; byte < 256; ++byte) {
      const char c = static_cast<char>(byte);
      if ((c >= '0' && c <= '9') || c == '.' || c == 'e' || c == 'E' || c == '-') continue;
      std::string bad = good;
      bad.insert(at, 1, c);
      EXPECT_FALSE(Decimal::Parse(bad)) << bad;
    }
  }
}

TEST(Decimal, AppendToKeepsWhatIsThere) {
  std::string out = "price=";
  D("0.001").AppendTo(out);
  EXPECT_EQ("price=0.001", out);
}

TEST(Decimal, FormatToNeedsNoMoreRoomThanItSays) {
  const std::string longest = "-0." + std::string(Decimal::kMaxDigits, '9');
  std::array<char, Decimal::kMaxText> text;
  EXPECT_EQ(text.data() + text.size(), D(longest).FormatTo(text.data()));
  EXPECT_EQ(longest, std::string(text.data(), text.size()));
}

TEST(Decimal, ZeroHasNoSign) {
  EXPECT_EQ("0", D("-0.00").Format());
  EXPECT_EQ(Decimal(), -Decimal());
  EXPECT_FALSE(D("-0").IsNegative());
  EXPECT_TRUE(D("0e10").IsZero());
}

TEST(Decimal, WholeNumbersOfEveryWidth) {
  constexpr std::int64_t kMax = std::numeric_limits<std::int64_t>::max();
  constexpr std::int64_t kMin = std::numeric_limits<std::int64_t>::min();
  for (const std::int64_t value :
       {std::int64_t{0}, std::int64_t{1}, std::int64_t{-1}, kMax, kMin}) {
    EXPECT_EQ(std::to_string(value), Decimal(value).Format());
    EXPECT_EQ(D(std::to_string(value)), Decimal(value));
  }
}

TEST(Decimal, FromParts) {
  EXPECT_EQ(D("0.001"), Decimal::FromParts(1, 3).value());
  EXPECT_EQ(D("1"), Decimal::FromParts(1000, 3).value());
  EXPECT_EQ(D("-1.5"), Decimal::FromParts(-150, 2).value());
  EXPECT_EQ(D("1e-38"), Decimal::FromParts(1, 38).value());
  EXPECT_EQ(Decimal(), Decimal::FromParts(0, 38).value());
  for (const int scale : {-1, 39, std::numeric_limits<int>::min()}) {
    const Result<Decimal> parts = Decimal::FromParts(1, scale);
    ASSERT_FALSE(parts) << scale;
    EXPECT_EQ(ErrorKind::kOutOfRange, parts.error().kind);
  }
}

// ---- order ----

TEST(Decimal, OrderAcrossScales) {
  const std::vector<std::string> ascending = {
      "-" + kNines, "-1e37",  "-2",    "-1.5",  "-1.49999", "-1",         "-0.1", "-1e-38",
      "0",          "1e-38",  "2e-38", "1e-37", "0.1",      "0.10000001", "0.2",  "0.99999999",
      "1",          "1.0001", "9",     "10",    "10.5",     "1e19",       "1e37", kNines};
  for (std::size_t i = 0; i < ascending.size(); ++i) {
    for (std::size_t j = 0; j < ascending.size(); ++j) {
      const Decimal a = D(ascending[i]);
      const Decimal b = D(ascending[j]);
      EXPECT_EQ(i <=> j, a <=> b) << ascending[i] << " and " << ascending[j];
      EXPECT_EQ(i == j, a == b) << ascending[i] << " and " << ascending[j];
    }
  }
}

TEST(Decimal, MinMaxAbs) {
  EXPECT_EQ(D("1"), Min(D("1"), D("1.5")));
  EXPECT_EQ(D("1.5"), Max(D("1"), D("1.5")));
  EXPECT_EQ(D("-2"), Min(D("1"), D("-2")));
  EXPECT_EQ(D("2.5"), D("-2.5").Abs());
  EXPECT_EQ(D("2.5"), D("2.5").Abs());
}

// ---- arithmetic ----

TEST(Decimal, OperatorsAgreeWithTheNamedFunctions) {
  const Decimal a = D("40000.5");
  const Decimal b = D("0.0125");
  EXPECT_EQ(Decimal::Add(a, b).value(), a + b);
  EXPECT_EQ(Decimal::Subtract(a, b).value(), a - b);
  EXPECT_EQ(Decimal::Multiply(a, b).value(), a * b);
  Decimal c = a;
  c += b;
  EXPECT_EQ(a + b, c);
  c -= b;
  EXPECT_EQ(a, c);
  c -= D("40000.5");
  EXPECT_EQ(Decimal(), c);
}

TEST(DecimalDeathTest, OperatorsEndTheProgramWhenTheResultDoesNotFit) {
  EXPECT_DEATH(static_cast<void>(D(kNines) + Decimal(1)), "decimal sum out of range");
  EXPECT_DEATH(static_cast<void>(D(kNines) * D("2")), "decimal product out of range");
  EXPECT_DEATH(static_cast<void>(Decimal(1).TruncateToMultipleOf(Decimal())), "step");
  EXPECT_DEATH(static_cast<void>(Decimal(1).Truncate(39)), "digits");
}

// Guards: the product of the coefficients overflowed although the number itself fits.
TEST(Decimal, AProductThatFitsOnlyOnceItsZerosAreCut) {
  EXPECT_EQ(std::string(37, '9'), Text(Decimal::Multiply(D(std::string(37, '9') + "0"), D("0.1"))));
  EXPECT_EQ("4" + std::string(36, '9') + "9",
            Text(Decimal::Multiply(D(std::string(37, '9') + "8"), D("0.5"))));
  EXPECT_EQ("1", Text(Decimal::Multiply(D("1e37"), D("1e-37"))));
  EXPECT_EQ(kNines, Text(Decimal::Multiply(D("1e37"), D("9." + std::string(37, '9')))));
  EXPECT_EQ("out_of_range", Text(Decimal::Multiply(D(kNines), D("0.3"))));
}

// Guards: the sum of the coefficients has 39 digits although the number itself fits.
TEST(Decimal, ASumThatFitsOnlyOnceItsZerosAreCut) {
  const std::string below_one = "0." + std::string(37, '9');
  const std::string wide = std::string(19, '9') + "." + std::string(19, '9');
  EXPECT_EQ("1" + std::string(19, '0'),
            Text(Decimal::Add(D(wide), D("0." + std::string(18, '0') + "1"))));
  EXPECT_EQ("-1" + std::string(19, '0'),
            Text(Decimal::Subtract(D("-" + wide), D("0." + std::string(18, '0') + "1"))));
  EXPECT_EQ("1" + std::string(19, '9') + "." + std::string(18, '9'),
            Text(Decimal::Add(D(wide), D(wide.substr(0, 38) + "1"))));
  EXPECT_EQ("1.9" + std::string(35, '9') + "8", Text(Decimal::Add(D(below_one), D(below_one))));
  EXPECT_EQ("out_of_range", Text(Decimal::Add(D(kNines), D(kNines))));
}

TEST(Decimal, Steps) {
  EXPECT_TRUE(D("1.25").IsMultipleOf(D("0.05")));
  EXPECT_FALSE(D("1.26").IsMultipleOf(D("0.05")));
  EXPECT_TRUE(D("100000").IsMultipleOf(D("100000")));
  EXPECT_FALSE(D("150000").IsMultipleOf(D("100000")));
  EXPECT_TRUE(D("0").IsMultipleOf(D("0.01")));
  EXPECT_TRUE(D("-0.3").IsMultipleOf(D("0.1")));
  EXPECT_TRUE(D(kNines).IsMultipleOf(D("1e-38")));
  EXPECT_FALSE(D("1e-38").IsMultipleOf(D("1e36")));
}

// ---- against __int128 ----

// Numbers with `kScale` decimals whose products still fit in 127 bits.
class DecimalAgainstInt128 : public testing::Test {
 protected:
  static constexpr int kScale = 9;
  static constexpr std::int64_t kUnit = 1'000'000'000;

  // Of every size from one digit to 17, either sign.
  std::int64_t Draw() {
    std::int64_t limit = 10;
    for (int n = std::uniform_int_distribution<int>(0, 16)(random_); n > 0; --n) limit *= 10;
    return std::uniform_int_distribution<std::int64_t>(-limit, limit)(random_);
  }

  static Decimal Make(std::int64_t value) { return Decimal::FromParts(value, kScale).value(); }

  // The number value / 10^scale, written by hand.
  static std::string Write(Int128 value, int scale) {
    const bool negative = value < 0;
    std::string digits;
    for (Int128 rest = negative ? -value : value; rest > 0; rest /= 10) {
      digits.insert(digits.begin(), static_cast<char>('0' + static_cast<int>(rest % 10)));
    }
    while (static_cast<int>(digits.size()) <= scale) digits.insert(digits.begin(), '0');
    std::string text = digits.substr(0, digits.size() - static_cast<std::size_t>(scale)) + "." +
                       digits.substr(digits.size() - static_cast<std::size_t>(scale));
    while (text.back() == '0') text.pop_back();
    if (text.back() == '.') text.pop_back();
    return negative && value != 0 ? "-" + text : text;
  }

  std::mt19937_64 random_{20261121};
};

TEST_F(DecimalAgainstInt128, TextRoundTrip) {
  for (int i = 0; i < 20'000; ++i) {
    const std::int64_t value = Draw();
    const Decimal made = Make(value);
    EXPECT_EQ(Write(value, kScale), made.Format());
    EXPECT_EQ(made, D(made.Format()));
  }
}

TEST_F(DecimalAgainstInt128, SumsAndProducts) {
  for (int i = 0; i < 20'000; ++i) {
    const std::int64_t a = Draw();
    const std::int64_t b = Draw();
    EXPECT_EQ(Write(Int128{a} + b, kScale), (Make(a) + Make(b)).Format()) << a << " " << b;
    EXPECT_EQ(Write(Int128{a} - b, kScale), (Make(a) - Make(b)).Format()) << a << " " << b;
    EXPECT_EQ(Write(Int128{a} * b, 2 * kScale), (Make(a) * Make(b)).Format()) << a << " " << b;
  }
}

TEST_F(DecimalAgainstInt128, Order) {
  for (int i = 0; i < 20'000; ++i) {
    const std::int64_t a = Draw();
    const std::int64_t b = i % 10 == 0 ? a : Draw();
    EXPECT_EQ(a <=> b, Make(a) <=> Make(b)) << a << " " << b;
    EXPECT_EQ(a == b, Make(a) == Make(b)) << a << " " << b;
  }
}

TEST_F(DecimalAgainstInt128, Quotients) {
  for (int i = 0; i < 20'000; ++i) {
    const std::int64_t a = Draw();
    const std::int64_t b = Draw();
    if (b == 0) continue;
    const Int128 want = Int128{a} * kUnit / b;
    EXPECT_EQ(Write(want, kScale), Decimal::Divide(Make(a), Make(b), kScale).value().Format())
        << a << " " << b;
  }
}

TEST_F(DecimalAgainstInt128, CutsTowardZero) {
  for (int i = 0; i < 20'000; ++i) {
    const std::int64_t a = Draw();
    const int digits = std::uniform_int_distribution<int>(0, kScale)(random_);
    std::int64_t unit = 1;
    for (int n = digits; n < kScale; ++n) unit *= 10;
    EXPECT_EQ(Write(a / unit * unit, kScale), Make(a).Truncate(digits).Format());
    const std::int64_t step = std::uniform_int_distribution<std::int64_t>(1, kUnit)(random_);
    EXPECT_EQ(Write(a / step * step, kScale), Make(a).TruncateToMultipleOf(Make(step)).Format());
    EXPECT_EQ(a % step == 0, Make(a).IsMultipleOf(Make(step)));
  }
}

TEST_F(DecimalAgainstInt128, WhatIsCutIsBelowOneStep) {
  for (int i = 0; i < 20'000; ++i) {
    const Decimal value = Make(Draw());
    const Decimal step =
        Make(std::uniform_int_distribution<std::int64_t>(1, kUnit)(random_)) * D("0.0001");
    const Decimal cut = value.TruncateToMultipleOf(step);
    EXPECT_TRUE(cut.IsMultipleOf(step));
    EXPECT_LT((value - cut).Abs(), step);
    EXPECT_LE(cut.Abs(), value.Abs());
  }
}

}  // namespace
}  // namespace ocokit
