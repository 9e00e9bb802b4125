#pragma once

// The parameters of the calls for candles, trades and the order book.

#include "mock_exchange/bingx/fields.h"
#include "mock_exchange/market/candles.h"

namespace ocokit::mock::bingx {

struct CandleRequest {
  std::uint32_t market = 0;
  CandleQuery query;
};

// `most`: what the call shows at most; a larger limit is cut to it.
[[nodiscard]] ReadResult<CandleRequest> ReadCandles(const Parameters& parameters,
                                                    const Account& account, std::size_t most);

struct DepthRequest {
  std::uint32_t market = 0;
  std::size_t most = 0;  // levels of a side
  int step = 0;          // levels are put together by 10^step ticks
};

[[nodiscard]] ReadResult<DepthRequest> ReadDepth(const Parameters& parameters,
                                                 const Account& account);

struct TradesRequest {
  std::uint32_t market = 0;
  std::size_t most = 0;
  std::optional<std::uint64_t> from_id;
};

[[nodiscard]] ReadResult<TradesRequest> ReadTrades(const Parameters& parameters,
                                                   const Account& account);

}  // namespace ocokit::mock::bingx
