#pragma once

// Server: both venues on one HTTP port, in this process. For use inside a test:
//
//   auto server = ocokit::mock::Server::Start().value();
//   auto account = server->AddAccount({.venue = ocokit::mock::Venue::kWhitebit}).value();
//   // ... a client places an order at server->url() with account.key() and account.secret() ...
//   ASSERT_TRUE(account.SetLast("BTC_USDT", ocokit::Decimal(39000)));
//   account.Orders().front().limit.state;  // LegState::kFilled
//
// Everything here may be called from any thread, while requests are being answered too.

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "ocokit/base/clock.h"
#include "ocokit/base/result.h"
#include "ocokit/mock/account.h"
#include "ocokit/mock/order_view.h"
#include "ocokit/mock/settings.h"

namespace ocokit::mock {

class Account;
class Exchange;

// What was asked and decided, for a log line. Holds no key, signature or secret.
struct RequestRecord {
  TimePoint at = {};
  std::string method = {};
  std::string path = {};     // without the query
  int status = 0;            // HTTP
  int code = 0;              // the venue's; zero when accepted
  std::string stage = {};    // where it was decided: route, authenticate, limit, read, engine
  std::string rule = {};     // what decided: "signature", "reduce_only", "accepted", ...
  std::string lenient = {};  // accepted beyond the documents' own rule; empty: nothing
  std::chrono::nanoseconds took{0};
};

struct ServerOptions {
  std::string host = "127.0.0.1";
  std::uint16_t port = 0;  // 0: a free one
  int threads = 2;
  // One account per venue: key "test-key", secret "test-secret", default markets and balances.
  bool default_accounts = true;
  std::uint64_t seed = 0;          // of the default accounts
  Settings default_settings = {};  // of the default accounts
  Clock* clock = nullptr;          // outlives the server; null: the system's
  std::size_t max_header_bytes = 16384;
  std::size_t max_body_bytes = 1048576;
  std::chrono::milliseconds request_timeout{30'000};
  std::chrono::milliseconds idle_timeout{120'000};
  // Called after each answer, from the server's threads; must not block.
  std::function<void(const RequestRecord&)> on_request = {};
};

// Money of one asset.
struct BalanceView {
  Decimal free = {};
  Decimal reserved = {};  // held back for open pairs

  friend bool operator==(const BalanceView&, const BalanceView&) = default;
};

// A margin position; negative amounts are short.
struct PositionView {
  Decimal amount = {};
  Decimal base_price = {};

  friend bool operator==(const PositionView&, const PositionView&) = default;
};

// A grip on one account. Cheap to copy; stays valid after the account is removed and after the
// server has stopped.
class AccountHandle {
 public:
  explicit AccountHandle(std::shared_ptr<Account> account) : account_(std::move(account)) {}

  [[nodiscard]] Venue venue() const;
  [[nodiscard]] const std::string& key() const;
  [[nodiscard]] const std::string& secret() const;

  // A trade at `last`: triggers, fills and cancels what it crosses. `fill_share`: above 0, up to 1,
  // the part that is filled of each order crossed. Errors: kNotFound for a market the account does
  // not have, kOutOfRange for a price or share that cannot be.
  [[nodiscard]] Result<void> SetLast(const std::string& market, const Decimal& last,
                                     const Decimal& fill_share = Decimal(1));

  // Stops the account's time where it stands; it moves by SetTime and Advance alone.
  void FreezeClock();
  // Lets it run on from where it stands.
  void RunClock();
  void SetTime(TimePoint time);
  void Advance(microseconds duration);
  [[nodiscard]] TimePoint Now() const;

  // Sets what is free of an asset. Errors: kOutOfRange.
  [[nodiscard]] Result<void> SetBalance(const std::string& asset, const Decimal& free);
  [[nodiscard]] BalanceView Balance(const std::string& asset) const;
  // Sets a margin position; a zero amount closes it. Errors: kNotFound, kOutOfRange,
  // kInvalidArgument for a spot market.
  [[nodiscard]] Result<void> SetPosition(const std::string& market, const PositionView& position);
  [[nodiscard]] PositionView Position(const std::string& market) const;

  [[nodiscard]] Settings settings() const;
  void SetSettings(const Settings& settings);

  // Open and ended pairs (the latest 10,000 ended ones), newest placement first.
  [[nodiscard]] std::vector<PairView> Orders() const;

 private:
  std::shared_ptr<Account> account_;
};

class Server {
 public:
  // Accepts connections when it returns. Errors: kUnavailable when the port is taken,
  // kInvalidArgument for a host that is not an IP address.
  static Result<std::unique_ptr<Server>> Start(const ServerOptions& options = {});
  // Stops.
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  // Accepts nothing more, lets requests under way be answered, closes. May be called twice.
  void Stop();

  [[nodiscard]] std::uint16_t port() const;
  // "http://127.0.0.1:PORT", the base URL of both venues.
  [[nodiscard]] std::string url() const;

  // Errors: kAlreadyExists for a key the venue has; kInvalidArgument or kOutOfRange for options
  // that cannot be, naming the member.
  [[nodiscard]] Result<AccountHandle> AddAccount(const AccountOptions& options);
  // Errors: kNotFound.
  [[nodiscard]] Result<AccountHandle> FindAccount(Venue venue, const std::string& key) const;
  // Errors: kNotFound.
  [[nodiscard]] Result<void> RemoveAccount(Venue venue, const std::string& key);

 private:
  class Impl;
  explicit Server(std::unique_ptr<Impl> impl);

  std::unique_ptr<Impl> impl_;
};

}  // namespace ocokit::mock
