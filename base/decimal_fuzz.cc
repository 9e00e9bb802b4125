// What Parse accepts is formatted to a text that parses to the same value and is the shortest;
// arithmetic on it neither overflows nor contradicts itself.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "ocokit/base/check.h"
#include "ocokit/base/decimal.h"

namespace {

using ocokit::Decimal;
using ocokit::Result;

void CheckText(const Decimal& value) {
  const std::string text = value.Format();
  OCOKIT_CHECK(text.size() <= Decimal::kMaxDigits + 3, "longer than the digits allow");
  const Result<Decimal> again = Decimal::Parse(text);
  OCOKIT_CHECK(again.has_value() && *again == value, "the text is another value");
  OCOKIT_CHECK(again->Format() == text, "the text is not stable");
  OCOKIT_CHECK(value.scale() == 0 || text.back() != '0', "the text is not the shortest");
}

void CheckPair(const Decimal& a, const Decimal& b) {
  OCOKIT_CHECK(((a <=> b) == 0) == (a == b), "order and equality disagree");
  OCOKIT_CHECK((a < b) == (b > a), "the order depends on the side");
  if (const Result<Decimal> sum = Decimal::Add(a, b)) {
    CheckText(*sum);
    OCOKIT_CHECK(*sum == *Decimal::Add(b, a), "the sum depends on the side");
  }
  const Result<Decimal> product = Decimal::Multiply(a, b);
  const Result<Decimal> turned = Decimal::Multiply(b, a);
  OCOKIT_CHECK(product.has_value() == turned.has_value(), "the product depends on the side");
  if (product) {
    CheckText(*product);
    OCOKIT_CHECK(*product == *turned, "the product depends on the side");
  }
  if (const Result<Decimal> quotient = Decimal::Divide(a, b, 8)) CheckText(*quotient);
  const Decimal step = b.Abs();
  if (step.IsPositive() && a.scale() + 20 < Decimal::kMaxDigits && step.scale() < 15 &&
      a.Abs() < Decimal(INT64_MAX) && step < Decimal(INT64_MAX)) {
    const Decimal cut = a.TruncateToMultipleOf(step);
    OCOKIT_CHECK(cut.IsMultipleOf(step), "not cut to a multiple");
    OCOKIT_CHECK((a - cut).Abs() < step, "more than a step was cut");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const std::size_t blank = text.find(' ');
  const Result<Decimal> a = Decimal::Parse(text.substr(0, blank));
  if (!a) return 0;
  CheckText(*a);
  for (const int digits : {0, 1, 8, 38}) CheckText(a->Truncate(digits));
  if (blank == std::string_view::npos) return 0;
  if (const Result<Decimal> b = Decimal::Parse(text.substr(blank + 1))) CheckPair(*a, *b);
  return 0;
}
