#include "mock_exchange/whitebit/streams/entry_read.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "mock_exchange/whitebit/order_fields.h"

namespace ocokit::mock::whitebit {
namespace {

using Kind = JsonValue::Kind;

struct Renamed {
  std::string_view here;
  std::string_view in_rest;
};
constexpr std::array kMembers = {
    Renamed{"market", "market"},
    Renamed{"side", "side"},
    Renamed{"amount", "amount"},
    Renamed{"total", "total"},
    Renamed{"price", "price"},
    Renamed{"activation_price", "activation_price"},
    Renamed{"stop_limit_price", "stop_limit_price"},
    Renamed{"stp", "stp"},
    Renamed{"ioc", "ioc"},
    Renamed{"rpi", "rpi"},
    Renamed{"post_only", "postOnly"},
    Renamed{"reduce_only", "reduceOnly"},
    Renamed{"position_side", "positionSide"},
    Renamed{"client_order_id", "clientOrderId"},
};

tl::unexpected<Refused> Invalid(std::string_view field) {
  return Decline(1, std::string(field) + " is invalid");
}

// A number with no more decimals than the step has.
Answered<std::optional<Decimal>> ReadPrecise(const JsonValue& given, const char* field,
                                             const Decimal& step) {
  const JsonValue* value = given.FindGiven(field);
  if (value == nullptr) return std::optional<Decimal>();
  const auto number = ReadNumber(*value);
  if (!number || !number->IsPositive()) return Invalid(field);
  if (number->scale() > step.scale()) {
    return Decline(
        1, std::string(field) + ": precision is greater than " + std::to_string(step.scale()));
  }
  return number;
}

}  // namespace

JsonValue AsRest(const JsonValue& given) {
  JsonValue out;
  out.kind = Kind::kObject;
  for (const Renamed& member : kMembers) {
    const JsonValue* value = given.Find(member.here);
    if (value == nullptr) continue;
    out.members.push_back(*value);
    out.members.back().name = member.in_rest;
  }
  return out;
}

Answered<void> CheckGiven(const JsonValue& given, std::initializer_list<const char*> fields) {
  for (const char* field : fields) {
    if (given.FindGiven(field) == nullptr) return Decline(1, std::string(field) + " is required");
  }
  return {};
}

Answered<std::uint32_t> ReadEntryMarket(const EntryCall& call) {
  const JsonValue* name = call.given.FindGiven("market");
  if (name == nullptr) return Decline(1, "market is required");
  const auto market =
      name->Is(Kind::kString) ? call.account.engine.FindMarket(name->text) : std::nullopt;
  if (!market) return Decline(1, "market does not exist");
  return *market;
}

Answered<void> CheckEntry(const JsonValue& given, const MarketSpec& spec, bool in_money) {
  const JsonValue* side = given.FindGiven("side");
  if (side == nullptr || !ReadSide(*side)) return Invalid("side");
  engine::Stp stp = engine::Stp::kNo;
  if (ReadStp(given, stp)) return Invalid("stp");
  const auto amount = ReadPrecise(given, "amount", in_money ? spec.price_step : spec.amount_step);
  if (!amount) return tl::unexpected<Refused>(amount.error());
  const Decimal& least = in_money ? spec.min_total : spec.min_amount;
  if (*amount && **amount < least) return Decline(11, "amount too small");
  std::optional<Decimal> price;
  for (const char* field : {"activation_price", "stop_limit_price", "price"}) {
    const auto read = ReadPrecise(given, field, spec.price_step);
    if (!read) return tl::unexpected<Refused>(read.error());
    price = *read;
  }
  if (in_money || !*amount || !price) return {};
  // What the engine takes of neither is refused further on.
  if (**amount >= engine::kMaxNumber || *price >= engine::kMaxNumber) return {};
  const Decimal total = **amount * *price;
  if (total < spec.min_total) return Decline(11, "amount too small");
  if (!spec.max_total.IsZero() && total > spec.max_total) {
    return Decline(1, "amount * price must be <= " + spec.max_total.Format());
  }
  return {};
}

Answered<Named> ReadNamed(const EntryCall& call) {
  const auto market = ReadEntryMarket(call);
  if (!market) return tl::unexpected<Refused>(market.error());
  Named out;
  out.market = *market;
  if (const JsonValue* client_id = call.given.FindGiven("client_order_id")) {
    if (!client_id->Is(Kind::kString)) return Invalid("client_order_id");
    out.client_order_id = client_id->text;
    return out;
  }
  const JsonValue* id = call.given.FindGiven("order_id");
  if (id == nullptr) return Decline(1, "order_id or client_order_id must be set for modify");
  out.id = ReadId(*id);
  if (!out.id) return Invalid("order_id");
  return out;
}

Answered<std::string> ReadLegId(const EntryCall& call, const char* field) {
  std::string out;
  const JsonValue* value = call.given.FindGiven(field);
  if (value == nullptr) return out;
  JsonValue body;
  body.kind = Kind::kObject;
  body.members.push_back(*value);
  body.members.back().name = "clientOrderId";
  if (ReadClientOrderId(body, call.account, out)) return Invalid(field);
  return out;
}

}  // namespace ocokit::mock::whitebit
