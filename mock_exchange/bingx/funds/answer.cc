#include "mock_exchange/bingx/funds/answer.h"

#include <set>

#include "mock_exchange/bingx/envelope.h"
#include "mock_exchange/bingx/fields.h"
#include "mock_exchange/json/response.h"

namespace ocokit::mock::bingx {
namespace {

// One network named as the coin, closed to deposits and withdrawals: the simulator has no chains.
void WriteCoin(const std::string& coin, JsonWriter& json) {
  json.BeginObject().Key("coin").String(coin).Key("name").String(coin);
  json.Key("networkList").BeginArray().BeginObject();
  json.Key("name").String(coin).Key("network").String(coin).Key("isDefault").Bool(true);
  json.Key("minConfirm").Integer(1);
  json.Key("withdrawEnable").Bool(false).Key("depositEnable").Bool(false);
  for (const char* figure : {"withdrawFee", "withdrawMax", "withdrawMin", "depositMin"}) {
    json.Key(figure).String("0");
  }
  json.Key("withdrawPrecision").Integer(engine::kMaxScale);
  json.Key("depositPrecision").Integer(engine::kMaxScale);
  json.Key("contractAddress").String("").Key("needTagOrMemo").String("false");
  json.Key("displayName").String(coin);
  json.EndObject().EndArray().EndObject();
}

}  // namespace

Reply GetBalance(const CallContext& call) {
  JsonWriter json = BeginData();
  json.BeginObject().Key("balances").BeginArray();
  for (const auto& [asset, balance] : call.account.engine.balances(engine::Wallet::kSpot)) {
    json.BeginObject().Key("asset").String(asset).Key("displayName").String(asset);
    json.Key("free").DecimalString(balance.free);
    json.Key("locked").DecimalString(balance.reserved).EndObject();
  }
  json.EndArray().EndObject();
  return Accept(JsonResponse(json.EndObject()));
}

Reply GetCommissionRate(const CallContext& call) {
  if (call.parameters.Find("symbol") == nullptr) {
    return call.Refuse({ErrorId::kMissingArguments}, Stage::kRead);
  }
  const auto market = ReadSymbol(call.parameters, call.account);
  if (!market) return call.Refuse(market.error(), Stage::kRead);
  const MarketSpec& spec = call.account.engine.markets()[**market].spec;
  JsonWriter json = BeginData();
  json.BeginObject().Key("takerCommissionRate").Number(spec.taker_fee);
  json.Key("makerCommissionRate").Number(spec.maker_fee).EndObject();
  return Accept(JsonResponse(json.EndObject()));
}

Reply GetCoins(const CallContext& call) {
  const Parameter* only = call.parameters.Find("coin");
  std::set<std::string> coins;
  for (const engine::Market& market : call.account.engine.markets()) {
    coins.insert({market.spec.base, market.spec.quote});
  }
  for (const auto& [asset, balance] : call.account.engine.balances(engine::Wallet::kSpot))
    coins.insert(asset);
  JsonWriter json = BeginTimedData(call.now);
  json.BeginArray();
  for (const std::string& coin : coins) {
    if (only == nullptr || only->value == coin) WriteCoin(coin, json);
  }
  json.EndArray();
  return Accept(JsonResponse(json.EndObject()));
}

}  // namespace ocokit::mock::bingx
