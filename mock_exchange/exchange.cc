#include "mock_exchange/exchange.h"

#include <utility>

#include "mock_exchange/core/account_options.h"

namespace ocokit::mock {
namespace {

constexpr std::size_t Index(Venue venue) { return static_cast<std::size_t>(venue); }

Reply NotFound() {
  Reply reply;
  reply.response.status = 404;
  reply.decision = {.stage = Stage::kRoute, .rule = "no venue has this path"};
  return reply;
}

}  // namespace

Result<std::shared_ptr<Account>> Exchange::AddAccount(AccountOptions options) {
  const std::unique_lock lock(mutex_);
  Result<AccountOptions> complete = CompleteOptions(std::move(options), ++serial_);
  if (!complete) return tl::unexpected<Error>(complete.error());
  Accounts& accounts = accounts_[Index(complete->venue)];
  if (accounts.contains(complete->key)) {
    return Fail(ErrorKind::kAlreadyExists, "the venue already has an account with this key");
  }
  auto account = std::make_shared<Account>(std::move(*complete), clock_);
  accounts.emplace(account->options.key, account);
  return account;
}

std::shared_ptr<Account> Exchange::FindAccount(Venue venue, std::string_view key) const {
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

TimePoint Exchange::PublicNow(Venue venue) const {
  std::shared_ptr<Account> only;
  {
    const std::shared_lock lock(mutex_);
    const Accounts& accounts = accounts_[Index(venue)];
    if (accounts.size() == 1) only = accounts.begin()->second;
  }
  if (only == nullptr) return clock_->Now();
  const std::lock_guard lock(only->mutex);
  return only->clock.Now();
}

Reply Exchange::Handle(const Request& request) const {
  const std::pair<Venue, const VenueApi*> venues[] = {{Venue::kBingx, &bingx_},
                                                      {Venue::kWhitebit, &whitebit_}};
  for (const auto& [venue, api] : venues) {
    if (!api->Owns(request.Path())) continue;
    const auto key = request.FindHeader(api->key_header());
    const std::shared_ptr<Account> account = key ? FindAccount(venue, *key) : nullptr;
    if (account == nullptr) return api->Handle(request, nullptr, PublicNow(venue));
    const std::lock_guard lock(account->mutex);
    return api->Handle(request, account.get(), clock_->Now());
  }
  return NotFound();
}

}  // namespace ocokit::mock
