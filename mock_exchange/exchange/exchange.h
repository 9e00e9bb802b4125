#pragma once

// Exchange: the accounts of both venues and the way of a request to the one it is for. Any number
// of threads may call it; state is locked per account.

#include <array>
#include <functional>
#include <memory>
#include <mutex>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "mock_exchange/bingx/venue.h"
#include "mock_exchange/exchange/open_streams.h"
#include "mock_exchange/exchange/tenant.h"
#include "mock_exchange/metrics/counts.h"
#include "mock_exchange/metrics/delays.h"
#include "mock_exchange/metrics/memory_meter.h"
#include "mock_exchange/state/stored_account.h"
#include "mock_exchange/streams/host.h"
#include "mock_exchange/whitebit/venue.h"
#include "mock_exchange/wire/answer.h"
#include "mock_exchange/wire/reply.h"
#include "ocokit/base/result.h"
#include "ocokit/mock/journal.h"
#include "ocokit/mock/server.h"

namespace ocokit::mock {

// Whom a request is for.
struct Addressee {
  const VenueApi* api = nullptr;        // null: no venue has the path
  bool no_account = false;              // it came to the address of an account that is not there
  std::shared_ptr<Tenant> caller = {};  // whose key, or stream key, it carries; null: nobody's
  // Whose markets, prices and clock it is shown; null with `api`, unless it came to an account's
  // own address, or the path is a venue's but for slashes before it.
  std::shared_ptr<Tenant> view = {};
};

class Exchange : private streams::StreamHost {
 public:
  // Told of every request that has been decided.
  struct Observer {
    std::function<void(const RequestRecord&)> on_request;  // may be empty
    bool diagnose = false;                                 // with RequestRecord::diagnosis
  };

  explicit Exchange(std::shared_ptr<const Clock> clock);
  // `memory`: what journals and orders of all accounts may take together, in bytes; 0: half of the
  // machine or its container.
  Exchange(std::shared_ptr<const Clock> clock, Observer observer, std::size_t memory = 0);

  // Errors: kAlreadyExists when the venue has the key; those of CompleteOptions.
  Result<std::shared_ptr<Tenant>> AddAccount(AccountOptions options);
  // Every account as it stands, each at its own moment; and one of them put back, with its id.
  // Errors: kAlreadyExists when the venue has the key, or there is the id.
  [[nodiscard]] std::vector<StoredAccount> TakeAccounts() const;
  [[nodiscard]] Result<void> Restore(StoredAccount stored);
  // Null when there is none.
  [[nodiscard]] std::shared_ptr<Tenant> FindAccount(Venue venue, std::string_view key) const;
  // False when there is none. Requests that are being answered finish.
  bool RemoveAccount(Venue venue, std::string_view key);
  bool RemoveId(std::string_view id);

  // By its id; null when there is none.
  [[nodiscard]] std::shared_ptr<Tenant> FindId(std::string_view id) const;
  // In the order in which they were made.
  [[nodiscard]] std::vector<std::shared_ptr<Tenant>> Tenants() const;
  // Of all accounts, and of those removed lately: what is shown of one may hold any of them.
  [[nodiscard]] const SecretFilter& secrets() const { return *secrets_; }
  // Whose key no account has, or for no venue.
  [[nodiscard]] const Journal& strays() const { return strays_; }
  [[nodiscard]] const Counts& counts() const { return counts_; }
  [[nodiscard]] const MemoryMeter& memory() const { return *meter_; }
  // Of the messages of streams, by Venue.
  [[nodiscard]] const std::array<Delays, 2>& stream_delays() const { return stream_delays_; }
  [[nodiscard]] const OpenStreams& open_streams() const { return *open_streams_; }
  void CountRefusal(int status) { counts_.CountRefusal(status); }
  // Where the server listens, once it does: "http://127.0.0.1:8787".
  void SetUrl(std::string url) { url_->Set(std::move(url)); }

  // Keeps that an exception has ended a request, or, without one, a connection: it is counted,
  // stands in the journal of what is nobody's, and the observer is told.
  void RecordFailure(std::string_view what, const Request* request, std::string_view remote_ip);

  // Decides a request and carries it out. An account's own address is none here: AnswerTo takes it
  // out.
  [[nodiscard]] Reply Handle(const Request& request) const;
  // The same with all that surrounds it: the account's faults and journal, and the observer.
  [[nodiscard]] Answer AnswerTo(Request request);

