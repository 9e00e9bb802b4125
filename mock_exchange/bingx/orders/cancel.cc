#include "mock_exchange/bingx/orders/cancel.h"

#include <algorithm>

#include "mock_exchange/bingx/orders/find.h"
#include "mock_exchange/bingx/orders/read_cancel.h"
#include "mock_exchange/bingx/orders/write.h"
#include "mock_exchange/wire/read_whole.h"

namespace ocokit::mock::bingx {
namespace {

// An order that one of several cancels names, or why it cannot be cancelled.
struct Meant {
  const Order* order = nullptr;
  std::string named;
  std::optional<Refusal> wrong;
};

// The venue's texts, with their blanks.
Meant Judge(const Order* order, const std::string& named, std::uint32_t market,
            const CallContext& call) {
  Meant out{order, named, std::nullopt};
  if (order == nullptr || order->list->market != market) {
    const std::string& symbol = call.account.engine.markets()[market].spec.symbol;
    out.wrong = Refusal{ErrorId::kNotInSymbol, "can not find order for orderId:" + named +
                                                   " for symbol: " + symbol +
                                                   ", please verify and retry later"};
  } else if (!order->IsWaiting()) {
    out.wrong =
        Refusal{ErrorId::kNotCancellable, "the  orderId:" + named +
                                              " order status :" + std::string(StatusName(*order)) +
                                              ",can not delete, please verify and retry later"};
  }
  return out;
}

std::vector<Meant> FindAll(const CancelListRequest& request, const CallContext& call) {
  std::vector<Meant> out;
  const engine::OrderStore& orders = call.account.engine.orders();
  for (const std::string& text : request.order_ids) {
    const auto id = ReadWhole<engine::OrderId>(text);
    out.push_back(Judge(id ? orders.FindOrder(*id) : nullptr, text, request.market, call));
  }
  for (const std::string& text : request.client_order_ids) {
    const OrderQuery query{.market = request.market, .order_id = {}, .client_order_id = text};
    out.push_back(Judge(FindOrder(query, call), text, request.market, call));
  }
  return out;
}

}  // namespace

std::optional<Refusal> CheckCancel(const Order* order, const std::string& restriction) {
  if (order == nullptr) return Refusal{ErrorId::kOrderNotExist};
  if (!order->IsWaiting()) return Refusal{ErrorId::kOrderDone};
  if (!restriction.empty() && restriction != StatusName(*order)) {
    return Refusal{
        ErrorId::kNotRestricted,
        "the order's status is " + std::string(StatusName(*order)) + ", not " + restriction};
  }
  return std::nullopt;
}

Reply CancelOrder(const CallContext& call) {
  const auto query = ReadOrderQuery(call.parameters, call.account);
  if (!query) return call.Refuse(query.error(), Stage::kRead);
  const auto restriction = ReadRestriction(call.parameters);
  if (!restriction) return call.Refuse(restriction.error(), Stage::kRead);
  const Order* order = FindOrder(*query, call);
  if (auto bad = CheckCancel(order, *restriction)) return call.Refuse(*bad, Stage::kEngine);
  (void)call.account.Cancel(*order->list, call.now);
  return Accept(WriteCancelled(*order, call.account.engine.markets()));
}

Reply CancelOrders(const CallContext& call) {
  const auto request = ReadCancelList(call.parameters, call.account);
  if (!request) return call.Refuse(request.error(), Stage::kRead);
  const std::vector<Meant> meant = FindAll(*request, call);
  const auto wrong =
      std::ranges::find_if(meant, [](const Meant& each) { return each.wrong.has_value(); });
  if (!request->go_on && wrong != meant.end()) return call.Refuse(*wrong->wrong, Stage::kEngine);
  std::vector<const Order*> cancelled;
  std::vector<NotCancelled> fails;
  for (const Meant& each : meant) {
    if (each.wrong) {
      fails.push_back({each.named, each.wrong->text});
      continue;
    }
    // One that is named twice, or the other of a pair, has gone with the first.
    (void)call.account.Cancel(*each.order->list, call.now);
    cancelled.push_back(each.order);
  }
  return Accept(WriteCancelledList(cancelled, &fails, call.account.engine.markets()));
}

Reply CancelOpenOrders(const CallContext& call) {
  const auto market = ReadSymbol(call.parameters, call.account);
  if (!market) return call.Refuse(market.error(), Stage::kRead);
  std::vector<const Order*> cancelled;
  for (const OrderList* list : call.account.engine.orders().Open()) {
    if (*market && list->market != **market) continue;
    list->ForEach([&](const Order& order) {
      if (order.IsWaiting()) cancelled.push_back(&order);
    });
    (void)call.account.Cancel(*list, call.now);
  }
  return Accept(WriteCancelledList(cancelled, nullptr, call.account.engine.markets()));
}

Reply CancelAllAfter(const CallContext& call) {
  const auto after = ReadTimer(call.parameters);
  if (!after) return call.Refuse(after.error(), Stage::kRead);
  CancelTimers& timers = call.account.cancel_timers;
  timers.Clear();
  if (!*after) return Accept(WriteTimer(std::nullopt));
  const TimePoint at = call.now + **after;
  timers.Set({.market = std::nullopt, .started = call.now, .at = at});
  return Accept(WriteTimer(at));
}

}  // namespace ocokit::mock::bingx
