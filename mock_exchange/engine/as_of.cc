#include "mock_exchange/engine/as_of.h"

#include <optional>
#include <variant>

#include "mock_exchange/engine/number.h"

namespace ocokit::mock::engine {
namespace {

// The list's amount as the latest event up to `event` left it; none: the log has forgotten.
std::optional<Decimal> AmountAt(const Event& event, const EventLog& log) {
  for (const Event* at = &event; at != nullptr; at = log.Find(at->before)) {
    if (const auto* changed = std::get_if<AmountChanged>(&at->what)) return changed->amount;
    if (const auto* placed = std::get_if<OrderPlaced>(&at->what)) return placed->amount;
  }
  return std::nullopt;
}

}  // namespace

OrderAsOf AsOf(const Order& order, const Event& event, const EventLog& log) {
  const OrderList& list = *order.list;
  OrderAsOf out;
  out.phase = order.phase;
  out.ending = order.ending;
  out.activated = order.activated;
  out.filled = order.filled;
  out.value = order.value;
  out.fee = order.fee;
  out.updated = event.at;
  const Order* sibling = list.SiblingOf(order);
  Decimal sibling_filled = sibling != nullptr ? sibling->filled : Decimal();
  bool amount_changed = false;
  for (const Event* later = log.Find(list.last_event); later != nullptr && later->seq > event.seq;
       later = log.Find(later->before)) {
    const bool own = later->order == order.id;
    if (const auto* traded = std::get_if<OrderTraded>(&later->what)) {
      if (!own) {
        sibling_filled -= traded->amount;
        continue;
      }
      out.filled -= traded->amount;
      out.value -= (traded->amount * traded->price).Truncate(kMaxValueScale);
      out.fee -= traded->fee;
    } else if (own && std::holds_alternative<OrderDone>(later->what)) {
      out.ending = Ending::kNone;
      out.phase = IsStop(order.type) && !order.activated ? Phase::kUntriggered : Phase::kResting;
    } else if (own && std::holds_alternative<OrderTriggered>(later->what)) {
      out.activated = false;
      out.phase = Phase::kUntriggered;
    } else if (std::holds_alternative<AmountChanged>(later->what)) {
      amount_changed = true;
    }
  }
  out.amount = amount_changed ? AmountAt(event, log).value_or(list.amount) : list.amount;
  const bool shares = out.phase != Phase::kDone || out.ending == Ending::kFilled;
  if (sibling != nullptr && shares) out.amount -= sibling_filled;
  return out;
}

}  // namespace ocokit::mock::engine
