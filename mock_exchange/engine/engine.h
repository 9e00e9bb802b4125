#pragma once

// Engine: the order pairs, money and positions of one account. Pure: time comes in with each call,
// nothing here knows HTTP, JSON or threads. Not thread-safe; its account locks.

#include <array>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "mock_exchange/engine/book.h"
#include "mock_exchange/engine/ids.h"
#include "mock_exchange/engine/number.h"
#include "mock_exchange/engine/order.h"
#include "mock_exchange/engine/pair_store.h"
#include "mock_exchange/engine/position.h"
#include "mock_exchange/engine/trade.h"
#include "ocokit/mock/settings.h"
#include "tl/expected.hpp"

namespace ocokit::mock::engine {

// What of the account's settings the engine obeys.
struct Rules {
  bool price_rules = true;
  CancelSiblingOn cancel_sibling_on = CancelSiblingOn::kFirstFill;
  MarginRule margin = MarginRule::kLargerLeg;
  std::optional<int> max_open_orders;  // none: no limit
  // A pair too many is refused as such, though there is no money for it either.
  bool count_before_funds = false;
};

// The open pairs of one side on one position.
struct OpenOrders {
  std::set<std::uint64_t> reducing;  // those that may only reduce, by sequence
  // Of the others:
  Decimal left;                      // base that may still fill
  Decimal reduces;                   // the part of it that needs no margin, Pair::reduces
  std::set<std::uint64_t> reducers;  // who has such a part, by sequence
};

// By asset.
using Balances = std::map<std::string, Balance>;

// A market of the account.
struct Market {
  MarketSpec spec;
  std::optional<Decimal> last;        // none: no trade yet
  std::array<Position, 3> positions;  // by PositionSide; empty on spot markets
  Decimal pending_value;              // quote value of the open pairs that may add to a position,
                                      // each by its dearer leg
  // By the position and the side they are on, what open pairs are out to do.
  std::map<std::pair<PositionSide, Side>, OpenOrders> orders;
  Book book;

  [[nodiscard]] const Position& position(PositionSide side) const {
    return positions[static_cast<std::size_t>(side)];
  }
  [[nodiscard]] Position& position(PositionSide side) {
    return positions[static_cast<std::size_t>(side)];
  }
};

class Engine {
 public:
  // Trades kept for the calls that list them.
  static constexpr std::size_t kMaxTrades = 10000;

  // Ids of trades and positions count up from `first_id`.
  Engine(std::vector<MarketSpec> markets, bool client_ids_per_market, std::uint64_t first_id = 1);

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
  // The latest kMaxTrades, oldest first.
  [[nodiscard]] const std::deque<Trade>& trades() const { return trades_; }
  [[nodiscard]] const Balances& balances(Wallet wallet) const {
    return balances_[static_cast<std::size_t>(wallet)];
  }
  // What pairs and trades take in memory, about.
  [[nodiscard]] std::size_t bytes() const {
    return pairs_.bytes() + trades_.size() * sizeof(Trade);
  }
  // Forgets the pairs that ended first, `most` at most, and the trades up to then; returns how many
  // pairs.
  std::size_t ForgetEnded(std::size_t most);
  // Sets what is free; what is reserved stays reserved.
  void SetFree(Wallet wallet, const std::string& asset, const Decimal& free) {
    InWallet(wallet)[asset].free = free;
  }
  // Moves money from one wallet to the other. False, and nothing has changed, when there is less
  // that is free; in the margin wallet what positions and losses take is not.
  [[nodiscard]] bool Transfer(const std::string& asset, Wallet from, const Decimal& amount);

  // Sets one of a market's positions; ends the pairs that could only have reduced what is gone.
  void SetPosition(std::uint32_t market, PositionSide side, const Decimal& amount,
                   const Decimal& base_price, const Rules& rules, TimePoint now);
  // Closes a position at the last price, as a taker. Null when there is none or no last price.
  const Trade* ClosePosition(std::uint32_t market, PositionSide side, IdSource& ids,
                             const Rules& rules, TimePoint now);
  // Hedge mode: futures markets have a long and a short position each.
  [[nodiscard]] bool hedge_mode() const { return hedge_mode_; }
  // False, and nothing has changed, while a futures market has a position or an open pair.
  [[nodiscard]] bool SetHedgeMode(bool on);
  // Value of a position over its margin; positive.
  [[nodiscard]] const Decimal& leverage() const { return leverage_; }
  // Reserves the open pairs' margin anew. False, and nothing has changed, when that would leave an
  // asset with less free margin than now, and less than none.
  [[nodiscard]] bool SetLeverage(const Decimal& leverage, const Rules& rules);
  [[nodiscard]] MarginSummary Summarize(const std::string& quote) const;

 private:
  [[nodiscard]] std::optional<Rejection> CheckClientIds(const PlaceCommand& command);
  // The part of `amount` that a fill would take off the position.
  [[nodiscard]] static Decimal Reducible(const Position& position, Side side,
                                         const Decimal& amount);
  [[nodiscard]] std::optional<Rejection> CheckReduces(Pair& pair) const;
  [[nodiscard]] std::optional<Rejection> CheckFunds(const Pair& pair, const Rules& rules) const;
  [[nodiscard]] std::optional<Rejection> CheckMargin(const Pair& pair, const Rules& rules) const;
  // The part of the pair's amount that may take from its position: what no other pair is to take.
  [[nodiscard]] Decimal FreeToReduce(const Pair& pair) const;
  // What `pair` has to hold back for what is left of it.
  [[nodiscard]] Decimal Required(const Pair& pair, const Rules& rules) const;
  [[nodiscard]] Balance& ReserveBalance(const Pair& pair);
  void SetReserved(Pair& pair, const Decimal& amount);
  void UpdatePending(Pair& pair);
  void Trigger(Pair& pair, const Rules& rules, TimePoint now);
  // Fills a share of a leg at `price`, and what follows from that.
  void Execute(Pair& pair, LegKind kind, const Decimal& price, bool taker,
               const Decimal& fill_share, const Rules& rules, TimePoint now);
  // Counts the pair, which waits, with the others of its side; the opposite with a minus.
  void CountOpen(const Pair& pair, bool in);
  // What follows from a position that has become smaller: reducing pairs that have nothing left to
  // take end; others, the latest first, reserve margin for what they can no longer take.
  void FollowPosition(Market& market, const Rules& rules, TimePoint now);
  void EndStranded(const OpenOrders& orders, TimePoint now);
  // Completes a trade with its id, value and fee, moves its money and keeps it.
  const Trade& Settle(const Trade& executed);
  void SettleMargin(Market& market, const Trade& trade);
  [[nodiscard]] Balances& InWallet(Wallet wallet) {
    return balances_[static_cast<std::size_t>(wallet)];
  }
  // Takes a waiting leg out of the book and gives it its last state; nothing for an ended leg.
  void Withdraw(Pair& pair, LegKind kind, LegState ended, PairEvent::Cause cause, TimePoint now);
  // Withdraws the legs that still wait, releases the reserve and files the pair as ended.
  void EndPair(Pair& pair, LegState ended, PairEvent::Cause cause, TimePoint now);

  std::vector<Market> markets_;
  PairStore pairs_;
  std::array<Balances, 2> balances_;  // by Wallet
  std::deque<Trade> trades_;
  std::uint64_t next_trade_id_;
  std::uint64_t next_position_id_;
  bool hedge_mode_ = false;
  Decimal leverage_{10};
};

}  // namespace ocokit::mock::engine
