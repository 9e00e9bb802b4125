#pragma once

// VenueApi: one exchange's REST interface. Each venue's folder has the same rooms: routes (what
// there is), authenticate and signature (who asks), limits (how often), read (what is asked), write
// (what is answered), errors (every refusal), venue (the order of the steps).

#include <string_view>

#include "mock_exchange/core/account.h"
#include "mock_exchange/core/reply.h"

namespace ocokit::mock {

class VenueApi {
 public:
  virtual ~VenueApi() = default;

  // Whether requests to this path are for this venue.
  [[nodiscard]] virtual bool Owns(std::string_view path) const = 0;
  // The header that names the account.
  [[nodiscard]] virtual std::string_view key_header() const = 0;
  // Answers a request. `account` is null when the key header is absent or names no account; when
  // not, its mutex is held. `server_now` is the time outside any account.
  [[nodiscard]] virtual Reply Handle(const Request& request, Account* account,
                                     TimePoint server_now) const = 0;
};

}  // namespace ocokit::mock
