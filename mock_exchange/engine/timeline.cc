#include "mock_exchange/engine/timeline.h"

#include <algorithm>
#include <optional>
#include <variant>

namespace ocokit::mock::engine {
namespace {

// None of an event that a timeline does not show.
std::optional<PairEvent> View(const Event& event, const OrderList& list) {
  PairEvent out = {.at = event.at, .cause = event.cause};
  out.leg = event.order == list.orders[0]->id ? LegKind::kLimit : LegKind::kStop;
  if (const auto* triggered = std::get_if<OrderTriggered>(&event.what)) {
    out.kind = PairEvent::Kind::kTriggered;
    out.price = triggered->last;
  } else if (const auto* traded = std::get_if<OrderTraded>(&event.what)) {
    out.kind = traded->whole ? PairEvent::Kind::kFilled : PairEvent::Kind::kPartiallyFilled;
    out.price = traded->price;
    out.amount = traded->amount;
  } else if (const auto* done = std::get_if<OrderDone>(&event.what);
             done != nullptr && done->ending != Ending::kFilled) {
    out.kind = PairEvent::Kind::kCanceled;
  } else {
    return std::nullopt;
  }
  return out;
}

}  // namespace

std::vector<PairEvent> Timeline(const OrderList& list, const EventLog& log) {
  std::vector<PairEvent> events;
  for (const Event* event = log.Find(list.last_event); event != nullptr;
       event = log.Find(event->before)) {
    if (const std::optional<PairEvent> shown = View(*event, list)) events.push_back(*shown);
  }
  events.push_back({.at = list.created});
  std::ranges::reverse(events);
  return events;
}

}  // namespace ocokit::mock::engine
