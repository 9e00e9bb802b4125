#include "bench/load/simulator.h"

#include <nlohmann/json.hpp>
#include <thread>

#include "bench/load/fault_kinds.h"

namespace ocokit::load {
namespace {

using nlohmann::json;

constexpr std::chrono::milliseconds kTimeout{10000};
// A request that was given up may still be decided.
constexpr int kLooks = 20;
constexpr std::chrono::milliseconds kBetweenLooks{100};

conform::ControlAddress AddressOf(const LoadOptions& options, const Target& target) {
  conform::ControlAddress address{target.url, options.control_token, options.ca_file};
  address.url.path += "/control/v1";
  return address;
}

// Nothing of it is ever used up, whatever is placed.
json AccountBody(const LoadOptions& options, bool timing_header) {
  json body = {{"venue", Name(options.venue)},
               {"name", "load"},
               {"seed", options.seed},
               {"balances", {{"USDT", "1000000000000"}, {"BTC", "1000000"}, {"ETH", "1000000"}}},
               {"settings", {{"rate_limits", "off"}, {"max_open_orders", "off"}}}};
  if (options.venue == Venue::kWhitebit) {
    body["markets"] =
        json::array({{{"symbol", "BTC_USDT"}, {"max_position", "0"}, {"max_pending_value", "0"}}});
  }
  if (timing_header) body["settings"]["timing_header"] = true;
  return body;
}

}  // namespace

Simulator::Simulator(const LoadOptions& options, const Target& target)
    : options_(options), target_(target), api_(AddressOf(options, target), kTimeout) {}

Simulator::~Simulator() {
  for (const Account& account : accounts_) {
    // A server that is gone has no accounts.
    if (!api_.Delete("/accounts/" + account.id)) break;
  }
}

Result<std::vector<Simulator::Account>> Simulator::Prepare(int count) {
  const Result<json> health = api_.Get("/health");
  if (!health) {
    const bool other = health.error().kind == ErrorKind::kNotFound;
    return Fail(other ? ErrorKind::kInvalidArgument : health.error().kind,
                other ? "there is no control API at " + options_.url +
                            "/control/v1; for a server that is not ocokit's give --key, and "
                            "--secret-file or OCOKIT_SECRET"
                      : health.error().message);
  }
  // A server of an earlier version does not know how to say what it took.
  bool timing_header = true;
  for (int i = 0; i < count; ++i) {
    Result<void> added = AddAccount(timing_header);
    if (!added && timing_header && i == 0 &&
        added.error().message.find("timing_header") != std::string::npos) {
      timing_header = false;
      added = AddAccount(timing_header);
    }
    if (!added) return tl::unexpected<Error>(added.error());
  }
  return accounts_;
}

Result<void> Simulator::SetFaults() {
  for (const FaultShare& share : options_.faults) {
    json fault = json::parse(FindFaultKind(share.type)->fault, nullptr, false);
    fault["probability"] = share.probability;
    for (const Account& account : accounts_) {
      const Result<json> set = api_.Post("/accounts/" + account.id + "/faults", fault);
      if (!set) return tl::unexpected<Error>(set.error());
    }
  }
  return {};
}

Result<void> Simulator::Begin() {
  if (auto ok = SetFaults(); !ok) return ok;
  Result<ServerCounts> counts = ReadCounts();
  if (!counts) return tl::unexpected<Error>(counts.error());
  before_ = std::move(*counts);
  const Result<std::uint64_t> journals = ReadJournals();
  if (!journals) return tl::unexpected<Error>(journals.error());
  journals_before_ = *journals;
  return {};
}

Result<void> Simulator::AddAccount(bool timing_header) {
  json body = AccountBody(options_, timing_header);
  // Faults are drawn from the seed: with one seed, all accounts would be hit at once.
  body["seed"] = options_.seed + accounts_.size();
  const Result<json> made = api_.Post("/accounts", body);
  if (!made) return tl::unexpected<Error>(made.error());
  const auto text = [&](const char* name) {
    const auto it = made->find(name);
    return it != made->end() && it->is_string() ? it->get<std::string>() : std::string();
  };
  const Account account{text("account"), text("key"), text("secret")};
  // One that has a name can be removed again, whatever else is missing.
  if (!account.id.empty()) accounts_.push_back(account);
  if (account.id.empty() || account.key.empty() || account.secret.empty()) {
    return Fail(ErrorKind::kUnavailable,
                "the control API made an account without saying its account, key and secret");
  }
  return {};
}

Result<ServerCounts> Simulator::ReadCounts() {
  Result<conform::Connection> connection =
      conform::Connection::Open(target_.url, kTimeout, options_.ca_file);
  if (!connection) return tl::unexpected<Error>(connection.error());
  conform::Headers headers{{"Host", target_.url.Authority()}};
  if (!options_.control_token.empty()) {
    headers.emplace_back("Authorization", "Bearer " + options_.control_token);
  }
  const Result<void> written = connection->Write(
      conform::FormatRequest("GET", target_.url.path + "/metrics", headers, ""), kTimeout);
  if (!written) return tl::unexpected<Error>(written.error());
  const auto reply = connection->Read(kTimeout);
  if (!reply) return Fail(ErrorKind::kUnavailable, "/metrics: " + reply.error().message);
  if (reply->status != 200) {
    return Fail(ErrorKind::kUnavailable, "/metrics gave HTTP " + std::to_string(reply->status));
  }
  return ReadMetrics(reply->body);
}

Result<std::uint64_t> Simulator::ReadJournals() {
  std::uint64_t sum = 0;
  for (const Account& account : accounts_) {
    const Result<json> journal = api_.Get("/accounts/" + account.id + "/journal?tail=1");
    if (!journal) return tl::unexpected<Error>(journal.error());
    const auto last = journal->find("last_seq");
    if (last == journal->end() || !last->is_number_unsigned()) {
      return Fail(ErrorKind::kUnavailable, "the journal of " + account.id + " has no last_seq");
    }
    sum += last->get<std::uint64_t>();
  }
  return sum;
}

Result<Books> Simulator::Compare(const Tally& tally) {
  Books books;
  for (int look = 0; look < kLooks; ++look) {
    if (look != 0) std::this_thread::sleep_for(kBetweenLooks);
    const Result<std::uint64_t> journal = ReadJournals();
    if (!journal) return tl::unexpected<Error>(journal.error());
    const Result<ServerCounts> after = ReadCounts();
    if (!after) return tl::unexpected<Error>(after.error());
    books = CompareBooks(options_, tally, *journal - journals_before_, before_, *after);
    if (books.differences.empty()) break;
  }
  return books;
}

}  // namespace ocokit::load
