#pragma once

// What the methods of order entry ask for, put as the calls of REST ask for it.

#include <cstdint>
#include <initializer_list>
#include <optional>

#include "mock_exchange/whitebit/orders/find.h"
#include "mock_exchange/whitebit/streams/entry.h"

namespace ocokit::mock::whitebit {

// The members under REST's names; those that REST has and the WebSocket has not are left out.
[[nodiscard]] JsonValue AsRest(const JsonValue& given);

// The first of these that is missing.
[[nodiscard]] Answered<void> CheckGiven(const JsonValue& given,
                                        std::initializer_list<const char*> fields);
[[nodiscard]] Answered<std::uint32_t> ReadEntryMarket(const EntryCall& call);
// Side, stp, then amounts and prices against the market's steps and bounds; those that are missing
// are not looked at. `in_money`: the amount is one of money.
[[nodiscard]] Answered<void> CheckEntry(const JsonValue& given, const MarketSpec& spec,
                                        bool in_money);
// An order, by order_id or client_order_id; the second wins.
[[nodiscard]] Answered<Named> ReadNamed(const EntryCall& call);
// A client's id of a leg; empty without it.
[[nodiscard]] Answered<std::string> ReadLegId(const EntryCall& call, const char* field);

}  // namespace ocokit::mock::whitebit
