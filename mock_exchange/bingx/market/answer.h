#pragma once

// The public calls: what the venue tells everyone.

#include "mock_exchange/bingx/call.h"

namespace ocokit::mock::bingx {

[[nodiscard]] Reply GetServerTime(const CallContext& call);
[[nodiscard]] Reply GetSwapServerTime(const CallContext& call);
[[nodiscard]] Reply GetSymbols(const CallContext& call);
[[nodiscard]] Reply GetTickerPrice(const CallContext& call);
[[nodiscard]] Reply GetTicker24h(const CallContext& call);
// There are no contracts here: empty lists, which clients that load all markets ask for.
[[nodiscard]] Reply GetSwapContracts(const CallContext& call);
[[nodiscard]] Reply GetCoinContracts(const CallContext& call);

}  // namespace ocokit::mock::bingx
