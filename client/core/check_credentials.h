#pragma once

#include "ocokit/client/credentials.h"
#include "ocokit/client/errors.h"

namespace ocokit::client {

// Errors: kBadRequest naming "api_key" or "secret" when it is empty or holds a blank, a line break
// or anything else that is not a visible ASCII character. The text never shows either.
[[nodiscard]] Result<void> CheckCredentials(const Credentials& credentials);

}  // namespace ocokit::client
