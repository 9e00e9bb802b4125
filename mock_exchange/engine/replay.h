#pragma once

// Replay: what an account's events from the first on come to. It knows nothing of how the engine
// comes to them, so that one can be held against the other.

#include <cstdint>
#include <map>
#include <string>
#include <utility>

#include "mock_exchange/engine/event_log.h"

namespace ocokit::mock::engine {

struct ReplayedOrder {
  std::uint64_t list = 0;
  Phase phase = Phase::kResting;
  Ending ending = Ending::kNone;
  bool activated = false;
  Decimal price;
  Decimal trigger;
  Decimal filled;
  Decimal value;
  Decimal fee;
  TimePoint triggered;
};

struct ReplayedList {
  Decimal amount;
  std::uint8_t waiting = 0;  // orders of it
  TimePoint created;
  TimePoint updated;
};

class Replay {
 public:
  // The next one. `log`: it is in; asked for the assets' names.
  void Apply(const Event& event, const EventLog& log);
  // Forgets the lists that have ended.
  void ForgetEnded();

  // By id, and by sequence.
  [[nodiscard]] const std::map<OrderId, ReplayedOrder>& orders() const { return orders_; }
  [[nodiscard]] const std::map<std::uint64_t, ReplayedList>& lists() const { return lists_; }
  [[nodiscard]] const std::map<std::pair<Wallet, std::string>, Balance>& balances() const {
    return balances_;
  }
  // Amount and cost.
  using Held = std::pair<Decimal, Decimal>;
  [[nodiscard]] const std::map<std::pair<std::uint32_t, PositionSide>, Held>& positions() const {
    return positions_;
  }
  [[nodiscard]] const Decimal& leverage() const { return leverage_; }
  [[nodiscard]] bool hedge_mode() const { return hedge_mode_; }

 private:
  std::map<OrderId, ReplayedOrder> orders_;
  std::map<std::uint64_t, ReplayedList> lists_;
  std::map<std::pair<Wallet, std::string>, Balance> balances_;
  std::map<std::pair<std::uint32_t, PositionSide>, Held> positions_;
  Decimal leverage_{10};
  bool hedge_mode_ = false;
};

}  // namespace ocokit::mock::engine
