#include "mock_exchange/engine/book.h"

#include "ocokit/base/check.h"

namespace ocokit::mock::engine {

bool Book::Rising::operator()(const Entry& a, const Entry& b) const {
  if (const auto order = a.price <=> b.price; order != 0) return order < 0;
  return a.leg < b.leg;
}

bool Book::Falling::operator()(const Entry& a, const Entry& b) const {
  if (const auto order = a.price <=> b.price; order != 0) return order > 0;
  return a.leg < b.leg;
}

void Book::AddLimit(Side side, const Decimal& price, LegRef leg) {
  if (side == Side::kBuy) {
    buy_limits_.insert({price, leg});
  } else {
    sell_limits_.insert({price, leg});
  }
}

void Book::RemoveLimit(Side side, const Decimal& price, LegRef leg) {
  const std::size_t erased =
      side == Side::kBuy ? buy_limits_.erase({price, leg}) : sell_limits_.erase({price, leg});
  OCOKIT_CHECK(erased == 1, "the limit leg is not in the book");
}

void Book::AddStop(When when, const Decimal& price, LegRef leg) {
  if (when == When::kAtOrAbove) {
    rising_stops_.insert({price, leg});
  } else {
    falling_stops_.insert({price, leg});
  }
}

void Book::RemoveStop(When when, const Decimal& price, LegRef leg) {
  const std::size_t erased = when == When::kAtOrAbove ? rising_stops_.erase({price, leg})
                                                      : falling_stops_.erase({price, leg});
  OCOKIT_CHECK(erased == 1, "the stop leg is not in the book");
}

void Book::Collect(const MetFalling& falling, const MetRising& rising, const Decimal& last,
                   std::vector<LegRef>& out) {
  for (const Entry& entry : falling) {
    if (entry.price < last) break;
    out.push_back(entry.leg);
  }
  for (const Entry& entry : rising) {
    if (entry.price > last) break;
    out.push_back(entry.leg);
  }
}

std::vector<LegRef> Book::CrossedLimits(const Decimal& last) const {
  std::vector<LegRef> out;
  Collect(buy_limits_, sell_limits_, last, out);
  return out;
}

std::vector<LegRef> Book::CrossedStops(const Decimal& last) const {
  std::vector<LegRef> out;
  Collect(falling_stops_, rising_stops_, last, out);
  return out;
}

}  // namespace ocokit::mock::engine
