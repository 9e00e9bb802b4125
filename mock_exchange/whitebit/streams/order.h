#pragma once

// An order as the WebSocket shows it: numbers where REST has words.

#include "mock_exchange/engine/as_of.h"
#include "mock_exchange/json/writer.h"
#include "mock_exchange/whitebit/words.h"

namespace ocokit::mock::whitebit {

// 1 limit, 2 market, 202 market for stock, 3 stop limit, 4 stop market, 203 stop market for stock;
// with collateral 7 limit, 8 market, 9 stop limit, 10 stop market.
[[nodiscard]] int TypeNumber(const Order& order);
// 1: sell, 2: buy.
[[nodiscard]] int SideNumber(Side side);

// Where an order with collateral has the members that one without lacks.
enum class OrderShape {
  kReply,  // of order entry: reduce_only and position_side before the times, as captured
  kEvent,  // of channels and queries: at the end, with rpi and retail, as documented
};

// The order as it is now; as it was then.
[[nodiscard]] engine::OrderAsOf AsItIs(const Order& order);
void WriteOrderObject(const Order& order, const engine::OrderAsOf& then, OrderShape shape,
                      const Account& account, JsonWriter& json);
// A record of ordersExecuted_request.
void WriteExecutedRecord(const Order& order, const Account& account, JsonWriter& json);

}  // namespace ocokit::mock::whitebit
