#include "mock_exchange/exchange/exchange.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "mock_exchange/account/account_options.h"
#include "mock_exchange/bingx/errors.h"
#include "mock_exchange/bingx/routes.h"
#include "mock_exchange/exchange/passage.h"
#include "mock_exchange/exchange/replay_file.h"
#include "mock_exchange/faults/frame_gate.h"
#include "mock_exchange/whitebit/errors.h"
#include "mock_exchange/whitebit/routes.h"
#include "ocokit/base/check.h"

namespace ocokit::mock {
namespace {

constexpr std::size_t Index(Venue venue) { return static_cast<std::size_t>(venue); }

Reply NotFound() {
  Reply reply;
  reply.response.status = 404;
  reply.decision = {.stage = Stage::kRoute, .rule = "no venue has this path"};
  return reply;
}

Reply NoAccount() {
  Reply reply = NotFound();
  reply.response.headers = {{"Content-Type", "text/plain"}};
  reply.response.body = "no account has this address; GET /control/v1/accounts lists them\n";
  reply.decision.rule = "no account has this address";
  return reply;
}

// The account's id in "/@bingx-1/openApi/...", which is taken out of the target; none: the target
// has none.
std::optional<std::string> TakeAccount(Request& request) {
  const std::string_view path = request.Path();
  if (!path.starts_with("/@")) return std::nullopt;
  const std::string_view id = path.substr(2, path.find('/', 1) - 2);
  std::string out(id);
  const auto at = static_cast<std::size_t>(path.data() - request.target.data());
  request.target.erase(at, out.size() + 2);
  if (request.target.size() == at || request.target[at] != '/') request.target.insert(at, 1, '/');
  return out;
}

// Nobody's account: what it is asked for counts for nobody.
std::shared_ptr<Tenant> MakeDefault(Venue venue, Dialect dialect,
                                    const std::shared_ptr<const Clock>& clock,
                                    const std::shared_ptr<const SecretFilter>& secrets) {
  AccountOptions options;
  options.venue = venue;
  options.dialect = dialect;
  options.settings.rate_limits = false;
  Result<AccountOptions> complete = CompleteOptions(std::move(options), 0);
  OCOKIT_CHECK(complete.has_value(), "the defaults make an account");
  return std::make_shared<Tenant>("", 0, std::move(*complete), clock, secrets);
}

}  // namespace

std::vector<std::string> EndpointPaths(Venue venue) {
  std::vector<std::string> out;
  const auto add = [&](const auto& routes) {
    for (const auto& route : routes) out.emplace_back(route.path);
  };
  venue == Venue::kBingx ? add(bingx::Routes()) : add(whitebit::Routes());
  return out;
}

std::vector<std::string> RefusalNames(Venue venue) {
  return venue == Venue::kBingx ? bingx::OrderRefusalNames() : whitebit::OrderRefusalNames();
}

Exchange::Exchange(std::shared_ptr<const Clock> clock) : Exchange(std::move(clock), Observer()) {}

Exchange::Exchange(std::shared_ptr<const Clock> clock, Observer observer, std::size_t memory)
    : clock_(std::move(clock)),
      observer_(std::move(observer)),
      meter_(std::make_shared<MemoryMeter>(memory != 0 ? memory : HalfOfMemory())),
      defaults_{ByDialect{MakeDefault(Venue::kBingx, Dialect::kDocs, clock_, secrets_),
                          MakeDefault(Venue::kBingx, Dialect::kLive, clock_, secrets_)},
                ByDialect{MakeDefault(Venue::kWhitebit, Dialect::kDocs, clock_, secrets_),
                          MakeDefault(Venue::kWhitebit, Dialect::kLive, clock_, secrets_)}},
      strays_(meter_) {}

Result<std::shared_ptr<Tenant>> Exchange::AddAccount(AccountOptions options) {
  // Before the lock: a long file takes a while.
  if (auto ok = ReadReplayFiles(options); !ok) return tl::unexpected<Error>(ok.error());
  const std::unique_lock lock(mutex_);
  Result<AccountOptions> complete = CompleteOptions(std::move(options), ++serial_);
  if (!complete) return tl::unexpected<Error>(complete.error());
  Accounts& accounts = accounts_[Index(complete->venue)];
  if (accounts.contains(complete->key)) {
    return Fail(ErrorKind::kAlreadyExists, "the venue already has an account with this key");
  }
  const std::string id =
      std::string(Name(complete->venue)) + "-" + std::to_string(++numbers_[Index(complete->venue)]);
  return Enter(id, serial_, std::move(*complete));
}

std::shared_ptr<Tenant> Exchange::Enter(const std::string& id, std::uint64_t serial,
                                        AccountOptions options) {
  auto tenant = std::make_shared<Tenant>(id, serial, std::move(options), clock_, secrets_, meter_,
                                         url_, open_streams_);
  // Before anything of it can be shown.
  secrets_->Add(tenant->account.options.secret);
  accounts_[Index(tenant->account.options.venue)].emplace(tenant->account.options.key, tenant);
  by_id_.emplace(id, tenant);
  return tenant;
}

std::vector<StoredAccount> Exchange::TakeAccounts() const {
  std::vector<StoredAccount> out;
  for (const std::shared_ptr<Tenant>& tenant : Tenants()) {
    StoredAccount& stored = out.emplace_back();
    stored.id = tenant->id;
    stored.serial = tenant->serial;
    stored.journal_seq = tenant->journal.last_seq();
    stored.options = tenant->account.options;
    const AccountLock lock(tenant->account);
    stored.image = tenant->account.TakeImage();
  }
  return out;
}

Result<void> Exchange::Restore(StoredAccount stored) {
  const std::unique_lock lock(mutex_);
  const std::size_t venue = Index(stored.options.venue);
  if (accounts_[venue].contains(stored.options.key) || by_id_.contains(stored.id)) {
    return Fail(ErrorKind::kAlreadyExists, "the server already has " + stored.id + " or its key");
  }
  // An id is never given twice.
  std::uint64_t number = 0;
  const std::string_view digits = std::string_view(stored.id).substr(stored.id.find('-') + 1);
  std::from_chars(digits.data(), digits.data() + digits.size(), number);
  numbers_[venue] = std::max(numbers_[venue], number);
  serial_ = std::max(serial_, stored.serial);
  const auto tenant = Enter(stored.id, stored.serial, std::move(stored.options));
  tenant->journal.StartAfter(stored.journal_seq);
  const AccountLock held(tenant->account);
  tenant->account.Restore(std::move(stored.image));
  return {};
}

std::shared_ptr<Tenant> Exchange::FindAccount(Venue venue, std::string_view key) const {
  const std::shared_lock lock(mutex_);
  const Accounts& accounts = accounts_[Index(venue)];
  const auto it = accounts.find(key);
  return it == accounts.end() ? nullptr : it->second;
}

bool Exchange::RemoveAccount(Venue venue, std::string_view key) {
  const std::unique_lock lock(mutex_);
  Accounts& accounts = accounts_[Index(venue)];
  const auto it = accounts.find(key);
  if (it == accounts.end()) return false;
  const std::shared_ptr<Tenant> tenant = it->second;
  Forget(*tenant);
  return true;
}

bool Exchange::RemoveId(std::string_view id) {
  const std::unique_lock lock(mutex_);
  const auto it = by_id_.find(id);
  if (it == by_id_.end()) return false;
  const std::shared_ptr<Tenant> tenant = it->second;
  Forget(*tenant);
  return true;
}

void Exchange::Forget(Tenant& tenant) {
  tenant.journal.Close();
  {
    const std::lock_guard lock(tenant.account.mutex);
    tenant.account.removed = true;
  }
  tenant.account.watchers.Wake();
  const AccountOptions& options = tenant.account.options;
  accounts_[Index(options.venue)].erase(options.key);
  by_id_.erase(tenant.id);
  secrets_->Retire(options.secret);
}

std::shared_ptr<Tenant> Exchange::PublicView(Venue venue) const {
  const std::shared_lock lock(mutex_);
  const Accounts& accounts = accounts_[Index(venue)];
  if (accounts.size() == 1) return accounts.begin()->second;
  const bool live = !accounts.empty() && std::ranges::all_of(accounts, [](const auto& named) {
    return named.second->account.live();
  });
  return defaults_[Index(venue)][live ? 1 : 0];
}

std::shared_ptr<Tenant> Exchange::FindId(std::string_view id) const {
  const std::shared_lock lock(mutex_);
  const auto it = by_id_.find(id);
  return it == by_id_.end() ? nullptr : it->second;
}

std::vector<std::shared_ptr<Tenant>> Exchange::Tenants() const {
  std::vector<std::shared_ptr<Tenant>> out;
  {
    const std::shared_lock lock(mutex_);
    for (const auto& [id, tenant] : by_id_) out.push_back(tenant);
  }
  std::ranges::sort(out, {}, &Tenant::serial);
  return out;
}

Addressee Exchange::Address(Request& request) const {
  const std::optional<std::string> id = TakeAccount(request);
  return AddressAt(request, id);
}

Addressee Exchange::AddressAt(const Request& request, const std::optional<std::string>& id) const {
  const std::shared_ptr<Tenant> addressed = id ? FindId(*id) : nullptr;
  if (id && addressed == nullptr) return {.no_account = true};
  const std::pair<Venue, const VenueApi*> venues[] = {{Venue::kBingx, &bingx_},
                                                      {Venue::kWhitebit, &whitebit_}};
  const std::string_view path = request.Path();
  // Clients that join a base URL and a path badly send two slashes: no venue has such a path, but
  // whose request it is can be told by the path from its last leading slash on.
  const std::size_t slashes = std::min(path.find_first_not_of('/'), path.size());
  const std::string_view meant = path.substr(std::max<std::size_t>(slashes, 1) - 1);
  for (const auto& [venue, api] : venues) {
    if (!api->Owns(meant)) continue;
    if (addressed != nullptr && addressed->account.options.venue != venue) continue;
    Addressee to;
    if (meant == path) to.api = api;
    const auto key = request.FindHeader(api->key_header());
    const std::string stream_key = api->StreamKeyOf(request);
    const bool streams = api->HasStreams(meant);
    // Both venues have streams at /ws: without an account's address or key it is WhiteBIT's.
    if (venue == Venue::kBingx && meant == "/ws" && addressed == nullptr && stream_key.empty()) {
      continue;
    }
    if (key && !key->empty() && !streams) {
      to.caller = FindAccount(venue, *key);
    } else if (!stream_key.empty()) {
      to.caller = FindTenantByStreamKey(venue, stream_key);
    }
    if (addressed != nullptr) {
      // Another account's key is none of this one's.
      if (to.caller != addressed) to.caller = nullptr;
      to.view = addressed;
    } else {
      to.view = to.caller != nullptr ? to.caller : PublicView(venue);
    }
    return to;
  }
  return {.view = addressed};
}

std::shared_ptr<Tenant> Exchange::FindTenantByStreamKey(Venue venue, const std::string& key) const {
  for (std::shared_ptr<Tenant>& tenant : Tenants()) {
    Account& account = tenant->account;
    if (account.options.venue != venue) continue;
    const std::lock_guard lock(account.mutex);
    const std::optional<TimePoint> until = account.stream_keys.Until(key);
    if (until && *until > account.clock.Now()) return std::move(tenant);
  }
  return nullptr;
}

std::shared_ptr<FrameLog> Exchange::LogOf(const std::shared_ptr<Account>& account) const {
  std::shared_ptr<Tenant> tenant = FindAccount(account->options.venue, account->options.key);
  if (tenant == nullptr || &tenant->account != account.get()) return nullptr;
  return {tenant, &tenant->frames};
}

std::unique_ptr<streams::Gate> Exchange::MakeGate(Venue venue) {
  const VenueApi& api = venue == Venue::kBingx ? static_cast<const VenueApi&>(bingx_) : whitebit_;
  return std::make_unique<faults::FrameGate>(
      api, [this](std::string_view fault) { counts_.CountFault(fault); });
}

std::shared_ptr<Account> Exchange::FindByStreamKey(Venue venue, const std::string& key) const {
  const std::shared_ptr<Tenant> tenant = FindTenantByStreamKey(venue, key);
  if (tenant == nullptr) return nullptr;
  return {tenant, &tenant->account};
}

Reply Exchange::Decide(const Request& request, const Addressee& to) {
  if (to.api == nullptr) return to.no_account ? NoAccount() : NotFound();
  return to.api->Handle(request, to.caller != nullptr ? &to.caller->account : nullptr,
                        to.view->account);
}

void Exchange::RecordFailure(std::string_view what, const Request* request,
                             std::string_view remote_ip) {
  // First, since there may be no memory for the rest.
  counts_.CountFailure();
  // An exception's text may quote the request.
  constexpr std::size_t kShown = 200;
  const std::string shown = secrets_->Hide(what);
  const auto record = std::make_shared<Record>();
  record->at = clock_->Now();
  if (request != nullptr) record->request = *request;
  record->request.remote_ip = remote_ip;
  record->response = Share({.status = 500});
  record->decision = {.stage = Stage::kServer, .rule = "exception: " + shown.substr(0, kShown)};
  strays_.Append(record, Settings().journal_bytes);
  if (observer_.on_request) observer_.on_request(Describe(*record, nullptr));
}

RequestRecord Exchange::Describe(const Record& kept, const Tenant* tenant) const {
  RequestRecord out;
  out.at = kept.at;
  if (tenant != nullptr) out.account = tenant->id;
  out.method = kept.request.method;
  out.path = std::string(kept.request.Path());
  // What is no call of a venue may be anything.
  if (tenant == nullptr || kept.decision.stage == Stage::kRoute) {
    out.method = secrets_->Hide(out.method);
    out.path = secrets_->Hide(out.path);
  }
  out.status = kept.response->status;
  out.accepted = kept.decision.accepted;
  out.code = kept.decision.code;
  out.stage = std::string(Name(kept.decision.stage));
  out.rule = kept.decision.rule;
  out.lenient = kept.decision.lenient;
  out.faults = kept.faults;
  out.took = kept.times.authenticate + kept.times.decide;
  return out;
}

Reply Exchange::Handle(const Request& request) const {
  const Addressee to = AddressAt(request, std::nullopt);
  if (to.view == nullptr) return Decide(request, to);
  const AccountLock lock(to.view->account);
  return Decide(request, to);
}

Answer Exchange::AnswerTo(Request request) { return Passage(*this, std::move(request)).Go(); }

}  // namespace ocokit::mock
