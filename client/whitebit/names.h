#pragma once

// The wire's words for WhiteBIT's enumerations, each listed once.

#include <array>
#include <string_view>
#include <utility>

#include "ocokit/client/whitebit_types.h"

namespace ocokit::client::whitebit {

inline constexpr std::array<std::pair<Side, std::string_view>, 2> kSideNames{{
    {Side::kBuy, "buy"},
    {Side::kSell, "sell"},
}};

inline constexpr std::array<std::pair<PositionSide, std::string_view>, 3> kPositionSideNames{{
    {PositionSide::kLong, "LONG"},
    {PositionSide::kShort, "SHORT"},
    {PositionSide::kBoth, "BOTH"},
}};

inline constexpr std::array<std::pair<Stp, std::string_view>, 4> kStpNames{{
    {Stp::kNo, "no"},
    {Stp::kCancelBoth, "cb"},
    {Stp::kCancelNew, "cn"},
    {Stp::kCancelOld, "co"},
}};

inline constexpr std::array<std::pair<OrderStatus, std::string_view>, 4> kOrderStatusNames{{
    {OrderStatus::kOpen, "OPEN"},
    {OrderStatus::kPartiallyFilled, "PARTIALLY_FILLED"},
    {OrderStatus::kFilled, "FILLED"},
    {OrderStatus::kCanceled, "CANCELED"},
}};

}  // namespace ocokit::client::whitebit
