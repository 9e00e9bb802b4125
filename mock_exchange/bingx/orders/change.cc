#include "mock_exchange/bingx/orders/change.h"

#include "mock_exchange/bingx/orders/cancel.h"
#include "mock_exchange/bingx/orders/find.h"
#include "mock_exchange/bingx/orders/place.h"
#include "mock_exchange/bingx/orders/read_cancel.h"
#include "mock_exchange/bingx/orders/write.h"

namespace ocokit::mock::bingx {

Reply CancelReplace(const CallContext& call) {
  const auto request = ReadReplace(call.parameters, call.account);
  if (!request) return call.Refuse(request.error(), Stage::kRead);
  Replaced out;
  const Order* old = FindOrder(request->old, call);
  if (const auto bad = CheckCancel(old, request->restriction)) {
    if (!request->go_on) return call.Refuse(*bad, Stage::kEngine);
    out.cancel_error = TextOf(*bad, WordingFor(call.account));
  } else {
    // It goes first: what it held back may pay for the other.
    (void)call.account.Cancel(*old->list, call.now);
    out.cancelled = old;
  }
  const auto opened = PlaceOrder(call.parameters, call);
  if (!opened) {
    const std::string cancel = out.cancelled != nullptr ? "true, " : "false, " + out.cancel_error;
    return call.Refuse({ErrorId::kOpenFailed, "order open error:" + opened.error().Text(call) +
                                                  ", and the previous cancel order request "
                                                  "result:" +
                                                  cancel},
                       opened.error().stage);
  }
  out.opened = *opened;
  return Accept(WriteReplaced(out, call.account.engine.markets()));
}

}  // namespace ocokit::mock::bingx
