#pragma once

// The members of what an account is made of, for the archives (archive.h).

#include <tuple>

#include "mock_exchange/account/account_image.h"

// Where the types are, so that they are found.
namespace ocokit::mock::engine {

inline auto Row(Level& l) { return std::tie(l.price, l.amount); }
inline auto Row(Balance& b) { return std::tie(b.free, b.reserved); }

template <typename Archive>
void Members(Archive& archive, Order& o) {
  archive("id", o.id);
  archive("client_id", o.client_id);
  archive("type", o.type);
  archive("tif", o.tif);
  archive("when", o.when);
  archive("phase", o.phase);
  archive("ending", o.ending);
  archive("activated", o.activated);
  archive("label", o.label);
  archive("price", o.price);
  archive("trigger", o.trigger);
  archive("filled", o.filled);
  archive("value", o.value);
  archive("fee", o.fee);
  archive("triggered", o.triggered);
}

template <typename Archive>
void Members(Archive& archive, ListFacts& l) {
  archive("sequence", l.sequence);
  archive("id", l.id);
  archive("client_id", l.client_id);
  archive("market", l.market);
  archive("wallet", l.wallet);
  archive("side", l.side);
  archive("position_side", l.position_side);
  archive("stp", l.stp);
  archive("reduce_only", l.reduce_only);
  archive("open", l.open);
  archive("oto", l.oto);
  archive("amount", l.amount);
  archive("money", l.money);
  archive("created", l.created);
  archive("updated", l.updated);
  archive("reserved", l.reserved);
  archive("reduces", l.reduces);
  archive("pending", l.pending);
  archive("last_event", l.last_event);
}

template <typename Archive>
void Members(Archive& archive, ListImage& l) {
  archive("facts", l.facts);
  archive("orders", l.orders);
}

template <typename Archive>
void Members(Archive& archive, ExitsImage& e) {
  archive("id", e.exits.id);
  archive("stop_loss_id", e.exits.stop_loss_id);
  archive("take_profit_id", e.exits.take_profit_id);
  archive("stop_loss", e.exits.stop_loss);
  archive("take_profit", e.exits.take_profit);
  archive("owed", e.exits.owed);
  archive("placed", e.exits.placed);
  archive("cancelled", e.exits.cancelled);
  archive("working", e.working);
  archive("pending", e.pending);
}

template <typename Archive>
void Members(Archive& archive, StoreImage& s) {
  archive("last_sequence", s.last_sequence);
  archive.Long("lists", s.lists);
  archive("ended", s.ended);
  archive("exits", s.exits);
}

template <typename Archive>
void Members(Archive& archive, Depth& d) {
  archive("bids", d.bids);
  archive("asks", d.asks);
}

template <typename Archive>
void Members(Archive& archive, Position& p) {
  archive("id", p.id);
  archive("amount", p.amount);
  archive("cost", p.cost);
  archive("opened", p.opened);
  archive("modified", p.modified);
  archive("closed", p.closed);
  archive("closed_value", p.closed_value);
  archive("realized", p.realized);
  archive("fees", p.fees);
}

template <typename Archive>
void Members(Archive& archive, MarketImage& m) {
  archive("last", m.liquidity.last);
  archive("depth", m.liquidity.depth);
  archive("positions", m.positions);
}

template <typename Archive>
void Members(Archive& archive, Trade& t) {
  archive("id", t.id);
  archive("order_id", t.order_id);
  archive("client_id", t.client_id);
  archive("market", t.market);
  archive("wallet", t.wallet);
  archive("side", t.side);
  archive("position_side", t.position_side);
  archive("taker", t.taker);
  archive("fee_in_base", t.fee_in_base);
  archive("amount", t.amount);
  archive("price", t.price);
  archive("value", t.value);
  archive("fee", t.fee);
  archive("at", t.at);
}

template <typename Archive>
void Members(Archive& archive, PositionChange& c) {
  archive("position", c.position);
  archive("order", c.order);
  archive("market", c.market);
  archive("side", c.side);
  archive("is_long", c.is_long);
  archive("opened", c.opened);
  archive("at", c.at);
  archive("amount", c.amount);
  archive("base_price", c.base_price);
  archive("traded", c.traded);
  archive("price", c.price);
  archive("fee", c.fee);
  archive("realized", c.realized);
}

template <typename Archive>
void Members(Archive& archive, ClosedPosition& c) {
  archive("position", c.position);
  archive("market", c.market);
  archive("side", c.side);
  archive("is_long", c.is_long);
  archive("opened", c.opened);
  archive("closed_at", c.closed_at);
  archive("closed", c.closed);
  archive("entry_price", c.entry_price);
  archive("exit_price", c.exit_price);
  archive("gross", c.gross);
  archive("fees", c.fees);
}

inline auto Row(OrderPlaced& e) { return std::tie(e.price, e.trigger, e.amount, e.untriggered); }
inline auto Row(OrderTriggered& e) { return std::tie(e.last); }
inline auto Row(OrderTraded& e) {
  return std::tie(e.trade, e.amount, e.price, e.fee, e.taker, e.whole);
}
inline auto Row(OrderDone& e) { return std::tie(e.ending); }
inline auto Row(AmountChanged& e) { return std::tie(e.amount); }
inline auto Row(BalanceChanged& e) { return std::tie(e.wallet, e.asset, e.balance); }
inline auto Row(PositionChanged& e) { return std::tie(e.side, e.amount, e.cost); }
inline auto Row(LeverageChanged& e) { return std::tie(e.leverage); }
inline auto Row(HedgeModeChanged& e) { return std::tie(e.on); }
inline auto Row(Event& e) {
  return std::tie(e.seq, e.command, e.before, e.list, e.order, e.market, e.cause, e.at, e.what);
}

template <typename Archive>
void Members(Archive& archive, Image& i) {
  archive("markets", i.markets);
  archive("orders", i.orders);
  archive("log", i.log);
  archive("balances", i.balances);
  archive.Long("trades", i.trades);
  archive("changes", i.changes);
  archive("closed", i.closed);
  archive("next_trade_id", i.next_trade_id);
  archive("next_position_id", i.next_position_id);
  archive("hedge_mode", i.hedge_mode);
  archive("leverage", i.leverage);
}

template <typename Archive>
void Members(Archive& archive, IdState& s) {
  archive("last", s.last);
  archive("first", s.first);
}

}  // namespace ocokit::mock::engine

