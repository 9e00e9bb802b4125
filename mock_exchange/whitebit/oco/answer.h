#pragma once

// The calls about groups: create an OCO, the two lists of open groups, the three cancels of one.

#include "mock_exchange/whitebit/call.h"
#include "mock_exchange/whitebit/words.h"

namespace ocokit::mock::whitebit {

// What create does. `limit_client_id`, `stop_client_id`: of the legs, which REST cannot name.
[[nodiscard]] Placed<const OrderList*> PlaceOco(const JsonValue& body, const CallContext& call,
                                                const std::string& limit_client_id = "",
                                                const std::string& stop_client_id = "");
// Ends the OCO group of that id, of the market. Null: there is none that is open.
[[nodiscard]] const OrderList* CancelOcoGroup(std::uint32_t market, std::uint64_t id,
                                              const CallContext& call);
// Ends the OTO of that id, of the market. False: there is nothing to end.
[[nodiscard]] bool CancelOtoGroup(std::uint32_t market, std::uint64_t id, const CallContext& call);

[[nodiscard]] Reply CreateOco(const CallContext& call);
[[nodiscard]] Reply OcoOrders(const CallContext& call);
[[nodiscard]] Reply ConditionalOrders(const CallContext& call);
[[nodiscard]] Reply CancelOco(const CallContext& call);
[[nodiscard]] Reply CancelConditional(const CallContext& call);
[[nodiscard]] Reply CancelOto(const CallContext& call);

}  // namespace ocokit::mock::whitebit
