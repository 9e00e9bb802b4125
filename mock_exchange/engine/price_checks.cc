#include "mock_exchange/engine/price_checks.h"

#include <algorithm>

namespace ocokit::mock::engine {
namespace {

std::optional<Rejection> CheckBand(const Decimal& price, const Decimal& last,
                                   const MarketSpec& spec, RejectReason reason) {
  const Decimal high = last * spec.band_high;
  const Decimal low = last * spec.band_low;
  if (price > high) return Rejection{.reason = reason, .bound = high, .above = true};
  if (price < low) return Rejection{.reason = reason, .bound = low};
  return std::nullopt;
}

}  // namespace

bool IsTooLarge(std::initializer_list<Decimal> numbers) {
  return std::ranges::any_of(
      numbers, [](const Decimal& n) { return n >= kMaxNumber || n.scale() > kMaxScale; });
}

std::optional<Rejection> CheckPrices(const PairCommand& c, const Market& m) {
  const Decimal& last = *m.last;
  if (c.trigger_price == last) return Rejection{.reason = RejectReason::kTriggerEqualsLast};
  if (auto band = CheckBand(c.limit_price, last, m.spec, RejectReason::kLimitPriceBand)) {
    return band;
  }
  if (auto band = CheckBand(c.stop_price, last, m.spec, RejectReason::kStopPriceBand)) return band;
  const bool buy = c.side == Side::kBuy;
  if (buy ? c.limit_price >= last : c.limit_price <= last) {
    return Rejection{.reason = RejectReason::kLimitCrosses};
  }
  if (buy ? c.trigger_price <= last : c.trigger_price >= last) {
    return Rejection{.reason = RejectReason::kTriggerWrongSide};
  }
  return std::nullopt;
}

std::optional<Rejection> CheckExits(const OrderCommand& c, const Decimal& last) {
  // What it will have cost, as far as anybody can say.
  const Decimal& entry = HasPrice(c.type) ? c.price : IsStop(c.type) ? c.trigger : last;
  const bool buy = c.side == Side::kBuy;
  const auto gains = [&](const Decimal& exit) { return buy ? exit > entry : exit < entry; };
  const auto loses = [&](const Decimal& exit) { return buy ? exit < entry : exit > entry; };
  if (!c.take_profit.IsZero() && !gains(c.take_profit)) {
    return Rejection{.reason = RejectReason::kTakeProfitSide};
  }
  if (!c.stop_loss.IsZero() && !loses(c.stop_loss)) {
    return Rejection{.reason = RejectReason::kStopLossSide};
  }
  return std::nullopt;
}

bool IsMet(When when, const Decimal& trigger, const Decimal& last) {
  return when == When::kAtOrAbove ? last >= trigger : last <= trigger;
}

std::optional<Rejection> CheckPrices(const OrderCommand& c, const Market& m, const Rules& rules) {
  if (!m.last && (!HasPrice(c.type) || IsStop(c.type))) {
    return Rejection{.reason = RejectReason::kNoLastPrice};
  }
  if (auto bad = CheckExits(c, m.last.value_or(c.price))) return bad;
  if (!m.last) return std::nullopt;
  if (!rules.price_rules) return std::nullopt;
  if (IsStop(c.type) && rules.refuse_equal_trigger && c.trigger == *m.last) {
    return Rejection{.reason = RejectReason::kTriggerEqualsLast};
  }
  if (IsStop(c.type) && rules.refuse_met_trigger && IsMet(c.when, c.trigger, *m.last)) {
    return Rejection{.reason = RejectReason::kTriggerMet};
  }
  if (!HasPrice(c.type) || !rules.price_bands) return std::nullopt;
  return CheckBand(c.price, *m.last, m.spec, RejectReason::kLimitPriceBand);
}

}  // namespace ocokit::mock::engine
