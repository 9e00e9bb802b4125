#pragma once

// The private channels of what is held with collateral: positionsMargin, borrowsMargin, and those
// that speak of margin calls and liquidations, of which there are none here.

#include <string>
#include <vector>

#include "mock_exchange/whitebit/streams/feed.h"
#include "mock_exchange/whitebit/streams/pace.h"

namespace ocokit::mock::whitebit {

// All records of a kind, once after it was subscribed to, then whenever one has changed.
class RecordsFeed final : public Feed {
 public:
  using Write = std::string (*)(const Account&);
  RecordsFeed(std::string_view name, microseconds pace, Write write)
      : Feed(name), pace_(pace), write_(write) {}

  Answered<void> Subscribe(const JsonValue& params, Account& account, TimePoint now) override;
  void Unsubscribe(const JsonValue& params) override;
  void Show(std::vector<std::string>& topics) const override;
  void Begin(Account& account, TimePoint now) override;
  [[nodiscard]] bool Work(const Turn& turn) override;
  [[nodiscard]] std::optional<TimePoint> NextDue() const override;

 private:
  Pace pace_;
  Write write_;
  bool on_ = false;
  std::string said_;
};

// Nothing ever happens that it would say.
class SilentFeed final : public Feed {
 public:
  using Feed::Feed;

  Answered<void> Subscribe(const JsonValue& params, Account& account, TimePoint now) override;
  void Unsubscribe(const JsonValue& params) override;
  void Show(std::vector<std::string>& topics) const override;
  void Begin(Account& /*account*/, TimePoint /*now*/) override {}
  [[nodiscard]] bool Work(const Turn& /*turn*/) override { return true; }
  [[nodiscard]] std::optional<TimePoint> NextDue() const override { return std::nullopt; }

 private:
  bool on_ = false;
};

// All open positions; all debts, which are none: this simulator lends nothing.
[[nodiscard]] std::string WritePositionRecords(const Account& account);
[[nodiscard]] std::string WriteBorrowRecords(const Account& account);

}  // namespace ocokit::mock::whitebit
