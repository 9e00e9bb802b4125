#pragma once

// Exits: the take-profit and the stop-loss that an order brings along (OTO, one triggers the
// other). They are placed once it has filled, to close what it has opened.

#include "mock_exchange/engine/order.h"

namespace ocokit::mock::engine {

struct Exits {
  OrderId id = 0;  // of the OTO
  // Of the orders to come, drawn with the working order's; zero without one.
  OrderId stop_loss_id = 0;
  OrderId take_profit_id = 0;
  Decimal stop_loss;  // triggers, quote; zero: none
  Decimal take_profit;
  Decimal owed;                  // base that it has opened and for which nothing is placed yet
  OrderList* working = nullptr;  // null once it is forgotten
  OrderList* pending = nullptr;  // null before it is placed, and once it is forgotten
  bool placed = false;
  bool cancelled = false;  // by the OTO's id: nothing more is placed
};

}  // namespace ocokit::mock::engine
