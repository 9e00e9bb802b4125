#pragma once

// WhiteBIT replies, in the documents' members and order.

#include <string>
#include <vector>

#include "mock_exchange/core/reply.h"
#include "mock_exchange/engine/engine.h"

namespace ocokit::mock::whitebit {

using engine::LegKind;
using engine::Pair;

// A pair as create, oco-orders and oco-cancel show it.
[[nodiscard]] Response WritePair(const Pair& pair, const MarketSpec& market);
[[nodiscard]] Response WriteOcoOrders(const std::vector<const Pair*>& pairs,
                                      const std::vector<engine::Market>& markets);
[[nodiscard]] Response WriteConditionalOrders(const std::vector<const Pair*>& pairs,
                                              const std::vector<engine::Market>& markets,
                                              std::size_t limit, std::size_t offset,
                                              std::size_t total);
// `[]`, the answer of conditional-cancel.
[[nodiscard]] Response WriteEmptyList();
[[nodiscard]] Response WriteTime(TimePoint now);

}  // namespace ocokit::mock::whitebit
