#pragma once

// Trade: one execution. A plain value.

#include <cstdint>
#include <string>

#include "mock_exchange/engine/order.h"

namespace ocokit::mock::engine {

// One execution.
struct Trade {
  std::uint64_t id = 0;
  OrderId order_id = 0;
  std::string client_id;  // of the order; empty when it has none
  std::uint32_t market = 0;
  Wallet wallet = Wallet::kSpot;
  Side side = Side::kBuy;
  PositionSide position_side = PositionSide::kBoth;
  bool taker = false;
  bool fee_in_base = false;  // else in quote
  Decimal amount;            // base
  Decimal price;
  Decimal value;  // quote
  Decimal fee;
  TimePoint at;
};

}  // namespace ocokit::mock::engine
