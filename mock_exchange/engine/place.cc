// Placing, replacing and cancelling: the checks in the order in which the venues report them.

#include <algorithm>

#include "mock_exchange/engine/command_scope.h"
#include "mock_exchange/engine/engine.h"
#include "mock_exchange/engine/make_list.h"
#include "mock_exchange/engine/price_checks.h"
#include "ocokit/base/check.h"

namespace ocokit::mock::engine {
namespace {

bool TakesFrom(MarketKind kind, Wallet wallet) {
  switch (kind) {
    case MarketKind::kSpot:
      return wallet == Wallet::kSpot;
    case MarketKind::kMargin:
      return true;
    case MarketKind::kFutures:
      return wallet == Wallet::kMargin;
  }
  return false;
}

tl::unexpected<Rejection> Refuse(RejectReason reason) {
  return tl::unexpected<Rejection>(Rejection{.reason = reason});
}

std::unique_ptr<OrderList> MakePair(const PairCommand& c, TimePoint now) {
  auto list = MakeList(c, now);
  list->client_id = c.list_client_id;
  AddOrder(*list, 0, c.limit_client_id).price = c.limit_price;
  Order& stop = AddOrder(*list, 1, c.stop_client_id);
  stop.type = OrderType::kStopLimit;
  stop.phase = Phase::kUntriggered;
  stop.when = c.side == Side::kBuy ? When::kAtOrAbove : When::kAtOrBelow;
  stop.trigger = c.trigger_price;
  stop.price = c.stop_price;
  return list;
}

std::unique_ptr<OrderList> MakeOrder(const OrderCommand& c, const Market& m, TimePoint now) {
  auto list = MakeList(c, now);
  list->money = c.money;
  Order& order = AddOrder(*list, 0, c.client_id);
  order.type = c.type;
  order.tif = c.tif;
  // What is at the market can but take.
  if (!HasPrice(c.type) && c.tif == Tif::kPostOnly) order.tif = Tif::kGtc;
  order.label = c.label;
  order.price = HasPrice(c.type) ? c.price : *m.last;
  if (IsStop(c.type)) {
    order.phase = Phase::kUntriggered;
    order.when = c.when;
    order.trigger = c.trigger;
  }
  if (c.side == Side::kSell && !c.money.IsZero()) {
    // Nobody can say what it will bring in: it is for as much as would do at today's price.
    const Decimal& price = IsStop(c.type) ? c.trigger : *m.last;
    list->amount = AmountFor(c.money, price, m.spec.amount_step);
    list->money = Decimal();
  }
  return list;
}

}  // namespace

std::unique_ptr<OrderList> MakeList(const Placement& placement, TimePoint now) {
  auto list = std::make_unique<OrderList>();
  list->market = placement.market;
  list->wallet = placement.wallet;
  list->side = placement.side;
  list->position_side = placement.position_side;
  list->amount = placement.amount;
  list->reduce_only = placement.reduce_only;
  list->stp = placement.stp;
  list->created = list->updated = now;
  return list;
}

Order& AddOrder(OrderList& list, std::size_t place, std::string_view client_id) {
  list.orders.at(place) = std::make_unique<Order>();
  Order& order = *list.orders.at(place);
  order.list = &list;
  order.client_id = client_id;
  return order;
}

std::optional<Rejection> Engine::CheckMarket(const Placement& placement) const {
  OCOKIT_CHECK(placement.market < markets_.size(), "no such market");
  const Market& m = markets_[placement.market];
  OCOKIT_CHECK(TakesFrom(m.spec.kind, placement.wallet), "no order of this wallet on the market");
  OCOKIT_CHECK(placement.wallet == Wallet::kMargin ||
                   (!placement.reduce_only && placement.position_side == PositionSide::kBoth),
               "a spot order has no position");
  if (!m.spec.trading_enabled) return Rejection{.reason = RejectReason::kTradingDisabled};
  return std::nullopt;
}

std::optional<Rejection> Engine::CheckClientIds(const OrderList& list) const {
  std::optional<Rejection> out;
  const auto check = [&](const ClientId& id) {
    if (id.empty() || out) return;
    const OrderList* holder = orders_->FindClientId(list.market, id);
    if (holder != nullptr && holder->open) {
      out = Rejection{.reason = RejectReason::kDuplicateClientId, .client_id = id.str()};
    }
  };
  check(list.client_id);
  for (const auto& order : list.orders) {
    if (order != nullptr) check(order->client_id);
  }
  return out;
}

std::optional<Rejection> Engine::CheckList(const OrderList& list, const Found& found,
                                           std::size_t open, const Rules& rules) const {
  if (!rules.equal_client_ids) {
    if (auto bad = CheckClientIds(list)) return bad;
  }
  const bool full =
      rules.max_open_orders && open >= static_cast<std::size_t>(*rules.max_open_orders);
  const Rejection too_many{.reason = RejectReason::kTooManyOrders};
  if (full && rules.count_before_funds) return too_many;
  if (auto bad = CheckFunds(list, found, rules)) return bad;
  if (full) return too_many;
  return std::nullopt;
}

Engine::Placed Engine::Place(const PairCommand& c, const Rules& rules, IdSource& ids,
                             TimePoint now) {
  if (IsTooLarge({c.amount, c.limit_price, c.trigger_price, c.stop_price})) {
    return Refuse(RejectReason::kTooLarge);
  }
  if (auto bad = CheckMarket(c)) return tl::unexpected<Rejection>(*bad);
  Market& m = markets_[c.market];
  if (!m.last) return Refuse(RejectReason::kNoLastPrice);
  if (rules.price_rules) {
    if (auto bad = CheckPrices(c, m)) return tl::unexpected<Rejection>(*bad);
  }
  auto pair = MakePair(c, now);
  if (auto bad = CheckReduces(*pair)) return tl::unexpected<Rejection>(*bad);
  pair->reduces = FreeToReduce(*pair);
  if (auto bad = CheckList(*pair, {}, orders_->open_count(), rules)) {
    return tl::unexpected<Rejection>(*bad);
  }
  const PairIds drawn = ids.Next(now, c.list_client_id.empty());
  pair->id = drawn.list;
  pair->orders[0]->id = drawn.limit;
  pair->orders[1]->id = drawn.stop;
  const Command scope(*this, now);
  return &Enter(std::move(pair), rules, PairEvent::Cause::kRequest, now);
}

OrderList& Engine::Enter(std::unique_ptr<OrderList> entered, const Rules& rules,
                         PairEvent::Cause cause, TimePoint now) {
  OrderList& list = orders_->Add(std::move(entered));
  CountOpen(list, true);
  SetReserved(list, Required(list, rules));
  UpdatePending(list);
  for (const auto& order : list.orders) {
    const bool waits = order != nullptr && (IsStop(order->type) || HasPrice(order->type));
    if (waits) markets_[list.market].book.Add(*order);
    if (order == nullptr) continue;
    Note(*order, cause, now,
         OrderPlaced{order->price, order->trigger, list.amount,
                     order->phase == Phase::kUntriggered});
  }
  return list;
}

Engine::Drafted Engine::DraftOrder(const OrderCommand& c, const Rules& rules, bool replaces,
                                   TimePoint now) const {
  if (IsTooLarge({c.amount, c.price, c.trigger, c.take_profit, c.stop_loss}) ||
      c.money >= kMaxPendingValue) {
    return Refuse(RejectReason::kTooLarge);
  }
  if (auto bad = CheckMarket(c)) return tl::unexpected<Rejection>(*bad);
  OCOKIT_CHECK(c.money.IsZero() || (c.wallet == Wallet::kSpot && !HasPrice(c.type)),
               "an amount of money is for spot orders at the market");
  OCOKIT_CHECK((c.take_profit.IsZero() && c.stop_loss.IsZero()) ||
                   (c.wallet == Wallet::kMargin && !c.reduce_only),
               "exits are for orders that open a position");
  const Market& m = markets_[c.market];
  if (auto bad = CheckPrices(c, m, rules)) return tl::unexpected<Rejection>(*bad);
  Draft draft;
  draft.list = MakeOrder(c, m, now);
  OrderList& list = *draft.list;
  const Order& order = list.single();
  // Money for less than a lot.
  if (list.amount.IsZero() && list.money.IsZero()) return Refuse(RejectReason::kAmountTooSmall);
  if (auto bad = CheckReduces(list)) return tl::unexpected<Rejection>(*bad);
  list.reduces = FreeToReduce(list);
  if (!IsStop(c.type)) draft.found = FindFor(order, Decimal(1));
  if (order.tif == Tif::kPostOnly && !draft.found.fills.empty() && rules.refuse_takers) {
    return Refuse(RejectReason::kNotMaker);
  }
  draft.take_profit = c.take_profit;
  draft.stop_loss = c.stop_loss;
  const std::size_t open = orders_->open_count() - (replaces ? 1 : 0);
  if (auto bad = CheckList(list, draft.found, open, rules)) return tl::unexpected<Rejection>(*bad);
  return draft;
}

const OrderList* Engine::EnterOrder(Draft draft, const Rules& rules, IdSource& ids, TimePoint now) {
  const bool brings_exits = !draft.take_profit.IsZero() || !draft.stop_loss.IsZero();
  const OrderId oto = brings_exits ? ids.NextOrder(now) : 0;
  draft.list->orders[0]->id = ids.NextOrder(now);
  OrderList& list = Enter(std::move(draft.list), rules, PairEvent::Cause::kRequest, now);
  Order& order = *list.orders[0];
  if (brings_exits) {
    const auto draw = [&](const Decimal& exit) { return exit.IsZero() ? 0 : ids.NextOrder(now); };
    Exits exits;
    exits.id = oto;
    exits.take_profit_id = draw(draft.take_profit);
    exits.stop_loss_id = draw(draft.stop_loss);
    exits.take_profit = draft.take_profit;
    exits.stop_loss = draft.stop_loss;
    orders_->AddExits(list, exits);
  }
  if (!IsStop(order.type)) {
    Begin(order, draft.found, rules, PairEvent::Cause::kPlacement, now);
  } else if (IsMet(order.when, order.trigger, *markets_[list.market].last)) {
    Trigger(order, Decimal(1), rules, PairEvent::Cause::kPlacement, now);
  }
  PlaceExits(rules, now);
  orders_->Trim();
  return &list;
}

Engine::Placed Engine::Place(const OrderCommand& c, const Rules& rules, IdSource& ids,
                             TimePoint now) {
  Drafted draft = DraftOrder(c, rules, /*replaces=*/false, now);
  if (!draft) return tl::unexpected<Rejection>(draft.error());
  const Command scope(*this, now);
  return EnterOrder(std::move(*draft), rules, ids, now);
}

std::optional<Rejection> Engine::CheckTogether(const std::vector<OrderCommand>& commands,
                                               const Rules& rules, TimePoint now) const {
  std::map<std::string, Decimal> costs;  // of the spot wallet, by asset
  std::set<std::pair<std::uint32_t, std::string>> client_ids;
  std::size_t open = orders_->open_count();
  for (const OrderCommand& c : commands) {
    const Drafted draft = DraftOrder(c, rules, /*replaces=*/false, now);
    if (!draft) return draft.error();
    if (!c.client_id.empty() && !rules.equal_client_ids &&
        !client_ids.emplace(c.market, c.client_id).second) {
      return Rejection{.reason = RejectReason::kDuplicateClientId, .client_id = c.client_id};
    }
    if (rules.max_open_orders && open++ >= static_cast<std::size_t>(*rules.max_open_orders)) {
      return Rejection{.reason = RejectReason::kTooManyOrders};
    }
    if (c.wallet == Wallet::kMargin) continue;
    const MarketSpec& spec = markets_[c.market].spec;
    const std::string& asset = c.side == Side::kBuy ? spec.quote : spec.base;
    Decimal& cost = costs[asset];
    cost += Cost(*draft->list, draft->found, rules);
    if (balances(Wallet::kSpot).at(asset).free < cost) {
      return Rejection{.reason = RejectReason::kFunds};
    }
  }
  return std::nullopt;
}

Engine::Placed Engine::Replace(const OrderList& given, const OrderCommand& c, const Rules& rules,
                               IdSource& ids, TimePoint now) {
  OCOKIT_CHECK(given.open && !given.IsPair() && given.oto == OtoRole::kNone,
               "only an open order by itself is replaced");
  const Command scope(*this, now);
  OrderList& old = *given.orders[0]->list;
  // The checks are made as if it were gone.
  const Decimal reserved = old.reserved;
  SetReserved(old, Decimal());
  CountOpen(old, false);
  old.open = false;
  UpdatePending(old);
  Drafted draft = DraftOrder(c, rules, /*replaces=*/true, now);
  old.open = true;
  CountOpen(old, true);
  UpdatePending(old);
  if (!draft) {
    SetReserved(old, reserved);
    return tl::unexpected<Rejection>(draft.error());
  }
  EndList(old, Ending::kReplaced, PairEvent::Cause::kReplaced, now);
  return EnterOrder(std::move(*draft), rules, ids, now);
}

const OrderList* Engine::Cancel(const OrderList& given, const Rules& rules, TimePoint now,
                                PairEvent::Cause cause) {
  if (!given.open) return nullptr;
  const Command scope(*this, now);
  OrderList& list = *given.orders[0]->list;
  EndList(list, Ending::kRequest, cause, now);
  PlaceExits(rules, now);
  return &list;
}

}  // namespace ocokit::mock::engine
