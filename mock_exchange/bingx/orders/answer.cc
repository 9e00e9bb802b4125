#include "mock_exchange/bingx/orders/answer.h"

#include <algorithm>

#include "mock_exchange/bingx/orders/read.h"
#include "mock_exchange/bingx/orders/write.h"

namespace ocokit::mock::bingx {
namespace {

// Documented: the most orders that openOrders lists.
constexpr std::size_t kMaxListed = 2000;
// Documented: how far back an order is found by the client's id.
constexpr std::chrono::hours kClientIdReach{2};

LegAt FindOrder(const OrderQuery& query, const CallContext& call) {
  engine::PairStore& pairs = call.account.engine.pairs();
  if (query.order_id) {
    const engine::OrderId id = *query.order_id;
    const Pair* pair = pairs.FindId(id);
    if (pair == nullptr || pair->id == id) return {};
    return {pair, pair->limit.id == id ? LegKind::kLimit : LegKind::kStop};
  }
  const std::string& id = *query.client_order_id;
  const Pair* pair = pairs.FindClientId(0, id);
  if (pair == nullptr || pair->created + kClientIdReach < call.now) return {};
  if (pair->limit.client_id == id) return {pair, LegKind::kLimit};
  return pair->stop.client_id == id ? LegAt{pair, LegKind::kStop} : LegAt{};
}

bool IsListed(const HistoryRequest& request, const LegAt& at) {
  const engine::Leg& leg = at.pair->leg(at.kind);
  const std::int64_t time = ToUnixMillis(at.pair->created);
  return !engine::IsWaiting(leg.state) && (!request.from || leg.id >= *request.from) &&
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
  const LegAt found = FindOrder(*query, call);
  if (found.pair == nullptr || found.pair->market != query->market) {
    return call.Refuse({ErrorId::kOrderNotExist}, Stage::kEngine);
  }
  return Accept(WriteOrder(found, call.account.engine.markets()[query->market].spec));
}

Reply GetOpenOrders(const CallContext& call) {
  const auto market = ReadSymbol(call.parameters, call.account);
  if (!market) return call.Refuse(market.error(), Stage::kRead);
  std::vector<LegAt> legs;
  call.account.engine.pairs().VisitOpen([&](const Pair& pair) {
    if (*market && pair.market != **market) return true;
    for (const LegKind kind : {LegKind::kStop, LegKind::kLimit}) {
      const bool waits = engine::IsWaiting(pair.leg(kind).state);
      if (waits && legs.size() < kMaxListed) legs.push_back({&pair, kind});
    }
    return legs.size() < kMaxListed;
  });
  return Accept(WriteOrders(legs, call.account.engine.markets(), /*with_average=*/false));
}

Reply GetOrderHistory(const CallContext& call) {
  const auto request = ReadHistory(call.parameters, call.account);
  if (!request) return call.Refuse(request.error(), Stage::kRead);
  std::vector<LegAt> legs;
  std::size_t place = 0;
  const std::size_t end = request->page.first + request->page.size;
  call.account.engine.pairs().VisitAll([&](const Pair& pair) {
    if (request->market && pair.market != *request->market) return true;
    for (const LegKind kind : {LegKind::kStop, LegKind::kLimit}) {
      const LegAt at{&pair, kind};
      if (!IsListed(*request, at)) continue;
      if (place >= request->page.first && place < end) legs.push_back(at);
      ++place;
    }
    return place < end;
  });
  return Accept(WriteOrders(legs, call.account.engine.markets(), /*with_average=*/true));
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
