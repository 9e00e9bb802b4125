#pragma once

// UserEvents: what a stream has told of its account, and what it has to tell yet.

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "mock_exchange/account/account.h"
#include "mock_exchange/bingx/streams/subscriptions.h"
#include "mock_exchange/wire/channel.h"

namespace ocokit::mock::bingx {

// The account locks.
class UserEvents {
 public:
  // What has happened up to now is nothing to it.
  void Begin(const Account& account);
  // Tells of these from now on, or no longer. Whoever calls it has called Work before.
  void Tell(TopicKind kind, bool on, const Account& account);
  // Adds what has happened since the last time, before `until`. False: the account does not know
  // all of it any more.
  [[nodiscard]] bool Work(Account& account, std::optional<TimePoint> until, Messages& out);

 private:
  // The event after the cursor; of balances all those of its command.
  [[nodiscard]] bool TellOrder(const engine::Event& event, Account& account, Messages& out) const;
  void TellBalances(const engine::Event& first, Account& account, Messages& out);

  bool orders_ = false;
  bool balances_ = false;
  engine::EventSeq cursor_ = 0;            // the latest event that is dealt with
  std::map<std::string, Decimal> totals_;  // of assets as last told; with `balances_`
};

}  // namespace ocokit::mock::bingx
