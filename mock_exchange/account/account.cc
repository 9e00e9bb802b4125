#include "mock_exchange/account/account.h"

#include <algorithm>

#include "ocokit/base/check.h"

namespace ocokit::mock {
namespace {

std::unique_ptr<engine::IdSource> MakeIds(const AccountOptions& options) {
  if (options.venue == Venue::kBingx) {
    return std::make_unique<engine::SnowflakeIds>(options.seed, options.first_ids);
  }
  return std::make_unique<engine::CountingIds>(options.seed, options.first_ids);
}

engine::Engine MakeEngine(const AccountOptions& options) {
  return {*options.markets, options.venue == Venue::kWhitebit,
          1'000'001 + options.seed % 1'000'003 * 1000};
}

}  // namespace

void AccountClock::Run() {
  if (!frozen_) return;
  offset_ = *frozen_ - base_->Now();
  frozen_.reset();
  ++moves_;
}

void AccountClock::Set(TimePoint time) {
  ++moves_;
  if (frozen_) {
    frozen_ = time;
  } else {
    offset_ = time - base_->Now();
  }
}

void AccountClock::Advance(microseconds duration) {
  ++moves_;
  if (frozen_) {
    *frozen_ += duration;
  } else {
    offset_ += duration;
  }
}

Account::Account(AccountOptions given, std::shared_ptr<const Clock> base,
                 std::shared_ptr<MemoryMeter> meter)
    : options(std::move(given)),
      clock(std::move(base)),
      engine(MakeEngine(options)),
      sha256(options.secret),
      sha512(options.secret),
      meter_(std::move(meter)) {
  Begin();
}

Account::~Account() {
  if (meter_ != nullptr) meter_->AddOrders(-static_cast<std::int64_t>(metered_));
}

std::size_t Account::bytes() const {
  std::size_t out = engine.bytes();
  for (const MarketData& data : market_data) out += data.bytes();
  return out;
}

void Account::MeterOrders() {
  const std::size_t now = bytes();
  if (meter_ == nullptr || now == metered_) return;
  meter_->AddOrders(static_cast<std::int64_t>(now) - static_cast<std::int64_t>(metered_));
  metered_ = now;
}

void Account::Reset() {
  clock.Reset();
  engine = MakeEngine(options);
  market_data.clear();
  published_ = 0;
  prices = {};
  cancel_timers = {};
  main_balance.clear();
  limiter = {};
  blocks = {};
  error_flood = MakeErrorFlood();
  bans = {};
  recent_orders = MakeRecentOrders();
  nonces = {};
  stream_keys = {};
  frames.Clear();
  ++marks_.lives;
  Begin();
}

void Account::Begin() {
  market_data.resize(engine.markets().size());
  books.assign(engine.markets().size(), std::nullopt);
  settings = options.settings;
  rights = options.rights;
  ids = MakeIds(options);
  faults = FaultSet(options.seed);
  for (const Fault& fault : options.faults) {
    OCOKIT_CHECK(faults.Add(fault).has_value(), "a fault that was not checked");
  }
  if (options.frozen_at) {
    clock.Freeze();
    clock.Set(*options.frozen_at);
  }
  for (const auto& [asset, amount] : *options.balances) SetFree(asset, amount);
  OCOKIT_CHECK(engine.SetHedgeMode(options.hedge_mode, clock.Now()),
               "an empty account takes any mode");
  const engine::Rules rules = Rules(std::nullopt);
  OCOKIT_CHECK(engine.SetLeverage(Decimal(options.leverage), rules, clock.Now()),
               "nothing is reserved yet");
  for (const PositionOptions& position : options.positions) {
    const auto market = engine.FindMarket(position.market);
    OCOKIT_CHECK(market.has_value(), "a position in a market the account does not have");
    const bool long_side = position.side == Side::kBuy;
    const bool hedged =
        options.hedge_mode && engine.markets()[*market].spec.kind == MarketKind::kFutures;
    const PositionSide held = long_side ? PositionSide::kLong : PositionSide::kShort;
    engine.SetPosition(*market, hedged ? held : PositionSide::kBoth,
                       long_side ? position.amount : -position.amount, position.base_price, rules,
                       clock.Now());
  }
  for (const auto& [symbol, last] : options.last_prices) {
    const auto market = engine.FindMarket(symbol);
    OCOKIT_CHECK(market.has_value(), "a price for a market the account does not have");
    if (last) SetLast(*market, *last, Decimal(1), rules, clock.Now());
  }
  for (const auto& [symbol, book] : options.books) {
    const std::uint32_t market = engine.FindMarket(symbol).value();
    SetBook(market, ReadBook(book, engine.markets()[market].spec).value());
  }
  for (const auto& [symbol, book] : options.kept_books) {
    KeepBook(engine.FindMarket(symbol).value(), book);
  }
  for (const auto& [symbol, replay] : options.replays) {
    StartReplay(engine.FindMarket(symbol).value(), ReadReplay(replay.csv).value(), replay.speed,
                replay.at);
  }
  for (const auto& [symbol, path] : options.price_paths) {
    prices.SetPath(engine.FindMarket(symbol).value(), path, clock.Now());
  }
  for (const auto& [symbol, walk] : options.price_walks) {
    prices.StartWalk(engine.FindMarket(symbol).value(), walk, options.seed, clock.Now());
  }
}

void Account::SetFree(const std::string& asset, const Decimal& free) {
  engine.SetFree(engine::Wallet::kSpot, asset, free, clock.Now());
  if (options.venue == Venue::kWhitebit)
    engine.SetFree(engine::Wallet::kMargin, asset, free, clock.Now());
}

Decimal Account::Transferable(const std::string& asset, std::optional<engine::Wallet> from) const {
  if (!from) {
    const auto it = main_balance.find(asset);
    return it == main_balance.end() ? Decimal() : it->second;
  }
  const engine::Balances& balances = engine.balances(*from);
  const auto it = balances.find(asset);
  if (it == balances.end()) return Decimal();
  const Decimal free = Max(Decimal(), it->second.free);
  if (*from == engine::Wallet::kSpot) return free;
  // What positions and losses take of the margin stays.
  return Min(free, Max(Decimal(), engine.Summarize(asset).free_margin));
}

void Account::Transfer(const std::string& asset, std::optional<engine::Wallet> from,
                       std::optional<engine::Wallet> to, const Decimal& amount) {
  OCOKIT_CHECK(from != to && amount <= Transferable(asset, from), "an amount that is there");
  const auto add = [&](std::optional<engine::Wallet> place, const Decimal& change) {
    if (!place) {
      main_balance[asset] += change;
      return;
    }
    const engine::Balances& balances = engine.balances(*place);
    const auto it = balances.find(asset);
    engine.SetFree(*place, asset, (it == balances.end() ? Decimal() : it->second.free) + change,
                   clock.Now());
  };
  add(from, -amount);
  add(to, amount);
}

SkewedTime::SkewedTime(Account& account, microseconds skew)
    : account_(account), nonces_(account.nonces.in_window) {
  account_.clock.SetSkew(skew);
}

SkewedTime::~SkewedTime() {
  account_.clock.SetSkew(microseconds(0));
  account_.nonces.in_window.merge(nonces_);
}

void Account::CatchUp() {
  const TimePoint now = clock.Now();
  const engine::Rules rules = Rules(std::nullopt);
  while (const std::optional<DuePrice> due = prices.TakeDue(now)) {
    RunTimers(due->at);
    const engine::Market& market = engine.markets()[due->market];
    Decimal to = due->last ? *due->last : WalkTo(*market.last, *due, market.spec.price_step);
    if (due->amount) {
      to = Max(to.TruncateToMultipleOf(market.spec.price_step), market.spec.price_step);
    }
    SetLast(due->market, to, due->fill_share, rules, due->at, due->amount);
  }
  RunTimers(now);
}

std::optional<TimePoint> Account::NextDue() const {
  const std::optional<TimePoint> price = prices.NextDue();
  const std::optional<TimePoint> timer = cancel_timers.NextDue();
  if (!price || !timer) return price ? price : timer;
  return std::min(*price, *timer);
}

std::optional<microseconds> UntilDue(const Account& account) {
  const std::optional<TimePoint> due = account.NextDue();
  if (!due || account.clock.frozen()) return std::nullopt;
  return std::max(microseconds(0), *due - account.clock.Now());
}

AccountMarks Account::marks() const {
  AccountMarks out = marks_;
  out.events = engine.events().last();
  out.clock = clock.moves();
  out.keys = stream_keys.removed();
  return out;
}

bool Account::TakeChanged() {
  const AccountMarks now = marks();
  const std::optional<TimePoint> due = NextDue();
  const bool another_time = std::exchange(told_due_, due) != due;
  return std::exchange(told_, now) != now || another_time;
}

const engine::OrderList* Account::Cancel(const engine::OrderList& list, TimePoint now,
                                         PairEvent::Cause cause, bool whole) {
  const engine::Rules rules = Rules(std::nullopt);
  if (whole && list.open && list.oto == engine::OtoRole::kWorking) {
    engine.CancelOto(engine.orders().ExitsOf(list)->id, rules, now, cause);
    return &list;
  }
  return engine.Cancel(list, rules, now, cause);
}

void Account::RunTimers(TimePoint by) {
  while (const std::optional<CancelTimer> due = cancel_timers.TakeDue(by)) {
    for (const engine::OrderList* list : engine.orders().Open()) {
      if (due->market && list->market != *due->market) continue;
      const MarketKind kind = engine.markets()[list->market].spec.kind;
      const bool spot = list->wallet == engine::Wallet::kSpot;
      const bool meant = spot                           ? due->spot
                         : kind == MarketKind::kFutures ? due->futures
                                                        : due->margin;
      if (meant) (void)Cancel(*list, due->at, PairEvent::Cause::kTimer, /*whole=*/true);
    }
  }
}

void Account::SetLast(std::uint32_t market, const Decimal& last, const Decimal& fill_share,
                      const engine::Rules& rules, TimePoint at,
                      const std::optional<Decimal>& amount) {
  const std::optional<Decimal> before = engine.markets().at(market).last;
  if (books[market]) {
    engine.SetDepth(market, MakeDepth(*books[market], last, engine.markets()[market].spec));
  }
  engine.SetLast(market, last, fill_share, rules, at);
  PublishTrades();
  const MarketSpec& spec = engine.markets()[market].spec;
  // A price that falls is that of somebody who sold.
  const bool buyer_is_maker = before && last < *before;
  const Decimal least = Max(spec.min_amount, spec.amount_step);
  market_data[market].Add(at, last, Max(least, amount.value_or(least)), buyer_is_maker);
  ++marks_.shown;
}

void Account::StartReplay(std::uint32_t market, ReplayRows rows, const Decimal& speed,
                          std::optional<TimePoint> at) {
  const TimePoint now = clock.Now();
  const std::int64_t now_us = now.time_since_epoch().count();
  const std::int64_t at_us = at ? at->time_since_epoch().count() : rows.rows.front().at_us;
  const std::size_t first = rows.From(at_us);
  const std::size_t whole = first / PrintsOf(rows);  // rows that are over
  const MarketSpec& spec = engine.markets().at(market).spec;
  if (first != 0) {
    MarketData past;
    past.pasts = market_data[market].pasts + 1;
    const auto moved = [&](std::int64_t us) { return now_us - (at_us - us); };
    for (std::size_t i = 0; i < whole; ++i) {
      const ReplayRow& row = rows.rows[i];
      past.history.AddSecond(moved(row.at_us) / 1'000'000, row.open, row.high, row.low, row.close,
                             row.volume);
      const bool fell = i != 0 && row.close < rows.rows[i - 1].close;
      if (whole - i <= PublicTrades::kMost && row.volume > 0) {
        past.trades.Add(TimePoint(microseconds(moved(row.at_us))), FromReplayUnits(row.close),
                        FromReplayUnits(row.volume), fell);
      }
    }
    // Of the candle that now is in, what has come of it.
    for (std::size_t i = whole * PrintsOf(rows); i < first; ++i) {
      const ReplayPrint print = PrintOf(rows, i);
      past.history.AddSecond(moved(print.at_us) / 1'000'000, print.price, print.price, print.price,
                             print.price, print.amount);
    }
    market_data[market] = std::move(past);
    const Decimal last = FromReplayUnits(PrintOf(rows, first - 1).price);
    SetLast(market, Max(last.TruncateToMultipleOf(spec.price_step), spec.price_step), Decimal(1),
            Rules(std::nullopt), now);
  }
  prices.StartReplay(market, std::move(rows), first, at_us, speed, now);
  CatchUp();
}

void Account::KeepBook(std::uint32_t market, const std::optional<SyntheticBook>& book) {
  books.at(market) = book;
  ++marks_.shown;
  const engine::Market& m = engine.markets()[market];
  engine.SetDepth(market,
                  book && m.last ? std::optional(MakeDepth(*book, *m.last, m.spec)) : std::nullopt);
}

void Account::SetBook(std::uint32_t market, engine::Depth depth) {
  books.at(market).reset();
  ++marks_.shown;
  engine.SetDepth(market, std::move(depth));
}

void Account::PublishTrades() {
  const std::deque<engine::Trade>& trades = engine.trades();
  if (trades.empty() || trades.back().id == published_) return;
  auto trade = std::ranges::upper_bound(trades, published_, {}, &engine::Trade::id);
  for (; trade != trades.end(); ++trade) {
    // The other side is nobody's here: it waited where the account's order took, and took where
    // that waited.
    const bool buyer_is_maker = trade->taker == (trade->side == Side::kSell);
    market_data[trade->market].Add(trade->at, trade->price, trade->amount, buyer_is_maker);
  }
  published_ = trades.back().id;
  ++marks_.shown;
}

bool Account::MayCall(std::string_view path) const {
  const std::vector<std::string>& listed = rights.endpoints;
  return listed.empty() || std::ranges::find(listed, path) != listed.end();
}

bool Account::MayComeFrom(const std::string& address) const {
  const std::vector<std::string>& listed = rights.ip_whitelist;
  return listed.empty() || std::ranges::find(listed, address) != listed.end();
}

engine::Rules Account::Rules(std::optional<int> documented_max_open) const {
  engine::Rules rules;
  rules.price_rules = settings.price_rules;
  rules.cancel_sibling_on = settings.cancel_sibling_on;
  rules.margin = settings.margin;
  rules.max_open_orders = settings.max_open_orders ? settings.max_open_orders : documented_max_open;
  if (rules.max_open_orders == 0) rules.max_open_orders.reset();
  rules.count_before_funds = options.venue == Venue::kBingx;
  rules.refuse_takers = settings.refuse_takers;
  rules.refuse_met_trigger = settings.refuse_met_stops;
  rules.exits_on_first_fill = settings.exits_on_first_fill;
  return rules;
}

}  // namespace ocokit::mock
