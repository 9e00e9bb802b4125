#pragma once

// The calls about listenKeys: what opens a stream that is an account's own.

#include <string_view>

#include "mock_exchange/bingx/call.h"

namespace ocokit::mock::bingx {

inline constexpr std::string_view kListenKeyPath = "/openApi/user/auth/userDataStream";

// A new key at each call; those before it stay good.
[[nodiscard]] Reply CreateListenKey(const CallContext& call);
// The key's life begins anew.
[[nodiscard]] Reply ExtendListenKey(const CallContext& call);
// Its streams tell nothing of the account any more.
[[nodiscard]] Reply RemoveListenKey(const CallContext& call);

// The answer to a request for a stream whose key is no good.
[[nodiscard]] Reply RefuseListenKey();

}  // namespace ocokit::mock::bingx
