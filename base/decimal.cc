#include "ocokit/base/decimal.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include "ocokit/base/check.h"

namespace ocokit {
namespace {

constexpr int kMaxScale = Decimal::kMaxDigits;

constexpr std::array<Int128, kMaxScale + 1> MakePowers() {
  std::array<Int128, kMaxScale + 1> powers{};
  Int128 power = 1;
  for (int i = 0; i <= kMaxScale; ++i) {
    powers[static_cast<std::size_t>(i)] = power;
    if (i < kMaxScale) power *= 10;
  }
  return powers;
}

constexpr auto kPowers = MakePowers();

constexpr Int128 Power(int exponent) { return kPowers[static_cast<std::size_t>(exponent)]; }

// At least 1; of a value that is not negative.
int CountDigits(Int128 value) {
  int digits = 1;
  while (digits < kMaxScale && value >= Power(digits)) ++digits;
  return digits;
}

template <typename Int>
char Digit(Int value) {
  return static_cast<char>('0' + static_cast<int>(value % 10));
}

// A point and `scale` digits, or nothing when that is 0; returns the end.
template <typename Int>
char* PutFraction(Int value, int scale, char* out) {
  if (scale == 0) return out;
  *out++ = '.';
  for (int i = scale; i-- > 0; value /= 10) out[i] = Digit(value);
  return out + scale;
}

constexpr bool Fits(Int128 coefficient) {
  return coefficient > -Power(kMaxScale) && coefficient < Power(kMaxScale);
}

// Whether a value fits in 64 bits, as most do: 128-bit division is slow.
constexpr bool IsSmall(Int128 value) { return value <= INT64_MAX && value >= INT64_MIN; }

// The last power of ten that is a 64-bit number. A small coefficient times it fits in 38 digits.
constexpr int kMaxSmallScale = 18;

constexpr Int128 Modulo(Int128 a, Int128 b) {
  if (IsSmall(a) && IsSmall(b)) return static_cast<std::int64_t>(a) % static_cast<std::int64_t>(b);
  return a % b;
}

// coefficient * 10^digits, or nothing when it does not fit in 38 digits.
std::optional<Int128> Widen(Int128 coefficient, int digits) {
  Int128 out = 0;
  if (digits > kMaxScale || __builtin_mul_overflow(coefficient, Power(digits), &out) ||
      !Fits(out)) {
    if (coefficient == 0) return Int128{0};
    return std::nullopt;
  }
  return out;
}

// Divides a * b by ten, and `scale` with it, as often as both allow.
void TakeOutZeros(Int128& a, Int128& b, int& scale) {
  const auto take = [&scale](Int128& from, int factor, Int128& other, int rest) {
    while (scale > 0 && from % factor == 0 && other % rest == 0) {
      from /= factor;
      other /= rest;
      --scale;
    }
  };
  take(a, 10, b, 1);
  take(b, 10, a, 1);
  take(a, 2, b, 5);
  take(a, 5, b, 2);
}

tl::unexpected<Error> TooLarge(const char* what) {
  return Fail(ErrorKind::kOutOfRange,
              std::string(what) + " does not fit in 38 digits before and after the point");
}

constexpr bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// The parts of a number's text; `whole` and `fraction` hold digits only.
struct NumberText {
  bool negative = false;
  std::string_view whole;
  std::string_view fraction;
  int exponent = 0;
};

std::string_view TakeDigits(std::string_view& rest) {
  std::size_t n = 0;
  while (n < rest.size() && IsDigit(rest[n])) ++n;
  const std::string_view digits = rest.substr(0, n);
  rest.remove_prefix(n);
  return digits;
}

std::optional<NumberText> Split(std::string_view text) {
  NumberText out;
  if (!text.empty() && text.front() == '-') {
    out.negative = true;
    text.remove_prefix(1);
  }
  out.whole = TakeDigits(text);
  if (out.whole.empty()) return std::nullopt;
  if (!text.empty() && text.front() == '.') {
    text.remove_prefix(1);
    out.fraction = TakeDigits(text);
    if (out.fraction.empty()) return std::nullopt;
  }
  if (!text.empty() && (text.front() == 'e' || text.front() == 'E')) {
    text.remove_prefix(1);
    bool negative = false;
    if (!text.empty() && (text.front() == '-' || text.front() == '+')) {
      negative = text.front() == '-';
      text.remove_prefix(1);
    }
    const std::string_view digits = TakeDigits(text);
    if (digits.empty()) return std::nullopt;
    // Beyond this every non-zero number is out of range, however long its digits.
    constexpr int kFar = 100'000'000;
    for (const char c : digits) out.exponent = std::min(kFar, out.exponent * 10 + (c - '0'));
    if (negative) out.exponent = -out.exponent;
  }
  if (!text.empty()) return std::nullopt;
  return out;
}

}  // namespace

Decimal Decimal::Shortest(Int128 coefficient, int scale) {
  if (coefficient == 0) return Decimal();
  if (IsSmall(coefficient)) {
    auto small = static_cast<std::int64_t>(coefficient);
    for (; scale > 0 && small % 10 == 0; --scale) small /= 10;
    return Decimal(small, scale);
  }
  while (scale > 0 && coefficient % 10 == 0) {
    coefficient /= 10;
    --scale;
  }
  return Decimal(coefficient, scale);
}

Result<Decimal> Decimal::FromParts(std::int64_t coefficient, int scale) {
  if (scale < 0 || scale > kMaxScale) {
    return Fail(ErrorKind::kOutOfRange, "scale must be 0 to 38, not " + std::to_string(scale));
  }
  return Shortest(coefficient, scale);
}

Result<Decimal> Decimal::Parse(std::string_view text) {
  const std::optional<NumberText> split = Split(text);
  if (!split) {
    return Fail(ErrorKind::kInvalidArgument,
                "\"" + std::string(text.substr(0, 60)) + "\" is not a decimal number like 0.001");
  }
  NumberText number = *split;
  // Only the digits from the first to the last that is not zero count.
  while (!number.fraction.empty() && number.fraction.back() == '0')
    number.fraction.remove_suffix(1);
  while (!number.whole.empty() && number.whole.front() == '0') number.whole.remove_prefix(1);
  long long scale = static_cast<long long>(number.fraction.size()) - number.exponent;
  if (number.fraction.empty()) {
    while (!number.whole.empty() && number.whole.back() == '0') {
      number.whole.remove_suffix(1);
      --scale;
    }
  }
  if (number.whole.empty()) {
    while (!number.fraction.empty() && number.fraction.front() == '0') {
      number.fraction.remove_prefix(1);
    }
  }
  if (number.whole.empty() && number.fraction.empty()) return Decimal();
  const std::size_t digits = number.whole.size() + number.fraction.size();
  if (digits > kMaxDigits || scale > kMaxScale ||
      static_cast<long long>(digits) - scale > kMaxDigits) {
    return TooLarge("the number");
  }
  Int128 coefficient = 0;
  for (const std::string_view part : {number.whole, number.fraction}) {
    for (const char c : part) coefficient = coefficient * 10 + (c - '0');
  }
  if (number.negative) coefficient = -coefficient;
  if (scale < 0) return Decimal(coefficient * Power(static_cast<int>(-scale)), 0);
  return Decimal(coefficient, static_cast<int>(scale));
}

char* Decimal::FormatTo(char* out) const {
  if (IsNegative()) *out++ = '-';
  const Int128 value = IsNegative() ? -coefficient_ : coefficient_;
  if (IsSmall(value) && scale_ <= kMaxSmallScale) {
    const auto small = static_cast<std::uint64_t>(value);
    if (scale_ == 0) return std::to_chars(out, out + kMaxDigits, small).ptr;
    const auto unit = static_cast<std::uint64_t>(Power(scale_));
    out = std::to_chars(out, out + kMaxDigits, small / unit).ptr;
    return PutFraction(small % unit, scale_, out);
  }
  Int128 whole = value / Power(scale_);
  char* const end = out + CountDigits(whole);
  for (char* at = end; at != out; whole /= 10) *--at = Digit(whole);
  return PutFraction(value % Power(scale_), scale_, end);
}

void Decimal::AppendTo(std::string& out) const {
  std::array<char, kMaxText> text;
  out.append(text.data(), FormatTo(text.data()));
}

std::string Decimal::Format() const {
  std::array<char, kMaxText> text;
  return {text.data(), FormatTo(text.data())};
}

Result<Decimal> Decimal::Add(const Decimal& a, const Decimal& b) {
  if (b.IsZero()) return a;
  if (a.IsZero()) return b;
  const int scale = std::max(a.scale_, b.scale_);
  if (IsSmall(a.coefficient_) && IsSmall(b.coefficient_) &&
      scale - std::min(a.scale_, b.scale_) <= kMaxSmallScale) {
    return Shortest(
        a.coefficient_ * Power(scale - a.scale_) + b.coefficient_ * Power(scale - b.scale_), scale);
  }
  const std::optional<Int128> left = Widen(a.coefficient_, scale - a.scale_);
  const std::optional<Int128> right = Widen(b.coefficient_, scale - b.scale_);
  if (!left || !right) return TooLarge("the sum");
  Int128 sum = 0;
  if (!__builtin_add_overflow(*left, *right, &sum) && Fits(sum)) return Shortest(sum, scale);
  // One digit too many; it fits after all when the last one is a zero of the fraction.
  const Int128 last = *left % 10 + *right % 10;
  if (scale == 0 || last % 10 != 0) return TooLarge("the sum");
  return Shortest(*left / 10 + *right / 10 + last / 10, scale - 1);
}

Result<Decimal> Decimal::Subtract(const Decimal& a, const Decimal& b) { return Add(a, -b); }

Result<Decimal> Decimal::Multiply(const Decimal& a, const Decimal& b) {
  Int128 left = a.coefficient_;
  Int128 right = b.coefficient_;
  int scale = a.scale_ + b.scale_;
  Int128 product = 0;
  if (__builtin_mul_overflow(left, right, &product)) {
    // The zeros that the shortest form drops are taken out of the factors; then it may fit.
    TakeOutZeros(left, right, scale);
    if (__builtin_mul_overflow(left, right, &product)) return TooLarge("the product");
  }
  const Decimal shortest = Shortest(product, scale);
  if (!Fits(shortest.coefficient_) || shortest.scale_ > kMaxScale) return TooLarge("the product");
  return shortest;
}

Result<Decimal> Decimal::Divide(const Decimal& a, const Decimal& b, int digits) {
  if (b.IsZero()) return Fail(ErrorKind::kInvalidArgument, "division by zero");
  if (digits < 0 || digits > kMaxScale) {
    return Fail(ErrorKind::kInvalidArgument,
                "digits must be 0 to 38, not " + std::to_string(digits));
  }
  // a / b = (ca / cb) * 10^(sb - sa); shift so that the integer quotient carries `digits` decimals.
  const int shift = b.scale_ - a.scale_ + digits;
  const std::optional<Int128> numerator = Widen(a.coefficient_, std::max(shift, 0));
  const std::optional<Int128> denominator = Widen(b.coefficient_, std::max(-shift, 0));
  if (!numerator) return TooLarge("the quotient");
  // A divisor too large to widen is larger than any numerator.
  if (!denominator) return Decimal();
  return Shortest(*numerator / *denominator, digits);
}

Decimal operator+(const Decimal& a, const Decimal& b) {
  const Result<Decimal> sum = Decimal::Add(a, b);
  OCOKIT_CHECK(sum.has_value(), "decimal sum out of range");
  return *sum;
}

Decimal operator-(const Decimal& a, const Decimal& b) { return a + -b; }

Decimal operator*(const Decimal& a, const Decimal& b) {
  const Result<Decimal> product = Decimal::Multiply(a, b);
  OCOKIT_CHECK(product.has_value(), "decimal product out of range");
  return *product;
}

Decimal Decimal::Truncate(int digits) const {
  OCOKIT_CHECK(digits >= 0 && digits <= kMaxScale, "digits must be 0 to 38");
  if (scale_ <= digits) return *this;
  return Shortest(coefficient_ / Power(scale_ - digits), digits);
}

Decimal Decimal::Remainder(const Decimal& step) const {
  OCOKIT_CHECK(step.IsPositive() && step.coefficient_ < Power(kMaxScale - 1),
               "a step must be positive and have at most 37 digits");
  if (scale_ >= step.scale_) {
    const std::optional<Int128> unit = Widen(step.coefficient_, scale_ - step.scale_);
    // A step too large to widen is larger than the value.
    return unit ? Shortest(Modulo(coefficient_, *unit), scale_) : *this;
  }
  Int128 rest = Modulo(coefficient_, step.coefficient_);
  for (int i = scale_; i < step.scale_; ++i) rest = Modulo(rest * 10, step.coefficient_);
  return Shortest(rest, step.scale_);
}

Decimal Decimal::TruncateToMultipleOf(const Decimal& step) const { return *this - Remainder(step); }

bool Decimal::IsMultipleOf(const Decimal& step) const { return Remainder(step).IsZero(); }

std::strong_ordering Decimal::CompareScaled(const Decimal& other) const {
  // Both at the larger scale; without a division where that fits, as it mostly does.
  const int common = std::max(scale_, other.scale_);
  const Int128 power = Power(common - scale_);
  const Int128 power_of_other = Power(common - other.scale_);
  Int128 wide = 0;
  Int128 wide_other = 0;
  if (!__builtin_mul_overflow(coefficient_, power, &wide) &&
      !__builtin_mul_overflow(other.coefficient_, power_of_other, &wide_other)) {
    return wide <=> wide_other;
  }
  const Int128 whole = coefficient_ / Power(scale_);
  const Int128 whole_other = other.coefficient_ / Power(other.scale_);
  if (whole != whole_other) return whole <=> whole_other;
  // Equal whole parts: fractions are below 10^scale, so widening them cannot overflow.
  const Int128 fraction = coefficient_ % Power(scale_) * power;
  const Int128 fraction_of_other = other.coefficient_ % Power(other.scale_) * power_of_other;
  return fraction <=> fraction_of_other;
}

}  // namespace ocokit
