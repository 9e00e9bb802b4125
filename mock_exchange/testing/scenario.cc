#include "mock_exchange/testing/scenario.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "ocokit/base/check.h"
#include "ocokit/mock/config.h"

namespace ocokit::mock::testing {
namespace {

using Json = nlohmann::json;

template <typename T>
T Must(Result<T> read) {
  OCOKIT_CHECK(read.has_value(), read.error().message.c_str());
  return std::move(*read);
}

}  // namespace

Decimal D(std::string_view text) {
  const Result<Decimal> value = Decimal::Parse(text);
  OCOKIT_CHECK(value.has_value(), "not a number");
  return *value;
}

AccountOptions MakeAccountOptions(const fixtures::Scenario& scenario) {
  const fixtures::Given& given = scenario.given;
  Json account;
  account["venue"] = scenario.venue == fixtures::Venue::kBingx ? "bingx" : "whitebit";
  account["dialect"] = scenario.dialect;
  account["key"] = given.key;
  account["secret"] = given.secret;
  account["enabled"] = given.enabled;
  account["endpoints"] = given.endpoints;
  account["hedge_mode"] = given.hedge_mode;
  account["leverage"] = given.leverage;
  if (given.permissions) account["permissions"] = *given.permissions;
  if (given.ip_whitelist) account["ip_whitelist"] = *given.ip_whitelist;
  if (given.balances) account["balances"] = *given.balances;
  for (const auto& [market, price] : given.last) {
    account["prices"][market] = price.empty() ? Json() : Json{{"last", price}};
  }
  for (const fixtures::Position& position : given.positions) {
    account["positions"].push_back({{"market", position.market},
                                    {"side", position.side},
                                    {"amount", position.amount},
                                    {"base_price", position.base_price}});
  }
  if (!given.markets_json.empty()) account["markets"] = Json::parse(given.markets_json);
  if (!given.settings_json.empty()) account["settings"] = Json::parse(given.settings_json);
  AccountOptions out = Must(ReadAccount(account.dump()));
  out.frozen_at = TimePoint(microseconds(given.now_us));
  for (const std::string& id : given.ids) out.first_ids.push_back(std::stoull(id));
  return out;
}

Request MakeRequest(const fixtures::Request& request) {
  Request out;
  out.method = request.method;
  out.target = request.target;
  for (const auto& [name, value] : request.headers) out.headers.push_back({name, value});
  out.body = request.body;
  out.remote_ip = "127.0.0.1";
  return out;
}

}  // namespace ocokit::mock::testing
