#pragma once

// Image: all that an engine holds, as plain values: to be kept, and to go on from. What follows
// from it (books, tables, sums) is not in it.

#include <array>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "mock_exchange/engine/event_log.h"
#include "mock_exchange/engine/exits.h"
#include "mock_exchange/engine/liquidity.h"
#include "mock_exchange/engine/order.h"
#include "mock_exchange/engine/position.h"
#include "mock_exchange/engine/trade.h"

namespace ocokit::mock::engine {

struct ListImage {
  ListFacts facts;
  std::vector<Order> orders;  // one or two; without Order::list
};

struct ExitsImage {
  Exits exits;                // without its pointers
  std::uint64_t working = 0;  // sequences of the two; 0: none
  std::uint64_t pending = 0;
};

struct StoreImage {
  std::uint64_t last_sequence = 0;
  std::vector<ListImage> lists;      // by placement
  std::vector<std::uint64_t> ended;  // sequences of those that have, by their end
  std::vector<ExitsImage> exits;
};

struct MarketImage {
  Liquidity liquidity;
  std::array<Position, 3> positions;  // by PositionSide
};

struct Image {
  std::vector<MarketImage> markets;  // as the engine has them
  StoreImage orders;
  EventLog log;
  std::array<std::map<std::string, Balance>, 2> balances;  // by Wallet
  std::deque<Trade> trades;
  std::deque<PositionChange> changes;
  std::deque<ClosedPosition> closed;
  std::uint64_t next_trade_id = 1;
  std::uint64_t next_position_id = 1;
  bool hedge_mode = false;
  Decimal leverage = Decimal(10);
};

}  // namespace ocokit::mock::engine
