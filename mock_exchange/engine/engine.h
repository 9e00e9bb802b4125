#pragma once

// Engine: the orders, money and positions of one account. Pure: time comes in with each call,
// nothing here knows HTTP, JSON or threads. Not thread-safe; its account locks.

#include <array>
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "mock_exchange/engine/book.h"
#include "mock_exchange/engine/command.h"
#include "mock_exchange/engine/contingency.h"
#include "mock_exchange/engine/event_log.h"
#include "mock_exchange/engine/ids.h"
#include "mock_exchange/engine/image.h"
#include "mock_exchange/engine/liquidity.h"
#include "mock_exchange/engine/number.h"
#include "mock_exchange/engine/order.h"
#include "mock_exchange/engine/order_store.h"
#include "mock_exchange/engine/position.h"
#include "mock_exchange/engine/trade.h"
#include "ocokit/mock/settings.h"
#include "tl/expected.hpp"

namespace ocokit::mock::engine {

// What of the account's settings, and of the venue's ways, the engine obeys.
struct Rules {
  bool price_rules = true;
  CancelSiblingOn cancel_sibling_on = CancelSiblingOn::kFirstFill;
  MarginRule margin = MarginRule::kLargerLeg;
  std::optional<int> max_open_orders;  // none: no limit
  // An order too many is refused as such, though there is no money for it either.
  bool count_before_funds = false;
  // A limit price must be within the market's band around the last price.
  bool price_bands = true;
  // A trigger at the last price itself is refused; else it is met at once.
  bool refuse_equal_trigger = false;
  // A trigger that the last price has passed is refused; else it is met at once.
  bool refuse_met_trigger = false;
  // An order may have the client id of another open one.
  bool equal_client_ids = false;
  // A post-only order that would take is refused; else it is accepted, and ends at once.
  bool refuse_takers = false;
  // Exits are placed, and grow, with each fill of their order; else once it is done.
  bool exits_on_first_fill = false;
};

// By sequence, the earliest placement first.
struct Earlier {
  bool operator()(const OrderList* a, const OrderList* b) const {
    return a->sequence < b->sequence;
  }
};
using OrderLists = std::set<OrderList*, Earlier>;

// The open lists of one side on one position.
struct OpenOrders {
  OrderLists reducing;  // those that may only reduce
  // Of the others:
  Decimal left;         // base that may still fill
  Decimal reduces;      // the part of it that needs no margin, OrderList::reduces
  OrderLists reducers;  // who has such a part
};

// By asset.
using Balances = std::map<std::string, Balance>;

// A market of the account.
struct Market : Liquidity {
  MarketSpec spec;
  std::array<Position, 3> positions;  // by PositionSide; empty on spot markets
  Decimal pending_value;              // quote value of the open lists that may add to a position,
                                      // each by its dearer order
  // By the position and the side they are on, what open lists are out to do.
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
  // Changes of positions and closed positions, each.
  static constexpr std::size_t kMaxChanges = 1000;

  using Placed = tl::expected<const OrderList*, Rejection>;

  // Ids of trades and positions count up from `first_id`.
  Engine(std::vector<MarketSpec> markets, bool client_ids_per_market, std::uint64_t first_id = 1);
  // Goes on from the image of an engine that had the same markets.
  Engine(std::vector<MarketSpec> markets, bool client_ids_per_market, Image image);
  [[nodiscard]] Image TakeImage() const;

  [[nodiscard]] const std::vector<Market>& markets() const { return markets_; }
  // None when there is no such market.
  [[nodiscard]] std::optional<std::uint32_t> FindMarket(std::string_view symbol) const;

