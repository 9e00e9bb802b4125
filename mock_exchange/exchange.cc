#include "mock_exchange/exchange.h"

#include <algorithm>
#include <utility>

#include "mock_exchange/bingx/errors.h"
#include "mock_exchange/bingx/routes.h"
#include "mock_exchange/core/account_options.h"
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

// Nobody's account: what it is asked for counts for nobody.
std::shared_ptr<Tenant> MakeDefault(Venue venue, Dialect dialect,
                                    const std::shared_ptr<const Clock>& clock) {
  AccountOptions options;
  options.venue = venue;
  options.dialect = dialect;
  options.settings.rate_limits = false;
  Result<AccountOptions> complete = CompleteOptions(std::move(options), 0);
  OCOKIT_CHECK(complete.has_value(), "the defaults make an account");
  return std::make_shared<Tenant>("", std::move(*complete), clock);
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

Exchange::Exchange(std::shared_ptr<const Clock> clock)
    : clock_(std::move(clock)),
      defaults_{ByDialect{MakeDefault(Venue::kBingx, Dialect::kDocs, clock_),
                          MakeDefault(Venue::kBingx, Dialect::kLive, clock_)},
                ByDialect{MakeDefault(Venue::kWhitebit, Dialect::kDocs, clock_),
                          MakeDefault(Venue::kWhitebit, Dialect::kLive, clock_)}} {}

Result<std::shared_ptr<Tenant>> Exchange::AddAccount(AccountOptions options) {
  const std::unique_lock lock(mutex_);
  Result<AccountOptions> complete = CompleteOptions(std::move(options), ++serial_);
  if (!complete) return tl::unexpected<Error>(complete.error());
  Accounts& accounts = accounts_[Index(complete->venue)];
  if (accounts.contains(complete->key)) {
    return Fail(ErrorKind::kAlreadyExists, "the venue already has an account with this key");
  }
  const std::string id =
      std::string(Name(complete->venue)) + "-" + std::to_string(++numbers_[Index(complete->venue)]);
  auto tenant = std::make_shared<Tenant>(id, std::move(*complete), clock_);
  accounts.emplace(tenant->account.options.key, tenant);
  return tenant;
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
  accounts.erase(it);
  return true;
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

Reply Exchange::Handle(const Request& request) const {
  const std::pair<Venue, const VenueApi*> venues[] = {{Venue::kBingx, &bingx_},
                                                      {Venue::kWhitebit, &whitebit_}};
  for (const auto& [venue, api] : venues) {
    if (!api->Owns(request.Path())) continue;
    const auto key = request.FindHeader(api->key_header());
    const std::shared_ptr<Tenant> caller = key ? FindAccount(venue, *key) : nullptr;
    const std::shared_ptr<Tenant> view = caller != nullptr ? caller : PublicView(venue);
    const AccountLock lock(view->account);
    return api->Handle(request, caller != nullptr ? &caller->account : nullptr, view->account);
  }
  return NotFound();
}

}  // namespace ocokit::mock
