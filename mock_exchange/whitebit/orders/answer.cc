#include "mock_exchange/whitebit/orders/answer.h"

#include "mock_exchange/venue/pager.h"
#include "mock_exchange/whitebit/oco/read.h"
#include "mock_exchange/whitebit/orders/read.h"
#include "mock_exchange/whitebit/orders/write.h"

namespace ocokit::mock::whitebit {
namespace {

// In the order in which a group shows them.
constexpr LegKind kLegs[] = {LegKind::kStop, LegKind::kLimit};

// The active order of this id on the market; the id of a group is no order's.
OrderRef FindActive(std::uint32_t market, std::uint64_t id, engine::PairStore& pairs) {
  const OrderRef found = pairs.FindOrder(id);
  return found && found.pair->market == market && found.IsWaiting() ? found : OrderRef();
}

std::vector<OrderRef> FindActiveLegs(const ActiveRequest& request, Account& account) {
  // No order has a client id: what a client gives names the group.
  if (!account.settings.legs_in_orders || request.client_order_id) return {};
  Pager<OrderRef> out(request.page.offset, request.page.limit);
  if (request.id) {
    const OrderRef leg = FindActive(*request.market, *request.id, account.engine.pairs());
    if (leg) out.Add(leg);
    return out.entries();
  }
  account.engine.pairs().VisitOpen([&](const Pair& pair) {
    if (request.market && pair.market != *request.market) return true;
    for (const LegKind kind : kLegs) {
      const OrderRef leg{&pair, kind};
      if (leg.IsWaiting()) out.Add(leg);
    }
    return !out.full();
  });
  return out.entries();
}

bool IsMeant(const CancelAllRequest& request, const Pair& pair, const Account& account) {
  if (request.market && pair.market != *request.market) return false;
  if (request.side && pair.position_side != *request.side) return false;
  const MarketKind kind = account.engine.markets()[pair.market].spec.kind;
  return kind == MarketKind::kFutures ? request.futures : request.margin;
}

// Adds the legs of `pair` that have ended and that are asked for.
void AddEnded(const HistoryRequest& request, const Pair& pair, Pager<OrderRef>& out) {
  if (request.market && pair.market != *request.market) return;
  if (pair.updated < request.from || pair.updated > request.to) return;
  for (const LegKind kind : kLegs) {
    const engine::Leg& leg = pair.leg(kind);
    if (engine::IsWaiting(leg.state) || (request.id && leg.id != *request.id)) continue;
    if (request.status != "ALL" && StatusName(leg.state) != request.status) continue;
    out.Add({&pair, kind});
  }
}

}  // namespace

Reply CancelOrder(const CallContext& call) {
  const auto request = ReadCancel(call.body, call.account);
  if (!request) return Refuse(call, Stage::kRead, request.error());
  engine::Engine& engine = call.account.engine;
  const OrderRef leg =
      request->id ? FindActive(request->market, *request->id, engine.pairs()) : OrderRef();
  if (!leg || !engine.Cancel(leg.pair->sequence, call.now)) {
    return Refuse(call, Stage::kEngine, About(ErrorId::kOrderUnknown, request->id_field));
  }
  return Accept(WriteOrder(leg, call.account));
}

Reply CancelAllOrders(const CallContext& call) {
  const auto request = ReadCancelAll(call.body, call.account);
  if (!request) return Refuse(call, Stage::kRead, request.error());
  engine::Engine& engine = call.account.engine;
  // Cancelling takes a pair out of what is visited.
  std::vector<std::uint64_t> meant;
  engine.pairs().VisitOpen([&](const Pair& pair) {
    if (IsMeant(*request, pair, call.account)) meant.push_back(pair.sequence);
    return true;
  });
  for (const std::uint64_t sequence : meant) (void)engine.Cancel(sequence, call.now);
  return Accept(WriteEmptyList());
}

Reply ActiveOrders(const CallContext& call) {
  const auto request = ReadActive(call.body, call.account);
  if (!request) return Refuse(call, Stage::kRead, request.error());
  return Accept(WriteOrders(FindActiveLegs(*request, call.account), call.account));
}

Reply ExecutedHistory(const CallContext& call) {
  const auto request = ReadExecutedHistory(call.body, call.account, call.now);
  if (!request) return Refuse(call, Stage::kRead, request.error());
  Pager<const Trade*> out(request->page.offset, request->page.limit);
  const auto& trades = call.account.engine.trades();
  for (auto it = trades.rbegin(); it != trades.rend() && !out.full(); ++it) {
    if (request->market && it->market != *request->market) continue;
    if (it->at < request->from || it->at > request->to) continue;
    // No order has a client id.
    if (!request->client_order_id) out.Add(&*it);
  }
  return Accept(request->market ? WriteDeals(out.entries(), call.account)
                                : WriteDealsByMarket(out.entries(), call.account));
}

Reply OrderDeals(const CallContext& call) {
  const auto request = ReadDeals(call.body);
  if (!request) return Refuse(call, Stage::kRead, request.error());
  Pager<const Trade*> out(request->page.offset, request->page.limit);
  const auto& trades = call.account.engine.trades();
  for (auto it = trades.rbegin(); it != trades.rend() && !out.full(); ++it) {
    if (it->order_id == request->id) out.Add(&*it);
  }
  return Accept(WriteOrderDeals(out.entries(), call.account, request->page));
}

Reply OrderHistory(const CallContext& call) {
  const auto request = ReadOrderHistory(call.body, call.account, call.now);
  if (!request) return Refuse(call, Stage::kRead, request.error());
  if (request->client_order_id) return Refuse(call, Stage::kEngine, {ErrorId::kHistoryUnknown});
  Pager<OrderRef> out(request->page.offset, request->page.limit);
  const engine::PairStore& pairs = call.account.engine.pairs();
  // A leg that was withdrawn from a group that goes on has ended, too.
  const auto add = [&](const Pair& pair) {
    AddEnded(*request, pair, out);
    return !out.full();
  };
  pairs.VisitOpen(add);
  if (!out.full()) pairs.VisitEnded(add);
  return Accept(WriteOrderHistory(out.entries(), call.account));
}

}  // namespace ocokit::mock::whitebit
