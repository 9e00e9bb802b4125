#include "mock_exchange/whitebit/routes.h"

#include <array>

namespace ocokit::mock::whitebit {
namespace {

using std::chrono::milliseconds;

constexpr RateLimit kOrders{10000, milliseconds(10000)};
constexpr RateLimit kLists{12000, milliseconds(10000)};

constexpr std::array kRoutes = {
    Route{Call::kTime, "GET", "/api/v4/public/time", Access::kPublic, "", {}},
    Route{Call::kCreate, "POST", "/api/v4/order/collateral/oco", Access::kTrade, "oco_create",
          kOrders},
    Route{Call::kOcoOrders, "POST", "/api/v4/oco-orders", Access::kRead, "oco_query", kLists},
    Route{Call::kConditionalOrders, "POST", "/api/v4/conditional-orders", Access::kRead,
          "oco_query", kLists},
    Route{Call::kOcoCancel, "POST", "/api/v4/order/oco-cancel", Access::kTrade, "oco_cancel",
          kOrders},
    Route{Call::kConditionalCancel, "POST", "/api/v4/order/conditional-cancel", Access::kTrade,
          "oco_cancel", kOrders},
};

}  // namespace

const Route* FindRoute(std::string_view method, std::string_view path) {
  return mock::FindRoute<Call>(kRoutes, method, path);
}

}  // namespace ocokit::mock::whitebit
