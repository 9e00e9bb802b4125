#include "mock_exchange/testing/scenario.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "ocokit/base/check.h"

namespace ocokit::mock::testing {
namespace {

using Json = nlohmann::json;

void ApplyMarkets(const std::string& json, std::vector<MarketSpec>& markets) {
  const Json changes = Json::parse(json);
  for (const Json& change : changes) {
    const auto spec =
        std::ranges::find(markets, change.at("symbol").get<std::string>(), &MarketSpec::symbol);
    OCOKIT_CHECK(spec != markets.end(), "a scenario changes a market that does not exist");
    if (change.contains("status")) spec->status = change["status"].get<int>();
    if (change.contains("trades_enabled")) {
      spec->trading_enabled = change["trades_enabled"].get<bool>();
    }
  }
}

void ApplyRateLimits(const Json& value, Settings& settings) {
  if (value.is_string()) {
    settings.rate_limits = value != "off";
    return;
  }
  for (const auto& [name, limit] : value.items()) {
    settings.custom_rate_limits[name] = {limit.at("count").get<int>(),
                                         milliseconds(limit.at("per_ms").get<int>())};
  }
}

void ApplySetting(const std::string& name, const Json& value, Settings& settings) {
  if (name == "rate_limits") {
    ApplyRateLimits(value, settings);
  } else if (name == "max_open_orders") {
    settings.max_open_orders = value.get<int>();
  } else if (name == "strict_signing") {
    settings.strict_signing = value.get<bool>();
  } else if (name == "price_rules") {
    settings.price_rules = value != "off";
  } else if (name == "equal_leg_ids") {
    settings.equal_leg_ids = value.get<bool>();
  } else if (name == "margin") {
    settings.margin = value == "sum" ? MarginRule::kSum : MarginRule::kLargerLeg;
  } else if (name == "http_status") {
    settings.http_status = value == "documented" ? HttpStatus::kDocumented : HttpStatus::kCaptured;
  } else {
    OCOKIT_CHECK(false, ("a scenario has the unknown setting " + name).c_str());
  }
}

bool Contains(const std::vector<std::string>& words, const char* word) {
  return std::ranges::find(words, word) != words.end();
}

}  // namespace

Decimal D(std::string_view text) {
  const Result<Decimal> value = Decimal::Parse(text);
  OCOKIT_CHECK(value.has_value(), "not a number");
  return *value;
}

AccountOptions MakeAccountOptions(const fixtures::Scenario& scenario) {
  const fixtures::Given& given = scenario.given;
  AccountOptions out;
  out.venue = scenario.venue == fixtures::Venue::kBingx ? Venue::kBingx : Venue::kWhitebit;
  out.key = given.key;
  out.secret = given.secret;
  out.frozen_at = TimePoint(microseconds(given.now_us));
  out.dialect = scenario.dialect == "live" ? Dialect::kLive : Dialect::kDocs;
  out.enabled = given.enabled;
  out.endpoints = given.endpoints;
  out.hedge_mode = given.hedge_mode;
  out.leverage = given.leverage;
  out.settings.region_blocked = given.region_blocked;
  for (const std::string& id : given.ids) out.first_ids.push_back(std::stoull(id));
  for (const auto& [market, price] : given.last) {
    out.last_prices[market] = price.empty() ? std::nullopt : std::optional(D(price));
  }
  if (given.balances) {
    out.balances.emplace();
    for (const auto& [asset, amount] : *given.balances) (*out.balances)[asset] = D(amount);
  }
  for (const fixtures::Position& position : given.positions) {
    out.positions.push_back({.market = position.market,
                             .side = position.side == "long" ? Side::kBuy : Side::kSell,
                             .amount = D(position.amount),
                             .base_price = D(position.base_price)});
  }
  if (given.permissions) {
    out.can_read = Contains(*given.permissions, "read");
    out.can_trade = Contains(*given.permissions, "trade");
  }
  if (given.ip_whitelist) out.ip_whitelist = *given.ip_whitelist;
  if (!given.markets_json.empty()) {
    out.markets = DefaultMarkets(out.venue);
    ApplyMarkets(given.markets_json, *out.markets);
  }
  if (!given.settings_json.empty()) {
    const Json settings = Json::parse(given.settings_json);
    for (const auto& [name, value] : settings.items()) {
      ApplySetting(name, value, out.settings);
    }
  }
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
