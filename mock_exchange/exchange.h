#pragma once

// Exchange: the accounts of both venues and the way of a request to the one it is for. Any number
// of threads may call it; state is locked per account.

#include <array>
#include <memory>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <unordered_map>

#include "mock_exchange/bingx/venue.h"
#include "mock_exchange/core/reply.h"
#include "mock_exchange/tenant.h"
#include "mock_exchange/whitebit/venue.h"
#include "ocokit/base/result.h"

namespace ocokit::mock {

class Exchange {
 public:
  explicit Exchange(std::shared_ptr<const Clock> clock);

  // Errors: kAlreadyExists when the venue has the key; those of CompleteOptions.
  Result<std::shared_ptr<Tenant>> AddAccount(AccountOptions options);
  // Null when there is none.
  [[nodiscard]] std::shared_ptr<Tenant> FindAccount(Venue venue, std::string_view key) const;
  // False when there is none. Requests that are being answered finish.
  bool RemoveAccount(Venue venue, std::string_view key);

  [[nodiscard]] Reply Handle(const Request& request) const;

 private:
  // What a request that names no account is shown: the venue's account when it has just one, so
  // that a client sees the prices and the clock a test has moved; else defaults, the server's clock
  // and no limits, in the dialect that all accounts of the venue share, or docs.
  [[nodiscard]] std::shared_ptr<Tenant> PublicView(Venue venue) const;

  struct Hash : std::hash<std::string_view> {
    using is_transparent = void;
  };
  using Accounts = std::unordered_map<std::string, std::shared_ptr<Tenant>, Hash, std::equal_to<>>;

  const std::shared_ptr<const Clock> clock_;
  const bingx::BingxApi bingx_;
  const whitebit::WhitebitApi whitebit_;
  mutable std::shared_mutex mutex_;   // guards the tables, not the accounts
  std::array<Accounts, 2> accounts_;  // by Venue
  using ByDialect = std::array<std::shared_ptr<Tenant>, 2>;
  const std::array<ByDialect, 2> defaults_;  // by Venue and Dialect; nobody's
  std::uint64_t serial_ = 0;                 // accounts made so far
  std::array<std::uint64_t, 2> numbers_{};   // of them by Venue; an id is never given twice
};

}  // namespace ocokit::mock
