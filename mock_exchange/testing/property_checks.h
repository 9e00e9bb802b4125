#pragma once

// The engine of the property test with a look at everything it holds. The expected money is added
// up from the trades alone.

#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "mock_exchange/engine/engine.h"
#include "mock_exchange/engine/replay.h"

namespace ocokit::mock::engine {

inline constexpr int kMaxOpen = 24;

inline Decimal Signed(const Decimal& value, bool negative) { return negative ? -value : value; }

inline std::string EndingName(Ending ending) {
  return "ended " + std::to_string(static_cast<int>(ending));
}

inline std::string Refused(RejectReason reason) {
  return "refused " + std::to_string(static_cast<int>(reason));
}

// An engine and what it must have come to.
class CheckedEngine {
 public:
  CheckedEngine(const std::vector<MarketSpec>& markets, std::uint64_t seed)
      : specs_(markets), engine_(markets, false, 77), ids_(seed, {}) {}

  // Fails the test at the first thing that does not hold.
  void Check() {
    ReadTrades();
    ReadEvents();
    std::map<std::pair<Wallet, std::string>, Decimal> reserved;
    std::vector<Decimal> pending(engine_.markets().size());
    std::vector<std::size_t> waiting(engine_.markets().size());
    std::map<std::pair<std::uint32_t, std::pair<PositionSide, Side>>, OpenOrders> orders;
    for (OrderList* list : engine_.orders().Open()) {
      CheckOpen(*list);
      if (::testing::Test::HasFatalFailure()) return;
      const MarketSpec& spec = engine_.markets()[list->market].spec;
      const bool base = list->wallet == Wallet::kSpot && list->side == Side::kSell;
      reserved[{list->wallet, base ? spec.base : spec.quote}] += list->reserved;
      pending[list->market] += list->pending;
      list->ForEach([&](const Order& order) { waiting[list->market] += order.IsWaiting(); });
      if (list->wallet != Wallet::kMargin) continue;
      OpenOrders& of = orders[{list->market, {list->position_side, list->side}}];
      if (list->OnlyReduces()) {
        of.reducing.insert(list);
      } else {
        of.left += list->Left();
        of.reduces += list->reduces;
        if (!list->reduces.IsZero()) of.reducers.insert(list);
      }
    }
    CheckLatestEnded();
    for (std::size_t m = 0; m < pending.size(); ++m) {
      const Market& market = engine_.markets()[m];
      ASSERT_EQ(market.pending_value, pending[m]);
      ASSERT_EQ(market.book.size(), waiting[m]);
      for (const auto& [of, kept] : market.orders) {
        const OpenOrders& want = orders[{static_cast<std::uint32_t>(m), of}];
        ASSERT_EQ(kept.left, want.left);
        ASSERT_EQ(kept.reduces, want.reduces);
        ASSERT_EQ(kept.reducers, want.reducers);
        ASSERT_EQ(kept.reducing, want.reducing);
        CheckSide(market.position(of.first).amount, of.second, kept);
      }
      CheckPositions(static_cast<std::uint32_t>(m));
    }
    for (const Wallet wallet : kWallets) {
      for (const auto& [asset, balance] : engine_.balances(wallet)) {
        const bool margin = wallet == Wallet::kMargin;
        const Decimal held = margin ? Held(asset) : Decimal();
        ASSERT_EQ(balance.reserved, (reserved[{wallet, asset}])) << asset;
        ASSERT_EQ(balance.free + balance.reserved, (cash_[{wallet, asset}] + held)) << asset;
        ASSERT_TRUE(margin || !balance.free.IsNegative()) << asset;
      }
    }
  }

