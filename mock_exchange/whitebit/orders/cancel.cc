#include "mock_exchange/whitebit/orders/cancel.h"

#include "mock_exchange/whitebit/oco/read.h"
#include "mock_exchange/whitebit/orders/find.h"
#include "mock_exchange/whitebit/orders/read.h"
#include "mock_exchange/whitebit/orders/write.h"

namespace ocokit::mock::whitebit {
namespace {

bool IsMeant(const CancelAllRequest& request, const OrderList& list, const Account& account) {
  if (request.market && list.market != *request.market) return false;
  if (request.side && list.position_side != *request.side) return false;
  if (list.wallet == engine::Wallet::kSpot) return request.spot;
  const MarketKind kind = account.engine.markets()[list.market].spec.kind;
  return kind == MarketKind::kFutures ? request.futures : request.margin;
}

}  // namespace

Reply CancelOrder(const CallContext& call) {
  const auto request = ReadCancel(call.body, call.account);
  if (!request) return Refuse(call, Stage::kRead, request.error());
  engine::Engine& engine = call.account.engine;
  const Order* order =
      FindActive({request->market, request->id, request->client_order_id}, engine.orders());
  if (order == nullptr || engine.Cancel(*order->list, call.now) == nullptr) {
    return Refuse(call, Stage::kEngine, About(ErrorId::kOrderUnknown, request->id_field));
  }
  return Accept(WriteOrder(*order, call.account));
}

Reply CancelAllOrders(const CallContext& call) {
  const auto request = ReadCancelAll(call.body, call.account);
  if (!request) return Refuse(call, Stage::kRead, request.error());
  engine::Engine& engine = call.account.engine;
  for (const OrderList* list : engine.orders().Open()) {
    if (IsMeant(*request, *list, call.account)) (void)engine.Cancel(*list, call.now);
  }
  return Accept(WriteEmptyList());
}

}  // namespace ocokit::mock::whitebit
