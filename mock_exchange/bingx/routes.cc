#include "mock_exchange/bingx/routes.h"

#include <array>

namespace ocokit::mock::bingx {
namespace {

using std::chrono::milliseconds;

constexpr RateLimit kTwoASecond{2, milliseconds(1000)};
constexpr RateLimit kFiveASecond{5, milliseconds(1000)};

constexpr std::array kRoutes = {
    Route{Call::kServerTime, "GET", "/openApi/spot/v1/server/time", Access::kPublic, "", {}},
    Route{Call::kCreate, "POST", "/openApi/spot/v1/oco/order", Access::kTrade, "oco_create",
          kTwoASecond},
    Route{Call::kCancel, "POST", "/openApi/spot/v1/oco/cancel", Access::kTrade, "oco_cancel",
          kTwoASecond},
    Route{Call::kOrderList, "GET", "/openApi/spot/v1/oco/orderList", Access::kRead, "oco_query",
          kFiveASecond},
    Route{Call::kOpenOrderList, "GET", "/openApi/spot/v1/oco/openOrderList", Access::kRead,
          "oco_query", kFiveASecond},
    Route{Call::kHistoryOrderList, "GET", "/openApi/spot/v1/oco/historyOrderList", Access::kRead,
          "oco_query", kFiveASecond},
};

}  // namespace

const Route* FindRoute(std::string_view method, std::string_view path) {
  return mock::FindRoute<Call>(kRoutes, method, path);
}

}  // namespace ocokit::mock::bingx
