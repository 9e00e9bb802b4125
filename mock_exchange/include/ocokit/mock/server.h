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
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "ocokit/base/clock.h"
#include "ocokit/base/result.h"
#include "ocokit/mock/account.h"
#include "ocokit/mock/event_view.h"
#include "ocokit/mock/fault.h"
#include "ocokit/mock/journal.h"
#include "ocokit/mock/order_book.h"
#include "ocokit/mock/order_view.h"
#include "ocokit/mock/price_source.h"
#include "ocokit/mock/settings.h"
#include "ocokit/mock/stream_view.h"

namespace ocokit::mock {

class Account;
struct Tenant;

// What was asked and decided, for a log line. Holds no key, signature or secret.
struct RequestRecord {
  TimePoint at = {};         // by the account's clock
  std::string account = {};  // its id; empty: nobody's
  std::string method = {};
  std::string path = {};  // without the query
  int status = 0;         // HTTP
  bool accepted = false;
  int code = 0;  // the venue's, of a refusal; zero where it has none
  // Where it was decided: route, authenticate, limit, read, engine, fault; server when an exception
  // of the simulator's own ended the request, which `rule` then names.
  std::string stage = {};
  std::string rule = {};     // what decided: "signature", "reduce_only", "accepted", ...
  std::string lenient = {};  // accepted beyond the documents' own rule; empty: nothing
  // Of a refusal, what the doctor finds, with ServerOptions::diagnose; "examination_cut_short"
  // where it would have taken too long; empty: not asked.
  std::string diagnosis = {};
  std::vector<std::string> faults = {};  // applied, as "fault-1 reset"
  std::chrono::nanoseconds took{0};      // from the whole request to its answer
};

// A second listener, in TLS, with the same accounts.
struct TlsOptions {
  std::string host = "127.0.0.1";
  std::uint16_t port = 0;  // 0: a free one
  // PEM text, both or neither: without them a self-signed certificate is made up.
  std::string certificate = {};
  std::string key = {};
};

struct ServerOptions {
  std::string host = "127.0.0.1";  // another than a loopback address needs a control_token
  std::uint16_t port = 0;          // 0: a free one
  int threads = 2;
  // One account per venue: key "test-key", secret "test-secret", default markets and balances.
  bool default_accounts = true;
  // Accounts to begin with, beside those; Config::accounts, for instance.
  std::vector<AccountOptions> accounts = {};
  // Of the default accounts:
  std::uint64_t seed = 0;
  Dialect bingx_dialect = Dialect::kDocs;
  Dialect whitebit_dialect = Dialect::kDocs;
  Settings default_settings = {};
  std::shared_ptr<const Clock> clock = {};  // null: the system's
  // What callers of the control API must bear; empty: nothing. Printable ASCII without blanks.
  std::string control_token = {};
  std::optional<TlsOptions> tls = {};
  // File that the accounts are taken from at the start, if it is there, and kept in by SaveState;
  // empty: none. An account that is in it goes on as it was; of `accounts` and the default ones
  // those are added that are not. It holds their secrets. Another server may not use it meanwhile.
  // Where the state was not kept after Stop, numbers of orders, trades and journal entries go on a
  // million further, since those in between may have been given out.
  std::string state_file = {};
  // What the journals, the orders and the markets' past of all accounts may take together, in
  // bytes; 0: half of the machine or its container. Beyond it the oldest requests and ended orders
  // are forgotten. From 1 MiB.
  std::size_t memory = 0;
  std::size_t max_header_bytes = 16384;
  std::size_t max_body_bytes = 1048576;
  std::chrono::milliseconds request_timeout{30'000};
  std::chrono::milliseconds idle_timeout{120'000};
  // Called once for each request that has been decided, from the server's threads, before its
  // answer is written: must be quick, must not throw and must not stop the server; it may look at
  // accounts. The requests of one connection come in their order. What is no HTTP request, or too
  // large or too slow to read, is answered without it.
  std::function<void(const RequestRecord&)> on_request = {};
  // on_request is told what the doctor finds wrong with a refused request. For a refusal that the
  // doctor looks at, it is then called when the answer has been written, or cannot be; what it
  // throws then is counted, and the connection goes on. Where the account's diagnosis_header is
  // set, it is called before, as ever.
  bool diagnose = false;
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

// A market's rules and where it stands.
struct MarketView {
  MarketSpec spec = {};
  std::optional<Decimal> last = {};  // none: the market has not traded
};

// What becomes of an account's time. Either set or advance.
struct ClockMove {
  bool freeze = false;
  std::optional<TimePoint> set_ms = {};
  milliseconds advance_ms{0};
  bool run = false;
};

// How an account stood, kept under a name.
struct SnapshotView {
  std::string name = {};
  TimePoint at = {};  // the account's time
};

// A grip on one account. Cheap to copy; stays valid after the account is removed and after the
// server is gone.
class AccountHandle {
 public:
  explicit AccountHandle(std::shared_ptr<Tenant> tenant);

  // As the control API names the account: "bingx-1", "whitebit-2".
  [[nodiscard]] const std::string& id() const;
  // The account's own address, "http://127.0.0.1:PORT/@bingx-1". Where a client has it as its base
  // URL, calls without a key show this account's prices and clock, however many accounts there are;
  // the key of another account is unknown.
  [[nodiscard]] std::string url() const;
  // Where its streams begin: "ws://127.0.0.1:PORT/@bingx-1/market", "ws://.../@whitebit-1/ws".
  [[nodiscard]] std::string ws_url() const;
  [[nodiscard]] Venue venue() const;
  [[nodiscard]] const std::string& key() const;
  [[nodiscard]] const std::string& secret() const;
  // As the account was made; what may be changed has functions of its own here.
  [[nodiscard]] const AccountOptions& options() const;

  // Puts everything back as it was when the account was made: money, orders, prices, clock, limits,
  // settings, rights, faults. Its journal is empty.
  void Reset();

  // Keeps how the account stands under a name, in place of the snapshot that has it; an empty name
  // is made up. 16 are kept at most. Errors: kInvalidArgument for a name that is not 1 to 64
  // characters of printable ASCII without blanks, kOutOfRange when there is no room.
  [[nodiscard]] Result<SnapshotView> TakeSnapshot(const std::string& name = "");
  // Puts the account back to a snapshot, which stays; an empty name is the latest. All that Reset
  // puts back; a clock that ran goes on, as far from the server's as it was. The journal goes on,
  // too. Errors: kNotFound.
  [[nodiscard]] Result<SnapshotView> Restore(const std::string& name = "");
  // In the order in which they were taken.
  [[nodiscard]] std::vector<SnapshotView> Snapshots() const;
  // Errors: kNotFound.
  [[nodiscard]] Result<void> RemoveSnapshot(const std::string& name);

  // A trade at `last`: triggers, fills and cancels what it crosses. `fill_share`: above 0, up to 1,
  // the part that is filled of each order crossed. Errors: kNotFound for a market the account does
  // not have, kOutOfRange for a price or share that cannot be.
  [[nodiscard]] Result<void> SetLast(const std::string& market, const Decimal& last,
                                     const Decimal& fill_share = Decimal(1));
  // The last price; none for a market that has not traded, or that the account does not have.
  [[nodiscard]] std::optional<Decimal> Last(const std::string& market) const;

  // Prices that come by themselves, by the account's clock, each as SetLast; a new path or walk
  // takes the place of the market's old one. Without a request or a call here nothing is seen of
  // them, so they are worked off then, in the order of their times.
  // Errors: kNotFound; kOutOfRange for a price, share or time that cannot be.
  [[nodiscard]] Result<void> SetPath(const std::string& market, const std::vector<PriceStep>& path);
  // Errors: also kInvalidArgument for a market without a last price.
  [[nodiscard]] Result<void> StartWalk(const std::string& market, const PriceWalk& walk);
  // Ends the market's path or walk. Errors: kNotFound.
  [[nodiscard]] Result<void> StopPrices(const std::string& market);

  // Stops the account's time where it stands; it moves by SetTime and Advance alone. Rate-limit
  // windows stand still with it: advance, or switch the limits off in the settings.
  void FreezeClock();
  // Lets it run on from where it stands.
  void RunClock();
  // Does all that `move` says, in the order of its members, in one step. Errors: kOutOfRange for a
  // time before 1970 or after the middle of 2080, naming the member.
  [[nodiscard]] Result<void> MoveClock(const ClockMove& move);
  void SetTime(TimePoint time);
  void Advance(microseconds duration);
  [[nodiscard]] TimePoint Now() const;
  [[nodiscard]] bool IsFrozen() const;

  [[nodiscard]] std::vector<MarketView> Markets() const;

  // Sets what is free of an asset: WhiteBIT in the trade and in the collateral balance. What is
  // shown here is the money of the venue's OCO orders: WhiteBIT's collateral. Errors: kOutOfRange.
  [[nodiscard]] Result<void> SetBalance(const std::string& asset, const Decimal& free);
  [[nodiscard]] BalanceView Balance(const std::string& asset) const;
  // Sets what is free of all assets; those not named have nothing free any more. All or none.
  // Errors: kOutOfRange.
  [[nodiscard]] Result<void> SetBalances(const std::map<std::string, Decimal>& free);
  [[nodiscard]] std::map<std::string, BalanceView> Balances() const;
  // Sets a margin position; a zero amount closes it. `side` is kBoth, but kLong or kShort for a
  // futures market in hedge mode. Errors: kNotFound, kOutOfRange, kInvalidArgument for a spot
  // market or a side the account's mode does not have.
  [[nodiscard]] Result<void> SetPosition(const std::string& market, const PositionView& position,
                                         PositionSide side = PositionSide::kBoth);
  [[nodiscard]] PositionView Position(const std::string& market,
                                      PositionSide side = PositionSide::kBoth) const;

  // Sets all positions; those not named are closed. All or none. Errors: as SetPosition.
  [[nodiscard]] Result<void> SetPositions(const std::vector<PositionOptions>& positions);
  [[nodiscard]] std::vector<PositionOptions> Positions() const;
  [[nodiscard]] bool hedge_mode() const;
  [[nodiscard]] int leverage() const;

  [[nodiscard]] Settings settings() const;
  // Errors: kOutOfRange or kInvalidArgument naming the member at fault.
  [[nodiscard]] Result<void> SetSettings(const Settings& settings);
  [[nodiscard]] KeyRights rights() const;
  // Errors: kInvalidArgument for a path the venue does not have or what is no address.
  [[nodiscard]] Result<void> SetRights(const KeyRights& rights);
  // What `change` makes of both, in one step; nothing when it fails or one of them cannot be.
  // `change` must not call the account's other functions.
  [[nodiscard]] Result<void> Change(
      const std::function<Result<AccountChanges>(const AccountChanges&)>& change);

  // From now on the account's requests go wrong in this way. Returns its id, like "fault-1".
  // Errors: kOutOfRange or kInvalidArgument naming the member that cannot be.
  [[nodiscard]] Result<std::string> AddFault(const Fault& fault);
  // In the order in which they were added.
  [[nodiscard]] std::vector<FaultView> Faults() const;
  // Errors: kNotFound.
  [[nodiscard]] Result<void> RemoveFault(const std::string& id);
  void ClearFaults();

  // Prices of the past come again. Errors: kNotFound without the market, kInvalidArgument naming
  // the line that cannot be read, kOutOfRange for the speed.
  Result<void> Replay(const std::string& market, const PriceReplay& replay);
  // Sets what orders of a market find to take; they use it up. Errors: kNotFound without the
  // market, kOutOfRange for a level that cannot be.
  Result<void> SetBook(const std::string& market, const OrderBook& book);
  // Keeps a book around the last price from now on.
  Result<void> KeepBook(const std::string& market, const SyntheticBook& book);
  // As at the beginning: everything at the last price.
  Result<void> ClearBook(const std::string& market);
  // What orders find now. Errors: kNotFound.
  [[nodiscard]] Result<OrderBook> Book(const std::string& market) const;

  // Open and ended pairs (the latest 10,000 ended ones), newest placement first.
  [[nodiscard]] std::vector<PairView> Orders() const;
  // The orders by themselves, of the same 10,000, newest placement first.
  [[nodiscard]] std::vector<OrderView> PlainOrders() const;

  // What has happened, oldest first: the latest 4 MiB are kept.
  [[nodiscard]] std::vector<EventView> Events(const EventQuery& query = {}) const;

  // The WebSockets that show this account, in the order in which they were opened.
  [[nodiscard]] std::vector<StreamView> Streams() const;
  // Ends one of them. Errors: kNotFound; kOutOfRange for a closing code that cannot be.
  [[nodiscard]] Result<void> EndStream(const std::string& id, const StreamEnd& how = {});
  // What went through them, oldest first: the latest journal_bytes are kept.
  [[nodiscard]] std::vector<FrameView> Frames(const FrameQuery& query = {},
                                              bool full = false) const;

  // What came and what was answered, oldest first.
  [[nodiscard]] std::vector<JournalEntry> Journal(const JournalQuery& query = {}) const;
  // Of the latest request; 0: there was none.
  [[nodiscard]] std::uint64_t LastSeq() const;

  // What is wrong with how a request is signed, for this account, at its time and after what its
  // journal holds.
  [[nodiscard]] Diagnosis Diagnose(const Request& request) const;

 private:
  std::shared_ptr<Tenant> tenant_;
  Account* account_;  // the tenant's
};

class Server {
 public:
  // Accepts connections when it returns. Errors: kUnavailable when the port is taken,
  // kInvalidArgument for a host that is not an IP address, one that other machines reach without a
  // control_token, or a certificate that cannot be used; kOutOfRange for a member that cannot be.
  static Result<std::unique_ptr<Server>> Start(const ServerOptions& options = {});
  // Stops.
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  // Accepts nothing more, lets requests under way be answered, closes. May be called twice, and
  // from several threads: each call returns when all is closed. Not from on_request.
  void Stop();

  // Keeps all accounts, each as it stands, in ServerOptions::state_file: money, orders, prices,
  // clocks, limits, settings, faults; not the journals and snapshots. May be called from any thread
  // but those of on_request, also after Stop. The file before it stays as FILE.previous. Errors:
  // kInvalidArgument without a state_file, kUnavailable naming the file that cannot be written.
  [[nodiscard]] Result<void> SaveState() const;
  // How many accounts came from the state_file at the start.
  [[nodiscard]] std::size_t restored_accounts() const;

  [[nodiscard]] std::uint16_t port() const;
  // "http://127.0.0.1:PORT", the base URL of both venues.
  [[nodiscard]] std::string url() const;
  // Where the streams of each venue begin: "ws://127.0.0.1:PORT/market" and
  // "ws://127.0.0.1:PORT/ws".
  [[nodiscard]] std::string bingx_ws_url() const;
  [[nodiscard]] std::string whitebit_ws_url() const;
  // "https://127.0.0.1:PORT"; empty without a TLS listener.
  [[nodiscard]] std::string tls_url() const;
  // What the TLS listener shows, as PEM text: for the client's file of trusted authorities.
  [[nodiscard]] const std::string& tls_certificate() const;
  // "http://127.0.0.1:PORT/control/v1", of the control API (docs/control.md).
  [[nodiscard]] std::string control_url() const;

  // Errors: kAlreadyExists for a key the venue has; kInvalidArgument or kOutOfRange for options
  // that cannot be, naming the member.
  [[nodiscard]] Result<AccountHandle> AddAccount(const AccountOptions& options);
  // Errors: kNotFound.
  [[nodiscard]] Result<AccountHandle> FindAccount(Venue venue, const std::string& key) const;
  // By its id, like "bingx-1". Errors: kNotFound.
  [[nodiscard]] Result<AccountHandle> FindAccount(const std::string& id) const;
  // In the order in which they were made.
  [[nodiscard]] std::vector<AccountHandle> Accounts() const;
  // What came for nobody: with a key that no account has, or for a path of no venue.
  [[nodiscard]] std::vector<JournalEntry> Strays(const JournalQuery& query = {}) const;
  // Errors: kNotFound.
  [[nodiscard]] Result<void> RemoveAccount(Venue venue, const std::string& key);

 private:
  class Impl;
  explicit Server(std::unique_ptr<Impl> impl);

  std::unique_ptr<Impl> impl_;
};

}  // namespace ocokit::mock
