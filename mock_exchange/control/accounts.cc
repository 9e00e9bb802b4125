// Accounts: made, shown, changed, put back, removed.

#include <nlohmann/json.hpp>

#include "mock_exchange/config/settings.h"
#include "mock_exchange/control/call.h"
#include "ocokit/mock/config.h"

namespace ocokit::mock::control {
namespace {

Json WriteRights(const KeyRights& rights) {
  Json permissions = Json::array();
  if (rights.can_read) permissions.push_back("read");
  if (rights.can_trade) permissions.push_back("trade");
  return {{"permissions", permissions},
          {"ip_whitelist", rights.ip_whitelist},
          {"endpoints", rights.endpoints},
          {"enabled", rights.enabled}};
}

Json WriteBalances(const AccountHandle& account) {
  Json out = Json::object();
  for (const auto& [asset, balance] : account.Balances()) {
    out[asset] = {{"free", balance.free.Format()}, {"reserved", balance.reserved.Format()}};
  }
  return out;
}

Json WritePositions(const AccountHandle& account) {
  Json out = Json::array();
  for (const PositionOptions& position : account.Positions()) {
    out.push_back({{"market", position.market},
                   {"side", position.side == Side::kBuy ? "long" : "short"},
                   {"amount", position.amount.Format()},
                   {"base_price", position.base_price.Format()}});
  }
  return out;
}

const char* NameOf(MarketKind kind) {
  switch (kind) {
    case MarketKind::kSpot:
      return "spot";
    case MarketKind::kMargin:
      return "margin";
    case MarketKind::kFutures:
      return "futures";
  }
  return "";
}

Json WriteMarkets(const AccountHandle& account) {
  Json out = Json::array();
  for (const MarketView& market : account.Markets()) {
    Json& added = out.emplace_back();
    added["symbol"] = market.spec.symbol;
    added["kind"] = NameOf(market.spec.kind);
    added["last"] = market.last ? Json(market.last->Format()) : Json(nullptr);
  }
  return out;
}

// What tells one account from another.
Json WriteBrief(const AccountHandle& account) {
  const AccountOptions& options = account.options();
  return {{"account", account.id()},
          {"venue", Name(options.venue)},
          {"name", options.name},
          {"url", account.url()},
          {"ws_url", account.ws_url()},
          {"dialect", options.dialect == Dialect::kLive ? "live" : "docs"},
          {"key", options.key}};
}

// Settings and rights in one object, as PUT takes them.
Json WriteSettingsAndRights(const AccountHandle& account) {
  Json out = config::WriteSettings(account.settings());
  out.update(WriteRights(account.rights()));
  return out;
}

Json WriteState(const AccountHandle& account) {
  Json out = WriteBrief(account);
  out.update(WriteRights(account.rights()));
  const bool margin = account.venue() == Venue::kWhitebit;
  if (margin) out["hedge_mode"] = account.hedge_mode();
  if (margin) out["leverage"] = account.leverage();
  out["seed"] = account.options().seed;
  out["now_ms"] = ToUnixMillis(account.Now());
  out["frozen"] = account.IsFrozen();
  out["balances"] = WriteBalances(account);
  if (margin) out["positions"] = WritePositions(account);
  out["markets"] = WriteMarkets(account);
  out["settings"] = config::WriteSettings(account.settings());
  out["last_seq"] = account.LastSeq();
  return out;
}

}  // namespace

Answer ListAccounts(const Call& call) {
  Json accounts = Json::array();
  for (std::shared_ptr<Tenant>& tenant : call.exchange.Tenants()) {
    accounts.push_back(WriteBrief(AccountHandle(std::move(tenant))));
  }
  return WriteJson(200, {{"accounts", std::move(accounts)}});
}

Answer AddAccount(const Call& call) {
  // Held against the schema here, since the reader's error has no member of its own.
  if (const auto body = call.ReadBody("account"); !body) return body.error();
  const Result<AccountOptions> options = ReadAccount(call.request.body);
  if (!options) return WriteProblem(options.error());
  auto added = call.exchange.AddAccount(*options);
  if (!added) {
    const bool taken = added.error().kind == ErrorKind::kAlreadyExists;
    return taken ? WriteProblem(409, added.error().message, "key") : WriteProblem(added.error());
  }
  const AccountHandle account(std::move(*added));
  Json body = WriteBrief(account);
  body["secret"] = account.secret();
  Answer out = WriteJson(201, body);
  out.more_headers.push_back({"Location", "/control/v1/accounts/" + account.id()});
  return out;
}

Answer GetAccount(const Call& call) {
  auto tenant = call.FindTenant();
  if (!tenant) return tenant.error();
  return WriteJson(200, WriteState(AccountHandle(std::move(*tenant))));
}

Answer DeleteAccount(const Call& call) {
  const auto tenant = call.FindTenant();
  if (!tenant) return tenant.error();
  // Somebody else may have been faster.
  (void)call.exchange.RemoveId((*tenant)->id);
  return WriteNothing();
}

Answer ResetAccount(const Call& call) {
  auto tenant = call.FindTenant();
  if (!tenant) return tenant.error();
  AccountHandle account(std::move(*tenant));
  account.Reset();
  return WriteJson(200, WriteState(account));
}

Answer PutBalances(const Call& call) {
  auto tenant = call.FindTenant();
  if (!tenant) return tenant.error();
  const auto body = call.ReadBody("balances");
  if (!body) return body.error();
  std::map<std::string, Decimal> balances;
  for (const auto& [asset, amount] : body->items()) {
    const Result<Decimal> number = Decimal::Parse(amount.get_ref<const std::string&>());
    if (!number) return WriteProblem(400, asset + ": " + number.error().message, asset);
    balances[asset] = *number;
  }
  AccountHandle account(std::move(*tenant));
  if (auto ok = account.SetBalances(balances); !ok) return WriteProblem(ok.error());
  return WriteJson(200, WriteBalances(account));
}

Answer PutPositions(const Call& call) {
  auto tenant = call.FindTenant();
  if (!tenant) return tenant.error();
  const auto body = call.ReadBody("positions");
  if (!body) return body.error();
  std::vector<PositionOptions> positions;
  for (const nlohmann::json& given : *body) {
    PositionOptions& added = positions.emplace_back();
    added.market = given["market"].get<std::string>();
    added.side = given["side"] == "long" ? Side::kBuy : Side::kSell;
    for (const auto& [name, into] :
         {std::pair{"amount", &added.amount}, std::pair{"base_price", &added.base_price}}) {
      const Result<Decimal> number = Decimal::Parse(given[name].get_ref<const std::string&>());
      if (!number) return WriteProblem(400, number.error().message, name);
      *into = *number;
    }
  }
  AccountHandle account(std::move(*tenant));
  if (auto ok = account.SetPositions(positions); !ok) return WriteProblemOfBody(ok.error());
  return WriteJson(200, WritePositions(account));
}

Answer GetSettings(const Call& call) {
  auto tenant = call.FindTenant();
  if (!tenant) return tenant.error();
  return WriteJson(200, WriteSettingsAndRights(AccountHandle(std::move(*tenant))));
}

Answer PutSettings(const Call& call) {
  auto tenant = call.FindTenant();
  if (!tenant) return tenant.error();
  if (const auto body = call.ReadBody("changes"); !body) return body.error();
  AccountHandle account(std::move(*tenant));
  const auto change = [&](const AccountChanges& from) {
    return ReadChanges(call.request.body, from);
  };
  if (auto ok = account.Change(change); !ok) return WriteProblem(ok.error());
  return WriteJson(200, WriteSettingsAndRights(account));
}

}  // namespace ocokit::mock::control
