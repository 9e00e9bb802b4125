#pragma once

// The public calls: what the venue tells everyone.

#include "mock_exchange/bingx/call.h"

namespace ocokit::mock::bingx {

[[nodiscard]] Reply GetServerTime(const CallContext& call);
[[nodiscard]] Reply GetSwapServerTime(const CallContext& call);
[[nodiscard]] Reply GetSymbols(const CallContext& call);
[[nodiscard]] Reply GetTickerPrice(const CallContext& call);
[[nodiscard]] Reply GetTicker24h(const CallContext& call);
// The latest trades of a symbol, newest first; and those from an id on.
[[nodiscard]] Reply GetTrades(const CallContext& call);
[[nodiscard]] Reply GetHistoricalTrades(const CallContext& call);
// Candles, newest first; the historical call shows fewer at a time.
[[nodiscard]] Reply GetCandles(const CallContext& call);
[[nodiscard]] Reply GetHistoricalCandles(const CallContext& call);
// There are no contracts here: empty lists, which clients that load all markets ask for.
[[nodiscard]] Reply GetSwapContracts(const CallContext& call);
[[nodiscard]] Reply GetCoinContracts(const CallContext& call);

}  // namespace ocokit::mock::bingx
