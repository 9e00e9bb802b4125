#include "mock_exchange/whitebit/streams/subscriptions.h"

#include <algorithm>

#include "mock_exchange/whitebit/streams/balances.h"
#include "mock_exchange/whitebit/streams/candles.h"
#include "mock_exchange/whitebit/streams/depth.h"
#include "mock_exchange/whitebit/streams/market.h"
#include "mock_exchange/whitebit/streams/positions.h"
#include "mock_exchange/whitebit/streams/top.h"
#include "mock_exchange/whitebit/streams/trades.h"

namespace ocokit::mock::whitebit {

Subscriptions::Subscriptions() {
  for (Feed* feed : user_.feeds()) all_.push_back({feed, /*is_private=*/true});
  const auto add = [&](std::unique_ptr<Feed> feed, bool is_private) {
    all_.push_back({feed.get(), is_private});
    others_.push_back(std::move(feed));
  };
  for (const engine::Wallet wallet : engine::kWallets) {
    add(std::make_unique<BalanceFeed>(wallet), /*is_private=*/true);
  }
  add(std::make_unique<RecordsFeed>("positionsMargin", milliseconds(1000), WritePositionRecords),
      /*is_private=*/true);
  add(std::make_unique<RecordsFeed>("borrowsMargin", milliseconds(1500), WriteBorrowRecords),
      /*is_private=*/true);
  add(std::make_unique<SilentFeed>("positionsAccountMargin"), /*is_private=*/true);
  add(std::make_unique<SilentFeed>("borrowsAccountMargin"), /*is_private=*/true);
  for (const MarketFeed::Kind& kind : MarketFeedKinds()) {
    add(std::make_unique<MarketFeed>(kind), /*is_private=*/false);
  }
  add(std::make_unique<TradesFeed>(), /*is_private=*/false);
  add(std::make_unique<DepthFeed>(), /*is_private=*/false);
  add(std::make_unique<CandleFeed>(), /*is_private=*/false);
  add(std::make_unique<BookTickerFeed>(), /*is_private=*/false);
  add(std::make_unique<PremiumIndexFeed>(), /*is_private=*/false);
}

std::optional<Subscriptions::Found> Subscriptions::Find(std::string_view method) {
  const std::size_t end = method.rfind('_');
  if (end == std::string_view::npos) return std::nullopt;
  const std::string_view what = method.substr(end + 1);
  if (what != "subscribe" && what != "unsubscribe") return std::nullopt;
  const auto it = std::ranges::find_if(
      all_, [&](const Entry& entry) { return entry.feed->name() == method.substr(0, end); });
  if (it == all_.end()) return std::nullopt;
  return Found{it->feed, what == "subscribe", it->is_private};
}

std::vector<std::string> Subscriptions::Topics() const {
  std::vector<std::string> out;
  for (const Entry& entry : all_) entry.feed->Show(out);
  return out;
}

void Subscriptions::Begin(Account& account, TimePoint now) {
  user_.Begin(account, now);
  for (const auto& feed : others_) feed->Begin(account, now);
}

bool Subscriptions::Work(const Turn& turn) {
  if (!user_.Work(turn)) return false;
  return std::ranges::all_of(others_, [&](const auto& feed) { return feed->Work(turn); });
}

std::optional<TimePoint> Subscriptions::NextDue() const {
  std::optional<TimePoint> out;
  for (const auto& feed : others_) {
    const auto due = feed->NextDue();
    if (due) out = out ? std::min(*out, *due) : *due;
  }
  return out;
}

}  // namespace ocokit::mock::whitebit
