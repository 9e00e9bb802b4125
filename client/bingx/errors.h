#pragma once

// Sorts BingX's errors: the code alone does not do it, since 100400, 100421 and 80014 each stand
// for several things and the text decides. An error that is not documented counts as one after
// which the request may have taken effect.

#include <optional>

#include "client/json/json_value.h"
#include "ocokit/client/errors.h"
#include "ocokit/client/transport.h"

namespace ocokit::client::bingx {

// The error a response holds; none when it is a success. `reply` is the parsed body, null when it
// is not JSON. What may be repeated is said as for a call that acts.
[[nodiscard]] std::optional<Error> ReadError(const HttpResponse& response, const JsonValue* reply);

}  // namespace ocokit::client::bingx