  // Reserves the funds, takes what is there for an order that takes, and lets the rest wait for its
  // price. On refusal nothing has changed and no id is drawn. The list may have ended when this
  // returns; it holds until the next call that changes something.
  Placed Place(const PairCommand& command, const Rules& rules, IdSource& ids, TimePoint now);
  Placed Place(const OrderCommand& command, const Rules& rules, IdSource& ids, TimePoint now);
  // Whether all of them could be placed together, as things are; nothing changes. A depth is looked
  // at by each as if it were the only one.
  [[nodiscard]] std::optional<Rejection> CheckTogether(const std::vector<OrderCommand>& commands,
                                                       const Rules& rules, TimePoint now) const;
  // Withdraws the open order `old`, which is by itself, and places another. On refusal `old` waits
  // on as it was.
  Placed Replace(const OrderList& old, const OrderCommand& command, const Rules& rules,
                 IdSource& ids, TimePoint now);
  // Withdraws all orders of an open list and releases what it had reserved. Null: it has ended.
  // Nothing is forgotten: what was cancelled holds until the next placement or price.
  const OrderList* Cancel(const OrderList& list, const Rules& rules, TimePoint now,
                          PairEvent::Cause cause = PairEvent::Cause::kRequest);
  // Withdraws one of two exits that wait, and leaves the other; else as Cancel.
  const OrderList* CancelExit(const Order& exit, const Rules& rules, TimePoint now);
  // Withdraws an OTO: its order while that is open, and its exits. Nothing is placed for what the
  // order has filled. False: there was nothing to withdraw.
  bool CancelOto(OrderId id, const Rules& rules, TimePoint now,
                 PairEvent::Cause cause = PairEvent::Cause::kRequest);
  // Forgets what ended first beyond what is kept.
  void Trim() { orders_->Trim(); }
  // A trade at `last`, which must be positive: triggers, fills and cancels what it crosses. Of each
  // order that is crossed, `fill_share` (above 0, up to 1) of what is left is filled, cut to the
  // lot step.
  void SetLast(std::uint32_t market, const Decimal& last, const Decimal& fill_share,
               const Rules& rules, TimePoint now);
  // What orders find to take from now on; none: everything at the last price. Orders that rest stay
  // where they are.
  void SetDepth(std::uint32_t market, std::optional<Depth> depth);

  [[nodiscard]] const OrderStore& orders() const { return *orders_; }
  // What has happened. A refusal is none of it.
  [[nodiscard]] const EventLog& events() const { return log_; }
  // The latest kMaxTrades, oldest first.
  [[nodiscard]] const std::deque<Trade>& trades() const { return trades_; }
  // The latest kMaxChanges, oldest first.
  [[nodiscard]] const std::deque<PositionChange>& position_changes() const { return changes_; }
  [[nodiscard]] const std::deque<ClosedPosition>& closed_positions() const { return closed_; }
  [[nodiscard]] const Balances& balances(Wallet wallet) const {
    return balances_[static_cast<std::size_t>(wallet)];
  }
  // What orders, trades and events take in memory, about.
  [[nodiscard]] std::size_t bytes() const {
    return orders_->bytes() + log_.bytes() + trades_.size() * sizeof(Trade) +
           changes_.size() * sizeof(PositionChange) + closed_.size() * sizeof(ClosedPosition);
  }
  // Forgets the lists that ended first, `most` at most, and trades and events up to then; returns
  // how many lists.
  std::size_t ForgetEnded(std::size_t most);
  // Sets what is free; what is reserved stays reserved.
  void SetFree(Wallet wallet, const std::string& asset, const Decimal& free, TimePoint now);
  // Moves money from one wallet to the other. False, and nothing has changed, when there is less
  // that is free; in the margin wallet what positions and losses take is not.
  [[nodiscard]] bool Transfer(const std::string& asset, Wallet from, const Decimal& amount,
                              TimePoint now);

