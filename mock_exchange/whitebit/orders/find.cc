#include "mock_exchange/whitebit/orders/find.h"

namespace ocokit::mock::whitebit {

const Order* FindActive(const Named& named, const engine::OrderStore& orders) {
  const Order* found = named.id ? orders.FindOrder(*named.id)
                                : orders.FindClientOrder(named.market, named.client_order_id);
  return found != nullptr && found->list->market == named.market && found->IsWaiting() ? found
                                                                                       : nullptr;
}

}  // namespace ocokit::mock::whitebit
