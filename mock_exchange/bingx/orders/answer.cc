#include "mock_exchange/bingx/orders/answer.h"

#include <algorithm>

#include "mock_exchange/bingx/orders/read.h"
#include "mock_exchange/bingx/orders/write.h"
#include "mock_exchange/venue/pager.h"

namespace ocokit::mock::bingx {
namespace {

// Documented: the most orders that openOrders lists.
constexpr std::size_t kMaxListed = 2000;
// Documented: how far back an order is found by the client's id.
constexpr std::chrono::hours kClientIdReach{2};

OrderRef FindOrder(const OrderQuery& query, const CallContext& call) {
  engine::PairStore& pairs = call.account.engine.pairs();
  if (query.order_id) return pairs.FindOrder(*query.order_id);
  const OrderRef found = pairs.FindClientOrder(0, *query.client_order_id);
  return found && found.pair->created + kClientIdReach >= call.now ? found : OrderRef();
}

bool IsListed(const HistoryRequest& request, const OrderRef& at) {
  const engine::Leg& leg = at.leg();
  const std::int64_t time = ToUnixMillis(at.pair->created);
  return !at.IsWaiting() && (!request.from || leg.id >= *request.from) &&
         (request.status.empty() || request.status == StatusName(leg.state)) &&
         (request.type.empty() || request.type == OrderTypeName(at.kind)) &&
         (!request.page.start_ms || time >= *request.page.start_ms) &&
         (!request.page.end_ms || time <= *request.page.end_ms);
}

bool IsListed(const FillsRequest& request, const engine::Trade& trade) {
  const std::int64_t time = ToUnixMillis(trade.at);
  return trade.market == request.market && time >= request.start_ms && time <= request.end_ms &&
         (!request.order_id || trade.order_id == *request.order_id) &&
         (!request.from || trade.id >= *request.from);
}

}  // namespace

Reply GetOrder(const CallContext& call) {
  const auto query = ReadOrderQuery(call.parameters, call.account);
  if (!query) return call.Refuse(query.error(), Stage::kRead);
  const OrderRef found = FindOrder(*query, call);
  if (!found || found.pair->market != query->market) {
    return call.Refuse({ErrorId::kOrderNotExist}, Stage::kEngine);
  }
  return Accept(WriteOrder(found, call.account.engine.markets()[query->market].spec));
}

Reply GetOpenOrders(const CallContext& call) {
  const auto market = ReadSymbol(call.parameters, call.account);
  if (!market) return call.Refuse(market.error(), Stage::kRead);
  Pager<OrderRef> out(0, kMaxListed);
  call.account.engine.pairs().VisitOpen([&](const Pair& pair) {
    if (*market && pair.market != **market) return true;
    for (const LegKind kind : {LegKind::kStop, LegKind::kLimit}) {
      const OrderRef at{&pair, kind};
      if (at.IsWaiting()) out.Add(at);
    }
    return !out.full();
  });
  return Accept(WriteOrders(out.entries(), call.account.engine.markets(), /*with_average=*/false));
}

Reply GetOrderHistory(const CallContext& call) {
  const auto request = ReadHistory(call.parameters, call.account);
  if (!request) return call.Refuse(request.error(), Stage::kRead);
  Pager<OrderRef> out(request->page.first, request->page.size);
  call.account.engine.pairs().VisitAll([&](const Pair& pair) {
    if (request->market && pair.market != *request->market) return true;
    for (const LegKind kind : {LegKind::kStop, LegKind::kLimit}) {
      const OrderRef at{&pair, kind};
      if (IsListed(*request, at)) out.Add(at);
    }
    return !out.full();
  });
  return Accept(WriteOrders(out.entries(), call.account.engine.markets(), /*with_average=*/true));
}

Reply GetMyTrades(const CallContext& call) {
  const auto request = ReadFills(call.parameters, call.account, call.now);
  if (!request) return call.Refuse(request.error(), Stage::kRead);
  std::vector<const engine::Trade*> trades;
  const std::deque<engine::Trade>& all = call.account.engine.trades();
  const auto take = [&](const engine::Trade& trade) {
    if (IsListed(*request, trade)) trades.push_back(&trade);
    return trades.size() < request->limit;
  };
  // With a trade to start from, those after it; else the latest. Either way the oldest first.
  if (request->from) {
    static_cast<void>(std::ranges::all_of(all, take));
  } else {
    static_cast<void>(std::all_of(all.rbegin(), all.rend(), take));
    std::ranges::reverse(trades);
  }
  return Accept(WriteFills(trades, call.account.engine.markets()[request->market].spec));
}

}  // namespace ocokit::mock::bingx
