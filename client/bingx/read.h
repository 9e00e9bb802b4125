#pragma once

// Reads BingX replies into typed values. A reply that is not what the documents say is a kProtocol
// error naming the member; unknown members are passed over. Errors say outcome_unknown as for a
// call that acts.
// Source: BingX spot trade API, the reply examples of the five OCO pages, and of "Place order",
// "Cancel Order", "Current Open Orders" and "Listen Key".

#include <string>
#include <vector>

#include "ocokit/client/bingx_types.h"
#include "ocokit/client/errors.h"
#include "ocokit/client/transport.h"

namespace ocokit::client::bingx {

// Both legs of one pair, in either order.
[[nodiscard]] Result<OcoPair> ReadPlaced(const HttpResponse& response);
// The same for orderList, where no leg at all means kNotFound.
[[nodiscard]] Result<OcoPair> ReadFound(const HttpResponse& response);
[[nodiscard]] Result<CancelOcoReply> ReadCancelled(const HttpResponse& response);
// Any number of legs; null and {} count as none.
[[nodiscard]] Result<std::vector<Leg>> ReadLegs(const HttpResponse& response);
// An order by itself: the reply of its placement and of its cancel.
[[nodiscard]] Result<Order> ReadOrder(const HttpResponse& response);
[[nodiscard]] Result<std::vector<Order>> ReadOrders(const HttpResponse& response);
// {"listenKey":"..."}, without an envelope; its text is in no error.
[[nodiscard]] Result<std::string> ReadListenKey(const HttpResponse& response);
// The empty body of the two other calls of a listenKey. Errors: kNotFound for a key that is unknown
// or has expired.
[[nodiscard]] Result<void> ReadKeyDone(const HttpResponse& response);
[[nodiscard]] Result<TimePoint> ReadServerTime(const HttpResponse& response);

}  // namespace ocokit::client::bingx
