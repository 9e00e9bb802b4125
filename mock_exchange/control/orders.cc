// What became of an account's orders, and when and why.

#include <nlohmann/json.hpp>

#include "mock_exchange/control/call.h"

namespace ocokit::mock::control {
namespace {

Json WriteLeg(const LegView& leg) {
  return {{"id", std::to_string(leg.id)},  {"client_id", leg.client_id},
          {"state", Name(leg.state)},      {"price", leg.price.Format()},
          {"filled", leg.filled.Format()}, {"value", leg.value.Format()}};
}

Json WriteEvent(const PairEvent& event, bool of_pair) {
  Json out = {{"at_ms", ToUnixMillis(event.at)}, {"event", Name(event.kind)}};
  if (of_pair && event.kind != PairEvent::Kind::kPlaced) out["leg"] = Name(event.leg);
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
  for (const PairEvent& event : pair.events) timeline.push_back(WriteEvent(event, true));
  return out;
}

Json WriteOrder(const OrderView& order) {
  Json out = {{"id", std::to_string(order.id)},
              {"client_id", order.client_id},
              {"market", order.market},
              {"side", Name(order.side)},
              {"type", Name(order.type)},
              {"state", Name(order.state)},
              {"amount", order.amount.Format()},
              {"filled", order.filled.Format()},
              {"value", order.value.Format()},
              {"fee", order.fee.Format()},
              {"open", order.open},
              {"created_ms", ToUnixMillis(order.created)},
              {"updated_ms", ToUnixMillis(order.updated)}};
  if (order.oto != 0) out["oto"] = std::to_string(order.oto);
  if (!order.money.IsZero()) out["money"] = order.money.Format();
  if (!order.price.IsZero()) out["price"] = order.price.Format();
  if (!order.trigger_price.IsZero()) out["trigger_price"] = order.trigger_price.Format();
  Json& timeline = out["timeline"] = Json::array();
  for (const PairEvent& event : order.events) timeline.push_back(WriteEvent(event, false));
  return out;
}

}  // namespace

Answer GetOrders(const Call& call) {
  auto tenant = call.FindTenant();
  if (!tenant) return tenant.error();
  const auto open_alone = call.ReadFlag("open");
  if (!open_alone) return open_alone.error();
  const AccountHandle account(std::move(*tenant));
  Json pairs = Json::array();
  for (const PairView& pair : account.Orders()) {
    if (pair.open || !*open_alone) pairs.push_back(WritePair(pair));
  }
  Json orders = Json::array();
  for (const OrderView& order : account.PlainOrders()) {
    if (order.open || !*open_alone) orders.push_back(WriteOrder(order));
  }
  return WriteJson(200, {{"pairs", std::move(pairs)}, {"orders", std::move(orders)}});
}

}  // namespace ocokit::mock::control
