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
  [[nodiscard]] bool HasStreams(std::string_view path) const override;
  [[nodiscard]] std::string StreamKeyOf(const Request& request) const override;
  [[nodiscard]] std::shared_ptr<streams::Stream> OpenStream(
      const Request& request, std::shared_ptr<Account> account,
      streams::StreamHost& host) const override;
  [[nodiscard]] streams::FrameFacts FactsOf(std::string_view text) const override;
  [[nodiscard]] Reply RateLimited(const Request& request, const Account& view) const override;
};

}  // namespace ocokit::mock::whitebit
