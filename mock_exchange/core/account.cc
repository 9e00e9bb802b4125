#include "mock_exchange/core/account.h"

#include <algorithm>

#include "ocokit/base/check.h"

namespace ocokit::mock {
namespace {

std::unique_ptr<engine::IdSource> MakeIds(const AccountOptions& options) {
  if (options.venue == Venue::kBingx) {
    return std::make_unique<engine::SnowflakeIds>(options.seed, options.first_ids);
  }
  return std::make_unique<engine::CountingIds>(options.seed, options.first_ids);
}

}  // namespace

void AccountClock::Run() {
  if (!frozen_) return;
  offset_ = *frozen_ - base_->Now();
  frozen_.reset();
}

void AccountClock::Set(TimePoint time) {
  if (frozen_) {
    frozen_ = time;
  } else {
    offset_ = time - base_->Now();
  }
}

void AccountClock::Advance(microseconds duration) {
  if (frozen_) {
    *frozen_ += duration;
  } else {
    offset_ += duration;
  }
}

Account::Account(AccountOptions given, std::shared_ptr<const Clock> base)
    : options(std::move(given)),
      settings(options.settings),
      clock(std::move(base)),
      engine(*options.markets, options.venue == Venue::kWhitebit),
      ids(MakeIds(options)),
      sha256(options.secret),
      sha512(options.secret) {
  if (options.frozen_at) {
    clock.Freeze();
    clock.Set(*options.frozen_at);
  }
  for (const auto& [asset, amount] : *options.balances) engine.SetFree(asset, amount);
  for (const PositionOptions& position : options.positions) {
    const auto market = engine.FindMarket(position.market);
    OCOKIT_CHECK(market.has_value(), "a position in a market the account does not have");
    engine.SetPosition(
        *market,
        {position.side == Side::kBuy ? position.amount : -position.amount, position.base_price},
        clock.Now());
  }
  const engine::Rules rules = Rules(std::nullopt);
  for (const auto& [symbol, last] : options.last_prices) {
    const auto market = engine.FindMarket(symbol);
    OCOKIT_CHECK(market.has_value(), "a price for a market the account does not have");
    if (last) engine.SetLast(*market, *last, Decimal(1), rules, clock.Now());
  }
}

bool Account::MayComeFrom(const std::string& address) const {
  const std::vector<std::string>& listed = options.ip_whitelist;
  return listed.empty() || std::ranges::find(listed, address) != listed.end();
}

engine::Rules Account::Rules(std::optional<int> documented_max_open) const {
  engine::Rules rules;
  rules.price_rules = settings.price_rules;
  rules.cancel_sibling_on = settings.cancel_sibling_on;
  rules.margin = settings.margin;
  rules.max_open_orders = settings.max_open_orders ? settings.max_open_orders : documented_max_open;
  if (rules.max_open_orders == 0) rules.max_open_orders.reset();
  return rules;
}

}  // namespace ocokit::mock
