#include "cli/read_decimal.h"

#include "cli/connection.h"

namespace ocokit::cli {

std::optional<client::Error> ReadDecimals(std::initializer_list<DecimalOption> options) {
  for (const DecimalOption& option : options) {
    const Result<Decimal> value = Decimal::Parse(option.text);
    if (!value) return UsageError(option.name, value.error().message);
    *option.into = *value;
  }
  return std::nullopt;
}

}  // namespace ocokit::cli