  // What the events come to is what the engine holds.
  void CheckReplay() {
    std::size_t lists = 0;
    std::size_t orders = 0;
    engine_.orders().VisitAll([&](const OrderList& list) {
      const auto it = replay_.lists().find(list.sequence);
      // It had ended before the last look.
      if (it == replay_.lists().end())
        return list.open ? (ADD_FAILURE() << "no list", false) : true;
      ++lists;
      CheckReplayed(list, it->second);
      list.ForEach([&](const Order& order) {
        ++orders;
        CheckReplayed(order);
      });
      return !::testing::Test::HasFatalFailure();
    });
    ASSERT_EQ(lists, replay_.lists().size());
    ASSERT_EQ(orders, replay_.orders().size());
    for (const Wallet wallet : kWallets) {
      for (const auto& [asset, balance] : engine_.balances(wallet)) {
        const auto it = replay_.balances().find({wallet, asset});
        ASSERT_EQ(balance, it == replay_.balances().end() ? Balance() : it->second) << asset;
      }
    }
    for (std::uint32_t m = 0; m < engine_.markets().size(); ++m) {
      for (const PositionSide side : kPositionSides) {
        const Position& position = engine_.markets()[m].position(side);
        const auto it = replay_.positions().find({m, side});
        const Replay::Held held = it == replay_.positions().end() ? Replay::Held() : it->second;
        ASSERT_EQ(held, Replay::Held(position.amount, position.cost));
      }
    }
    ASSERT_EQ(replay_.leverage(), engine_.leverage());
    ASSERT_EQ(replay_.hedge_mode(), engine_.hedge_mode());
    replay_.ForgetEnded();
    ++seen["replayed"];
  }

  // Goes on with another engine, made from an image of this one.
  void ChangeEngines() { engine_ = Engine(specs_, false, engine_.TakeImage()); }

  // How often the interesting things have happened.
  std::map<std::string, int> seen;

 protected:
  static Decimal D(const char* text) { return Decimal::Parse(text).value(); }

  const std::vector<MarketSpec> specs_;
  Engine engine_;
  CountingIds ids_;
  Rules rules_;
  TimePoint now_ = FromUnixMillis(1'700'000'000'000);
  bool ever_kept_sibling_ = false;
  std::map<std::pair<Wallet, std::string>, Decimal> cash_;  // deposits, transfers and trades
  Decimal given_;  // signed cost of the positions that commands set
  std::map<std::pair<std::uint32_t, PositionSide>, Decimal> amounts_;

 private:
  // Adds up the trades that are new.
  void ReadTrades() {
    for (auto it = engine_.trades().rbegin(); it != engine_.trades().rend(); ++it) {
      const Trade& t = *it;
      if (t.id <= last_trade_) break;
      const MarketSpec& spec = engine_.markets()[t.market].spec;
      const bool buy = t.side == Side::kBuy;
      ASSERT_EQ(t.value, (t.amount * t.price).Truncate(kMaxValueScale));
      const Order* order = engine_.orders().FindOrder(t.order_id);
      // An order that closed a position is none.
      if (order != nullptr) CheckFill(*order, t);
      const Decimal rate = t.taker ? spec.taker_fee : spec.maker_fee;
      ASSERT_EQ(t.fee, ((t.fee_in_base ? t.amount : t.value) * rate).Truncate(kMaxValueScale));
      cash_[{t.wallet, spec.quote}] += Signed(t.value, buy);
      cash_[{t.wallet, t.fee_in_base ? spec.base : spec.quote}] -= t.fee;
      if (t.wallet == Wallet::kSpot) {
        cash_[{t.wallet, spec.base}] += Signed(t.amount, !buy);
      } else {
        moved_[{t.market, t.position_side}] += Signed(t.amount, !buy);
      }
      ++seen[t.taker ? "taker" : "maker"];
    }
    if (!engine_.trades().empty()) last_trade_ = engine_.trades().back().id;
    for (auto& [where, amount] : moved_) amounts_[where] += amount;
    moved_.clear();
  }

