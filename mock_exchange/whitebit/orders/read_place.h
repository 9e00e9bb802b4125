#pragma once

// What the calls that place orders by themselves ask for.

#include <vector>

#include "mock_exchange/whitebit/fields.h"

namespace ocokit::mock::whitebit {

// What the call is, beside what its request says.
struct PlaceRule {
  engine::Wallet wallet = engine::Wallet::kSpot;
  engine::OrderType type = engine::OrderType::kLimit;
  // At the market: a purchase is for an amount of stock, too; else of money.
  bool stock = true;
  // One of several in a request, where an empty client id is none.
  bool in_bulk = false;
};

// An order: fields present (all missing ones are reported together), typed, within the market's
// rules.
[[nodiscard]] ReadResult<engine::OrderCommand> ReadOrder(const JsonValue& body,
                                                         const PlaceRule& rule,
                                                         const Account& account);

// The orders of a bulk request.
struct BulkRequest {
  std::vector<const JsonValue*> orders;
  bool stop_on_fail = false;
};
[[nodiscard]] ReadResult<BulkRequest> ReadBulk(const JsonValue& body, std::size_t most);

// A flag that may be given; false without it.
[[nodiscard]] std::optional<Refusal> ReadFlag(const JsonValue& body, const char* field, bool& out);

}  // namespace ocokit::mock::whitebit
