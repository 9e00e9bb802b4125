#include "mock_exchange/account/order_book.h"

#include <algorithm>

#include "mock_exchange/account/out_of_range.h"
#include "mock_exchange/engine/number.h"

namespace ocokit::mock {
namespace {

using engine::Level;

bool IsNumber(const Decimal& number) {
  return number.IsPositive() && number < engine::kMaxNumber && number.scale() <= engine::kMaxScale;
}

Result<std::vector<Level>> ReadSide(const std::vector<BookLevel>& given, const char* side,
                                    const MarketSpec& spec) {
  const std::string where = "book of " + spec.symbol + ": " + side;
  if (given.size() > kMaxLevels) {
    return OutOfRange(where + " may have " + std::to_string(kMaxLevels) + " levels");
  }
  std::vector<Level> out;
  for (const BookLevel& level : given) {
    if (!IsNumber(level.price) || !level.price.IsMultipleOf(spec.price_step)) {
      return OutOfRange(where + ": a price must be positive, below 10^10 and a multiple of " +
                        spec.price_step.Format() + ", not " + level.price.Format());
    }
    if (!IsNumber(level.amount) || !level.amount.IsMultipleOf(spec.amount_step)) {
      return OutOfRange(where + ": an amount must be positive, below 10^10 and a multiple of " +
                        spec.amount_step.Format() + ", not " + level.amount.Format());
    }
    out.push_back({level.price, level.amount});
  }
  return out;
}

// A price on one side of the last, cut to the tick away from it.
Decimal Away(const Decimal& last, const Decimal& distance, bool up, const Decimal& step) {
  const Decimal exact = up ? last + distance : last - distance;
  const Decimal cut = exact.TruncateToMultipleOf(step);
  return up && cut < exact ? cut + step : cut;
}

}  // namespace

Result<engine::Depth> ReadBook(const OrderBook& book, const MarketSpec& spec) {
  engine::Depth out;
  auto bids = ReadSide(book.bids, "bids", spec);
  if (!bids) return tl::unexpected<Error>(bids.error());
  auto asks = ReadSide(book.asks, "asks", spec);
  if (!asks) return tl::unexpected<Error>(asks.error());
  std::ranges::sort(*bids, std::ranges::greater{}, &Level::price);
  std::ranges::sort(*asks, {}, &Level::price);
  for (const auto* side : {&*bids, &*asks}) {
    const auto twice = std::ranges::adjacent_find(*side, {}, &Level::price);
    if (twice != side->end()) {
      return OutOfRange("book of " + spec.symbol + ": the price " + twice->price.Format() +
                        " stands there twice");
    }
  }
  if (!bids->empty() && !asks->empty() && bids->front().price >= asks->front().price) {
    return OutOfRange("book of " + spec.symbol + ": the best bid, " + bids->front().price.Format() +
                      ", must be below the best ask, " + asks->front().price.Format());
  }
  return engine::Depth{std::move(*bids), std::move(*asks)};
}

Result<void> CheckSyntheticBook(const SyntheticBook& book, const MarketSpec& spec) {
  const std::string where = "book of " + spec.symbol + ": ";
  if (book.spread.IsNegative() || (!book.spread.IsZero() && !IsNumber(book.spread))) {
    return OutOfRange(where + "spread must be 0 to 10^10, with at most 8 decimals");
  }
  if (book.levels < 1 || static_cast<std::size_t>(book.levels) > kMaxLevels) {
    return OutOfRange(where + "levels must be 1 to " + std::to_string(kMaxLevels));
  }
  if (!IsNumber(book.amount_per_level) || !book.amount_per_level.IsMultipleOf(spec.amount_step)) {
    return OutOfRange(where + "amount_per_level must be a positive multiple of " +
                      spec.amount_step.Format());
  }
  return {};
}

engine::Depth MakeDepth(const SyntheticBook& book, const Decimal& last, const MarketSpec& spec) {
  engine::Depth out;
  const Decimal half = Decimal::Divide(book.spread, Decimal(2), engine::kMaxScale + 1).value();
  const Decimal apart = Max(book.spread, spec.price_step);
  for (int i = 0; i < book.levels; ++i) {
    const Decimal distance = half + apart * Decimal(i);
    const Decimal ask = Away(last, distance, true, spec.price_step);
    if (ask < engine::kMaxNumber && (out.asks.empty() || ask > out.asks.back().price)) {
      out.asks.push_back({ask, book.amount_per_level});
    }
    const Decimal bid = Away(last, distance, false, spec.price_step);
    if (bid.IsPositive() && (out.bids.empty() || bid < out.bids.back().price)) {
      out.bids.push_back({bid, book.amount_per_level});
    }
  }
  return out;
}

std::vector<BookLevel> PutTogether(const std::vector<BookLevel>& levels, const Decimal& step,
                                   bool up) {
  std::vector<BookLevel> out;
  for (const BookLevel& level : levels) {
    Decimal price = level.price.TruncateToMultipleOf(step);
    if (up && price < level.price) price += step;
    if (!out.empty() && out.back().price == price) {
      out.back().amount += level.amount;
    } else if (price.IsPositive()) {
      out.push_back({price, level.amount});
    }
  }
  return out;
}

OrderBook ShowBook(const engine::Liquidity& market, const MarketSpec& spec) {
  OrderBook out;
  const auto show = [](const std::vector<Level>& levels, std::vector<BookLevel>& into) {
    for (const Level& level : levels) into.push_back({level.price, level.amount});
  };
  if (market.depth) {
    show(market.depth->bids, out.bids);
    show(market.depth->asks, out.asks);
  } else if (market.last) {
    constexpr int kPlenty = 1'000'000;
    const Decimal amount = spec.max_amount.IsZero() ? Decimal(kPlenty) : spec.max_amount;
    out.bids = out.asks = {{*market.last, amount}};
  }
  return out;
}

}  // namespace ocokit::mock
