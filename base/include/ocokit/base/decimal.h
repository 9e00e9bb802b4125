#pragma once

// Decimal: an exact decimal number, for money and amounts. No double takes part in anything.
// A value is a coefficient of at most 38 digits over 10^scale, 0 <= scale <= 38, always in its
// shortest form, so that equal numbers are equal members. A plain value; no thread rule.
//
//   Result<Decimal> price = Decimal::Parse("40000.50");
//   price->Format() == "40000.5"

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "ocokit/base/result.h"

namespace ocokit {

// Not standard C++; said so to the compiler by a word that `using` does not take.
__extension__ typedef __int128 Int128;  // NOLINT(modernize-use-using)

class Decimal {
 public:
  static constexpr int kMaxDigits = 38;
  // Characters of the longest text: sign, zero, point and digits.
  static constexpr int kMaxText = kMaxDigits + 3;

  constexpr Decimal() = default;
  // A whole number.
  constexpr explicit Decimal(std::int64_t value) : coefficient_(value) {}

  // coefficient / 10^scale. Errors: kOutOfRange unless 0 <= scale <= 38.
  [[nodiscard]] static Result<Decimal> FromParts(std::int64_t coefficient, int scale);

  // Reads the grammar of a JSON number, with leading zeros allowed:
  // -?digits(.digits)?([eE][+-]?digits)? Errors: kInvalidArgument for anything else (a plus sign,
  // blanks, "1.", ".5", "NaN"), kOutOfRange when the exact value needs more than 38 digits before
  // or after the point.
  [[nodiscard]] static Result<Decimal> Parse(std::string_view text);

  // The shortest plain text: no exponent, no trailing zeros, "0" for zero.
  [[nodiscard]] std::string Format() const;
  void AppendTo(std::string& out) const;
  // Into room for kMaxText characters; returns the end of what was written.
  char* FormatTo(char* out) const;

  [[nodiscard]] constexpr bool IsZero() const { return coefficient_ == 0; }
  [[nodiscard]] constexpr bool IsPositive() const { return coefficient_ > 0; }
  [[nodiscard]] constexpr bool IsNegative() const { return coefficient_ < 0; }
  // Digits after the point in the shortest form.
  [[nodiscard]] constexpr int scale() const { return scale_; }
  [[nodiscard]] constexpr Int128 coefficient() const { return coefficient_; }

  // Exact sums and products. Errors: kOutOfRange when the result, or an operand written with the
  // scale of the other, does not fit in 38 digits.
  [[nodiscard]] static Result<Decimal> Add(const Decimal& a, const Decimal& b);
  [[nodiscard]] static Result<Decimal> Subtract(const Decimal& a, const Decimal& b);
  [[nodiscard]] static Result<Decimal> Multiply(const Decimal& a, const Decimal& b);
  // a / b, cut toward zero after `digits` decimals. Errors: kInvalidArgument when b is zero or
  // digits is not in 0..38, kOutOfRange when the quotient or an intermediate does not fit.
  [[nodiscard]] static Result<Decimal> Divide(const Decimal& a, const Decimal& b, int digits);

  // The same for operands known to be bounded: a result that does not fit ends the program.
  friend Decimal operator+(const Decimal& a, const Decimal& b);
  friend Decimal operator-(const Decimal& a, const Decimal& b);
  friend Decimal operator*(const Decimal& a, const Decimal& b);
  constexpr Decimal operator-() const { return Decimal(-coefficient_, scale_); }
  Decimal& operator+=(const Decimal& other) { return *this = *this + other; }
  Decimal& operator-=(const Decimal& other) { return *this = *this - other; }

  // The value without its sign.
  [[nodiscard]] constexpr Decimal Abs() const { return IsNegative() ? -*this : *this; }

  // Cut toward zero to at most `digits` decimals, 0..38.
  [[nodiscard]] Decimal Truncate(int digits) const;
  // Cut toward zero to a multiple of `step`, which must be positive and have at most 37 digits.
  // Always fits for a power of ten; for another step the program ends when the result, or the value
  // written with the step's scale, does not fit in 38 digits.
  [[nodiscard]] Decimal TruncateToMultipleOf(const Decimal& step) const;
  [[nodiscard]] bool IsMultipleOf(const Decimal& step) const;

  friend bool operator==(const Decimal&, const Decimal&) = default;
  // Numbers of one scale, as prices of a market mostly are, are compared in the caller.
  friend constexpr std::strong_ordering operator<=>(const Decimal& a, const Decimal& b) {
    return a.scale_ == b.scale_ ? a.coefficient_ <=> b.coefficient_ : a.CompareScaled(b);
  }

 private:
  constexpr Decimal(Int128 coefficient, int scale) : coefficient_(coefficient), scale_(scale) {}
  [[nodiscard]] std::strong_ordering CompareScaled(const Decimal& other) const;
  // What is left over after cutting to a multiple of `step`.
  [[nodiscard]] Decimal Remainder(const Decimal& step) const;
  // Takes out trailing zeros of the fraction.
  [[nodiscard]] static Decimal Shortest(Int128 coefficient, int scale);

  // Aligned as its halves are: a Decimal takes 24 bytes, not 32, and an open pair has thirteen.
  typedef Int128 Stored __attribute__((aligned(8)));  // NOLINT(modernize-use-using)

  Stored coefficient_ = 0;
  int scale_ = 0;
};

[[nodiscard]] inline Decimal Min(const Decimal& a, const Decimal& b) { return b < a ? b : a; }
[[nodiscard]] inline Decimal Max(const Decimal& a, const Decimal& b) { return a < b ? b : a; }

}  // namespace ocokit
