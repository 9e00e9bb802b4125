#include "mock_exchange/whitebit/streams/entry.h"

#include <algorithm>
#include <array>

#include "mock_exchange/whitebit/orders/read_place.h"

namespace ocokit::mock::whitebit {
namespace {

using engine::OrderType;
using engine::Wallet;

// A method that places one order by itself.
struct PlaceMethod {
  std::string_view name;
  PlaceRule rule;
  bool at_best = false;  // at the best price of the book
};
constexpr std::array kPlaceMethods = {
    PlaceMethod{"order_limit_place", {}},
    PlaceMethod{"order_market_place", {.type = OrderType::kMarket, .stock = false}},
    PlaceMethod{"order_market_stock_place", {.type = OrderType::kMarket}},
    PlaceMethod{"order_stop_limit_place", {.type = OrderType::kStopLimit}},
    PlaceMethod{"order_stop_market_place", {.type = OrderType::kStopMarket, .stock = false}},
    PlaceMethod{"order_stop_market_stock_place", {.type = OrderType::kStopMarket}},
    PlaceMethod{"order_bbo_place", {}, true},
    PlaceMethod{"order_stop_bbo_place", {.type = OrderType::kStopLimit}, true},
    PlaceMethod{"collateral_order_limit_place", {.wallet = Wallet::kMargin}},
    PlaceMethod{"collateral_order_market_place",
                {.wallet = Wallet::kMargin, .type = OrderType::kMarket}},
    PlaceMethod{"collateral_order_stop_limit_place",
                {.wallet = Wallet::kMargin, .type = OrderType::kStopLimit}},
    PlaceMethod{"collateral_order_stop_market_place",
                {.wallet = Wallet::kMargin, .type = OrderType::kStopMarket}},
    PlaceMethod{"collateral_order_bbo_place", {.wallet = Wallet::kMargin}, true},
    PlaceMethod{"collateral_order_stop_bbo_place",
                {.wallet = Wallet::kMargin, .type = OrderType::kStopLimit},
                true},
};

struct OtherMethod {
  std::string_view name;
  Answered<std::string> (*answer)(const EntryCall&);
};
constexpr std::array kOtherMethods = {
    OtherMethod{"collateral_order_oco_place", EnterOco},
    OtherMethod{"collateral_order_oto_place", EnterOto},
    OtherMethod{"order_modify", EnterModify},
    OtherMethod{"order_cancel", EnterCancel},
    OtherMethod{"order_cancel_conditional", EnterCancelConditional},
    OtherMethod{"order_cancel_all", EnterCancelAll},
};

}  // namespace

bool IsEntry(std::string_view method) {
  return std::ranges::find(kPlaceMethods, method, &PlaceMethod::name) != kPlaceMethods.end() ||
         std::ranges::find(kOtherMethods, method, &OtherMethod::name) != kOtherMethods.end();
}

Answered<std::string> AnswerEntry(std::string_view method, const JsonValue& params,
                                  Account& account, TimePoint now) {
  if (!account.rights.can_trade) return NotAuthorized();
  if (params.members.size() != 1 || !params.members[0].Is(JsonValue::Kind::kObject)) {
    return InvalidArgument();
  }
  const EntryCall call{params.members[0], account, now};
  const auto* const place = std::ranges::find(kPlaceMethods, method, &PlaceMethod::name);
  if (place != kPlaceMethods.end()) return EnterOrder(call, place->rule, place->at_best);
  const auto* const other = std::ranges::find(kOtherMethods, method, &OtherMethod::name);
  return other == kOtherMethods.end() ? NoMethod() : other->answer(call);
}

}  // namespace ocokit::mock::whitebit
