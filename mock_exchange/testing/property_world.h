#pragma once

// What the property test asks of the engine: random commands, prices and settings.

#include <random>

#include "mock_exchange/testing/property_checks.h"

namespace ocokit::mock::engine {

// Commands at random.
class World : public CheckedEngine {
 public:
  // `mixed`: orders of both wallets where a market takes them.
  World(const std::vector<MarketSpec>& markets, std::uint64_t seed, bool mixed)
      : CheckedEngine(markets, seed), mixed_(mixed), random_(seed) {
    // Every other run begins in hedge mode.
    EXPECT_TRUE(engine_.SetHedgeMode(seed % 2 == 0, now_));
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
    // Exits are few, and not there for long.
    if (Pick(10) == 0) return CancelSomeExit();
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
    } else if (what < 89) {
      CancelSome();
    } else if (what < 90) {
      CancelSomeOto();
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
    engine_.SetFree(wallet, asset, FreeIn(wallet, asset) + amount, now_);
    cash_[{wallet, asset}] += amount;
  }

  void Transfer() {
    const Wallet from = PickWallet();
    const Wallet to = from == Wallet::kSpot ? Wallet::kMargin : Wallet::kSpot;
    const char* const asset = Pick(2) == 0 ? "USDT" : "BTC";
    const Decimal amount = Number(300'000, 2);
    const Decimal free = FreeIn(from, asset);
    const Decimal margin = engine_.Summarize(asset).free_margin;
    const bool moved = engine_.Transfer(asset, from, amount, now_);
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
    if (c.wallet == Wallet::kMargin && !c.reduce_only && Pick(2) == 0) AddExits(c);
    return c;
  }

  // One of sixteen is on the wrong side, and refused.
  void AddExits(OrderCommand& c) {
    const bool buy = c.side == Side::kBuy;
    const Decimal entry = HasPrice(c.type) ? c.price
                          : IsStop(c.type) ? c.trigger
                                           : *engine_.markets()[c.market].last;
    const auto exit = [&](bool above) {
      const bool up = Pick(16) == 0 ? !above : above;
      return Max(D("0.0001"), entry + Signed(Number(40'000, 4), !up));
    };
    if (Pick(4) != 0) c.take_profit = exit(buy);
    if (Pick(4) != 0) c.stop_loss = exit(!buy);
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
    if (old.IsPair() || old.oto != OtoRole::kNone) return;
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
    EventSeq last_event;
    friend bool operator==(const Snapshot&, const Snapshot&) = default;
  };
  Snapshot Look() const {
    return {engine_.balances(Wallet::kSpot), engine_.balances(Wallet::kMargin),
            engine_.orders().open_count(),
            engine_.trades().empty() ? 0 : engine_.trades().back().id, engine_.events().last()};
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
    ASSERT_EQ(engine_.Cancel(list, rules_, now_), &list);
    ASSERT_EQ(engine_.Cancel(list, rules_, now_), nullptr);
    ++seen["cancelled"];
  }

  void CancelSomeExit() {
    std::vector<const OrderList*> lists;
    std::vector<const OrderList*> whole;  // of which both wait
    engine_.orders().VisitOpen([&](const OrderList& list) {
      if (list.oto != OtoRole::kPending) return true;
      lists.push_back(&list);
      const bool both = list.IsPair() && list.limit().IsWaiting() && list.stop().IsWaiting();
      if (both) whole.push_back(&list);
      return true;
    });
    if (lists.empty()) return;
    if (!whole.empty()) lists = whole;
    const OrderList& list = *lists[Pick(lists.size())];
    const Order& exit = *list.orders[list.IsPair() ? Pick(2) : 0];
    const Order* other = list.SiblingOf(exit);
    const bool stays = exit.IsWaiting() && other != nullptr && other->IsWaiting();
    ASSERT_EQ(engine_.CancelExit(exit, rules_, now_), &list);
    ASSERT_EQ(list.open, stays);
    ASSERT_FALSE(exit.IsWaiting());
    seen["cancelled exit"] += stays;
  }

  void CancelSomeOto() {
    std::vector<OrderId> ids;
    engine_.orders().VisitOpen([&](const OrderList& list) {
      if (list.oto != OtoRole::kNone) ids.push_back(engine_.orders().ExitsOf(list)->id);
      return true;
    });
    if (ids.empty()) return;
    const OrderId id = ids[Pick(ids.size())];
    ASSERT_TRUE(engine_.CancelOto(id, rules_, now_));
    ASSERT_FALSE(engine_.CancelOto(id, rules_, now_));
    ++seen["cancelled oto"];
  }

  void ChangeRules() {
    rules_.price_rules = Pick(4) != 0;
    constexpr CancelSiblingOn kRules[] = {CancelSiblingOn::kFirstFill, CancelSiblingOn::kFullFill,
                                          CancelSiblingOn::kTrigger};
    rules_.cancel_sibling_on = kRules[Pick(3)];
    rules_.margin = Pick(2) == 0 ? MarginRule::kLargerLeg : MarginRule::kSum;
    rules_.refuse_takers = Pick(2) == 0;
    rules_.exits_on_first_fill = Pick(2) == 0;
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
      const bool set = engine_.SetLeverage(leverage, rules_, now_);
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
      const bool set = engine_.SetHedgeMode(!before, now_);
      ASSERT_EQ(engine_.hedge_mode(), set ? !before : before);
      ++seen[set ? "mode set" : "mode refused"];
    }
  }

  const bool mixed_;
  std::mt19937_64 random_;
};

}  // namespace ocokit::mock::engine
