#include "mock_exchange/bingx/streams/user.h"

#include "mock_exchange/bingx/streams/user_frames.h"

namespace ocokit::mock::bingx {
namespace {

using engine::BalanceChanged;
using engine::Event;

Decimal TotalOf(const engine::Balance& balance) { return balance.free + balance.reserved; }

// Why balances have changed.
std::string_view ReasonOf(const Event& event, const engine::EventLog& log, const Decimal& change) {
  const Event* cause = log.Find(event.command);
  if (cause == nullptr || cause->list != 0) return "ORDER";
  return change.IsNegative() ? "WITHDRAW" : "DEPOSIT";
}

}  // namespace

void UserEvents::Begin(const Account& account) {
  cursor_ = account.engine.events().last();
  totals_.clear();
  for (const auto& [asset, balance] : account.engine.balances(engine::Wallet::kSpot)) {
    totals_[asset] = TotalOf(balance);
  }
}

void UserEvents::Tell(TopicKind kind, bool on, const Account& account) {
  if (kind == TopicKind::kOrders) {
    orders_ = on;
    return;
  }
  balances_ = on;
  Begin(account);
}

bool UserEvents::Work(Account& account, std::optional<TimePoint> until, Messages& out) {
  const engine::EventLog& log = account.engine.events();
  if (!orders_ && !balances_) cursor_ = log.last();
  if (cursor_ >= log.last()) return true;
  if (log.first() > cursor_ + 1) return false;
  while (cursor_ < log.last()) {
    const Event& event = *log.Find(cursor_ + 1);
    if (until && event.at >= *until) break;
    if (std::holds_alternative<BalanceChanged>(event.what)) {
      TellBalances(event, account, out);
    } else {
      ++cursor_;
      if (orders_ && !TellOrder(event, account, out)) return false;
    }
  }
  return true;
}

bool UserEvents::TellOrder(const Event& event, Account& account, Messages& out) const {
  if (!IsTold(event, account.settings)) return true;
  const engine::Order* order = account.engine.orders().FindOrder(event.order);
  if (order == nullptr) return false;
  out.push_back(account.frames.Get("spot.executionReport", event.seq,
                                   [&] { return OrderFrame(*order, event, account); }));
  return true;
}

void UserEvents::TellBalances(const Event& first, Account& account, Messages& out) {
  const engine::EventLog& log = account.engine.events();
  std::vector<ChangedBalance> changed;
  for (const Event* event = &first; event != nullptr && event->command == first.command;
       event = log.Find(cursor_ + 1)) {
    const auto* balance = std::get_if<BalanceChanged>(&event->what);
    if (balance == nullptr) break;
    ++cursor_;
    if (balance->wallet != engine::Wallet::kSpot) continue;
    const std::string& asset = log.assets()[balance->asset];
    const Decimal total = TotalOf(balance->balance);
    changed.push_back({asset, balance->balance, total - totals_[asset]});
    totals_[asset] = total;
  }
  if (!balances_ || changed.empty()) return;
  out.push_back(account.frames.Get("ACCOUNT_UPDATE", first.seq, [&] {
    const std::string_view reason = ReasonOf(first, log, changed.front().change);
    return BalancesFrame(changed, reason, account.settings, first.at);
  }));
}

}  // namespace ocokit::mock::bingx