  // Sets one of a market's positions; ends the lists that could only have reduced what is gone.
  void SetPosition(std::uint32_t market, PositionSide side, const Decimal& amount,
                   const Decimal& base_price, const Rules& rules, TimePoint now);
  // Closes a position at the last price, as a taker. Null when there is none or no last price.
  const Trade* ClosePosition(std::uint32_t market, PositionSide side, IdSource& ids,
                             const Rules& rules, TimePoint now);
  // Hedge mode: futures markets have a long and a short position each.
  [[nodiscard]] bool hedge_mode() const { return hedge_mode_; }
  // False, and nothing has changed, while a futures market has a position or an open order.
  [[nodiscard]] bool SetHedgeMode(bool on, TimePoint now);
  // Value of a position over its margin; positive.
  [[nodiscard]] const Decimal& leverage() const { return leverage_; }
  // Reserves the open lists' margin anew. False, and nothing has changed, when that would leave an
  // asset with less free margin than now, and less than none.
  [[nodiscard]] bool SetLeverage(const Decimal& leverage, const Rules& rules, TimePoint now);
  [[nodiscard]] MarginSummary Summarize(const std::string& quote) const;

 private:
  // A list that has passed the checks, and what it will take at once.
  struct Draft {
    std::unique_ptr<OrderList> list;
    Found found;
    Decimal take_profit;
    Decimal stop_loss;
  };
  using Drafted = tl::expected<Draft, Rejection>;

  // place.cc
  [[nodiscard]] std::optional<Rejection> CheckMarket(const Placement& placement) const;
  // `replaces`: one of the open lists makes room for it.
  [[nodiscard]] Drafted DraftOrder(const OrderCommand& command, const Rules& rules, bool replaces,
                                   TimePoint now) const;
  // The last checks: client ids, number, money.
  [[nodiscard]] std::optional<Rejection> CheckList(const OrderList& list, const Found& found,
                                                   std::size_t open, const Rules& rules) const;
  [[nodiscard]] std::optional<Rejection> CheckClientIds(const OrderList& list) const;
  // Files the list, with its ids drawn, among the open ones and reserves its money.
  OrderList& Enter(std::unique_ptr<OrderList> list, const Rules& rules, PairEvent::Cause cause,
                   TimePoint now);
  const OrderList* EnterOrder(Draft draft, const Rules& rules, IdSource& ids, TimePoint now);

  // exits.cc
  // Notes what a fill of the order has opened, for which exits may be due.
  void OweExits(const OrderList& list, const Decimal& opened, const Rules& rules);
  // Places what has become due. The last thing that a command does.
  void PlaceExits(const Rules& rules, TimePoint now);
  void PlaceExitsOf(Exits& exits, const Rules& rules, TimePoint now);
  // The list that closes `amount` of what the working order has opened.
  [[nodiscard]] std::unique_ptr<OrderList> MakeExits(const Exits& exits, const Decimal& amount,
                                                     TimePoint now) const;

  // funds.cc
  // The part of `amount` that a fill would take off the position.
  [[nodiscard]] static Decimal Reducible(const Position& position, Side side,
                                         const Decimal& amount);
  [[nodiscard]] std::optional<Rejection> CheckReduces(OrderList& list) const;
  [[nodiscard]] std::optional<Rejection> CheckFunds(const OrderList& list, const Found& found,
                                                    const Rules& rules) const;
  // What a list of the spot wallet takes of the asset that it pays with.
  [[nodiscard]] Decimal Cost(const OrderList& list, const Found& found, const Rules& rules) const;
  [[nodiscard]] std::optional<Rejection> CheckMargin(const OrderList& list, const Found& found,
                                                     const Rules& rules) const;
  // Whether there is margin for what of the list opens a position, at its `dearest` price.
  [[nodiscard]] std::optional<Rejection> CheckPower(const OrderList& list, const Decimal& dearest,
                                                    const Rules& rules) const;
  // The part of the list's amount that may take from its position: what no other is to take.
  [[nodiscard]] Decimal FreeToReduce(const OrderList& list) const;
  // What `list` has to hold back for what is left of it.
  [[nodiscard]] Decimal Required(const OrderList& list, const Rules& rules) const;
  [[nodiscard]] Balance& ReserveBalance(const OrderList& list);
  void SetReserved(OrderList& list, const Decimal& amount);
  void SetAmount(OrderList& list, const Decimal& amount, PairEvent::Cause cause, TimePoint now);
  void UpdatePending(OrderList& list);
  // Counts the list, which is open, with the others of its side; the opposite with a minus.
  void CountOpen(OrderList& list, bool in);