  // Folds the events that are new.
  void ReadEvents() {
    const EventLog& log = engine_.events();
    while (last_event_ < log.last()) {
      const Event* event = log.Find(++last_event_);
      ASSERT_NE(event, nullptr);
      ASSERT_EQ(event->seq, last_event_);
      ASSERT_LE(command_, event->command);
      ASSERT_LE(event->command, event->seq);
      command_ = event->command;
      replay_.Apply(*event, log);
      if (event->before == 0) continue;
      const Event* before = log.Find(event->before);
      ASSERT_TRUE(before == nullptr || before->list == event->list);
    }
    ASSERT_LE(log.bytes(), EventLog::kMaxBytes);
  }

  void CheckReplayed(const OrderList& list, const ReplayedList& replayed) {
    ASSERT_EQ(list.amount, replayed.amount);
    ASSERT_EQ(list.open, replayed.waiting != 0);
    ASSERT_EQ(list.created, replayed.created);
    ASSERT_EQ(list.updated, replayed.updated);
  }

  void CheckReplayed(const Order& order) {
    const auto it = replay_.orders().find(order.id);
    ASSERT_NE(it, replay_.orders().end());
    const ReplayedOrder& replayed = it->second;
    ASSERT_EQ(order.phase, replayed.phase);
    ASSERT_EQ(order.ending, replayed.ending);
    ASSERT_EQ(order.activated, replayed.activated);
    ASSERT_EQ(order.price, replayed.price);
    ASSERT_EQ(order.trigger, replayed.trigger);
    ASSERT_EQ(order.filled, replayed.filled);
    ASSERT_EQ(order.value, replayed.value);
    ASSERT_EQ(order.fee, replayed.fee);
    ASSERT_EQ(order.triggered, replayed.triggered);
  }

  // What of an asset has gone into positions, beyond those a command has set.
  Decimal Held(const std::string& asset) const {
    if (asset != "USDT") return {};
    Decimal held = -given_;
    for (const Market& m : engine_.markets()) {
      for (const Position& p : m.positions) held += Signed(p.cost, p.amount.IsNegative());
    }
    return held;
  }

  // No more is to be reduced without margin than there is.
  void CheckSide(const Decimal& held, Side side, const OpenOrders& orders) {
    const bool opposite = side == Side::kBuy ? held.IsNegative() : held.IsPositive();
    ASSERT_LE(orders.reduces, opposite ? held.Abs() : Decimal());
    ASSERT_TRUE(opposite || orders.reducing.empty());
  }

  void CheckPositions(std::uint32_t market) {
    for (const PositionSide side : kPositionSides) {
      const Position& position = engine_.markets()[market].position(side);
      ASSERT_EQ(position.amount, (amounts_[{market, side}]));
      ASSERT_FALSE(position.cost.IsNegative());
      ASSERT_EQ(position.amount.IsZero(), position.id == 0);
      ASSERT_FALSE(position.amount.IsZero() && !position.cost.IsZero());
      ASSERT_FALSE(side == PositionSide::kLong && position.amount.IsNegative());
      ASSERT_FALSE(side == PositionSide::kShort && position.amount.IsPositive());
    }
  }

  static void CheckFill(const Order& order, const Trade& t) {
    ASSERT_FALSE(t.taker && order.tif == Tif::kPostOnly);
    if (!HasPrice(order.type)) {
      ASSERT_TRUE(t.taker);
      return;
    }
    ASSERT_TRUE(t.side == Side::kBuy ? t.price <= order.price : t.price >= order.price);
  }

