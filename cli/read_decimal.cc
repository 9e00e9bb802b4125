#include "cli/read_decimal.h"

namespace ocokit::cli {

std::optional<client::Error> ReadDecimals(std::initializer_list<DecimalOption> options) {
  for (const DecimalOption& option : options) {
    const Result<Decimal> value = Decimal::Parse(option.text);
    if (!value) return client::BadField(option.name, value.error().message).value();
    *option.into = *value;
  }
  return std::nullopt;
}

}  // namespace ocokit::cli
