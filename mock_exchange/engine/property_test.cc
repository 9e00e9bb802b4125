// What must hold whatever is asked of the engine, in whatever order: random commands, prices and
// settings, and after each of them a look at everything. The expected money is added up from the
// trades alone. OCOKIT_PROPERTY_STEPS sets the number of steps of each test.

#include <gtest/gtest.h>

#include <cstdlib>
#include <map>
#include <random>

#include "base/testing/decimal.h"
#include "mock_exchange/engine/engine.h"
#include "mock_exchange/testing/market.h"

namespace ocokit::mock::engine {
namespace {

using std::string_literals::operator""s;

constexpr int kMaxOpen = 24;

Decimal Signed(const Decimal& value, bool negative) { return negative ? -value : value; }

int Steps() {
  const char* const given = std::getenv("OCOKIT_PROPERTY_STEPS");
  return given != nullptr ? std::atoi(given) : 10'000;
}

MarketSpec Spec(const char* symbol, const char* base, MarketKind kind) {
  // Less easy than others: fees and steps that leave rounding to do, and limits that are met.
  MarketSpec spec = testing::EasyMarket(symbol, kind);
  spec.base = base;
  spec.price_step = D("0.0001");
  spec.min_amount = D("0.01");
  spec.maker_fee = D("0.0007");
  spec.taker_fee = D("0.0013");
  spec.max_position = D("16");
  spec.max_pending_value = D("90000");
  return spec;
}

std::string EndingName(Ending ending) {
  return "ended " + std::to_string(static_cast<int>(ending));
}

std::string Refused(RejectReason reason) {
  return "refused " + std::to_string(static_cast<int>(reason));
}

// Commands, and what they must have come to.
class World {
 public:
  // `mixed`: orders of both wallets where a market takes them.
  World(std::vector<MarketSpec> markets, std::uint64_t seed, bool mixed)
      : mixed_(mixed), random_(seed), engine_(std::move(markets), false, 77), ids_(seed, {}) {
    // Every other run begins in hedge mode.
    EXPECT_TRUE(engine_.SetHedgeMode(seed % 2 == 0));
    for (const Wallet wallet : kWallets) {
      Deposit(wallet, "USDT", D("4000"));
      for (const char* asset : {"BTC", "ETH"}) Deposit(wallet, asset, D("30"));
    }
    rules_.max_open_orders = kMaxOpen;
    for (std::uint32_t m = 0; m < engine_.markets().size(); ++m) {
      engine_.SetLast(m, D("100"), Decimal(1), rules_, now_);
    }
  }

