#pragma once

// Reads the numbers of a command line.

#include <initializer_list>
#include <optional>
#include <string>

#include "ocokit/base/decimal.h"
#include "ocokit/client/errors.h"

namespace ocokit::cli {

struct DecimalOption {
  const char* name;  // of the option, for errors
  const std::string& text;
  Decimal* into;
};

// The error of the first option whose text is not a number, or none.
[[nodiscard]] std::optional<client::Error> ReadDecimals(
    std::initializer_list<DecimalOption> options);

}  // namespace ocokit::cli
