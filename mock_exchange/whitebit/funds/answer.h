#pragma once

// What the account has: balances, positions, leverage, position mode.

#include "mock_exchange/whitebit/call.h"

namespace ocokit::mock::whitebit {

[[nodiscard]] Reply MainBalance(const CallContext& call);
// From one balance to another.
[[nodiscard]] Reply Transfer(const CallContext& call);
[[nodiscard]] Reply MarketFee(const CallContext& call);
[[nodiscard]] Reply TradeBalance(const CallContext& call);
[[nodiscard]] Reply CollateralBalance(const CallContext& call);
[[nodiscard]] Reply CollateralBalanceSummary(const CallContext& call);
[[nodiscard]] Reply CollateralSummary(const CallContext& call);
[[nodiscard]] Reply OpenPositions(const CallContext& call);
// What trades have done to positions, and the positions that are closed; newest first.
[[nodiscard]] Reply PositionHistory(const CallContext& call);
[[nodiscard]] Reply ClosedPnl(const CallContext& call);
[[nodiscard]] Reply ClosePosition(const CallContext& call);
[[nodiscard]] Reply ChangeLeverage(const CallContext& call);
[[nodiscard]] Reply HedgeMode(const CallContext& call);
[[nodiscard]] Reply UpdateHedgeMode(const CallContext& call);

}  // namespace ocokit::mock::whitebit