  void Step() {
    now_ += milliseconds(Pick(1500));
    const std::uint64_t what = Pick(100);
    if (what < 25) {
      PlacePair();
    } else if (what < 45) {
      PlaceOrder();
    } else if (what < 47) {
      ChangeDepth();
    } else if (what < 50) {
      ReplaceSome();
    } else if (what < 80) {
      Move();
    } else if (what < 90) {
      CancelSome();
    } else if (what < 93) {
      ChangeRules();
    } else if (what < 95) {
      const char* const assets[] = {"USDT", "BTC", "ETH"};
      Deposit(PickWallet(), assets[Pick(3)], Number(5'000, 2));
    } else if (mixed_ && Pick(2) == 0) {
      Transfer();
    } else if (HasPositions(engine_.markets()[0].spec.kind)) {
      Meddle(what);
    }
  }

  // Fails the test at the first thing that does not hold.
  void Check() {
    ReadTrades();
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

  // How often the interesting things have happened.
  std::map<std::string, int> seen;

 private:
  std::uint64_t Pick(std::uint64_t n) { return random_() % n; }
  Decimal Number(std::uint64_t below, int scale) {
    return Decimal::FromParts(static_cast<std::int64_t>(Pick(below) + 1), scale).value();
  }
  std::uint32_t PickMarket() { return static_cast<std::uint32_t>(Pick(engine_.markets().size())); }

  Wallet PickWallet() { return Pick(2) == 0 ? Wallet::kSpot : Wallet::kMargin; }
  Wallet WalletFor(MarketKind kind) {
    if (kind == MarketKind::kMargin && mixed_) return PickWallet();
    return HasPositions(kind) ? Wallet::kMargin : Wallet::kSpot;
  }

  Decimal FreeIn(Wallet wallet, const std::string& asset) {
    const auto it = engine_.balances(wallet).find(asset);
    return it == engine_.balances(wallet).end() ? Decimal() : it->second.free;
  }

  void Deposit(Wallet wallet, const std::string& asset, const Decimal& amount) {
    engine_.SetFree(wallet, asset, FreeIn(wallet, asset) + amount);
    cash_[{wallet, asset}] += amount;
  }

  void Transfer() {
    const Wallet from = PickWallet();
    const Wallet to = from == Wallet::kSpot ? Wallet::kMargin : Wallet::kSpot;
    const char* const asset = Pick(2) == 0 ? "USDT" : "BTC";
    const Decimal amount = Number(300'000, 2);
    const Decimal free = FreeIn(from, asset);
    const Decimal margin = engine_.Summarize(asset).free_margin;
    const bool moved = engine_.Transfer(asset, from, amount);
    ASSERT_EQ(moved, amount <= free && (from == Wallet::kSpot || amount <= margin));
    ++seen[moved ? "transferred" : "transfer refused"];
    if (!moved) return;
    cash_[{from, asset}] -= amount;
    cash_[{to, asset}] += amount;
  }

  // What every placement says, at random.
  void Fill(Placement& c) {
    c.market = PickMarket();
    const MarketSpec& spec = engine_.markets()[c.market].spec;
    c.wallet = WalletFor(spec.kind);
    c.side = Pick(2) == 0 ? Side::kBuy : Side::kSell;
    c.amount = Number(8000, 3);
    if (c.wallet != Wallet::kMargin) return;
    c.reduce_only = Pick(4) == 0;
    if (engine_.hedge_mode() && spec.kind == MarketKind::kFutures) {
      c.position_side = Pick(2) == 0 ? PositionSide::kLong : PositionSide::kShort;
    }
  }

  // A price on one side of the last.
  Decimal Away(std::uint32_t market, bool up) {
    const Decimal to = *engine_.markets()[market].last + Signed(Number(90'000, 4), !up);
    return Max(to, D("0.0001"));
  }

  void PlacePair() {
    PairCommand c;
    Fill(c);
    const bool buy = c.side == Side::kBuy;
    c.limit_price = Away(c.market, !buy);
    // One in eight is on the wrong side, and refused unless the price rules are off.
    c.trigger_price = Away(c.market, Pick(8) == 0 ? !buy : buy);
    c.stop_price = Max(D("0.0001"), c.trigger_price + Signed(Number(40'000, 4), Pick(2) == 0));
    if (Pick(3) == 0) c.list_client_id = std::to_string(Pick(40));
    const Snapshot before = Look();
    const auto placed = engine_.Place(c, rules_, ids_, now_);
    if (Note(placed, before)) ++seen[c.wallet == Wallet::kSpot ? "placed spot" : "placed margin"];
  }

  OrderCommand MakeOrder() {
    OrderCommand c;
    Fill(c);
    c.type = static_cast<OrderType>(Pick(4));
    c.tif = static_cast<Tif>(Pick(4));
    c.when = Pick(2) == 0 ? When::kAtOrAbove : When::kAtOrBelow;
    c.price = Away(c.market, Pick(2) == 0);
    c.trigger = Away(c.market, Pick(2) == 0);
    if (c.wallet == Wallet::kSpot && !HasPrice(c.type) && Pick(3) == 0) {
      c.money = Number(90'000, 2);
      c.amount = Decimal();
    }
    if (Pick(3) == 0) c.client_id = std::to_string(Pick(40));
    return c;
  }

  void PlaceOrder() {
    const OrderCommand c = MakeOrder();
    const Snapshot before = Look();
    const auto placed = engine_.Place(c, rules_, ids_, now_);
    if (Note(placed, before)) CheckPlaced(c, **placed);
  }

  void ReplaceSome() {
    const std::vector<OrderList*> open = engine_.orders().Open();
    if (open.empty()) return;
    const OrderList& old = *open[Pick(open.size())];
    if (old.IsPair()) return;
    const OrderId id = old.single().id;
    const OrderCommand c = MakeOrder();
    const Snapshot before = Look();
    const auto placed = engine_.Replace(old, c, rules_, ids_, now_);
    const Order& then = *engine_.orders().FindOrder(id);
    if (!Note(placed, before)) {
      ASSERT_TRUE(then.list->open);
      return;
    }
    ASSERT_EQ(then.ending, Ending::kReplaced);
    ++seen["replaced"];
    CheckPlaced(c, **placed);
  }

  // What holds when the call returns.
  void CheckPlaced(const OrderCommand& c, const OrderList& list) {
    const Order& order = list.single();
    ++seen[std::string("placed ") + Name(c.type) + (c.money.IsZero() ? "" : " for money")];
    const bool begun = !IsStop(c.type) || order.activated;
    const bool may_wait = HasPrice(c.type) && c.tif != Tif::kIoc && c.tif != Tif::kFok;
    if (begun && !may_wait) {
      ASSERT_FALSE(list.open);
    }
    if (c.tif == Tif::kFok) {
      ASSERT_TRUE(order.filled.IsZero() || order.ending == Ending::kFilled);
    }
    if (!c.money.IsZero()) {
      ASSERT_TRUE(c.side == Side::kSell || order.value <= c.money);
      ASSERT_TRUE(list.open || c.side == Side::kSell || list.amount == order.filled);
    }
    if (order.ending != Ending::kNone) ++seen[EndingName(order.ending)];
  }

  void ChangeDepth() {
    const std::uint32_t market = PickMarket();
    if (Pick(3) == 0) return engine_.SetDepth(market, std::nullopt);
    const Decimal last = *engine_.markets()[market].last;
    Depth depth;
    Decimal bid = last;
    Decimal ask = last;
    for (std::uint64_t level = Pick(5); level > 0; --level) {
      bid = Max(D("0.0001"), bid - Number(10'000, 4));
      if (depth.bids.empty() || bid < depth.bids.back().price) {
        depth.bids.push_back({bid, Number(4000, 3)});
      }
      ask += Number(10'000, 4);
      depth.asks.push_back({ask, Number(4000, 3)});
    }
    engine_.SetDepth(market, depth);
    ++seen["depth set"];
  }

  // What a refusal leaves as it was.
  struct Snapshot {
    Balances spot, margin;
    std::size_t open;
    std::uint64_t last_trade;
    friend bool operator==(const Snapshot&, const Snapshot&) = default;
  };
  Snapshot Look() const {
    return {engine_.balances(Wallet::kSpot), engine_.balances(Wallet::kMargin),
            engine_.orders().open_count(),
            engine_.trades().empty() ? 0 : engine_.trades().back().id};
  }

  // Whether it was placed; a refusal has changed nothing.
  bool Note(const Engine::Placed& placed, const Snapshot& before) {
    if (placed) return true;
    EXPECT_EQ(Look(), before);
    ++seen[Refused(placed.error().reason)];
    return false;
  }

  void Move() {
    const std::uint32_t market = PickMarket();
    const Decimal last = *engine_.markets()[market].last;
    Decimal to = last + Signed(Number(70'000, 4), Pick(2) == 0);
    // Drawn back to where the trading is.
    if (to < D("60")) to += D("9");
    if (to > D("140")) to -= D("9");
    const Decimal share = Pick(2) == 0 ? Decimal(1) : Number(1000, 3);
    engine_.SetLast(market, to, share, rules_, now_);
  }

  void CancelSome() {
    const std::vector<OrderList*> open = engine_.orders().Open();
    if (open.empty()) return;
    const OrderList& list = *open[Pick(open.size())];
    ASSERT_EQ(engine_.Cancel(list, now_), &list);
    ASSERT_EQ(engine_.Cancel(list, now_), nullptr);
    ++seen["cancelled"];
  }

  void ChangeRules() {
    rules_.price_rules = Pick(4) != 0;
    constexpr CancelSiblingOn kRules[] = {CancelSiblingOn::kFirstFill, CancelSiblingOn::kFullFill,
                                          CancelSiblingOn::kTrigger};
    rules_.cancel_sibling_on = kRules[Pick(3)];
    rules_.margin = Pick(2) == 0 ? MarginRule::kLargerLeg : MarginRule::kSum;
    rules_.refuse_takers = Pick(2) == 0;
    rules_.refuse_equal_trigger = Pick(2) == 0;
    // What pairs withdrew at depends on the rule they were filled under.
    ever_kept_sibling_ |= rules_.cancel_sibling_on != CancelSiblingOn::kFirstFill;
  }

  void Meddle(std::uint64_t what) {
    const std::uint32_t market = PickMarket();
    const Market& m = engine_.markets()[market];
    const bool hedged = engine_.hedge_mode() && m.spec.kind == MarketKind::kFutures;
    const PositionSide side =
        hedged ? (Pick(2) == 0 ? PositionSide::kLong : PositionSide::kShort) : PositionSide::kBoth;
    if (what < 97) {
      seen["closed"] += engine_.ClosePosition(market, side, ids_, rules_, now_) != nullptr;
    } else if (what == 97) {
      const Decimal amount = Pick(3) == 0 ? Decimal() : Number(9000, 3);
      const bool is_short = side == PositionSide::kShort || (!hedged && Pick(2) == 0);
      const Position& position = m.position(side);
      given_ -= Signed(position.cost, position.amount.IsNegative());
      engine_.SetPosition(market, side, Signed(amount, is_short), Number(2'000'000, 4), rules_,
                          now_);
      given_ += Signed(position.cost, position.amount.IsNegative());
      amounts_[{market, side}] = position.amount;
    } else if (what == 98) {
      const Decimal before = engine_.leverage();
      const Decimal leverage(kLeverages[Pick(kLeverages.size())]);
      const Balance money = engine_.balances(Wallet::kMargin).at("USDT");
      const Decimal margin = engine_.Summarize("USDT").free_margin;
      const bool set = engine_.SetLeverage(leverage, rules_);
      ASSERT_EQ(engine_.leverage(), set ? leverage : before);
      if (!set || leverage == before) {
        ASSERT_EQ(engine_.balances(Wallet::kMargin).at("USDT"), money);
      } else {
        const Decimal after = engine_.Summarize("USDT").free_margin;
        ASSERT_TRUE(!after.IsNegative() || after >= margin);
      }
      ++seen[set ? "leverage set" : "leverage refused"];
    } else {
      const bool before = engine_.hedge_mode();
      const bool set = engine_.SetHedgeMode(!before);
      ASSERT_EQ(engine_.hedge_mode(), set ? !before : before);
      ++seen[set ? "mode set" : "mode refused"];
    }
  }

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
      ASSERT_TRUE(HasPrice(order.type) || order.phase == Phase::kUntriggered);
    });
    ASSERT_TRUE(waits);
    CheckFills(list);
    // A list that can only take from a position has one to take from.
    if (list.OnlyReduces()) {
      const Position& position = engine_.markets()[list.market].position(list.position_side);
      ASSERT_TRUE(list.side == Side::kBuy ? position.amount.IsNegative()
                                          : position.amount.IsPositive());
      ASSERT_TRUE(list.reserved.IsZero());
    }
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

  const bool mixed_;
  std::mt19937_64 random_;
  Engine engine_;
  CountingIds ids_;
  Rules rules_;
  TimePoint now_ = FromUnixMillis(1'700'000'000'000);
  std::uint64_t last_trade_ = 0;
  bool ever_kept_sibling_ = false;
  std::map<std::pair<Wallet, std::string>, Decimal> cash_;  // deposits, transfers and trades
  Decimal given_;  // signed cost of the positions that commands set
  std::map<std::pair<std::uint32_t, PositionSide>, Decimal> amounts_;
  std::map<std::pair<std::uint32_t, PositionSide>, Decimal> moved_;
};

class EngineProperty : public ::testing::TestWithParam<int> {
 protected:
  // What happened in `markets` over all steps.
  std::map<std::string, int> Run(const std::vector<MarketSpec>& markets, bool mixed = false) {
    World world(markets, static_cast<std::uint64_t>(GetParam()), mixed);
    for (int step = 0; step < Steps(); ++step) {
      world.Step();
      world.Check();
      if (HasFatalFailure()) {
        ADD_FAILURE() << "at step " << step;
        break;
      }
    }
    return world.seen;
  }
};

TEST_P(EngineProperty, SpotMoneyIsConserved) {
  auto seen =
      Run({Spec("BTC-USDT", "BTC", MarketKind::kSpot), Spec("ETH-USDT", "ETH", MarketKind::kSpot)});
  // The run has been where things can go wrong.
  for (const std::string& what : {"placed spot"s,
                                  "cancelled"s,
                                  "maker"s,
                                  "taker"s,
                                  "filled"s,
                                  "canceled"s,
                                  "never_triggered"s,
                                  "placed limit"s,
                                  "placed market"s,
                                  "placed market for money"s,
                                  "placed stop_limit"s,
                                  "placed stop_market"s,
                                  "placed stop_market for money"s,
                                  "replaced"s,
                                  "depth set"s,
                                  EndingName(Ending::kRemainder),
                                  EndingName(Ending::kPostOnly),
                                  EndingName(Ending::kFilled),
                                  Refused(RejectReason::kNotMaker),
                                  Refused(RejectReason::kFunds),
                                  Refused(RejectReason::kTooManyOrders)}) {
    EXPECT_GT(seen[what], 0) << what;
  }
}

TEST_P(EngineProperty, MarginMoneyIsConserved) {
  auto seen = Run({Spec("BTC_USDT", "BTC", MarketKind::kMargin),
                   Spec("BTC_PERP", "BTC", MarketKind::kFutures)});
  for (const std::string& what :
       {"placed margin"s, "cancelled"s, "closed"s, "maker"s, "taker"s, "filled"s, "canceled"s,
        "never_triggered"s, "reduce_only_canceled"s, "leverage set"s, "mode refused"s,
        Refused(RejectReason::kTriggerWrongSide), Refused(RejectReason::kReduceOnly),
        Refused(RejectReason::kPositionTooBig)}) {
    EXPECT_GT(seen[what], 0) << what;
  }
}

TEST_P(EngineProperty, MoneyOfBothWalletsOnOneMarketIsConserved) {
  auto seen = Run(
      {Spec("BTC_USDT", "BTC", MarketKind::kMargin), Spec("BTC_PERP", "BTC", MarketKind::kFutures)},
      /*mixed=*/true);
  for (const std::string& what :
       {"placed spot"s, "placed margin"s, "transferred"s, "transfer refused"s, "cancelled"s,
        "maker"s, "taker"s, "filled"s, Refused(RejectReason::kFunds)}) {
    EXPECT_GT(seen[what], 0) << what;
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, EngineProperty, ::testing::Range(1, 5));

}  // namespace
}  // namespace ocokit::mock::engine
