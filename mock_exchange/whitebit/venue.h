#pragma once

// WhiteBIT: collateral OCO orders and the calls that clients make beside them, in both dialects
// (docs/wire-whitebit.md).

#include "mock_exchange/venue/venue.h"

namespace ocokit::mock::whitebit {

class WhitebitApi final : public VenueApi {
 public:
  [[nodiscard]] bool Owns(std::string_view path) const override;
  [[nodiscard]] std::string_view key_header() const override { return "X-TXC-APIKEY"; }
  [[nodiscard]] Reply Handle(const Request& request, Account* caller, Account& view) const override;
  [[nodiscard]] Reply RateLimited(const Request& request, const Account& view) const override;
};

}  // namespace ocokit::mock::whitebit
