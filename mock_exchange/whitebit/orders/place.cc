#include "mock_exchange/whitebit/orders/place.h"

#include "mock_exchange/whitebit/order_fields.h"
#include "mock_exchange/whitebit/orders/write.h"

namespace ocokit::mock::whitebit {
namespace {

using engine::OrderType;
using engine::RejectReason;
using engine::Wallet;

// An order at the market has words of its own for some of what all orders can be refused for.
Refusal ExplainOrder(const engine::Rejection& rejection, const engine::OrderCommand& c,
                     const PlaceRule& rule) {
  const bool at_market = !engine::HasPrice(c.type);
  // In bulk the code is that of spot orders.
  if (rejection.reason == RejectReason::kNotMaker && rule.in_bulk) return {ErrorId::kNotSpotMaker};
  if (rejection.reason == RejectReason::kFunds && c.wallet == Wallet::kSpot &&
      c.type != OrderType::kLimit) {
    return {ErrorId::kFieldBalance};
  }
  if (rejection.reason == RejectReason::kNoLastPrice && at_market && !engine::IsStop(c.type)) {
    return {ErrorId::kLastPriceFault};
  }
  return Explain(rejection, c.wallet);
}

Reply New(const CallContext& call, const PlaceRule& rule) {
  const auto placed = PlaceOrder(call.body, rule, call);
  if (!placed) return Refuse(call, placed.error().stage, placed.error().refusal);
  return Accept(WriteOrder(**placed, call.account),
                DropsClientOrderId(call.body, call.account) ? "client_order_id ignored" : "");
}

Reply Bulk(const CallContext& call, Wallet wallet) {
  constexpr std::size_t kMostOrders = 20;
  const auto request = ReadBulk(call.body, kMostOrders);
  if (!request) return Refuse(call, Stage::kRead, request.error());
  std::vector<BulkItem> items;
  for (const JsonValue* order : request->orders) {
    const PlaceRule rule{.wallet = wallet, .in_bulk = true};
    auto placed = PlaceOrder(*order, rule, call);
    if (placed) {
      items.push_back({*placed, {}});
      continue;
    }
    items.push_back({nullptr, std::move(placed.error().refusal)});
    if (request->stop_on_fail) break;
  }
  return Accept(WriteBulk(items, call.account));
}

}  // namespace

Placed<const Order*> PlaceOrder(const JsonValue& body, const PlaceRule& rule,
                                const CallContext& call) {
  Account& account = call.account;
  // Margin and futures alone are closed in such a region.
  if (account.settings.region_blocked && rule.wallet == Wallet::kMargin) {
    return Unplaced({ErrorId::kRegionBlocked}, Stage::kRead);
  }
  const auto command = ReadOrder(body, rule, account);
  if (!command) return Unplaced(command.error(), Stage::kRead);
  if (const auto set = FindOrderRefusal(account.settings.refuse_orders)) {
    return Unplaced({*set}, Stage::kEngine);
  }
  const auto placed =
      account.engine.Place(*command, OrderRules(account, rule.wallet), *account.ids, call.now);
  if (!placed) {
    return Unplaced(ExplainOrder(placed.error(), *command, rule), Stage::kEngine, placed.error());
  }
  return &(*placed)->single();
}

Reply NewLimit(const CallContext& call) { return New(call, {}); }

Reply NewMarket(const CallContext& call) {
  return New(call, {.type = OrderType::kMarket, .stock = false});
}

Reply NewStockMarket(const CallContext& call) { return New(call, {.type = OrderType::kMarket}); }

Reply NewStopLimit(const CallContext& call) { return New(call, {.type = OrderType::kStopLimit}); }

Reply NewStopMarket(const CallContext& call) {
  return New(call, {.type = OrderType::kStopMarket, .stock = false});
}

Reply NewBulk(const CallContext& call) { return Bulk(call, Wallet::kSpot); }

Reply NewCollateralLimit(const CallContext& call) { return New(call, {.wallet = Wallet::kMargin}); }

Reply NewCollateralMarket(const CallContext& call) {
  return New(call, {.wallet = Wallet::kMargin, .type = OrderType::kMarket});
}

Reply NewCollateralStopLimit(const CallContext& call) {
  return New(call, {.wallet = Wallet::kMargin, .type = OrderType::kStopLimit});
}

Reply NewCollateralTriggerMarket(const CallContext& call) {
  return New(call, {.wallet = Wallet::kMargin, .type = OrderType::kStopMarket});
}

Reply NewCollateralBulk(const CallContext& call) { return Bulk(call, Wallet::kMargin); }

}  // namespace ocokit::mock::whitebit
