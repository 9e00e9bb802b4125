#include "client/streams/ledger.h"

#include <utility>

namespace ocokit::client::streams {
namespace {

constexpr int kPriceDigits = 16;
// Of one order, that wait for its sums.
constexpr std::size_t kMaxDeals = 1000;
// By so much a sum of the venue may differ from that of its deals.
const Decimal kRounding = Decimal::FromParts(1, 6).value();

// The sum of two numbers of the venue; the first where it does not fit.
Decimal Sum(const Decimal& a, const Decimal& b) { return Decimal::Add(a, b).value_or(a); }
Decimal Difference(const Decimal& a, const Decimal& b) {
  return Decimal::Subtract(a, b).value_or(Decimal());
}

}  // namespace

bool Ledger::Ended(OrderState state) {
  return state == OrderState::kFilled || state == OrderState::kCancelled;
}

// Members that a sighting leaves out stay as they were.
void Ledger::Describe(Known& known, const Sighting& seen) {
  OrderEvent& order = known.order;
  order.order_id = seen.order_id;
  if (!seen.client_order_id.empty()) order.client_order_id = seen.client_order_id;
  if (!seen.pair_id.empty()) order.pair_id = seen.pair_id;
  order.market = seen.market;
  order.side = seen.side;
  if (!seen.price.IsZero()) order.price = seen.price;
  if (!seen.trigger_price.IsZero()) order.trigger_price = seen.trigger_price;
  if (!seen.amount.IsZero()) order.amount = seen.amount;
}

// The deals that make up a rise of the order's sums; none where they are not all there.
std::vector<Fill> Ledger::DealsOf(const std::string& order_id, const Decimal& amount,
                                  const Decimal& money) {
  const auto found = deals_.find(order_id);
  if (found == deals_.end()) return {};
  std::vector<Fill> deals = std::move(found->second);
  deals_.erase(found);
  Decimal amounts;
  Decimal moneys;
  for (const Fill& deal : deals) {
    amounts = Sum(amounts, deal.amount);
    moneys = Sum(moneys, Decimal::Multiply(deal.amount, deal.price).value_or(Decimal()));
  }
  // A deal that was counted before, and came late, is not taken for another of its amount.
  const bool agree = amounts == amount && Difference(moneys, money).Abs() <= kRounding;
  return agree ? std::move(deals) : std::vector<Fill>();
}

// What has been filled between what is known and what was seen.
std::vector<Fill> Ledger::FillsOf(Known& known, const Sighting& seen) {
  const Decimal amount = Difference(seen.filled, known.order.filled);
  const Decimal money = Difference(seen.money, known.order.money);
  std::vector<Fill> fills = DealsOf(seen.order_id, amount, money);
  if (fills.empty() && seen.last && seen.last->amount == amount) fills.push_back(*seen.last);
  if (fills.empty()) {
    Fill fill{.amount = amount, .fee_asset = seen.fee_asset};
    fill.price = Decimal::Divide(money, amount, kPriceDigits).value_or(seen.price);
    if (seen.fee && known.fee) fill.fee = Difference(*seen.fee, *known.fee);
    fills.push_back(std::move(fill));
  }
  std::optional<Decimal> fee = known.fee;
  for (const Fill& fill : fills) {
    fee = fee && fill.fee ? std::optional(Sum(*fee, *fill.fee)) : std::nullopt;
  }
  known.fee = seen.fee ? seen.fee : fee;
  return fills;
}

std::vector<OrderEvent> Ledger::TakeBaseline(const Sighting& seen) {
  if (orders_.contains(seen.order_id)) return Take(seen, /*from_rest=*/true);
  Known& known = orders_[seen.order_id];
  Describe(known, seen);
  known.placed = true;
  known.is_baseline = true;
  known.order.filled = seen.filled;
  known.order.money = seen.money;
  known.order.state = seen.state;
  known.fee = seen.fee;
  if (Ended(seen.state)) {
    Finish(seen.order_id);
    return {};
  }
  OrderEvent event = known.order;
  event.kind = OrderEventKind::kPlaced;
  event.at = seen.at;
  event.from_rest = true;
  return {event};
}

std::vector<OrderEvent> Ledger::Take(const Sighting& seen, bool from_rest) {
  Known& known = orders_[seen.order_id];
  const bool had_ended = known.placed && Ended(known.order.state);
  Describe(known, seen);
  std::vector<OrderEvent> events;
  const auto report = [&](OrderEventKind kind, std::optional<Fill> fill = std::nullopt) {
    OrderEvent event = known.order;
    event.kind = kind;
    event.fill = std::move(fill);
    event.at = seen.at;
    event.from_rest = from_rest;
    events.push_back(std::move(event));
  };

  if (!known.placed) {
    known.placed = true;
    known.order.state = seen.is_stop ? OrderState::kWaiting : OrderState::kOpen;
    report(OrderEventKind::kPlaced);
  }
  const bool rises = known.order.filled < seen.filled;
  const bool has_triggered = seen.state == OrderState::kOpen || seen.state == OrderState::kFilled;
  if (known.order.state == OrderState::kWaiting && (has_triggered || rises)) {
    known.order.state = OrderState::kOpen;
    report(OrderEventKind::kTriggered);
  }
  if (rises) {
    std::vector<Fill> fills = FillsOf(known, seen);
    for (std::size_t i = 0; i < fills.size(); ++i) {
      const bool is_last = i + 1 == fills.size();
      const Decimal value = Decimal::Multiply(fills[i].amount, fills[i].price).value_or(Decimal());
      known.order.filled = is_last ? seen.filled : Sum(known.order.filled, fills[i].amount);
      known.order.money = is_last ? seen.money : Sum(known.order.money, value);
      report(OrderEventKind::kFilled, std::move(fills[i]));
    }
  }
  if (Ended(seen.state) && !had_ended) {
    known.order.state = seen.state;
    report(OrderEventKind::kDone);
    Finish(seen.order_id);
  }
  return events;
}

void Ledger::Take(Deal deal) {
  std::vector<Fill>& deals = deals_[deal.order_id];
  for (const Fill& fill : deals) {
    if (fill.trade_id == deal.fill.trade_id) return;
  }
  if (deals.size() < kMaxDeals) deals.push_back(std::move(deal.fill));
}

bool Ledger::Follow(const Wanted& order, const std::string& pair_id) {
  Known& known = orders_[order.order_id];
  known.order.order_id = order.order_id;
  known.order.market = order.market;
  if (!pair_id.empty()) known.order.pair_id = pair_id;
  if (!known.is_baseline) return !known.placed;
  known.is_baseline = false;
  known.order.filled = Decimal();
  known.order.money = Decimal();
  known.fee = Decimal();
  if (Ended(known.order.state)) {
    known.placed = false;
    std::erase(ended_, order.order_id);
  }
  return true;
}

std::vector<Wanted> Ledger::Open() const {
  std::vector<Wanted> open;
  for (const auto& [id, known] : orders_) {
    if (known.placed && Ended(known.order.state)) continue;
    open.push_back({id, known.order.market});
  }
  return open;
}

void Ledger::Finish(const std::string& order_id) {
  ended_.push_back(order_id);
  if (ended_.size() <= ended_kept_) return;
  orders_.erase(ended_.front());
  ended_.pop_front();
}

}  // namespace ocokit::client::streams
