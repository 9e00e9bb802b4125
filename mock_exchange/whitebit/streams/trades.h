#pragma once

// The public channel of trades: the latest ones at first, then each at once.

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "mock_exchange/json/writer.h"
#include "mock_exchange/whitebit/streams/feed.h"

namespace ocokit::mock::whitebit {

class TradesFeed final : public Feed {
 public:
  TradesFeed() : Feed("trades") {}

  Answered<void> Subscribe(const JsonValue& params, Account& account, TimePoint now) override;
  void Unsubscribe(const JsonValue& params) override;
  void Show(std::vector<std::string>& topics) const override;
  void Begin(Account& account, TimePoint now) override;
  [[nodiscard]] bool Work(const Turn& turn) override;
  [[nodiscard]] std::optional<TimePoint> NextDue() const override { return std::nullopt; }

 private:
  // What was said of a market.
  struct Said {
    std::optional<std::uint64_t> last;  // the latest trade; none: the first frame is still to come
    std::uint64_t pasts = 0;            // MarketData::pasts then
  };

  // Of one market. False: some were forgotten.
  [[nodiscard]] bool Say(std::uint32_t market, Said& said, const Turn& turn) const;

  bool on_ = false;
  std::vector<std::string> names_;    // none: all markets
  std::map<std::string, Said> said_;  // by market
};

// The latest `most` trades of a market with an id above `after`, newest first.
[[nodiscard]] std::string WriteTrades(const PublicTrades& trades, std::uint64_t after,
                                      std::size_t most);

}  // namespace ocokit::mock::whitebit
