#pragma once

// Who asks, and may they: signature present, timestamp, signature, address, permission, in the
// order in which BingX is taken to check them (no document gives one).

#include <optional>

#include "mock_exchange/account/account.h"
#include "mock_exchange/bingx/errors.h"
#include "mock_exchange/bingx/parameters.h"
#include "mock_exchange/bingx/routes.h"

namespace ocokit::mock::bingx {

struct Authentication {
  std::optional<Refusal> refusal;
  std::string_view signature_rule;  // which reading of the signature matched
};

[[nodiscard]] Authentication Authenticate(const Route& route, const Request& request,
                                          const Parameters& parameters, const Account& account,
                                          TimePoint now);

}  // namespace ocokit::mock::bingx
