#pragma once

// The private queries of orders and deals.

#include <string>

#include "mock_exchange/whitebit/streams/query.h"

namespace ocokit::mock::whitebit {

// Of a market, newest first: the orders that wait, with those of groups; those that have ended; the
// deals.
[[nodiscard]] Answered<std::string> AnswerPendingOrders(const QueryCall& call);
[[nodiscard]] Answered<std::string> AnswerExecutedOrders(const QueryCall& call);
[[nodiscard]] Answered<std::string> AnswerDeals(const QueryCall& call);

}  // namespace ocokit::mock::whitebit
