#pragma once

// The private channels that speak of orders at once: ordersPending, ordersExecuted and deals. They
// read one log together, so that what a command has done comes in one order: its deals, then its
// orders, then those of them that have ended.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "mock_exchange/engine/event_log.h"
#include "mock_exchange/whitebit/streams/feed.h"

namespace ocokit::mock::whitebit {

// One of the three: for whose orders.
class OrderFeed final : public Feed {
 public:
  using Feed::Feed;

  Answered<void> Subscribe(const JsonValue& params, Account& account, TimePoint now) override;
  void Unsubscribe(const JsonValue& params) override;
  void Show(std::vector<std::string>& topics) const override;
  void Begin(Account& account, TimePoint now) override;
  // UserFeeds speaks for it.
  [[nodiscard]] bool Work(const Turn& /*turn*/) override { return true; }
  [[nodiscard]] std::optional<TimePoint> NextDue() const override { return std::nullopt; }

  [[nodiscard]] bool on() const { return on_; }
  // Whether an event is asked for.
  [[nodiscard]] bool Wants(std::uint32_t market, engine::EventSeq seq) const;
  // Whether a deal is.
  [[nodiscard]] bool WantsDeal(std::uint32_t market, std::uint64_t trade) const;
  // Whether an order of that type number is, of ordersExecuted.
  [[nodiscard]] bool WantsType(int type) const;
  [[nodiscard]] Message Write(std::string_view params) const { return Push(params); }

 private:
  void Find(const Account& account);

  bool on_ = false;
  std::vector<std::string> names_;      // none: all markets
  std::vector<std::uint32_t> markets_;  // those of them that the account has
  std::int64_t filter_ = 0;     // of ordersExecuted: 1 limit orders, 2 market orders, 0 both
  engine::EventSeq since_ = 0;  // what has happened up to there was before it
  std::uint64_t deals_since_ = 0;
};

class UserFeeds {
 public:
  [[nodiscard]] std::vector<Feed*> feeds() { return {&pending_, &executed_, &deals_}; }
  void Begin(Account& account, TimePoint now);
  // False: the log has forgotten some of it.
  [[nodiscard]] bool Work(const Turn& turn);

 private:
  struct Touched;

  // What the events of one command have made of orders. False: one of them has been forgotten.
  [[nodiscard]] bool SayCommand(const std::vector<const engine::Event*>& events, const Turn& turn);
  // The deals up to a trade. False: some have been forgotten.
  [[nodiscard]] bool SayDeals(std::uint64_t up_to, const Turn& turn);
  void SayOrder(const Touched& touched, const Turn& turn);

  OrderFeed pending_{"ordersPending"};
  OrderFeed executed_{"ordersExecuted"};
  OrderFeed deals_{"deals"};
  engine::EventSeq cursor_ = 0;
  std::uint64_t dealt_ = 0;  // the latest trade that was looked at, by id
};

}  // namespace ocokit::mock::whitebit
