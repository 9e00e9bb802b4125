// What became of an account's pairs, and when and why.

#include <nlohmann/json.hpp>

#include "mock_exchange/control/call.h"

namespace ocokit::mock::control {
namespace {

Json WriteLeg(const LegView& leg) {
  return {{"id", std::to_string(leg.id)},
          {"client_id", leg.client_id},
          {"state", Name(leg.state)},
          {"price", leg.price.Format()},
          {"filled", leg.filled.Format()}};
}

Json WriteEvent(const PairEvent& event) {
  Json out = {{"at_ms", ToUnixMillis(event.at)}, {"event", Name(event.kind)}};
  if (event.kind != PairEvent::Kind::kPlaced) out["leg"] = Name(event.leg);
  out["cause"] = Name(event.cause);
  if (!event.price.IsZero()) out["price"] = event.price.Format();
  if (!event.amount.IsZero()) out["amount"] = event.amount.Format();
  return out;
}

Json WritePair(const PairView& pair) {
  Json out = {{"id", std::to_string(pair.id)},
              {"client_id", pair.client_id},
              {"market", pair.market},
              {"side", Name(pair.side)},
              {"amount", pair.amount.Format()},
              {"trigger_price", pair.trigger_price.Format()},
              {"activated", pair.activated},
              {"open", pair.open},
              {"created_ms", ToUnixMillis(pair.created)},
              {"updated_ms", ToUnixMillis(pair.updated)}};
  out["limit"] = WriteLeg(pair.limit);
  out["stop"] = WriteLeg(pair.stop);
  Json& timeline = out["timeline"] = Json::array();
  for (const PairEvent& event : pair.events) timeline.push_back(WriteEvent(event));
  return out;
}

}  // namespace

Answer GetOrders(const Call& call) {
  auto tenant = call.FindTenant();
  if (!tenant) return tenant.error();
  const auto open_alone = call.ReadFlag("open");
  if (!open_alone) return open_alone.error();
  Json pairs = Json::array();
  for (const PairView& pair : AccountHandle(std::move(*tenant)).Orders()) {
    if (pair.open || !*open_alone) pairs.push_back(WritePair(pair));
  }
  return WriteJson(200, {{"pairs", std::move(pairs)}});
}

}  // namespace ocokit::mock::control
