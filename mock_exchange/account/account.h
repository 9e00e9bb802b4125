#pragma once

// Account: everything that belongs to one API key. Its mutex guards all of it; the functions that
// take an Account expect it to be held.

#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "mock_exchange/account/cancel_timers.h"
#include "mock_exchange/account/fault_set.h"
#include "mock_exchange/account/limits.h"
#include "mock_exchange/account/order_book.h"
#include "mock_exchange/account/shared_frames.h"
#include "mock_exchange/account/stream_keys.h"
#include "mock_exchange/account/watchers.h"
#include "mock_exchange/engine/engine.h"
#include "mock_exchange/market/market_data.h"
#include "mock_exchange/market/price_schedule.h"
#include "mock_exchange/metrics/memory_meter.h"
#include "ocokit/base/digest.h"
#include "ocokit/mock/account.h"

namespace ocokit::mock {

// An account's time: the server's clock, moved by an offset, or frozen.
class AccountClock {
 public:
  explicit AccountClock(std::shared_ptr<const Clock> base) : base_(std::move(base)) {}

  // How it stands to the server's clock, or where it stands.
  struct State {
    microseconds offset{0};
    std::optional<TimePoint> frozen;
  };
  [[nodiscard]] State state() const { return {offset_, frozen_}; }
  void Restore(const State& state) {
    offset_ = state.offset;
    frozen_ = state.frozen;
    ++moves_;
  }
  // With the server's clock again.
  void Reset() { Restore({}); }
  [[nodiscard]] bool frozen() const { return frozen_.has_value(); }

  [[nodiscard]] TimePoint Now() const {
    return (frozen_ ? *frozen_ : base_->Now() + offset_) + skew_;
  }
  void Freeze() {
    frozen_ = Now();
    ++moves_;
  }
  // Goes on from where it stands.
  void Run();
  void Set(TimePoint time);
  void Advance(microseconds duration);
  // For the time being it tells a time that is wrong by so much.
  void SetSkew(microseconds skew) { skew_ = skew; }
  // Counts how often it was moved, held or let go.
  [[nodiscard]] std::uint64_t moves() const { return moves_; }

 private:
  std::shared_ptr<const Clock> base_;
  microseconds offset_{0};
  microseconds skew_{0};
  std::optional<TimePoint> frozen_;
  std::uint64_t moves_ = 0;
};

// What of an account has changed, each a count that rises.
struct AccountMarks {
  engine::EventSeq events = 0;  // the latest
  std::uint64_t shown = 0;      // of what its markets show: prices, trades, books
  std::uint64_t clock = 0;
  std::uint64_t keys = 0;   // of streams: those that were withdrawn
  std::uint64_t lives = 0;  // it was reset, or an image put back: events have other numbers now

  friend bool operator==(const AccountMarks&, const AccountMarks&) = default;
};

// WhiteBIT: the nonces a key has used.
struct NonceState {
  std::optional<Int128> last;
  std::set<std::int64_t> in_window;  // milliseconds, used with nonceWindow
};

struct AccountImage;

class Account {
 public:
  // `options` are complete and checked: a key, a secret, markets the engine can hold.
  // `meter`: told what the orders take; null: nobody is.
  Account(AccountOptions options, std::shared_ptr<const Clock> clock,
          std::shared_ptr<MemoryMeter> meter = nullptr);
  ~Account();
  Account(const Account&) = delete;
  Account& operator=(const Account&) = delete;

  const AccountOptions options;  // as created
  Settings settings;
  KeyRights rights;
  AccountClock clock;
  engine::Engine engine;
  // WhiteBIT: the main balance, which no order touches.
  std::map<std::string, Decimal> main_balance;
  std::vector<MarketData> market_data;  // by the engine's index of a market
  std::vector<std::optional<SyntheticBook>>
      books;  // by the engine's index; those kept around a price
  PriceSchedule prices;
  CancelTimers cancel_timers;
  std::unique_ptr<engine::IdSource> ids;
  Limiter limiter;
  Blocks blocks;
  ErrorFlood error_flood = MakeErrorFlood();
  Bans bans;
  RecentSet recent_orders = MakeRecentOrders();
  NonceState nonces;
  StreamKeys stream_keys;
  FaultSet faults;
  // Of the account's streams:
  SharedFrames frames;
  Watchers watchers;     // called without the mutex
  bool removed = false;  // there is no such account any more
  // The key state of the venue's signature.
  const HmacSha256 sha256;
  const HmacSha512 sha512;
  std::mutex mutex;

  // The figures of BingX's error text.
  static ErrorFlood MakeErrorFlood() { return {20, std::chrono::minutes(8)}; }
  static RecentSet MakeRecentOrders() { return RecentSet(seconds(1)); }

