#pragma once

// The public calls that show the order book.

#include "mock_exchange/whitebit/market/answer.h"

namespace ocokit::mock::whitebit {

// Of the market that ends the path; NearOrderBook shows what lies within 2 % of the last price.
[[nodiscard]] Reply PublicOrderBook(const PublicCall& call);
[[nodiscard]] Reply NearOrderBook(const PublicCall& call);
// API version 1: of the market in the query.
[[nodiscard]] Reply DepthResult(const PublicCall& call);

}  // namespace ocokit::mock::whitebit
