// The markets, what a price does to them, and what is forgotten.

#include "mock_exchange/engine/engine.h"

#include "mock_exchange/engine/command_scope.h"
#include "ocokit/base/check.h"

namespace ocokit::mock::engine {

Engine::Engine(std::vector<MarketSpec> markets, bool client_ids_per_market, std::uint64_t first_id)
    : orders_(std::make_unique<OrderStore>(client_ids_per_market)),
      next_trade_id_(first_id),
      next_position_id_(first_id) {
  markets_.reserve(markets.size());
  for (MarketSpec& spec : markets) {
    Market market;
    market.spec = std::move(spec);
    markets_.push_back(std::move(market));
  }
}

std::optional<std::uint32_t> Engine::FindMarket(std::string_view symbol) const {
  for (std::size_t i = 0; i < markets_.size(); ++i) {
    if (markets_[i].spec.symbol == symbol) return static_cast<std::uint32_t>(i);
  }
  return std::nullopt;
}

void Engine::SetLast(std::uint32_t market, const Decimal& last, const Decimal& fill_share,
                     const Rules& rules, TimePoint now) {
  OCOKIT_CHECK(market < markets_.size(), "no such market");
  OCOKIT_CHECK(last.IsPositive() && last < kMaxNumber, "a last price must be positive");
  OCOKIT_CHECK(fill_share.IsPositive() && fill_share <= Decimal(1), "a share is above 0, up to 1");
  const Command scope(*this, now);
  Market& m = markets_[market];
  m.last = last;
  // Both lists are read before anything moves: what this price triggers does not also count as
  // having rested. Nothing is forgotten before the end, so that what is listed stays.
  const std::vector<Order*> limits = m.book.CrossedLimits(last);
  const std::vector<Order*> stops = m.book.CrossedStops(last);
  for (Order* order : limits) {
    if (order->phase == Phase::kResting) FillResting(*order, fill_share, rules, now);
  }
  for (Order* order : stops) {
    if (order->phase == Phase::kUntriggered) {
      Trigger(*order, fill_share, rules, PairEvent::Cause::kPrice, now);
    }
  }
  PlaceExits(rules, now);
  orders_->Trim();
}

void Engine::SetDepth(std::uint32_t market, std::optional<Depth> depth) {
  OCOKIT_CHECK(market < markets_.size(), "no such market");
  markets_[market].depth = std::move(depth);
}

std::size_t Engine::ForgetEnded(std::size_t most) {
  const std::size_t count = orders_->ForgetEnded(most);
  const std::optional<TimePoint> kept = orders_->OldestEnded();
  while (count != 0 && !trades_.empty() && (!kept || trades_.front().at < *kept)) {
    trades_.pop_front();
  }
  if (count != 0) log_.ForgetBefore(kept.value_or(TimePoint::max()));
  return count;
}

}  // namespace ocokit::mock::engine
