#pragma once

// The wire's words for BingX's enumerations, each listed once.

#include <array>
#include <string_view>
#include <utility>

#include "ocokit/client/bingx_types.h"

namespace ocokit::client::bingx {

inline constexpr std::array<std::pair<Side, std::string_view>, 2> kSideNames{{
    {Side::kBuy, "BUY"},
    {Side::kSell, "SELL"},
}};

inline constexpr std::array<std::pair<LegType, std::string_view>, 2> kLegTypeNames{{
    {LegType::kLimit, "ocoLimit"},
    {LegType::kStopLimit, "ocoTps"},
}};

inline constexpr std::array<std::pair<OrderType, std::string_view>, 6> kOrderTypeNames{{
    {OrderType::kLimit, "LIMIT"},
    {OrderType::kMarket, "MARKET"},
    {OrderType::kTakeStopLimit, "TAKE_STOP_LIMIT"},
    {OrderType::kTakeStopMarket, "TAKE_STOP_MARKET"},
    {OrderType::kTriggerLimit, "TRIGGER_LIMIT"},
    {OrderType::kTriggerMarket, "TRIGGER_MARKET"},
}};

inline constexpr std::array<std::pair<TimeInForce, std::string_view>, 4> kTimeInForceNames{{
    {TimeInForce::kGtc, "GTC"},
    {TimeInForce::kIoc, "IOC"},
    {TimeInForce::kFok, "FOK"},
    {TimeInForce::kPostOnly, "PostOnly"},
}};

inline constexpr std::array<std::pair<OrderStatus, std::string_view>, 6> kOrderStatusNames{{
    {OrderStatus::kNew, "NEW"},
    {OrderStatus::kPending, "PENDING"},
    {OrderStatus::kPartiallyFilled, "PARTIALLY_FILLED"},
    {OrderStatus::kFilled, "FILLED"},
    {OrderStatus::kCanceled, "CANCELED"},
    {OrderStatus::kFailed, "FAILED"},
}};

}  // namespace ocokit::client::bingx
