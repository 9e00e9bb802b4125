#pragma once

#include "ocokit/client/errors.h"
#include "ocokit/client/options.h"

namespace ocokit::client {

// Errors: kBadRequest naming the option that is out of its range.
[[nodiscard]] Result<void> CheckOptions(const RateLimitOptions& rate_limit,
                                        const RetryOptions& retry);

}  // namespace ocokit::client
