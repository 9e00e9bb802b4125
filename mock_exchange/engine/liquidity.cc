#include "mock_exchange/engine/liquidity.h"

#include <algorithm>

#include "mock_exchange/engine/number.h"
#include "ocokit/base/check.h"

namespace ocokit::mock::engine {
namespace {

// The side of the book that an order of `side` takes from.
const std::vector<Level>& Opposite(const Depth& depth, Side side) {
  return side == Side::kBuy ? depth.asks : depth.bids;
}

bool IsWithin(const Decimal& price, const Wanted& wanted) {
  if (!wanted.limit) return true;
  return wanted.side == Side::kBuy ? price <= *wanted.limit : price >= *wanted.limit;
}

}  // namespace

Decimal AmountFor(const Decimal& money, const Decimal& price, const Decimal& step) {
  if (!money.IsPositive()) return Decimal();
  const Decimal amount = Decimal::Divide(money, price, kMaxScale).value_or(kMaxNumber);
  return Min(amount, kMaxNumber).TruncateToMultipleOf(step);
}

std::optional<Decimal> Liquidity::BestBid() const {
  if (!depth) return last;
  return depth->bids.empty() ? std::nullopt : std::optional(depth->bids.front().price);
}

std::optional<Decimal> Liquidity::BestAsk() const {
  if (!depth) return last;
  return depth->asks.empty() ? std::nullopt : std::optional(depth->asks.front().price);
}

Found Find(const Liquidity& liquidity, const Wanted& wanted) {
  Found out;
  // False when no more is wanted.
  const auto add = [&](const Decimal& price, const std::optional<Decimal>& offered) {
    if (!IsWithin(price, wanted)) return false;
    const Decimal left = wanted.amount - out.amount;
    Decimal most = left;
    if (wanted.money) {
      most = Min(left, AmountFor(*wanted.money - out.value, price, wanted.step));
    }
    const Decimal amount = offered ? Min(most, *offered) : most;
    if (!amount.IsZero()) {
      out.fills.push_back({price, amount});
      out.amount += amount;
      out.value += (amount * price).Truncate(kMaxValueScale);
    }
    out.exhausted = amount < most;
    return out.exhausted;
  };
  out.exhausted = true;
  if (liquidity.depth) {
    static_cast<void>(
        std::ranges::all_of(Opposite(*liquidity.depth, wanted.side),
                            [&](const Level& level) { return add(level.price, level.amount); }));
  } else if (liquidity.last) {
    add(*liquidity.last, std::nullopt);
  }
  return out;
}

void Take(Liquidity& liquidity, Side side, const Level& taken) {
  if (!liquidity.depth) return;
  std::vector<Level>& levels = side == Side::kBuy ? liquidity.depth->asks : liquidity.depth->bids;
  const auto level = std::ranges::find(levels, taken.price, &Level::price);
  OCOKIT_CHECK(level != levels.end() && taken.amount <= level->amount, "nobody offers that");
  level->amount -= taken.amount;
  if (level->amount.IsZero()) levels.erase(level);
}

}  // namespace ocokit::mock::engine
