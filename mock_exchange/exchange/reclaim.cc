// What goes when journals and orders of all accounts take more than they may together.

#include <algorithm>
#include <queue>
#include <tuple>

#include "mock_exchange/exchange/exchange.h"

namespace ocokit::mock {
namespace {

std::size_t Less(std::size_t a, std::size_t b) { return a - std::min(a, b); }

}  // namespace

void Exchange::Reclaim() {
  // One thread is enough; the others go on.
  const std::unique_lock lock(reclaiming_, std::try_to_lock);
  if (!lock) return;
  const std::size_t goal = meter_->limit() - meter_->limit() / 10;
  const auto tenants = Tenants();
  ReclaimFrames(tenants, goal / 2);
  // Neither is to push the other out of its half.
  ReclaimJournals(tenants, std::max(goal / 2, Less(goal, meter_->orders())));
  ReclaimOrders(tenants, Less(goal, meter_->journals()));
  // Open orders may take all of it: then the journals go.
  ReclaimJournals(tenants, Less(goal, meter_->orders()));
  meter_->RememberWhatIsLeft();
}

void Exchange::ReclaimFrames(const std::vector<std::shared_ptr<Tenant>>& tenants,
                             std::size_t goal) {
  // Messages of streams go before requests: each account's older half, until it is enough.
  for (bool some = true; some && meter_->journals() > goal;) {
    some = false;
    for (const auto& tenant : tenants) {
      const std::size_t gone = tenant->frames.Trim(tenant->frames.bytes() / 2);
      meter_->CountForgottenRequests(gone);
      some |= gone != 0;
    }
  }
}

void Exchange::ReclaimJournals(const std::vector<std::shared_ptr<Tenant>>& tenants,
                               std::size_t goal) {
  using Oldest = std::pair<std::uint64_t, Journal*>;  // by the serial of its oldest record
  std::priority_queue<Oldest, std::vector<Oldest>, std::greater<>> journals;
  const auto add = [&](Journal& journal) {
    if (const std::uint64_t serial = journal.OldestSerial(); serial != 0) {
      journals.emplace(serial, &journal);
    }
  };
  add(strays_);
  for (const auto& tenant : tenants) add(tenant->journal);
  while (meter_->journals() > goal && !journals.empty()) {
    Journal& journal = *journals.top().second;
    journals.pop();
    const std::uint64_t next = journals.empty() ? UINT64_MAX : journals.top().first;
    meter_->CountForgottenRequests(journal.ForgetBefore(next, meter_->journals() - goal));
    add(journal);
  }
}

void Exchange::ReclaimOrders(const std::vector<std::shared_ptr<Tenant>>& tenants,
                             std::size_t goal) {
  constexpr std::size_t kAtOnce = 64;
  using Oldest = std::pair<TimePoint, Tenant*>;  // by the time at which its oldest order ended
  std::priority_queue<Oldest, std::vector<Oldest>, std::greater<>> accounts;
  const auto add = [&](Tenant& tenant) {
    const auto time = tenant.account.engine.orders().OldestEnded();
    if (time) accounts.emplace(*time, &tenant);
  };
  if (meter_->orders() <= goal) return;
  for (const auto& tenant : tenants) {
    const AccountLock lock(tenant->account);
    add(*tenant);
  }
  while (meter_->orders() > goal && !accounts.empty()) {
    Tenant& tenant = *accounts.top().second;
    accounts.pop();
    const std::lock_guard lock(tenant.account.mutex);
    meter_->CountForgottenOrders(tenant.account.engine.ForgetEnded(kAtOnce));
    tenant.account.MeterOrders();
    add(tenant);
  }
}

}  // namespace ocokit::mock