  // What holds of a list that is open.
  void CheckOpen(const OrderList& list) {
    ASSERT_TRUE(list.open);
    ASSERT_TRUE(list.Left().IsPositive() || !list.money.IsZero());
    bool waits = false;
    list.ForEach([&](const Order& order) {
      waits = waits || order.IsWaiting();
      ASSERT_EQ(order.list, &list);
      ASSERT_NE(order.ending, Ending::kFilled);
      ASSERT_EQ(order.phase == Phase::kDone, order.ending != Ending::kNone);
      ASSERT_EQ(order.IsWaiting() && IsStop(order.type) && !order.activated,
                order.phase == Phase::kUntriggered);
      // Of two exits one may have been cancelled.
      const bool may_be_gone = list.oto == OtoRole::kPending && !order.IsWaiting();
      ASSERT_TRUE(HasPrice(order.type) || order.phase == Phase::kUntriggered || may_be_gone);
    });
    ASSERT_TRUE(waits);
    CheckFills(list);
    CheckOto(list);
    // A list that can only take from a position has one to take from.
    if (list.OnlyReduces()) {
      const Position& position = engine_.markets()[list.market].position(list.position_side);
      ASSERT_TRUE(list.side == Side::kBuy ? position.amount.IsNegative()
                                          : position.amount.IsPositive());
      ASSERT_TRUE(list.reserved.IsZero());
    }
  }

  // What an order brings along waits for what it has filled, and closes no more.
  void CheckOto(const OrderList& list) {
    const Exits* exits = engine_.orders().ExitsOf(list);
    ASSERT_EQ(exits == nullptr, list.oto == OtoRole::kNone);
    if (exits == nullptr) return;
    ASSERT_EQ(list.oto == OtoRole::kWorking ? exits->working : exits->pending, &list);
    ASSERT_EQ(engine_.orders().FindExits(exits->id), exits);
    if (list.oto == OtoRole::kWorking) {
      ASSERT_FALSE(list.reduce_only);
      ++seen["exits to come"];
      return;
    }
    ++seen["exits"];
    ASSERT_TRUE(exits->placed && list.reduce_only);
    list.ForEach([&](const Order& order) { ASSERT_EQ(order.type, OrderType::kStopMarket); });
    if (exits->working == nullptr) return;
    ASSERT_NE(exits->working->side, list.side);
    ASSERT_EQ(exits->working->position_side, list.position_side);
  }

  void CheckFills(const OrderList& list) {
    ASSERT_FALSE(list.Left().IsNegative());
    if (list.IsPair()) {
      const Order& limit = list.limit();
      const Order& stop = list.stop();
      ASSERT_FALSE(limit.ending == Ending::kFilled && stop.ending == Ending::kFilled);
      if (!ever_kept_sibling_) {
        ASSERT_FALSE(limit.filled.IsPositive() && stop.filled.IsPositive());
      }
    }
    list.ForEach([&](const Order& order) {
      ASSERT_EQ(StateOf(order) == LegState::kPartiallyFilled,
                order.IsWaiting() && order.filled.IsPositive());
      if (list.money.IsZero()) {
        ASSERT_EQ(order.ending == Ending::kFilled,
                  order.Amount() == order.filled && order.filled.IsPositive());
      }
    });
  }

  // Of those that ended last; each has been the last once.
  void CheckLatestEnded() {
    int left = kMaxOpen;
    engine_.orders().VisitEnded([&](const OrderList& list) {
      CheckEnded(list);
      return --left > 0 && !::testing::Test::HasFatalFailure();
    });
  }

  void CheckEnded(const OrderList& list) {
    ASSERT_FALSE(list.open);
    ASSERT_TRUE(list.reserved.IsZero());
    ASSERT_TRUE(list.pending.IsZero());
    bool filled = false;
    list.ForEach([&](const Order& order) {
      ASSERT_EQ(order.phase, Phase::kDone);
      ASSERT_NE(order.ending, Ending::kNone);
      ASSERT_TRUE(order.ending != Ending::kNeverTriggered || IsStop(order.type));
      filled = filled || order.ending == Ending::kFilled;
      ++seen[Name(StateOf(order))];
    });
    if (list.money.IsZero()) {
      ASSERT_EQ(filled, list.Left().IsZero() && !list.amount.IsZero());
    }
    CheckFills(list);
  }

  std::uint64_t last_trade_ = 0;
  Replay replay_;
  EventSeq last_event_ = 0;
  EventSeq command_ = 0;
  std::map<std::pair<std::uint32_t, PositionSide>, Decimal> moved_;
};

}  // namespace ocokit::mock::engine
