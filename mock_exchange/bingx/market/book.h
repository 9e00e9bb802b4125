#pragma once

// The public calls that show the order book.

#include "mock_exchange/bingx/call.h"

namespace ocokit::mock::bingx {

// The first version has its asks worst first.
[[nodiscard]] Reply GetDepth(const CallContext& call);
// Levels put together by steps of ten ticks, a hundred and so on.
[[nodiscard]] Reply GetSteppedDepth(const CallContext& call);
// The best of both sides.
[[nodiscard]] Reply GetBookTicker(const CallContext& call);
[[nodiscard]] Reply GetQuoteBookTicker(const CallContext& call);

}  // namespace ocokit::mock::bingx
