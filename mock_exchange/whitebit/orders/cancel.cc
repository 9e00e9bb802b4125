#include "mock_exchange/whitebit/orders/cancel.h"

#include "mock_exchange/whitebit/oco/read.h"
#include "mock_exchange/whitebit/orders/read_cancel.h"
#include "mock_exchange/whitebit/orders/read_place.h"
#include "mock_exchange/whitebit/orders/write.h"

namespace ocokit::mock::whitebit {
namespace {

bool IsMeant(const CancelAllRequest& request, const OrderList& list, const Account& account) {
  if (request.market && list.market != *request.market) return false;
  if (request.side && list.position_side != *request.side) return false;
  if (list.wallet == engine::Wallet::kSpot) return request.types.spot;
  const MarketKind kind = account.engine.markets()[list.market].spec.kind;
  return kind == MarketKind::kFutures ? request.types.futures : request.types.margin;
}

}  // namespace

const Order* CancelNamedOrder(const Named& named, const CallContext& call) {
  Account& account = call.account;
  const Order* order = FindActive(named, account.engine.orders());
  if (order == nullptr) return nullptr;
  // The orders of a group go together; of two exits, one alone.
  const OrderList* ended =
      order->list->oto == engine::OtoRole::kPending
          ? account.engine.CancelExit(*order, account.Rules(std::nullopt), call.now)
          : account.Cancel(*order->list, call.now);
  return ended != nullptr ? order : nullptr;
}

void CancelMatching(const CancelAllRequest& request, const CallContext& call) {
  for (const OrderList* list : call.account.engine.orders().Open()) {
    if (!IsMeant(request, *list, call.account)) continue;
    (void)call.account.Cancel(*list, call.now, PairEvent::Cause::kRequest, /*whole=*/true);
  }
}

Reply CancelOrder(const CallContext& call) {
  const auto request = ReadCancel(call.body, call.account);
  if (!request) return Refuse(call, Stage::kRead, request.error());
  const Order* order =
      CancelNamedOrder({request->market, request->id, request->client_order_id}, call);
  if (order == nullptr) {
    return Refuse(call, Stage::kEngine, About(ErrorId::kOrderUnknown, request->id_field));
  }
  return Accept(WriteOrder(*order, call.account));
}

Reply CancelBulk(const CallContext& call) {
  constexpr std::size_t kMostOrders = 100;
  const JsonValue* orders = call.body.FindGiven("orders");
  const auto refuse = [&](const char* text) {
    return Refuse(call, Stage::kRead, Saying(ErrorId::kOrdersList, text));
  };
  if (orders == nullptr || !orders->Is(JsonValue::Kind::kArray)) {
    return refuse("validation.required");
  }
  if (orders->members.empty() || orders->members.size() > kMostOrders) {
    return refuse("validation.between");
  }
  engine::Engine& engine = call.account.engine;
  std::vector<BulkItem> items;
  for (const JsonValue& item : orders->members) {
    const auto named = ReadCancelItem(item, call.account);
    if (!named) {
      items.push_back({nullptr, named.error()});
      continue;
    }
    const Order* order = FindActive(*named, engine.orders());
    const bool spot = order != nullptr && order->list->wallet == engine::Wallet::kSpot;
    if (!spot || call.account.Cancel(*order->list, call.now) == nullptr) {
      items.push_back({nullptr, {ErrorId::kCancelItemUnknown}});
    } else {
      items.push_back({order, {}});
    }
  }
  return Accept(WriteBulk(items, call.account));
}

Reply CancelAllOrders(const CallContext& call) {
  const auto request = ReadCancelAll(call.body, call.account);
  if (!request) return Refuse(call, Stage::kRead, request.error());
  CancelMatching(*request, call);
  return Accept(WriteEmptyList());
}

Reply KillSwitch(const CallContext& call) {
  const auto request = ReadTimer(call.body, call.account, call.now);
  if (!request) return Refuse(call, Stage::kRead, request.error());
  CancelTimers& timers = call.account.cancel_timers;
  if (!request->timer) {
    timers.Remove(request->market);
    return Accept(WriteEmptyList());
  }
  timers.Set(*request->timer);
  return Accept(WriteTimer(*request->timer, call.account));
}

Reply KillSwitchStatus(const CallContext& call) {
  const auto market = ReadMarketFilter(call.body, call.account);
  if (!market) return Refuse(call, Stage::kRead, market.error());
  std::vector<CancelTimer> shown;
  for (const CancelTimer& timer : call.account.cancel_timers.all()) {
    if (!*market || timer.market == *market) shown.push_back(timer);
  }
  return Accept(WriteTimers(shown, call.account));
}

}  // namespace ocokit::mock::whitebit
