#include "mock_exchange/engine/book.h"

#include "mock_exchange/engine/number.h"
#include "ocokit/base/check.h"

namespace ocokit::mock::engine {
namespace {

// Whether `a` was placed before `b`; of a pair, the limit order was.
bool IsEarlier(const Order& a, const Order& b) {
  if (a.list != b.list) return a.list->sequence < b.list->sequence;
  return &a != &b && &a == a.list->orders[0].get();
}

}  // namespace

bool Book::Rising::operator()(const Entry& a, const Entry& b) const {
  return a.ticks != b.ticks ? a.ticks < b.ticks : IsEarlier(*a.order, *b.order);
}

bool Book::Falling::operator()(const Entry& a, const Entry& b) const {
  return a.ticks != b.ticks ? a.ticks > b.ticks : IsEarlier(*a.order, *b.order);
}

template <typename Use>
void Book::InItsSet(Order& order, Use use) {
  OCOKIT_CHECK(order.IsWaiting(), "an order that has ended is in no book");
  if (order.phase == Phase::kUntriggered) {
    const Entry entry{Ticks(order.trigger), &order};
    order.when == When::kAtOrAbove ? use(rising_stops_, entry) : use(falling_stops_, entry);
  } else {
    const Entry entry{Ticks(order.price), &order};
    order.list->side == Side::kBuy ? use(buys_, entry) : use(sells_, entry);
  }
}

void Book::Add(Order& order) {
  InItsSet(order, [](auto& set, const Entry& entry) { set.insert(entry); });
}

void Book::Remove(Order& order) {
  InItsSet(order, [](auto& set, const Entry& entry) {
    const std::size_t erased = set.erase(entry);
    OCOKIT_CHECK(erased == 1, "the order is not in the book");
  });
}

std::vector<Order*> Book::Collect(const MetFalling& falling, const MetRising& rising,
                                  const Decimal& last) {
  std::vector<Order*> out;
  const std::int64_t at = Ticks(last);
  for (const Entry& entry : falling) {
    if (entry.ticks < at) break;
    out.push_back(entry.order);
  }
  for (const Entry& entry : rising) {
    if (entry.ticks > at) break;
    out.push_back(entry.order);
  }
  return out;
}

std::vector<Order*> Book::CrossedLimits(const Decimal& last) const {
  return Collect(buys_, sells_, last);
}

std::vector<Order*> Book::CrossedStops(const Decimal& last) const {
  return Collect(falling_stops_, rising_stops_, last);
}

}  // namespace ocokit::mock::engine
