#pragma once

// Completes and checks what an account is asked to start with.

#include "ocokit/base/result.h"
#include "ocokit/mock/account.h"
#include "ocokit/mock/price_source.h"

namespace ocokit::mock {

// The error that names a market which the account does not have.
[[nodiscard]] inline tl::unexpected<Error> NoMarket(const std::string& market) {
  return Fail(ErrorKind::kNotFound, "the account has no market " + market);
}

// Paths that the venue has, and addresses. Errors: kInvalidArgument naming the member.
[[nodiscard]] Result<void> CheckRights(const KeyRights& rights, Venue venue);

// `options` with the defaults filled in; an empty key or secret is made from the seed and `serial`.
// Errors: kInvalidArgument or kOutOfRange naming the member at fault and what it may be.
[[nodiscard]] Result<AccountOptions> CompleteOptions(AccountOptions options, std::uint64_t serial);

// Errors: kOutOfRange or kInvalidArgument naming the member that cannot be, and what it may be.
[[nodiscard]] Result<void> CheckSettings(const Settings& settings, Venue venue);

// Errors: kOutOfRange naming the market and what it may be.
[[nodiscard]] Result<void> CheckMarket(const MarketSpec& spec, Venue venue);
// Whether BingX takes it for a symbol: ^[A-Z0-9]+-[A-Z]+$, at most 20 characters.
[[nodiscard]] bool IsBingxSymbol(std::string_view text);
// Whether it is printable ASCII without blanks, and not empty.
[[nodiscard]] bool IsWord(std::string_view text);

// Errors: kOutOfRange unless `price` is positive, below 10^10, with at most eight decimals.
[[nodiscard]] Result<void> CheckPrice(const std::string& what, const Decimal& price);
[[nodiscard]] Result<void> CheckPriceStep(const std::string& market, const PriceStep& step);
[[nodiscard]] Result<void> CheckPath(const std::string& market, const std::vector<PriceStep>& path);
[[nodiscard]] Result<void> CheckReplaySpeed(const Decimal& speed);
[[nodiscard]] Result<void> CheckPriceWalk(const MarketSpec& market, const PriceWalk& walk);
// Errors: kOutOfRange unless `amount` is zero to 10^15 with at most eight decimals.
[[nodiscard]] Result<void> CheckBalance(const std::string& asset, const Decimal& amount);

}  // namespace ocokit::mock