namespace ocokit::mock {

inline auto Row(PublicTrade& t) {
  return std::tie(t.id, t.at, t.price, t.amount, t.buyer_is_maker);
}
inline auto Row(PriceStep& s) { return std::tie(s.after, s.last, s.fill_share); }
inline auto Row(ReplayRow& r) {
  return std::tie(r.at_us, r.open, r.high, r.low, r.close, r.volume);
}
inline auto Row(BookLevel& l) { return std::tie(l.price, l.amount); }
inline auto Row(PositionOptions& p) { return std::tie(p.market, p.side, p.amount, p.base_price); }

template <typename Archive>
void Members(Archive& archive, MarketData& m) {
  archive("history", m.history);
  archive("trades", m.trades);
  archive("pasts", m.pasts);
}

template <typename Archive>
void Members(Archive& archive, PriceWalk& w) {
  archive("every", w.every);
  archive("steps", w.steps);
  archive("max_step", w.max_step);
  archive("fill_share", w.fill_share);
  archive("seed", w.seed);
}

template <typename Archive>
void Members(Archive& archive, ReplayRows& r) {
  archive("candles", r.candles);
  archive("length_us", r.length_us);
  archive.Long("rows", r.rows);
}

template <typename Archive>
void Members(Archive& archive, OrderBook& b) {
  archive("bids", b.bids);
  archive("asks", b.asks);
}

template <typename Archive>
void Members(Archive& archive, SyntheticBook& b) {
  archive("spread", b.spread);
  archive("levels", b.levels);
  archive("amount_per_level", b.amount_per_level);
}

template <typename Archive>
void Members(Archive& archive, CancelTimer& t) {
  archive("market", t.market);
  archive("started", t.started);
  archive("at", t.at);
  archive("spot", t.spot);
  archive("margin", t.margin);
  archive("futures", t.futures);
}

template <typename Archive>
void Members(Archive& archive, NonceState& n) {
  archive("last", n.last);
  archive("in_window", n.in_window);
}

template <typename Archive>
void Members(Archive& archive, AccountClock::State& s) {
  archive("offset", s.offset);
  archive("frozen", s.frozen);
}

template <typename Archive>
void Members(Archive& archive, KeyRights& r) {
  archive("can_read", r.can_read);
  archive("can_trade", r.can_trade);
  archive("enabled", r.enabled);
  archive("ip_whitelist", r.ip_whitelist);
  archive("endpoints", r.endpoints);
}

template <typename Archive>
void Members(Archive& archive, AccountImage& i) {
  archive("settings", i.settings);
  archive("rights", i.rights);
  archive("clock", i.clock);
  archive("engine", i.engine);
  archive("ids", i.ids);
  archive("main_balance", i.main_balance);
  archive("market_data", i.market_data);
  archive("books", i.books);
  archive("prices", i.prices);
  archive("cancel_timers", i.cancel_timers);
  archive("limiter", i.limiter);
  archive("blocks", i.blocks);
  archive("error_flood", i.error_flood);
  archive("bans", i.bans);
  archive("recent_orders", i.recent_orders);
  archive("stream_keys", i.stream_keys);
  archive("nonces", i.nonces);
  archive("faults", i.faults);
  archive("published", i.published);
}

template <typename Archive>
void Members(Archive& archive, MarketSpec& m) {
  archive("symbol", m.symbol);
  archive("base", m.base);
  archive("quote", m.quote);
  archive("kind", m.kind);
  archive("price_step", m.price_step);
  archive("amount_step", m.amount_step);
  archive("min_price", m.min_price);
  archive("min_amount", m.min_amount);
  archive("max_amount", m.max_amount);
  archive("min_total", m.min_total);
  archive("max_total", m.max_total);
  archive("band_low", m.band_low);
  archive("band_high", m.band_high);
  archive("maker_fee", m.maker_fee);
  archive("taker_fee", m.taker_fee);
  archive("max_position", m.max_position);
  archive("max_pending_value", m.max_pending_value);
  archive("status", m.status);
  archive("trading_enabled", m.trading_enabled);
}

template <typename Archive>
void Members(Archive& archive, PriceReplay& r) {
  archive("csv", r.csv);
  archive("file", r.file);
  archive("speed", r.speed);
  archive("at", r.at);
}

template <typename Archive>
void Members(Archive& archive, AccountOptions& o) {
  archive("venue", o.venue);
  archive("dialect", o.dialect);
  archive("name", o.name);
  archive("key", o.key);
  archive("secret", o.secret);
  archive("rights", o.rights);
  archive("hedge_mode", o.hedge_mode);
  archive("leverage", o.leverage);
  archive("balances", o.balances);
  archive("positions", o.positions);
  archive("markets", o.markets);
  archive("last_prices", o.last_prices);
  archive("price_paths", o.price_paths);
  archive("price_walks", o.price_walks);
  archive("replays", o.replays);
  archive("books", o.books);
  archive("kept_books", o.kept_books);
  archive("first_ids", o.first_ids);
  archive("frozen_at", o.frozen_at);
  archive("seed", o.seed);
  archive("settings", o.settings);
  archive("faults", o.faults);
}

}  // namespace ocokit::mock
