#include "mock_exchange/whitebit/streams/user.h"

#include <algorithm>
#include <array>
#include <limits>
#include <unordered_map>

#include "mock_exchange/json/writer.h"
#include "mock_exchange/whitebit/streams/order.h"
#include "mock_exchange/whitebit/streams/read.h"

namespace ocokit::mock::whitebit {
namespace {

using engine::Event;
using engine::Trade;

std::uint64_t LastTrade(const Account& account) {
  const auto& trades = account.engine.trades();
  return trades.empty() ? 0 : trades.back().id;
}

std::string WriteDealParams(const Trade& trade, const Account& account) {
  const MarketSpec& spec = account.engine.markets()[trade.market].spec;
  JsonWriter json;
  json.BeginArray().Integer(static_cast<std::int64_t>(trade.id)).Seconds(trade.at);
  json.String(spec.symbol).Integer(static_cast<std::int64_t>(trade.order_id));
  json.DecimalString(trade.price).DecimalString(trade.amount).DecimalString(trade.fee);
  json.String(trade.client_id).Integer(SideNumber(trade.side)).Integer(trade.taker ? 2 : 1);
  json.String(trade.fee_in_base ? spec.base : spec.quote).EndArray();
  return json.Take();
}

// Members of ordersPending_update.
enum OrderEvent { kNew = 1, kUpdated = 2, kFinished = 3 };

}  // namespace

// What one command has done to an order.
struct UserFeeds::Touched {
  const Order* order = nullptr;
  const Event* last = nullptr;       // of it, or of its list's amount
  const Event* triggered = nullptr;  // null: it was not
  bool placed = false;
  bool done = false;
};

Answered<void> OrderFeed::Subscribe(const JsonValue& params, Account& account, TimePoint /*now*/) {
  // A number behind the markets is the filter of ordersExecuted.
  JsonValue markets = params;
  std::int64_t filter = 0;
  if (name() == "ordersExecuted" && !params.members.empty() &&
      params.members.back().Is(JsonValue::Kind::kNumber)) {
    const auto number = ReadNumberAt(params, params.members.size() - 1, 0, 2);
    if (!number) return tl::unexpected<Refused>(number.error());
    filter = *number;
    markets.members.pop_back();
  }
  auto names = ReadMarkets(markets, account);
  if (!names) return tl::unexpected<Refused>(names.error());
  if (!on_) {
    since_ = account.engine.events().last();
    deals_since_ = LastTrade(account);
  }
  on_ = true;
  filter_ = filter;
  names_ = std::move(*names);
  Find(account);
  return {};
}

void OrderFeed::Unsubscribe(const JsonValue& /*params*/) { on_ = false; }

void OrderFeed::Show(std::vector<std::string>& topics) const {
  if (on_) ShowNames(names_, topics);
}

void OrderFeed::Begin(Account& account, TimePoint /*now*/) {
  since_ = 0;
  deals_since_ = 0;
  Find(account);
}

void OrderFeed::Find(const Account& account) {
  markets_.clear();
  for (const std::string& name : names_) {
    if (const auto market = account.engine.FindMarket(name)) markets_.push_back(*market);
  }
}

bool OrderFeed::Wants(std::uint32_t market, engine::EventSeq seq) const {
  if (!on_ || seq <= since_) return false;
  return names_.empty() || std::ranges::find(markets_, market) != markets_.end();
}

bool OrderFeed::WantsDeal(std::uint32_t market, std::uint64_t trade) const {
  return trade > deals_since_ && Wants(market, std::numeric_limits<engine::EventSeq>::max());
}

bool OrderFeed::WantsType(int type) const {
  constexpr std::array kAtMarket = {2, 202, 4, 203, 8, 10};
  const bool at_market = std::ranges::find(kAtMarket, type) != kAtMarket.end();
  return filter_ == 0 || at_market == (filter_ == 2);
}

void UserFeeds::Begin(Account& account, TimePoint now) {
  cursor_ = account.engine.events().last();
  dealt_ = LastTrade(account);
  for (Feed* feed : feeds()) feed->Begin(account, now);
}

bool UserFeeds::Work(const Turn& turn) {
  const engine::EventLog& log = turn.account.engine.events();
  if (!pending_.on() && !executed_.on() && !deals_.on()) {
    cursor_ = log.last();
    dealt_ = LastTrade(turn.account);
    return true;
  }
  while (cursor_ < log.last()) {
    std::vector<const Event*> events;
    while (cursor_ < log.last()) {
      const Event* event = log.Find(cursor_ + 1);
      if (event == nullptr) return false;
      if (!events.empty() && event->command != events.front()->command) break;
      events.push_back(event);
      ++cursor_;
    }
    for (const Event* event : events) {
      const auto* traded = std::get_if<engine::OrderTraded>(&event->what);
      if (traded != nullptr && !SayDeals(traded->trade, turn)) return false;
    }
    if (!SayCommand(events, turn)) return false;
  }
  // A position that was closed has traded without an order.
  return SayDeals(LastTrade(turn.account), turn);
}

bool UserFeeds::SayDeals(std::uint64_t up_to, const Turn& turn) {
  if (up_to <= dealt_) return true;
  const auto& trades = turn.account.engine.trades();
  auto trade = std::ranges::upper_bound(trades, dealt_, {}, &Trade::id);
  if (dealt_ != 0 && deals_.on() && (trade == trades.end() || trade->id != dealt_ + 1)) {
    return false;
  }
  for (; trade != trades.end() && trade->id <= up_to; ++trade) {
    if (!deals_.WantsDeal(trade->market, trade->id)) continue;
    turn.Say(deals_.Write(WriteDealParams(*trade, turn.account)));
  }
  dealt_ = up_to;
  return true;
}

bool UserFeeds::SayCommand(const std::vector<const Event*>& events, const Turn& turn) {
  const engine::OrderStore& orders = turn.account.engine.orders();
  const engine::EventLog& log = turn.account.engine.events();
  std::vector<Touched> all;
  // A price may come to any number of orders.
  std::unordered_map<const Order*, std::size_t> places;
  const auto touch = [&](const Order& order, const Event& event) -> Touched& {
    const auto [at, added] = places.try_emplace(&order, all.size());
    if (added) all.push_back({.order = &order});
    Touched& touched = all[at->second];
    touched.last = &event;
    return touched;
  };
  for (const Event* event : events) {
    if (event->list == 0) continue;
    const Order* order = orders.FindOrder(event->order);
    if (order == nullptr) return false;
    if (std::holds_alternative<engine::AmountChanged>(event->what)) {
      // It is the list's, of whose orders one may have ended before.
      order->list->ForEach([&](const Order& each) {
        if (engine::AsOf(each, *event, log).phase != engine::Phase::kDone) touch(each, *event);
      });
      continue;
    }
    Touched& touched = touch(*order, *event);
    if (std::holds_alternative<engine::OrderPlaced>(event->what)) touched.placed = true;
    if (std::holds_alternative<engine::OrderTriggered>(event->what)) touched.triggered = event;
    if (std::holds_alternative<engine::OrderDone>(event->what)) touched.done = true;
  }
  // Of a pair the stop order is shown first, which has the lower id.
  for (std::size_t i = 1; i < all.size(); ++i) {
    Touched& before = all[i - 1];
    if (before.placed && all[i].placed && before.order->list == all[i].order->list &&
        before.order->id > all[i].order->id) {
      std::swap(before, all[i]);
    }
  }
  for (const Touched& touched : all) SayOrder(touched, turn);
  for (const Touched& touched : all) {
    const Order& order = *touched.order;
    if (!touched.done || !executed_.Wants(order.list->market, touched.last->seq)) continue;
    if (!executed_.WantsType(TypeNumber(order))) continue;
    const engine::OrderAsOf then = engine::AsOf(order, *touched.last, log);
    JsonWriter json;
    json.BeginArray();
    WriteOrderObject(order, then, OrderShape::kEvent, turn.account, json);
    json.EndArray();
    turn.Say(executed_.Write(json.Take()));
  }
  return true;
}

void UserFeeds::SayOrder(const Touched& touched, const Turn& turn) {
  const Order& order = *touched.order;
  if (!pending_.Wants(order.list->market, touched.last->seq)) return;
  const auto say = [&](OrderEvent what, const Event& event) {
    const engine::OrderAsOf then = engine::AsOf(order, event, turn.account.engine.events());
    JsonWriter json;
    json.BeginArray().Integer(what);
    WriteOrderObject(order, then, OrderShape::kEvent, turn.account, json);
    json.EndArray();
    turn.Say(pending_.Write(json.Take()));
  };
  // An order that was triggered is shown as new once more, also when it is filled at once; one that
  // is placed and done in one command is shown as finished alone.
  if (touched.done) {
    if (touched.triggered != nullptr && !touched.placed) say(kNew, *touched.triggered);
    return say(kFinished, *touched.last);
  }
  const bool is_new = touched.placed || touched.triggered != nullptr;
  say(is_new ? kNew : kUpdated, *touched.last);
}

}  // namespace ocokit::mock::whitebit
