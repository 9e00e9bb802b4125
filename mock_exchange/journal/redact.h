#pragma once

// What must not be shown of a request, or not whole: the secret never, keys and signatures
// shortened.

#include <string>
#include <string_view>

#include "mock_exchange/secrets/secret_filter.h"
#include "ocokit/mock/message.h"

namespace ocokit::mock {

// "abcd...", of short ones less: never more than a third of it.
[[nodiscard]] std::string Shorten(std::string_view text);

// Without the secrets; unless `full`, with the values of key, signature and authorization
// shortened.
[[nodiscard]] Request Redact(Request request, const SecretFilter& secrets, bool full);
[[nodiscard]] Response Redact(Response response, const SecretFilter& secrets);
// A message of a stream: unless `full`, with keys and tokens shortened, that of `authorize` too.
[[nodiscard]] std::string RedactMessage(std::string text, const SecretFilter& secrets, bool full);

}  // namespace ocokit::mock
