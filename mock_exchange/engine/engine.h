#pragma once

// Engine: the order pairs, money and positions of one account. Pure: time comes in with each call,
// nothing here knows HTTP, JSON or threads. Not thread-safe; its account locks.

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "mock_exchange/engine/book.h"
#include "mock_exchange/engine/ids.h"
#include "mock_exchange/engine/pair_store.h"
#include "mock_exchange/engine/types.h"
#include "ocokit/mock/settings.h"
#include "tl/expected.hpp"

namespace ocokit::mock::engine {

// What of the account's settings the engine obeys.
struct Rules {
  bool price_rules = true;
  CancelSiblingOn cancel_sibling_on = CancelSiblingOn::kFirstFill;
  MarginRule margin = MarginRule::kLargerLeg;
  std::optional<int> max_open_orders;  // none: no limit
  Decimal leverage = Decimal(10);      // kMargin: value of a position over its margin, positive
};

// A market of the account.
struct Market {
  MarketSpec spec;
  std::optional<Decimal> last;  // none: no trade yet
  Position position;            // kMargin
  Decimal pending_value;        // quote value of the open pairs that may add to a position, each
                                // by its dearer leg
  std::set<std::uint64_t> reduce_only;  // open reduce-only pairs, by sequence
  Book book;
};

class Engine {
 public:
  Engine(std::vector<MarketSpec> markets, bool client_ids_per_market);

  [[nodiscard]] const std::vector<Market>& markets() const { return markets_; }
  // None when there is no such market.
  [[nodiscard]] std::optional<std::uint32_t> FindMarket(std::string_view symbol) const;

  // Reserves the funds and lets the pair wait for its prices. On refusal nothing has changed and no
  // id is drawn.
  tl::expected<const Pair*, Rejection> Place(const PlaceCommand& command, const Rules& rules,
                                             IdSource& ids, TimePoint now);
  // Withdraws both legs of an open pair and releases what it had reserved.
  tl::expected<const Pair*, CancelRefusal> Cancel(std::uint64_t sequence, TimePoint now);

  // A trade at `last`, which must be positive: triggers, fills and cancels what it crosses. Of each
  // order that is crossed, `fill_share` (above 0, up to 1) of what is left is filled, cut to the
  // lot step.
  void SetLast(std::uint32_t market, const Decimal& last, const Decimal& fill_share,
               const Rules& rules, TimePoint now);

  [[nodiscard]] PairStore& pairs() { return pairs_; }
  [[nodiscard]] const PairStore& pairs() const { return pairs_; }
  [[nodiscard]] const std::map<std::string, Balance>& balances() const { return balances_; }
  // Sets what is free; what is reserved stays reserved.
  void SetFree(const std::string& asset, const Decimal& free) { balances_[asset].free = free; }
  // Ends the pairs that could only have reduced the position that is gone.
  void SetPosition(std::uint32_t market, const Position& position, TimePoint now);

 private:
  [[nodiscard]] std::optional<Rejection> CheckClientIds(const PlaceCommand& command);
  // The part of `amount` that a fill would take off the market's position.
  [[nodiscard]] static Decimal Reducible(const Market& market, Side side, const Decimal& amount);
  [[nodiscard]] std::optional<Rejection> CheckFunds(const Pair& pair, const Rules& rules) const;
  [[nodiscard]] std::optional<Rejection> CheckMargin(const Pair& pair, const Rules& rules) const;
  // What `pair` has to hold back for what is left of it.
  [[nodiscard]] Decimal Required(const Pair& pair, const Rules& rules) const;
  [[nodiscard]] Decimal AvailableMargin(const Market& market, const Rules& rules) const;
  [[nodiscard]] Balance& ReserveBalance(const Pair& pair);
  void SetReserved(Pair& pair, const Decimal& amount);
  void UpdatePending(Pair& pair);

  void Trigger(Pair& pair, const Rules& rules, TimePoint now);
  // Fills a share of a leg at `price`, and what follows from that.
  void Execute(Pair& pair, LegKind kind, const Decimal& price, bool taker,
               const Decimal& fill_share, const Rules& rules, TimePoint now);
  // Ends the market's reduce-only pairs that have no position left to reduce.
  void EndStranded(const Market& market, TimePoint now);
  // Moves the money of a trade and counts it on the leg.
  void Settle(const Pair& pair, Leg& leg, const Decimal& amount, const Decimal& price, bool taker);
  void SettleMargin(Market& market, Side side, const Decimal& amount, const Decimal& price);
  // Takes a waiting leg out of the book and gives it its last state; nothing for an ended leg.
  void Withdraw(Pair& pair, LegKind kind, LegState ended);
  // Withdraws the legs that still wait, releases the reserve and files the pair as ended.
  void EndPair(Pair& pair, LegState ended, TimePoint now);

  std::vector<Market> markets_;
  PairStore pairs_;
  std::map<std::string, Balance> balances_;
};

}  // namespace ocokit::mock::engine
