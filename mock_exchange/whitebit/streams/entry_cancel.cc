// Order entry: the cancels of an order, and of all that match.

#include <algorithm>
#include <string>
#include <vector>

#include "mock_exchange/json/writer.h"
#include "mock_exchange/whitebit/orders/cancel.h"
#include "mock_exchange/whitebit/streams/entry.h"
#include "mock_exchange/whitebit/streams/entry_errors.h"
#include "mock_exchange/whitebit/streams/entry_read.h"
#include "mock_exchange/whitebit/streams/order.h"

namespace ocokit::mock::whitebit {
namespace {

Answered<OrderTypes> ReadEntryTypes(const JsonValue& given) {
  const JsonValue* types = given.FindGiven("type");
  if (types == nullptr || !types->Is(JsonValue::Kind::kArray)) {
    return Decline(1, "order types must be an array");
  }
  if (types->members.empty()) return Decline(1, "at least one order type should be specified");
  std::vector<std::string> seen;
  for (const JsonValue& type : types->members) {
    const bool known = type.text == "spot" || type.text == "margin" || type.text == "futures";
    const bool again = std::ranges::find(seen, type.text) != seen.end();
    if (!type.Is(JsonValue::Kind::kString) || !known || again) {
      return Decline(1, "invalid or duplicate order type");
    }
    seen.push_back(type.text);
  }
  const auto has = [&](const char* type) { return std::ranges::find(seen, type) != seen.end(); };
  return OrderTypes{has("spot"), has("margin"), has("futures")};
}

}  // namespace

Answered<std::string> EnterCancel(const EntryCall& call) {
  const auto named = ReadNamed(call);
  if (!named) return tl::unexpected<Refused>(named.error());
  const JsonValue none;
  const Order* order = CancelNamedOrder(*named, {none, call.account, call.now});
  if (order == nullptr) return NoOrder();
  JsonWriter json;
  WriteOrderObject(*order, AsItIs(*order), OrderShape::kReply, call.account, json);
  return json.Take();
}

Answered<std::string> EnterCancelAll(const EntryCall& call) {
  const auto market = ReadEntryMarket(call);
  if (!market) return tl::unexpected<Refused>(market.error());
  const auto types = ReadEntryTypes(call.given);
  if (!types) return tl::unexpected<Refused>(types.error());
  const JsonValue none;
  CancelMatching({.market = *market, .types = *types, .side = std::nullopt},
                 {none, call.account, call.now});
  return std::string("{}");
}

}  // namespace ocokit::mock::whitebit
