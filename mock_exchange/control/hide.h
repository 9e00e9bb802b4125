#pragma once

// The last thing that happens to a reply of the control API: no secret leaves in it.

#include <string>
#include <string_view>
#include <vector>

#include "mock_exchange/control/reply.h"
#include "mock_exchange/secrets/secret_filter.h"
#include "ocokit/mock/message.h"

namespace ocokit::mock::control {

// Secrets that the body of a call gives, of no account yet: the text of its member `secret`.
[[nodiscard]] std::vector<std::string> SecretsIn(const std::string& body);

// Hides secrets in all texts of the reply's JSON, the names of members among them, but for those
// that the API's own description has. Members named in
// `as_it_is`, apart by blanks, stay: an account's key in its own description.
void HideSecrets(const SecretFilter& secrets, std::string_view as_it_is, Answer& answer);

}  // namespace ocokit::mock::control
