#pragma once

// What must not be shown of a request, or not whole: the secret never, keys and signatures
// shortened.

#include <string>
#include <string_view>
#include <vector>

#include "ocokit/mock/message.h"

namespace ocokit::mock {

// "abcd...", of short ones less: never more than a third of it.
[[nodiscard]] std::string Shorten(std::string_view text);

// Without the secrets, unless one has fewer than six characters; unless `full`, with the values of
// key, signature and authorization shortened.
[[nodiscard]] Request Redact(Request request, const std::vector<std::string>& secrets, bool full);
[[nodiscard]] Response Redact(Response response, const std::vector<std::string>& secrets);

}  // namespace ocokit::mock
