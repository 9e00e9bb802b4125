// The balances and positions of an account, as its handle shows and sets them.

#include <map>
#include <utility>

#include "mock_exchange/account/account_options.h"
#include "mock_exchange/exchange/tenant.h"
#include "ocokit/mock/server.h"

namespace ocokit::mock {
namespace {

// The market, when the position can be: the index that the engine knows it by.
Result<std::uint32_t> CheckPosition(const Account& account, const std::string& market,
                                    const PositionView& position, PositionSide side) {
  const auto index = account.engine.FindMarket(market);
  if (!index) return NoMarket(market);
  const MarketKind kind = account.engine.markets()[*index].spec.kind;
  if (!HasPositions(kind)) {
    return Fail(ErrorKind::kInvalidArgument, market + " is a spot market and has no positions");
  }
  const bool hedged = account.engine.hedge_mode() && kind == MarketKind::kFutures;
  if (hedged != (side != PositionSide::kBoth)) {
    return Fail(ErrorKind::kInvalidArgument,
                hedged ? "in hedge mode a position of " + market + " is kLong or kShort"
                       : "a position of " + market + " is kBoth: the account is not in hedge mode");
  }
  if ((side == PositionSide::kLong && position.amount.IsNegative()) ||
      (side == PositionSide::kShort && position.amount.IsPositive())) {
    return Fail(ErrorKind::kOutOfRange, "a long amount is positive, a short one negative");
  }
  if (position.amount.Abs() >= engine::kMaxNumber || position.amount.scale() > engine::kMaxScale) {
    return Fail(ErrorKind::kOutOfRange, "position amount of " + market +
                                            " must be below 10000000000 with at most 8 decimals");
  }
  if (!position.amount.IsZero()) {
    if (auto ok = CheckPrice("base_price of " + market, position.base_price); !ok) {
      return tl::unexpected<Error>(ok.error());
    }
  }
  return *index;
}

// Which of a market's positions is meant: in hedge mode a futures market has one of each side.
PositionSide SideOf(const Account& account, const PositionOptions& position) {
  const auto index = account.engine.FindMarket(position.market);
  const bool hedged = index && account.engine.hedge_mode() &&
                      account.engine.markets()[*index].spec.kind == MarketKind::kFutures;
  if (!hedged) return PositionSide::kBoth;
  return position.side == Side::kBuy ? PositionSide::kLong : PositionSide::kShort;
}

}  // namespace

Result<void> AccountHandle::SetBalance(const std::string& asset, const Decimal& free) {
  if (auto ok = CheckBalance(asset, free); !ok) return ok;
  const AccountLock lock(*account_);
  account_->SetFree(asset, free);
  return {};
}

Result<void> AccountHandle::SetBalances(const std::map<std::string, Decimal>& free) {
  for (const auto& [asset, amount] : free) {
    if (auto ok = CheckBalance(asset, amount); !ok) return ok;
  }
  const AccountLock lock(*account_);
  std::map<std::string, Decimal> to = free;
  for (const engine::Wallet wallet : engine::kWallets) {
    for (const auto& [asset, had] : account_->engine.balances(wallet)) to.try_emplace(asset);
  }
  for (const auto& [asset, amount] : to) account_->SetFree(asset, amount);
  return {};
}

std::map<std::string, BalanceView> AccountHandle::Balances() const {
  const AccountLock lock(*account_);
  std::map<std::string, BalanceView> out;
  for (const auto& [asset, balance] : account_->engine.balances(account_->wallet())) {
    out[asset] = {balance.free, balance.reserved};
  }
  return out;
}

BalanceView AccountHandle::Balance(const std::string& asset) const {
  const AccountLock lock(*account_);
  const engine::Balances& balances = account_->engine.balances(account_->wallet());
  const auto it = balances.find(asset);
  if (it == balances.end()) return {};
  return {it->second.free, it->second.reserved};
}

Result<void> AccountHandle::SetPosition(const std::string& market, const PositionView& position,
                                        PositionSide side) {
  const AccountLock lock(*account_);
  const auto place = CheckPosition(*account_, market, position, side);
  if (!place) return tl::unexpected<Error>(place.error());
  account_->engine.SetPosition(*place, side, position.amount, position.base_price,
                               account_->Rules(std::nullopt), account_->clock.Now());
  return {};
}

Result<void> AccountHandle::SetPositions(const std::vector<PositionOptions>& positions) {
  const AccountLock lock(*account_);
  std::map<std::pair<std::uint32_t, PositionSide>, PositionView> wanted;
  for (const PositionOptions& given : positions) {
    const bool is_long = given.side == Side::kBuy;
    const PositionSide side = SideOf(*account_, given);
    const PositionView position{is_long ? given.amount : -given.amount, given.base_price};
    const auto place = CheckPosition(*account_, given.market, position, side);
    if (!place) return tl::unexpected<Error>(place.error());
    if (!wanted.insert({{*place, side}, position}).second) {
      return Fail(ErrorKind::kInvalidArgument, "two positions of " + given.market + " on one side");
    }
  }
  const engine::Rules rules = account_->Rules(std::nullopt);
  for (std::uint32_t market = 0; market < account_->engine.markets().size(); ++market) {
    for (const PositionSide side : engine::kPositionSides) {
      const auto it = wanted.find({market, side});
      const PositionView to = it == wanted.end() ? PositionView() : it->second;
      const engine::Position& held = account_->engine.markets()[market].position(side);
      if (held.amount.IsZero() && to.amount.IsZero()) continue;
      account_->engine.SetPosition(market, side, to.amount, to.base_price, rules,
                                   account_->clock.Now());
    }
  }
  return {};
}

std::vector<PositionOptions> AccountHandle::Positions() const {
  const AccountLock lock(*account_);
  std::vector<PositionOptions> out;
  for (const engine::Market& market : account_->engine.markets()) {
    for (const PositionSide side : engine::kPositionSides) {
      const engine::Position& held = market.position(side);
      if (held.amount.IsZero()) continue;
      out.push_back({.market = market.spec.symbol,
                     .side = held.amount.IsNegative() ? Side::kSell : Side::kBuy,
                     .amount = held.amount.Abs(),
                     .base_price = held.BasePrice()});
    }
  }
  return out;
}

PositionView AccountHandle::Position(const std::string& market, PositionSide side) const {
  const AccountLock lock(*account_);
  const auto index = account_->engine.FindMarket(market);
  if (!index) return {};
  const engine::Position& position = account_->engine.markets()[*index].position(side);
  return {position.amount, position.BasePrice()};
}

bool AccountHandle::hedge_mode() const {
  const AccountLock lock(*account_);
  return account_->engine.hedge_mode();
}

int AccountHandle::leverage() const {
  const AccountLock lock(*account_);
  return static_cast<int>(account_->engine.leverage().coefficient());
}

}  // namespace ocokit::mock