 private:
  friend class Passage;

  [[nodiscard]] std::shared_ptr<Account> FindByStreamKey(Venue venue,
                                                         const std::string& key) const override;
  [[nodiscard]] std::size_t CountFrom(Venue venue, const std::string& remote_ip) const override {
    return open_streams_->CountFrom(venue, remote_ip);
  }
  [[nodiscard]] std::shared_ptr<FrameLog> LogOf(
      const std::shared_ptr<Account>& account) const override;
  [[nodiscard]] std::unique_ptr<streams::Gate> MakeGate(Venue venue) override;
  void CountDelay(Venue venue, std::chrono::nanoseconds delay) override {
    stream_delays_[static_cast<std::size_t>(venue)].Add(delay);
  }
  void Enter(streams::Stream& stream) override { open_streams_->Enter(stream); }
  void Leave(streams::Stream& stream) override { open_streams_->Leave(stream); }
  [[nodiscard]] std::shared_ptr<Tenant> FindTenantByStreamKey(Venue venue,
                                                              const std::string& key) const;

  // Takes an account's own address, "/@bingx-1" before the path, out of the target.
  [[nodiscard]] Addressee Address(Request& request) const;
  // `id`: of the account at whose address it came; none: at the server's.
  [[nodiscard]] Addressee AddressAt(const Request& request,
                                    const std::optional<std::string>& id) const;
  // The view's account is locked.
  [[nodiscard]] static Reply Decide(const Request& request, const Addressee& to);

  // Forgets until a tenth of the memory limit is free: the oldest journal records of all accounts,
  // and the pairs that ended first, whichever take more than half of what may stay. Open pairs
  // stay.
  void Reclaim();
  void ReclaimFrames(const std::vector<std::shared_ptr<Tenant>>& tenants, std::size_t goal);
  void ReclaimJournals(const std::vector<std::shared_ptr<Tenant>>& tenants, std::size_t goal);
  void ReclaimOrders(const std::vector<std::shared_ptr<Tenant>>& tenants, std::size_t goal);

  // Makes the account, and takes it into the tables, which are locked.
  std::shared_ptr<Tenant> Enter(const std::string& id, std::uint64_t serial,
                                AccountOptions options);
  // Takes it out of the tables, which are locked; the caller holds it meanwhile.
  void Forget(Tenant& tenant);
  [[nodiscard]] RequestRecord Describe(const Record& kept, const Tenant* tenant) const;

  // What a request that names no account is shown: the venue's account when it has just one, so
  // that a client sees the prices and the clock a test has moved; else defaults, the server's clock
  // and no limits, in the dialect that all accounts of the venue share, or docs.
  [[nodiscard]] std::shared_ptr<Tenant> PublicView(Venue venue) const;

  struct Hash : std::hash<std::string_view> {
    using is_transparent = void;
  };
  using Accounts = std::unordered_map<std::string, std::shared_ptr<Tenant>, Hash, std::equal_to<>>;

  const std::shared_ptr<const Clock> clock_;
  const std::shared_ptr<SecretFilter> secrets_ = std::make_shared<SecretFilter>();
  const Observer observer_;
  const std::shared_ptr<MemoryMeter> meter_;
  const std::shared_ptr<ServerUrl> url_ = std::make_shared<ServerUrl>();
  std::mutex reclaiming_;
  const bingx::BingxApi bingx_;
  const whitebit::WhitebitApi whitebit_;
  mutable std::shared_mutex mutex_;   // guards the tables, not the accounts
  std::array<Accounts, 2> accounts_;  // by Venue
  Accounts by_id_;                    // the same
  using ByDialect = std::array<std::shared_ptr<Tenant>, 2>;
  const std::array<ByDialect, 2> defaults_;  // by Venue and Dialect; nobody's
  Journal strays_;
  Counts counts_;
  std::array<Delays, 2> stream_delays_;
  const std::shared_ptr<OpenStreams> open_streams_ = std::make_shared<OpenStreams>();
  std::uint64_t serial_ = 0;                // accounts made so far
  std::array<std::uint64_t, 2> numbers_{};  // of them by Venue; an id is never given twice
};

}  // namespace ocokit::mock
