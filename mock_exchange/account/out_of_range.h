#pragma once

#include <string>
#include <utility>

#include "ocokit/base/result.h"

namespace ocokit::mock {

// The error for a value that cannot be. `message` names it, and what it may be.
[[nodiscard]] inline tl::unexpected<Error> OutOfRange(std::string message) {
  return Fail(ErrorKind::kOutOfRange, std::move(message));
}

}  // namespace ocokit::mock
