// What is noted of a command.

#include <algorithm>

#include "mock_exchange/engine/command_scope.h"
#include "mock_exchange/engine/engine.h"

namespace ocokit::mock::engine {

Balance& Engine::Money(Wallet wallet, const std::string& asset) {
  const auto it = balances_[static_cast<std::size_t>(wallet)].try_emplace(asset).first;
  // A command touches few.
  const bool known = std::ranges::any_of(
      touched_, [&](const Touched& touched) { return touched.asset == &it->first; });
  if (!known) touched_.push_back({wallet, &it->first, it->second});
  return it->second;
}

void Engine::Note(const Order& order, PairEvent::Cause cause, TimePoint now, const What& what) {
  OrderList& list = *order.list;
  Event event;
  event.before = list.last_event;
  event.list = list.sequence;
  event.order = order.id;
  event.market = list.market;
  event.cause = cause;
  event.at = now;
  event.what = what;
  list.last_event = log_.Append(event).seq;
}

void Engine::NoteOf(std::uint32_t market, TimePoint now, const What& what) {
  Event event;
  event.market = market;
  event.at = now;
  event.what = what;
  log_.Append(event);
}

void Engine::NotePosition(std::uint32_t market, PositionSide side, TimePoint now) {
  const Position& position = markets_[market].position(side);
  NoteOf(market, now, PositionChanged{side, position.amount, position.cost});
}

void Engine::EndCommand(TimePoint now) {
  for (const Touched& touched : touched_) {
    const Balance& after = balances_[static_cast<std::size_t>(touched.wallet)].at(*touched.asset);
    if (after == touched.before) continue;
    NoteOf(0, now, BalanceChanged{touched.wallet, log_.Number(*touched.asset), after});
  }
  touched_.clear();
  log_.EndCommand();
}

}  // namespace ocokit::mock::engine
