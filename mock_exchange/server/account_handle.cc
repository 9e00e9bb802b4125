#include <algorithm>
#include <utility>

#include "mock_exchange/account/account_options.h"
#include "mock_exchange/engine/timeline.h"
#include "mock_exchange/exchange/examine.h"
#include "mock_exchange/exchange/tenant.h"
#include "ocokit/mock/server.h"

namespace ocokit::mock {
namespace {

LegView View(const engine::Order& leg) {
  return {.id = leg.id,
          .client_id = leg.client_id.str(),
          .state = StateOf(leg),
          .price = leg.price,
          .filled = leg.filled,
          .value = leg.value};
}

PairView ViewPair(const engine::OrderList& pair, const engine::Engine& engine) {
  return {.id = pair.id,
          .client_id = pair.client_id.str(),
          .market = engine.markets()[pair.market].spec.symbol,
          .side = pair.side,
          .amount = pair.amount,
          .trigger_price = pair.stop().trigger,
          .activated = pair.stop().activated,
          .open = pair.open,
          .limit = View(pair.limit()),
          .stop = View(pair.stop()),
          .created = pair.created,
          .updated = pair.updated,
          .events = Timeline(pair, engine.events())};
}

// Of an order by itself, or of an exit.
OrderView ViewOrder(const engine::Order& order, const engine::Engine& engine) {
  const engine::OrderList& list = *order.list;
  std::vector<PairEvent> events = Timeline(list, engine.events());
  if (const engine::Order* other = list.SiblingOf(order)) {
    const LegKind theirs = other == &list.limit() ? LegKind::kLimit : LegKind::kStop;
    std::erase_if(events, [&](const PairEvent& event) {
      return event.kind != PairEvent::Kind::kPlaced && event.leg == theirs;
    });
  }
  const engine::Exits* exits = engine.orders().ExitsOf(list);
  return {.id = order.id,
          .client_id = order.client_id.str(),
          .market = engine.markets()[list.market].spec.symbol,
          .side = list.side,
          .type = order.type,
          .state = StateOf(order),
          .amount = order.Amount(),
          .money = list.money,
          .price = engine::HasPrice(order.type) ? order.price : Decimal(),
          .trigger_price = order.trigger,
          .filled = order.filled,
          .value = order.value,
          .fee = order.fee,
          .oto = exits == nullptr ? 0 : exits->id,
          .open = order.IsWaiting(),
          .created = list.created,
          .updated = list.updated,
          .events = std::move(events)};
}

tl::unexpected<Error> NoSnapshot(const std::string& name) {
  return Fail(ErrorKind::kNotFound, name.empty() ? "the account has no snapshot"
                                                 : "the account has no snapshot \"" + name + "\"");
}

}  // namespace

AccountHandle::AccountHandle(std::shared_ptr<Tenant> tenant)
    : tenant_(std::move(tenant)), account_(&tenant_->account) {}

const std::string& AccountHandle::id() const { return tenant_->id; }
std::string AccountHandle::url() const { return tenant_->url(); }
std::string AccountHandle::ws_url() const { return tenant_->ws_url(); }
Venue AccountHandle::venue() const { return account_->options.venue; }
const std::string& AccountHandle::key() const { return account_->options.key; }
const std::string& AccountHandle::secret() const { return account_->options.secret; }

Result<void> AccountHandle::SetLast(const std::string& market, const Decimal& last,
                                    const Decimal& fill_share) {
  if (auto ok = CheckPriceStep(market, {.last = last, .fill_share = fill_share}); !ok) return ok;
  const AccountLock lock(*account_);
  const auto index = account_->engine.FindMarket(market);
  if (!index) return NoMarket(market);
  account_->SetLast(*index, last, fill_share, account_->Rules(std::nullopt), account_->clock.Now());
  return {};
}

const AccountOptions& AccountHandle::options() const { return account_->options; }

void AccountHandle::Reset() {
  const AccountLock lock(*account_);
  account_->Reset();
  tenant_->journal.Clear();
}

Result<SnapshotView> AccountHandle::TakeSnapshot(const std::string& name) {
  constexpr std::size_t kLongestName = 64;
  if (!name.empty() && (!IsWord(name) || name.size() > kLongestName)) {
    return Fail(ErrorKind::kInvalidArgument,
                "name must be 1 to 64 characters of printable ASCII without blanks");
  }
  const AccountLock lock(*account_);
  auto& snapshots = tenant_->snapshots;
  if (!snapshots.HasRoom(name)) {
    return Fail(ErrorKind::kOutOfRange,
                "an account keeps at most 16 snapshots; remove one, or take the name of one");
  }
  Snapshot taken{name.empty() ? snapshots.MakeName() : name, account_->clock.Now(),
                 std::make_shared<const AccountImage>(account_->TakeImage())};
  const SnapshotView out{taken.name, taken.at};
  snapshots.Keep(std::move(taken));
  return out;
}

Result<SnapshotView> AccountHandle::Restore(const std::string& name) {
  const AccountLock lock(*account_);
  const Snapshot* snapshot = tenant_->snapshots.Find(name);
  if (snapshot == nullptr) return NoSnapshot(name);
  account_->Restore(*snapshot->image);
  account_->CatchUp();
  return SnapshotView{snapshot->name, snapshot->at};
}

std::vector<SnapshotView> AccountHandle::Snapshots() const {
  const AccountLock lock(*account_);
  std::vector<SnapshotView> out;
  for (const Snapshot& snapshot : tenant_->snapshots.all()) {
    out.push_back({snapshot.name, snapshot.at});
  }
  return out;
}

Result<void> AccountHandle::RemoveSnapshot(const std::string& name) {
  const AccountLock lock(*account_);
  if (!tenant_->snapshots.Remove(name)) return NoSnapshot(name);
  return {};
}

std::vector<MarketView> AccountHandle::Markets() const {
  const AccountLock lock(*account_);
  std::vector<MarketView> out;
  for (const engine::Market& market : account_->engine.markets()) {
    out.push_back({market.spec, market.last});
  }
  return out;
}

bool AccountHandle::IsFrozen() const {
  const AccountLock lock(*account_);
  return account_->clock.frozen();
}

std::optional<Decimal> AccountHandle::Last(const std::string& market) const {
  const AccountLock lock(*account_);
  const auto index = account_->engine.FindMarket(market);
  if (!index) return std::nullopt;
  return account_->engine.markets()[*index].last;
}

void AccountHandle::FreezeClock() {
  const AccountLock lock(*account_);
  account_->clock.Freeze();
}

void AccountHandle::RunClock() {
  const AccountLock lock(*account_);
  account_->clock.Run();
}

Result<void> AccountHandle::MoveClock(const ClockMove& move) {
  // BingX's order ids have no room for later times.
  constexpr std::int64_t kLatestMs = 3'487'858'230'208;
  const AccountLock lock(*account_);
  const TimePoint from = move.set_ms.value_or(account_->clock.Now());
  const std::int64_t to = ToUnixMillis(from) + move.advance_ms.count();
  if (to < 0 || to > kLatestMs) {
    return Fail(ErrorKind::kOutOfRange, std::string(move.set_ms ? "set_ms" : "advance_ms") +
                                            " must not lead before 1970 or after the middle of "
                                            "2080");
  }
  if (move.freeze) account_->clock.Freeze();
  if (move.set_ms) account_->clock.Set(*move.set_ms);
  account_->clock.Advance(move.advance_ms);
  if (move.run) account_->clock.Run();
  account_->CatchUp();
  return {};
}

void AccountHandle::SetTime(TimePoint time) {
  const AccountLock lock(*account_);
  account_->clock.Set(time);
  account_->CatchUp();
}

void AccountHandle::Advance(microseconds duration) {
  const AccountLock lock(*account_);
  account_->clock.Advance(duration);
  account_->CatchUp();
}

Result<void> AccountHandle::SetPath(const std::string& market, const std::vector<PriceStep>& path) {
  if (auto ok = CheckPath(market, path); !ok) return ok;
  const AccountLock lock(*account_);
  const auto index = account_->engine.FindMarket(market);
  if (!index) return NoMarket(market);
  account_->prices.SetPath(*index, path, account_->clock.Now());
  account_->CatchUp();
  return {};
}

Result<void> AccountHandle::StartWalk(const std::string& market, const PriceWalk& walk) {
  const AccountLock lock(*account_);
  const auto index = account_->engine.FindMarket(market);
  if (!index) return NoMarket(market);
  if (auto ok = CheckPriceWalk(account_->engine.markets()[*index].spec, walk); !ok) return ok;
  if (!account_->engine.markets()[*index].last) {
    return Fail(ErrorKind::kInvalidArgument, market + " has no last price to walk from");
  }
  account_->prices.StartWalk(*index, walk, account_->options.seed, account_->clock.Now());
  return {};
}

Result<void> AccountHandle::StopPrices(const std::string& market) {
  const AccountLock lock(*account_);
  const auto index = account_->engine.FindMarket(market);
  if (!index) return NoMarket(market);
  account_->prices.Stop(*index);
  return {};
}

TimePoint AccountHandle::Now() const {
  const AccountLock lock(*account_);
  return account_->clock.Now();
}

Settings AccountHandle::settings() const {
  const AccountLock lock(*account_);
  return account_->settings;
}

Result<void> AccountHandle::SetSettings(const Settings& settings) {
  if (auto ok = CheckSettings(settings, venue()); !ok) return ok;
  const AccountLock lock(*account_);
  account_->settings = settings;
  tenant_->journal.Trim(settings.journal_bytes);
  return {};
}

KeyRights AccountHandle::rights() const {
  const AccountLock lock(*account_);
  return account_->rights;
}

Result<void> AccountHandle::SetRights(const KeyRights& rights) {
  if (auto ok = CheckRights(rights, venue()); !ok) return ok;
  const AccountLock lock(*account_);
  account_->rights = rights;
  return {};
}

Result<void> AccountHandle::Change(
    const std::function<Result<AccountChanges>(const AccountChanges&)>& change) {
  const AccountLock lock(*account_);
  const Result<AccountChanges> wanted = change({account_->settings, account_->rights});
  if (!wanted) return tl::unexpected<Error>(wanted.error());
  if (auto ok = CheckSettings(wanted->settings, venue()); !ok) return ok;
  if (auto ok = CheckRights(wanted->rights, venue()); !ok) return ok;
  account_->settings = wanted->settings;
  account_->rights = wanted->rights;
  tenant_->journal.Trim(account_->settings.journal_bytes);
  return {};
}

Result<std::string> AccountHandle::AddFault(const Fault& fault) {
  const AccountLock lock(*account_);
  return account_->faults.Add(fault);
}

std::vector<FaultView> AccountHandle::Faults() const {
  const AccountLock lock(*account_);
  return account_->faults.List();
}

Result<void> AccountHandle::RemoveFault(const std::string& id) {
  const AccountLock lock(*account_);
  if (!account_->faults.Remove(id)) {
    return Fail(ErrorKind::kNotFound, "the account has no fault " + id);
  }
  return {};
}

void AccountHandle::ClearFaults() {
  const AccountLock lock(*account_);
  account_->faults.Clear();
}

std::vector<JournalEntry> AccountHandle::Journal(const JournalQuery& query) const {
  std::vector<JournalEntry> out;
  Allowance allowance;
  for (const auto& record : tenant_->journal.Read(query.after, query.limit)) {
    out.push_back(Show(tenant_.get(), *record, query.full, *tenant_->secrets, allowance));
  }
  return out;
}

std::uint64_t AccountHandle::LastSeq() const { return tenant_->journal.last_seq(); }

Diagnosis AccountHandle::Diagnose(const Request& request) const {
  return DiagnoseNow(*tenant_, request);
}

Result<void> AccountHandle::Replay(const std::string& market, const PriceReplay& replay) {
  if (auto ok = CheckReplaySpeed(replay.speed); !ok) return ok;
  // Read before the lock: a long file takes a while.
  auto rows = ReadReplay(replay.csv);
  if (!rows) return tl::unexpected<Error>(rows.error());
  const AccountLock lock(*account_);
  const auto index = account_->engine.FindMarket(market);
  if (!index) return NoMarket(market);
  account_->StartReplay(*index, std::move(*rows), replay.speed, replay.at);
  return {};
}

Result<void> AccountHandle::SetBook(const std::string& market, const OrderBook& book) {
  const AccountLock lock(*account_);
  const auto index = account_->engine.FindMarket(market);
  if (!index) return NoMarket(market);
  auto depth = ReadBook(book, account_->engine.markets()[*index].spec);
  if (!depth) return tl::unexpected<Error>(depth.error());
  account_->SetBook(*index, std::move(*depth));
  return {};
}

Result<void> AccountHandle::KeepBook(const std::string& market, const SyntheticBook& book) {
  const AccountLock lock(*account_);
  const auto index = account_->engine.FindMarket(market);
  if (!index) return NoMarket(market);
  if (auto ok = CheckSyntheticBook(book, account_->engine.markets()[*index].spec); !ok) return ok;
  account_->KeepBook(*index, book);
  return {};
}

Result<void> AccountHandle::ClearBook(const std::string& market) {
  const AccountLock lock(*account_);
  const auto index = account_->engine.FindMarket(market);
  if (!index) return NoMarket(market);
  account_->KeepBook(*index, std::nullopt);
  return {};
}

Result<OrderBook> AccountHandle::Book(const std::string& market) const {
  const AccountLock lock(*account_);
  const auto index = account_->engine.FindMarket(market);
  if (!index) return NoMarket(market);
  const engine::Market& m = account_->engine.markets()[*index];
  return ShowBook(m, m.spec);
}

std::vector<PairView> AccountHandle::Orders() const {
  const AccountLock lock(*account_);
  std::vector<PairView> out;
  account_->engine.orders().VisitAll([&](const engine::OrderList& list) {
    if (list.IsOco()) out.push_back(ViewPair(list, account_->engine));
    return true;
  });
  return out;
}

std::vector<OrderView> AccountHandle::PlainOrders() const {
  const AccountLock lock(*account_);
  std::vector<OrderView> out;
  account_->engine.orders().VisitAll([&](const engine::OrderList& list) {
    if (list.IsOco()) return true;
    list.ForEach(
        [&](const engine::Order& order) { out.push_back(ViewOrder(order, account_->engine)); });
    return true;
  });
  return out;
}

}  // namespace ocokit::mock
