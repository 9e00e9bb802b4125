#pragma once

// Reads WhiteBIT replies into typed values, in every spelling its documents and replies use. A
// reply that is not what the documents say is a kProtocol error naming the member; unknown members
// are passed over. Errors say outcome_unknown as for a call that acts. Source: WhiteBIT API docs,
// the reply examples of the pages of OCO, conditional and plain orders, and of the order history.

#include <string>
#include <vector>

#include "ocokit/client/errors.h"
#include "ocokit/client/transport.h"
#include "ocokit/client/whitebit_types.h"

namespace ocokit::client::whitebit {

// One group: the reply of create and of oco-cancel.
[[nodiscard]] Result<OcoOrder> ReadOco(const HttpResponse& response);
[[nodiscard]] Result<std::vector<OcoOrder>> ReadOcos(const HttpResponse& response);
[[nodiscard]] Result<ConditionalPage> ReadConditionals(const HttpResponse& response);
// An order by itself: the reply of its placement and of its cancel.
[[nodiscard]] Result<Order> ReadOrder(const HttpResponse& response);
[[nodiscard]] Result<std::vector<Order>> ReadOrders(const HttpResponse& response);
// Ended orders and legs, of all markets that the reply has, in its order.
[[nodiscard]] Result<std::vector<Order>> ReadHistory(const HttpResponse& response);
// The empty array of conditional-cancel.
[[nodiscard]] Result<void> ReadCancelled(const HttpResponse& response);
// {"websocket_token":"..."}; its text is in no error.
[[nodiscard]] Result<std::string> ReadToken(const HttpResponse& response);
[[nodiscard]] Result<TimePoint> ReadServerTime(const HttpResponse& response);

}  // namespace ocokit::client::whitebit
