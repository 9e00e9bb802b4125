#pragma once

// Tells the client's own refusals in the words of the command line: the client names fields as the
// wire spells them, while a person gave options.

#include <span>

#include "ocokit/client/errors.h"

namespace ocokit::cli {

struct OptionName {
  const char* field;   // "limitPrice"
  const char* option;  // "--limit-price"
};

// The error with options for fields, in its fields and its message, by `names` and by those of the
// options that every call has. An error of the venue stays as it is: the words are the venue's.
[[nodiscard]] client::Error NameOptions(client::Error error, std::span<const OptionName> names);

}  // namespace ocokit::cli
