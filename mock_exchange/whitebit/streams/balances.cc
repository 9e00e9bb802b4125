#include "mock_exchange/whitebit/streams/balances.h"

#include <algorithm>
#include <utility>

#include "mock_exchange/whitebit/funds/margin_balance.h"
#include "mock_exchange/whitebit/streams/read.h"

namespace ocokit::mock::whitebit {
namespace {

using engine::Wallet;

// The spot balance pushes each second, the other one and a half.
microseconds PaceOf(Wallet wallet) {
  return wallet == Wallet::kSpot ? milliseconds(1000) : milliseconds(1500);
}

// What one asset's balance is, as a push shows it.
std::string WritePushed(Wallet wallet, const std::string& asset, const engine::Balance& balance,
                        const Account& account) {
  JsonWriter json;
  json.BeginObject();
  if (wallet == Wallet::kSpot) {
    json.Key("available").DecimalString(balance.free);
    json.Key("freeze").DecimalString(balance.reserved);
  } else {
    const MarginBalance margin = MarginBalanceOf(asset, balance, account);
    json.Key("a").String(asset).Key("B").DecimalString(margin.balance);
    json.Key("b").DecimalString(margin.borrow);
    json.Key("av").DecimalString(margin.without_borrow);
    json.Key("ab").DecimalString(margin.with_borrow);
  }
  json.EndObject();
  return json.Take();
}

std::string Joined(const std::map<std::string, std::string>& changed, Wallet wallet) {
  std::string out = wallet == Wallet::kSpot ? "[{" : "[";
  for (const auto& [asset, text] : changed) {
    if (out.back() != '{' && out.back() != '[') out += ',';
    if (wallet == Wallet::kSpot) {
      AppendJsonString(asset, out);
      out += ':';
    }
    out += text;
  }
  return out + (wallet == Wallet::kSpot ? "}]" : "]");
}

std::map<std::string, std::string> BalancesNow(Wallet wallet, const Account& account) {
  std::map<std::string, std::string> out;
  for (const auto& [asset, balance] : account.engine.balances(wallet)) {
    out[asset] = WritePushed(wallet, asset, balance, account);
  }
  return out;
}

}  // namespace

BalanceFeed::BalanceFeed(Wallet wallet)
    : Feed(wallet == Wallet::kSpot ? "balanceSpot" : "balanceMargin"),
      wallet_(wallet),
      pace_(PaceOf(wallet)) {}

Answered<void> BalanceFeed::Subscribe(const JsonValue& params, Account& account, TimePoint now) {
  auto assets = ReadAssets(params, account, wallet_);
  if (!assets) return tl::unexpected<Refused>(assets.error());
  assets_ = std::move(*assets);
  if (!std::exchange(on_, true)) Begin(account, now);
  return {};
}

void BalanceFeed::Unsubscribe(const JsonValue& /*params*/) {
  on_ = false;
  said_.clear();
}

void BalanceFeed::Show(std::vector<std::string>& topics) const {
  if (on_) ShowNames(assets_, topics);
}

void BalanceFeed::Begin(Account& account, TimePoint now) {
  pace_.Begin(now);
  // A quiet stream keeps nothing.
  if (on_) said_ = BalancesNow(wallet_, account);
}

bool BalanceFeed::Work(const Turn& turn) {
  if (!on_ || !pace_.Passed(turn.now)) return true;
  std::map<std::string, std::string> now = BalancesNow(wallet_, turn.account);
  std::map<std::string, std::string> changed;
  for (const auto& [asset, text] : now) {
    const bool asked = assets_.empty() || std::ranges::find(assets_, asset) != assets_.end();
    if (asked && said_[asset] != text) changed[asset] = text;
  }
  said_ = std::move(now);
  if (!changed.empty()) turn.Say(Push(Joined(changed, wallet_)));
  return true;
}

std::optional<TimePoint> BalanceFeed::NextDue() const {
  return on_ ? std::optional(pace_.Next()) : std::nullopt;
}

std::string WriteBalances(Wallet wallet, const std::vector<std::string>& assets,
                          const Account& account) {
  JsonWriter json;
  json.BeginObject();
  const auto write = [&](const std::string& asset, const engine::Balance& balance) {
    json.Key(asset).BeginObject();
    if (wallet == Wallet::kSpot) {
      json.Key("available").DecimalString(balance.free);
      json.Key("freeze").DecimalString(balance.reserved);
    } else {
      const MarginBalance margin = MarginBalanceOf(asset, balance, account);
      json.Key("balance").DecimalString(margin.balance);
      json.Key("borrow").DecimalString(margin.borrow);
      json.Key("available_without_borrow").DecimalString(margin.without_borrow);
      json.Key("available_with_borrow").DecimalString(margin.with_borrow);
    }
    json.EndObject();
  };
  const engine::Balances& balances = account.engine.balances(wallet);
  if (assets.empty()) {
    for (const auto& [asset, balance] : balances) write(asset, balance);
  }
  for (const std::string& asset : assets) {
    const auto it = balances.find(asset);
    write(asset, it == balances.end() ? engine::Balance() : it->second);
  }
  json.EndObject();
  return json.Take();
}

}  // namespace ocokit::mock::whitebit
