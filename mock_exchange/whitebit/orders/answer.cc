#include "mock_exchange/whitebit/orders/answer.h"

#include "mock_exchange/venue/pager.h"
#include "mock_exchange/whitebit/orders/find.h"
#include "mock_exchange/whitebit/orders/read.h"
#include "mock_exchange/whitebit/orders/write.h"

namespace ocokit::mock::whitebit {
namespace {

std::vector<const Order*> FindListed(const ActiveRequest& request, Account& account) {
  Pager<const Order*> out(request.page.offset, request.page.limit);
  const auto add = [&](const Order& order) {
    const bool shown = !order.list->IsOco() || account.settings.legs_in_orders;
    if (order.IsWaiting() && shown) out.Add(&order);
  };
  if (request.id || request.client_order_id) {
    const Named named{*request.market, request.id, request.client_order_id.value_or("")};
    const Order* order = FindActive(named, account.engine.orders());
    const bool both = !request.id || !request.client_order_id ||
                      (order != nullptr && order->client_id == *request.client_order_id);
    if (order != nullptr && both) add(*order);
    return out.entries();
  }
  account.engine.orders().VisitOpen([&](const OrderList& list) {
    if (!request.market || list.market == *request.market) list.ForEach(add);
    return !out.full();
  });
  return out.entries();
}

// Adds the orders of `list` that have ended and that are asked for.
void AddEnded(const HistoryRequest& request, const OrderList& list, Pager<const Order*>& out) {
  if (request.market && list.market != *request.market) return;
  if (list.updated < request.from || list.updated > request.to) return;
  list.ForEach([&](const Order& order) {
    if (order.IsWaiting() || (request.id && order.id != *request.id)) return;
    if (request.client_order_id && order.client_id != *request.client_order_id) return;
    if (request.status == "ALL" || StatusName(order) == request.status) out.Add(&order);
  });
}

bool IsMeant(const HistoryRequest& request, const Trade& trade) {
  return (!request.market || trade.market == *request.market) && trade.at >= request.from &&
         trade.at <= request.to &&
         (!request.client_order_id || trade.client_id == *request.client_order_id);
}

}  // namespace

Reply ActiveOrders(const CallContext& call) {
  const auto request = ReadActive(call.body, call.account);
  if (!request) return Refuse(call, Stage::kRead, request.error());
  return Accept(WriteOrders(FindListed(*request, call.account), call.account));
}

Reply ExecutedHistory(const CallContext& call) {
  const auto request = ReadExecutedHistory(call.body, call.account, call.now);
  if (!request) return Refuse(call, Stage::kRead, request.error());
  Pager<const Trade*> out(request->page.offset, request->page.limit);
  const auto& trades = call.account.engine.trades();
  for (auto it = trades.rbegin(); it != trades.rend() && !out.full(); ++it) {
    if (IsMeant(*request, *it)) out.Add(&*it);
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
  Pager<const Order*> out(request->page.offset, request->page.limit);
  const engine::OrderStore& orders = call.account.engine.orders();
  // An order that was withdrawn from a group that goes on has ended, too.
  const auto add = [&](const OrderList& list) {
    AddEnded(*request, list, out);
    return !out.full();
  };
  orders.VisitOpen(add);
  if (!out.full()) orders.VisitEnded(add);
  if (request->client_order_id && out.entries().empty() && request->page.offset == 0) {
    return Refuse(call, Stage::kEngine, {ErrorId::kHistoryUnknown});
  }
  return Accept(WriteOrderHistory(out.entries(), call.account));
}

}  // namespace ocokit::mock::whitebit
