#pragma once

// WhiteBIT replies about balances and positions.

#include <optional>
#include <vector>

#include "mock_exchange/whitebit/words.h"
#include "mock_exchange/wire/reply.h"

namespace ocokit::mock::whitebit {

// By asset: the main balance.
[[nodiscard]] Response WriteMainBalances(const Account& account);
[[nodiscard]] Response WriteMainBalance(const Decimal& balance);
// In percent: of the first market of each kind.
[[nodiscard]] Response WriteMarketFee(const Account& account);
// By asset: what is free and what open orders hold back.
[[nodiscard]] Response WriteTradeBalance(const engine::Balances& balances);
// Of one asset, without its name.
[[nodiscard]] Response WriteOneTradeBalance(const engine::Balance& balance);
// By asset, a number as documented, or a string as captured (`live`).
[[nodiscard]] Response WriteCollateralBalance(const engine::Balances& balances, bool live);
[[nodiscard]] Response WriteBalanceSummary(const engine::Balances& balances,
                                           const Account& account);
// Of the money that the account's first market is quoted in.
[[nodiscard]] Response WriteSummary(const Account& account);
// Of one market, or of all.
[[nodiscard]] Response WritePositions(std::optional<std::uint32_t> market, const Account& account);
[[nodiscard]] Response WritePositionHistory(
    const std::vector<const engine::PositionChange*>& changes, const Account& account);
[[nodiscard]] Response WriteClosedPnl(const std::vector<const engine::ClosedPosition*>& closed,
                                      const Account& account);
[[nodiscard]] Response WriteLeverage(const Decimal& leverage);
[[nodiscard]] Response WriteHedgeMode(bool on);

}  // namespace ocokit::mock::whitebit
