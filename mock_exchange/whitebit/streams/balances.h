#pragma once

// The private channels of money: balanceSpot and balanceMargin. They say what has changed since
// they last spoke, and nothing when they are subscribed to.

#include <map>
#include <string>
#include <vector>

#include "mock_exchange/json/writer.h"
#include "mock_exchange/whitebit/streams/feed.h"
#include "mock_exchange/whitebit/streams/pace.h"

namespace ocokit::mock::whitebit {

class BalanceFeed final : public Feed {
 public:
  explicit BalanceFeed(engine::Wallet wallet);

  Answered<void> Subscribe(const JsonValue& params, Account& account, TimePoint now) override;
  void Unsubscribe(const JsonValue& params) override;
  void Show(std::vector<std::string>& topics) const override;
  void Begin(Account& account, TimePoint now) override;
  [[nodiscard]] bool Work(const Turn& turn) override;
  [[nodiscard]] std::optional<TimePoint> NextDue() const override;

 private:
  const engine::Wallet wallet_;
  Pace pace_;
  bool on_ = false;
  std::vector<std::string> assets_;          // none: all
  std::map<std::string, std::string> said_;  // by asset, as JSON
};

// Of several assets, as the queries answer.
[[nodiscard]] std::string WriteBalances(engine::Wallet wallet,
                                        const std::vector<std::string>& assets,
                                        const Account& account);

}  // namespace ocokit::mock::whitebit
