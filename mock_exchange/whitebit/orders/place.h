#pragma once

// Placing orders by themselves, one a call or several.

#include "mock_exchange/whitebit/call.h"
#include "mock_exchange/whitebit/orders/read_place.h"
#include "mock_exchange/whitebit/words.h"

namespace ocokit::mock::whitebit {

// What all of them do with one order, which `body` asks for.
[[nodiscard]] Placed<const Order*> PlaceOrder(const JsonValue& body, const PlaceRule& rule,
                                              const CallContext& call);

// Of the spot wallet. NewMarket is for an amount of money when it buys, NewStockMarket of stock.
[[nodiscard]] Reply NewLimit(const CallContext& call);
[[nodiscard]] Reply NewMarket(const CallContext& call);
[[nodiscard]] Reply NewStockMarket(const CallContext& call);
[[nodiscard]] Reply NewStopLimit(const CallContext& call);
[[nodiscard]] Reply NewStopMarket(const CallContext& call);
[[nodiscard]] Reply NewBulk(const CallContext& call);

// Of the collateral wallet.
[[nodiscard]] Reply NewCollateralLimit(const CallContext& call);
[[nodiscard]] Reply NewCollateralMarket(const CallContext& call);
[[nodiscard]] Reply NewCollateralStopLimit(const CallContext& call);
[[nodiscard]] Reply NewCollateralTriggerMarket(const CallContext& call);
[[nodiscard]] Reply NewCollateralBulk(const CallContext& call);

}  // namespace ocokit::mock::whitebit
