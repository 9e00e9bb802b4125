#pragma once

// Who asks, and may they: key, address, payload, signature, request, nonce. The order is the likely
// one; no document gives it.

#include <optional>

#include "mock_exchange/account/account.h"
#include "mock_exchange/json/reader.h"
#include "mock_exchange/whitebit/errors.h"
#include "mock_exchange/whitebit/routes.h"
#include "mock_exchange/wire/request.h"
#include "tl/expected.hpp"

namespace ocokit::mock::whitebit {

// The body of an authenticated request; its nonce is used up.
[[nodiscard]] tl::expected<JsonValue, Refusal> Authenticate(const Route& route,
                                                            const Request& request,
                                                            Account& account, TimePoint now);

}  // namespace ocokit::mock::whitebit