  // Puts everything back as it was when the account was made.
  void Reset();
  // What changes while it is used, and that put back. A clock that runs goes on at the distance
  // from the server's that it had.
  [[nodiscard]] AccountImage TakeImage() const;
  void Restore(AccountImage image);
  // Sets the prices and runs the timers that have become due, each at its own time.
  void CatchUp();
  // When CatchUp has something to do next; none: never by itself.
  [[nodiscard]] std::optional<TimePoint> NextDue() const;
  [[nodiscard]] AccountMarks marks() const;
  // Whether something has changed since the last time this was asked.
  [[nodiscard]] bool TakeChanged();
  // A trade at `last`, as Engine::SetLast, and what the market shows of it: the trades of the
  // account's orders, then one of the least amount that the market takes, which leaves `last` the
  // latest price.
  // `amount`: in place of the least.
  void SetLast(std::uint32_t market, const Decimal& last, const Decimal& fill_share,
               const engine::Rules& rules, TimePoint at,
               const std::optional<Decimal>& amount = std::nullopt);
  // As Engine::Cancel, by the account's rules. `whole`: an order's exits go with it, and none are
  // placed for what it has filled.
  const engine::OrderList* Cancel(const engine::OrderList& list, TimePoint now,
                                  PairEvent::Cause cause = PairEvent::Cause::kRequest,
                                  bool whole = false);
  // What lies before `at` becomes the market's past, in place of what it had; the rest comes as
  // prices. Prices are cut to the tick.
  void StartReplay(std::uint32_t market, ReplayRows rows, const Decimal& speed,
                   std::optional<TimePoint> at);
  // Keeps a book around the last price from now on; none: everything is at the last price again.
  void KeepBook(std::uint32_t market, const std::optional<SyntheticBook>& book);
  // Sets what orders find, until they have used it up.
  void SetBook(std::uint32_t market, engine::Depth depth);
  // Has the markets show what the account's orders have traded since the last time.
  void PublishTrades();
  [[nodiscard]] const MarketData& DataOf(const engine::Market& market) const {
    return market_data[static_cast<std::size_t>(&market - engine.markets().data())];
  }
  // What orders, trades and the markets' past take in memory, about.
  [[nodiscard]] std::size_t bytes() const;
  // Tells the meter by how much the orders and the markets' past have grown since the last time.
  void MeterOrders();
  // The wallet of the venue's order pairs.
  [[nodiscard]] engine::Wallet wallet() const {
    return options.venue == Venue::kBingx ? engine::Wallet::kSpot : engine::Wallet::kMargin;
  }
  // What can be taken out of a wallet, or out of the main balance.
  [[nodiscard]] Decimal Transferable(const std::string& asset,
                                     std::optional<engine::Wallet> from) const;
  // Moves so much, which must be there, from one to the other; none: the main balance.
  void Transfer(const std::string& asset, std::optional<engine::Wallet> from,
                std::optional<engine::Wallet> to, const Decimal& amount);
  // Sets what is free of an asset, in each wallet that the venue has.
  void SetFree(const std::string& asset, const Decimal& free);
  [[nodiscard]] bool live() const { return options.dialect == Dialect::kLive; }
  // Whether the key may call this path.
  [[nodiscard]] bool MayCall(std::string_view path) const;
  // Whether the key may be used from this address.
  [[nodiscard]] bool MayComeFrom(const std::string& address) const;
  // The engine's rules out of the settings; `documented_max_open` stands in where none is set.
  [[nodiscard]] engine::Rules Rules(std::optional<int> documented_max_open) const;

 private:
  // Cancels what the timers are about that are due by then.
  void RunTimers(TimePoint by);
  // Puts what the options say into an account that is as new.
  void Begin();

  const std::shared_ptr<MemoryMeter> meter_;
  AccountMarks marks_;                 // `shown` and `lives` alone
  AccountMarks told_;                  // as of the last TakeChanged
  std::optional<TimePoint> told_due_;  // NextDue then: who waits for it waits for another time now
  std::uint64_t published_ = 0;        // the latest trade that the markets show, by id
  std::size_t metered_ = 0;
};

// How long it is until CatchUp has something to do; none: never by itself, or the clock stands.
// Expects the mutex.
[[nodiscard]] std::optional<microseconds> UntilDue(const Account& account);

// While it lasts, the account tells a time that is wrong by so much. What it forgets by that time
// is given back: the nonces of other requests.
class SkewedTime {
 public:
  SkewedTime(Account& account, microseconds skew);
  ~SkewedTime();
  SkewedTime(const SkewedTime&) = delete;
  SkewedTime& operator=(const SkewedTime&) = delete;

 private:
  Account& account_;
  std::set<std::int64_t> nonces_;
};

// Holds an account's mutex, with its prices up to date; at the end its trades are published, what
// its orders take is metered, and who watches it is called. Whoever holds one keeps the account.
class AccountLock {
 public:
  explicit AccountLock(Account& account) : account_(account), lock_(account.mutex) {
    account.CatchUp();
  }
  ~AccountLock() {
    account_.PublishTrades();
    account_.engine.Trim();
    account_.MeterOrders();
    const bool changed = account_.TakeChanged();
    lock_.unlock();
    if (changed) account_.watchers.Wake();
  }
  AccountLock(const AccountLock&) = delete;
  AccountLock& operator=(const AccountLock&) = delete;

 private:
  Account& account_;
  std::unique_lock<std::mutex> lock_;
};

}  // namespace ocokit::mock
