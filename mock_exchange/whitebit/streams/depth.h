#pragma once

// The public channel of order books: a book at first, then what changes of it.

#include <string>
#include <vector>

#include "mock_exchange/account/order_book.h"
#include "mock_exchange/whitebit/streams/feed.h"
#include "mock_exchange/whitebit/streams/pace.h"

namespace ocokit::mock::whitebit {

// How much of a book is shown.
struct DepthView {
  std::size_t limit = 0;  // levels of a side
  Decimal interval;       // levels whose prices share one are one; zero: each by itself
};

class DepthFeed final : public Feed {
 public:
  DepthFeed() : Feed("depth"), pace_(milliseconds(100)) {}

  Answered<void> Subscribe(const JsonValue& params, Account& account, TimePoint now) override;
  void Unsubscribe(const JsonValue& params) override;
  void Show(std::vector<std::string>& topics) const override;
  void Begin(Account& account, TimePoint now) override;
  [[nodiscard]] bool Work(const Turn& turn) override;
  [[nodiscard]] std::optional<TimePoint> NextDue() const override;

 private:
  struct Watched {
    std::string market;
    DepthView view;
    bool begun = false;  // the whole book was said; what follows is of then
    OrderBook said;
    std::uint64_t update = 0;  // update_id of the latest frame
    TimePoint at;              // when that was
  };

  void SayWhole(Watched& watched, OrderBook book, const Turn& turn) const;
  void SayChanges(Watched& watched, OrderBook book, const Turn& turn) const;

  Pace pace_;
  std::vector<Watched> books_;
  std::uint64_t shown_ = 0;  // AccountMarks::shown when the books were last looked at
};

// What subscriptions and queries have behind the market, from the second parameter on.
[[nodiscard]] Answered<DepthView> ReadDepthView(const JsonValue& params, bool any_limit);
// What a market shows of its book.
[[nodiscard]] OrderBook BookIn(const engine::Market& market, const DepthView& view);
// What a query answers.
[[nodiscard]] std::string WriteDepth(const OrderBook& book, TimePoint now);

}  // namespace ocokit::mock::whitebit
