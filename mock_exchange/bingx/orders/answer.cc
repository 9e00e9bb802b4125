#include "mock_exchange/bingx/orders/answer.h"

#include <algorithm>

#include "mock_exchange/bingx/orders/find.h"
#include "mock_exchange/bingx/orders/write.h"
#include "mock_exchange/venue/pager.h"

namespace ocokit::mock::bingx {
namespace {

// Documented: the most orders that openOrders lists.
constexpr std::size_t kMaxListed = 2000;
bool IsListed(const HistoryRequest& request, const Order& order) {
  const std::int64_t time = ToUnixMillis(order.list->created);
  return !order.IsWaiting() && (!request.from || order.id >= *request.from) &&
         (request.status.empty() || request.status == StatusName(order)) &&
         (request.type.empty() || request.type == OrderTypeName(order)) &&
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
  const Order* found = FindOrder(*query, call);
  if (found == nullptr) return call.Refuse({ErrorId::kOrderNotExist}, Stage::kEngine);
  return Accept(WriteOrder(*found, call.account.engine.markets()[query->market].spec));
}

Reply GetOpenOrders(const CallContext& call) {
  const auto market = ReadSymbol(call.parameters, call.account);
  if (!market) return call.Refuse(market.error(), Stage::kRead);
  Pager<const Order*> out(0, kMaxListed);
  call.account.engine.orders().VisitOpen([&](const OrderList& list) {
    if (*market && list.market != **market) return true;
    list.ForEach([&](const Order& order) {
      if (order.IsWaiting()) out.Add(&order);
    });
    return !out.full();
  });
  return Accept(WriteOrders(out.entries(), call.account.engine.markets(), /*with_average=*/false));
}

Reply GetOrderHistory(const CallContext& call) {
  const auto request = ReadHistory(call.parameters, call.account);
  if (!request) return call.Refuse(request.error(), Stage::kRead);
  Pager<const Order*> out(request->page.first, request->page.size);
  call.account.engine.orders().VisitAll([&](const OrderList& list) {
    if (request->market && list.market != *request->market) return true;
    list.ForEach([&](const Order& order) {
      if (IsListed(*request, order)) out.Add(&order);
    });
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
