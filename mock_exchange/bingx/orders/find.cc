#include "mock_exchange/bingx/orders/find.h"

namespace ocokit::mock::bingx {

const Order* FindOrder(const OrderQuery& query, const CallContext& call) {
  // Documented: how far back an order is found by the client's id.
  constexpr std::chrono::hours kClientIdReach{2};
  const engine::OrderStore& orders = call.account.engine.orders();
  const bool by_id = query.order_id.has_value();
  const Order* found =
      by_id ? orders.FindOrder(*query.order_id) : orders.FindClientOrder(0, *query.client_order_id);
  if (found == nullptr || found->list->market != query.market) return nullptr;
  const bool reached = by_id || found->list->created + kClientIdReach >= call.now;
  return reached ? found : nullptr;
}

}  // namespace ocokit::mock::bingx
