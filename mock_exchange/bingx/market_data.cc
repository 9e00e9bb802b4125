#include "mock_exchange/bingx/market_data.h"

#include "mock_exchange/bingx/write.h"

namespace ocokit::mock::bingx {

Reply GetServerTime(const CallContext& call) { return Accept(WriteServerTime(call.now)); }

}  // namespace ocokit::mock::bingx
