#pragma once

// The public channel of candles: the one that now is in, whenever it has changed.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "mock_exchange/whitebit/streams/feed.h"
#include "mock_exchange/whitebit/streams/pace.h"

namespace ocokit::mock::whitebit {

// One subscription at a time.
class CandleFeed final : public Feed {
 public:
  CandleFeed() : Feed("candles"), pace_(milliseconds(500)) {}

  Answered<void> Subscribe(const JsonValue& params, Account& account, TimePoint now) override;
  void Unsubscribe(const JsonValue& params) override;
  void Show(std::vector<std::string>& topics) const override;
  void Begin(Account& account, TimePoint now) override;
  [[nodiscard]] bool Work(const Turn& turn) override;
  [[nodiscard]] std::optional<TimePoint> NextDue() const override;

 private:
  Pace pace_;
  std::string market_;  // empty: none is subscribed to
  std::int64_t interval_ = 0;
  std::shared_ptr<const Message> said_;  // null: nothing yet
};

// The parameter at that place as the seconds of a candle, which the venue takes: those that divide
// a minute, an hour or a day from the left of it, and whole days.
[[nodiscard]] Answered<std::int64_t> ReadInterval(const JsonValue& params, std::size_t index);
// Rows of open, close, high, low, in that order, which is not that of every venue.
[[nodiscard]] std::string WriteCandles(const std::vector<Candle>& candles,
                                       const std::string& market);

}  // namespace ocokit::mock::whitebit
