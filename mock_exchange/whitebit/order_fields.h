#pragma once

// What the calls that place orders have in common: pairs and orders by themselves. Each reader puts
// what it read into its last argument, or gives the refusal of the venue.

#include <optional>
#include <string>

#include "mock_exchange/whitebit/fields.h"

namespace ocokit::mock::whitebit {

[[nodiscard]] std::optional<Side> ReadSide(const JsonValue& value);
// An amount of stock, within the market's steps and bounds.
[[nodiscard]] std::optional<Refusal> ReadAmount(const JsonValue& value, const MarketSpec& spec,
                                                Decimal& out);
// The money that a purchase at the market is for.
[[nodiscard]] std::optional<Refusal> ReadMoney(const JsonValue& value, const char* field,
                                               const MarketSpec& spec, Decimal& out);
[[nodiscard]] std::optional<Refusal> ReadPrice(const JsonValue& value, const char* field,
                                               const MarketSpec& spec, Decimal& out);
[[nodiscard]] std::optional<Refusal> ReadActivationPrice(const JsonValue& value,
                                                         const MarketSpec& spec, Decimal& out);
[[nodiscard]] std::optional<Refusal> CheckTotal(const Decimal& amount, const Decimal& price,
                                                const MarketSpec& spec);
[[nodiscard]] std::optional<Refusal> ReadClientOrderId(const JsonValue& body,
                                                       const Account& account, std::string& out);
[[nodiscard]] std::optional<Refusal> ReadStp(const JsonValue& body, engine::Stp& out);
// reduceOnly, positionSide and stp of an order that changes a position.
[[nodiscard]] std::optional<Refusal> ReadPositionFlags(const JsonValue& body,
                                                       const Account& account,
                                                       engine::Placement& c);

// The rules of orders by themselves: no bands on spot prices; a trigger at the last price is
// refused, and a maker's order that would take.
[[nodiscard]] engine::Rules OrderRules(const Account& account, engine::Wallet wallet);
// The venue's words for a refusal of the engine of an order of that wallet.
[[nodiscard]] Refusal Explain(const engine::Rejection& rejection, engine::Wallet wallet);

}  // namespace ocokit::mock::whitebit
