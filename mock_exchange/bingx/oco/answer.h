#pragma once

// The calls of OCO order lists: place, cancel, one list, open lists, ended lists.

#include "mock_exchange/bingx/call.h"

namespace ocokit::mock::bingx {

[[nodiscard]] Reply CreateOco(const CallContext& call);
[[nodiscard]] Reply CancelOco(const CallContext& call);
[[nodiscard]] Reply GetOcoList(const CallContext& call);
[[nodiscard]] Reply GetOpenOcoLists(const CallContext& call);
[[nodiscard]] Reply GetOcoHistory(const CallContext& call);

}  // namespace ocokit::mock::bingx
