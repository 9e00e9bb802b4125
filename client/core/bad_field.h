#pragma once

#include <string>
#include <utility>

#include "ocokit/client/errors.h"

namespace ocokit::client {

// A refusal of our own, before a byte is sent, that names the field.
[[nodiscard]] inline tl::unexpected<Error> BadField(std::string field, std::string message) {
  Error error{.kind = ErrorKind::kBadRequest, .message = field + ": " + message};
  error.retry_safe = true;
  error.fields.push_back({std::move(field), std::move(message)});
  return tl::unexpected<Error>(std::move(error));
}

}  // namespace ocokit::client