  // fill.cc
  void Trigger(Order& order, const Decimal& fill_share, const Rules& rules, PairEvent::Cause cause,
               TimePoint now);
  // What an order can take now: a share of what is left of it, at most what it can pay.
  [[nodiscard]] Found FindFor(const Order& order, const Decimal& fill_share) const;
  // Takes off a list that may only reduce what its position has no longer. False: nothing is left,
  // and the list has ended.
  bool CutToPosition(OrderList& list, TimePoint now);
  // A new order, or one whose trigger was met, takes what it found; the rest waits, or is given up.
  void Begin(Order& order, const Found& found, const Rules& rules, PairEvent::Cause cause,
             TimePoint now);
  // A price has come to an order that rests: it is filled at its own.
  void FillResting(Order& order, const Decimal& fill_share, const Rules& rules, TimePoint now);
  // Fills an amount of an order, and what follows from that.
  void Fill(Order& order, const Level& fill, bool taker, const Rules& rules, PairEvent::Cause cause,
            TimePoint now);
  // Takes a waiting order out of the book and ends it; nothing for an order that has ended.
  void Withdraw(Order& order, Ending ending, PairEvent::Cause cause, TimePoint now);
  // Withdraws the orders that still wait, releases the reserve and files the list as ended.
  void EndList(OrderList& list, Ending ending, PairEvent::Cause cause, TimePoint now);
  // Completes a trade with its id, value and fee, moves its money and keeps it.
  const Trade& Settle(const Trade& executed);

  // positions.cc
  void SettleMargin(Market& market, const Trade& trade);
  // Takes `amount` off the position; returns the gain.
  Decimal Close(Market& market, const Trade& trade, const Decimal& amount, const Decimal& fee);
  void NoteChange(const Position& position, const Trade& trade, const PositionChange& change);
  // What follows from a position that has become smaller: reducing lists that have nothing left to
  // take end; others, the latest first, reserve margin for what they can no longer take.
  void FollowPosition(Market& market, const Rules& rules, TimePoint now);
  void EndStranded(const OpenOrders& orders, TimePoint now);

  // events.cc
  // While one lasts, what happens is of one command; at its end the balances that have changed are
  // noted.
  class Command;
  // A balance that the command may have changed.
  struct Touched {
    Wallet wallet;
    const std::string* asset;  // the key in balances_
    Balance before;
  };
  // To change; the one way to do so.
  Balance& Money(Wallet wallet, const std::string& asset);
  void Note(const Order& order, PairEvent::Cause cause, TimePoint now, const What& what);
  // What happens to no order.
  void NoteOf(std::uint32_t market, TimePoint now, const What& what);
  void NotePosition(std::uint32_t market, PositionSide side, TimePoint now);
  void EndCommand(TimePoint now);

  std::vector<Market> markets_;
  std::unique_ptr<OrderStore> orders_;
  EventLog log_;
  std::vector<Touched> touched_;      // empty between commands
  std::vector<Exits*> due_exits_;     // empty between commands
  std::array<Balances, 2> balances_;  // by Wallet
  std::deque<Trade> trades_;
  std::deque<PositionChange> changes_;
  std::deque<ClosedPosition> closed_;
  std::uint64_t next_trade_id_;
  std::uint64_t next_position_id_;
  bool hedge_mode_ = false;
  Decimal leverage_{10};
};

}  // namespace ocokit::mock::engine
