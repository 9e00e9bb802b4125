#include "mock_exchange/whitebit/market/answer.h"

#include <map>

#include "mock_exchange/json/response.h"
#include "mock_exchange/whitebit/call.h"
#include "mock_exchange/whitebit/market/read.h"

namespace ocokit::mock::whitebit {
namespace {

using engine::Market;

// Funding is not simulated; a client still wants to know when it would come.
constexpr std::chrono::minutes kFundingInterval{480};

Decimal LastOf(const Market& market) { return market.last.value_or(Decimal()); }

// Of a market without a price: zeros.
DayStats StatsOf(const PublicCall& call, const Market& market) {
  return call.account.DataOf(market).history.DayBefore(call.now).value_or(DayStats());
}

// Gain in 24 hours, in percent; zero without a price.
Decimal ChangePercent(const Market& market, const DayStats& stats) {
  if (!market.last || stats.open.IsZero()) return {};
  const Decimal moved = (*market.last - stats.open) * Decimal(100);
  const Result<Decimal> change = Decimal::Divide(moved, stats.open, 2);
  return change ? *change : Decimal();
}

void WriteMarket(const MarketSpec& spec, JsonWriter& json) {
  const auto digits = [](const Decimal& step) { return std::to_string(step.scale()); };
  json.BeginObject();
  json.Key("name").String(spec.symbol);
  json.Key("stock").String(spec.base);
  json.Key("money").String(spec.quote);
  json.Key("stockPrec").String(digits(spec.amount_step));
  json.Key("moneyPrec").String(digits(spec.price_step));
  json.Key("feePrec").String("6");
  // Percent here, ratios elsewhere.
  json.Key("makerFee").DecimalString(spec.maker_fee * Decimal(100));
  json.Key("takerFee").DecimalString(spec.taker_fee * Decimal(100));
  json.Key("minAmount").DecimalString(spec.min_amount);
  json.Key("minTotal").DecimalString(spec.min_total);
  json.Key("tradesEnabled").Bool(true);
  json.Key("type").String(spec.kind == MarketKind::kFutures ? "futures" : "spot");
  json.Key("isCollateral").Bool(true);
  json.Key("maxTotal").DecimalString(spec.max_total);
  json.Key("isTradFiFutures").Bool(false);
  json.Key("delistedAt").Null();
  json.Key("tickSize").DecimalString(spec.price_step);
  json.Key("stepSize").DecimalString(spec.amount_step);
  json.EndObject();
}

void WriteAsset(const std::string& ticker, const MarketSpec* fees, JsonWriter& json) {
  const auto percent = [&](const Decimal& share) { return share * Decimal(100); };
  json.Key(ticker).BeginObject();
  json.Key("name").String(ticker);
  json.Key("unified_cryptoasset_id").Integer(0);
  json.Key("can_withdraw").Bool(false);
  json.Key("can_deposit").Bool(false);
  json.Key("min_withdraw").String("0");
  json.Key("max_withdraw").String("0");
  json.Key("maker_fee").DecimalString(fees ? percent(fees->maker_fee) : Decimal());
  json.Key("taker_fee").DecimalString(fees ? percent(fees->taker_fee) : Decimal());
  json.Key("min_deposit").String("0");
  json.Key("max_deposit").String("0");
  json.Key("currency_precision").Integer(engine::kMaxScale);
  json.Key("is_memo").Bool(false);
  json.Key("memo").BeginObject().Key("deposit").Bool(false).Key("withdraw").Bool(false);
  json.EndObject().EndObject();
}

// What a deposit or a withdrawal would cost, and how much it must be at least.
void WriteTransferFee(const char* least, const char* fixed, JsonWriter& json) {
  json.BeginObject().Key("max_amount").String("0");
  json.Key("min_amount").String(least);
  json.Key("fixed");
  if (fixed) {
    json.String(fixed);
  } else {
    json.Null();
  }
  json.Key("flex").Null().EndObject();
}

// The figures are those of the one published example, whatever the asset.
void WriteAssetFee(const std::string& ticker, JsonWriter& json) {
  json.Key(ticker).BeginObject();
  json.Key("is_depositable").Bool(false);
  json.Key("is_withdrawal").Bool(false);
  json.Key("ticker").String(ticker);
  json.Key("name").String(ticker);
  json.Key("providers").BeginArray().EndArray();
  json.Key("withdraw");
  WriteTransferFee("21.5", "17.5", json);
  json.Key("deposit");
  WriteTransferFee("19.5", nullptr, json);
  json.EndObject();
}

// The account's assets and those of its markets, each with the market whose fees it shows.
std::map<std::string, const MarketSpec*> AssetsOf(const Account& account) {
  std::map<std::string, const MarketSpec*> assets;
  for (const engine::Wallet wallet : engine::kWallets) {
    for (const auto& [asset, balance] : account.engine.balances(wallet)) assets[asset] = nullptr;
  }
  for (const Market& market : account.engine.markets()) {
    assets.try_emplace(market.spec.quote, nullptr);
    assets[market.spec.base] = &market.spec;
  }
  return assets;
}

void WriteFunding(TimePoint now, JsonWriter& json) {
  const std::int64_t interval = milliseconds(kFundingInterval).count();
  const std::int64_t next = (ToUnixMillis(now) / interval + 1) * interval;
  json.Key("funding_rate").String("0");
  json.Key("funding_cap").String("0");
  json.Key("funding_floor").String("0");
  json.Key("next_funding_rate_timestamp").String(std::to_string(next));
  json.Key("brackets").BeginObject();
  for (const int leverage : engine::kLeverages) json.Key(std::to_string(leverage)).Integer(0);
  json.EndObject();
  json.Key("max_leverage").Integer(engine::kLeverages.back());
  json.Key("funding_interval_minutes").Integer(kFundingInterval.count());
}

void WriteFuturesMarket(const Market& market, const DayStats& stats, TimePoint now,
                        JsonWriter& json) {
  // There is no index: the last price stands in for it, and for a book that nobody set.
  const Decimal last = LastOf(market);
  json.BeginObject();
  json.Key("ticker_id").String(market.spec.symbol);
  json.Key("stock_currency").String(market.spec.base);
  json.Key("money_currency").String(market.spec.quote);
  json.Key("last_price").DecimalString(last);
  json.Key("stock_volume").DecimalString(stats.volume);
  json.Key("money_volume").DecimalString(stats.value);
  json.Key("bid").DecimalString(market.BestBid().value_or(Decimal()));
  json.Key("ask").DecimalString(market.BestAsk().value_or(Decimal()));
  json.Key("high").DecimalString(stats.high);
  json.Key("low").DecimalString(stats.low);
  json.Key("product_type").String("Perpetual");
  json.Key("open_interest").String("0");
  json.Key("mark_price").DecimalString(last);
  json.Key("index_price").DecimalString(last);
  json.Key("index_name").String(market.spec.base);
  json.Key("index_currency").String(market.spec.base);
  WriteFunding(now, json);
  json.EndObject();
}

// The wrapped refusal of the margin and futures lists.
Reply Unavailable(const char* message) {
  JsonWriter json;
  json.BeginObject().Key("success").Bool(false).Key("message").String(message);
  json.Key("errors").BeginArray().EndArray().EndObject();
  return {JsonResponse(json, 451), {.stage = Stage::kRead, .rule = "region"}};
}

// Begins `{"success":true,"message":null,"result":`.
void BeginResult(JsonWriter& json) {
  json.BeginObject().Key("success").Bool(true).Key("message").Null().Key("result");
}

// That of the candles, with status 200.
Reply RefuseCandles(const FieldProblem& problem) {
  JsonWriter json;
  json.BeginObject().Key("success").Bool(false).Key("message").BeginObject();
  json.Key(problem.field).BeginArray().String(problem.text).EndArray().EndObject();
  json.Key("result").Null().EndObject();
  return {JsonResponse(json), {.stage = Stage::kRead, .rule = problem.rule}};
}

void WriteTrade(const PublicTrade& trade, JsonWriter& json) {
  json.BeginObject().Key("tradeID").Integer(static_cast<std::int64_t>(trade.id));
  json.Key("price").DecimalString(trade.price);
  // The other way round than their names say: the stock is the "quote" here.
  json.Key("quote_volume").DecimalString(trade.amount);
  json.Key("base_volume").DecimalString((trade.amount * trade.price).Truncate(2));
  json.Key("trade_timestamp").Integer(ToUnixMillis(trade.at) / 1000);
  json.Key("type").String(trade.buyer_is_maker ? "sell" : "buy");
  json.Key("rpi").Bool(false).EndObject();
}

// Open, close, high, low: not the order of every venue.
void WriteCandle(const Candle& candle, JsonWriter& json) {
  json.BeginArray().Integer(candle.start);
  json.DecimalString(candle.open).DecimalString(candle.close);
  json.DecimalString(candle.high).DecimalString(candle.low);
  json.DecimalString(candle.volume).DecimalString(candle.value).EndArray();
}

}  // namespace

Reply RefuseField(const FieldProblem& problem) {
  JsonWriter json;
  json.BeginObject().Key(problem.field).BeginArray().String(problem.text).EndArray().EndObject();
  return {JsonResponse(json, 422), {.stage = Stage::kRead, .rule = problem.rule}};
}

Reply RefuseOldMarket() {
  JsonWriter json;
  json.BeginObject().Key("success").Bool(false);
  json.Key("message").BeginObject().Key("market").BeginArray();
  json.String("Market is not available").EndArray().EndObject();
  json.Key("result").BeginArray().EndArray().EndObject();
  return {JsonResponse(json), {.stage = Stage::kRead, .rule = "market_known"}};
}

Reply ServerTime(const PublicCall& call) {
  JsonWriter json;
  json.BeginObject().Key("time").Integer(ToUnixMillis(call.now) / 1000).EndObject();
  return Accept(JsonResponse(json));
}

Reply Ping(const PublicCall&) {
  JsonWriter json;
  json.BeginArray().String("pong").EndArray();
  return Accept(JsonResponse(json));
}

Reply PlatformStatus(const PublicCall&) {
  JsonWriter json;
  json.BeginObject().Key("status").String("system operational").EndObject();
  return Accept(JsonResponse(json));
}

Reply Markets(const PublicCall& call) {
  JsonWriter json;
  json.BeginArray();
  for (const Market& market : call.account.engine.markets()) {
    // Only markets that are open for trading are listed.
    if (market.spec.trading_enabled) WriteMarket(market.spec, json);
  }
  json.EndArray();
  return Accept(JsonResponse(json));
}

Reply Assets(const PublicCall& call) {
  JsonWriter json;
  json.BeginObject();
  for (const auto& [asset, fees] : AssetsOf(call.account)) WriteAsset(asset, fees, json);
  json.EndObject();
  return Accept(JsonResponse(json));
}

Reply AssetFees(const PublicCall& call) {
  JsonWriter json;
  json.BeginObject();
  for (const auto& [asset, market] : AssetsOf(call.account)) WriteAssetFee(asset, json);
  json.EndObject();
  return Accept(JsonResponse(json));
}

Reply CollateralMarkets(const PublicCall& call) {
  if (call.account.settings.region_blocked) return Unavailable("api.margin.unavailable");
  JsonWriter json;
  BeginResult(json);
  json.BeginArray();
  for (const Market& market : call.account.engine.markets()) {
    if (market.spec.kind == MarketKind::kMargin) json.String(market.spec.symbol);
  }
  json.EndArray().EndObject();
  return Accept(JsonResponse(json));
}

Reply Futures(const PublicCall& call) {
  if (call.account.settings.region_blocked) return Unavailable("api.futures.unavailable");
  JsonWriter json;
  BeginResult(json);
  json.BeginArray();
  for (const Market& market : call.account.engine.markets()) {
    if (market.spec.kind == MarketKind::kFutures) {
      WriteFuturesMarket(market, StatsOf(call, market), call.now, json);
    }
  }
  json.EndArray().EndObject();
  return Accept(JsonResponse(json));
}

Reply Tickers(const PublicCall& call) {
  JsonWriter json;
  json.BeginObject();
  for (const Market& market : call.account.engine.markets()) {
    const DayStats stats = StatsOf(call, market);
    json.Key(market.spec.symbol).BeginObject();
    json.Key("base_id").Integer(0);
    json.Key("quote_id").Integer(0);
    json.Key("last_price").DecimalString(LastOf(market));
    json.Key("quote_volume").DecimalString(stats.value);
    json.Key("base_volume").DecimalString(stats.volume);
    json.Key("isFrozen").Bool(!market.spec.trading_enabled);
    json.Key("change").DecimalString(ChangePercent(market, stats)).EndObject();
  }
  json.EndObject();
  return Accept(JsonResponse(json));
}

Reply Ticker(const PublicCall& call) {
  const auto symbol = FindParameter(call.request.Query(), "market");
  const auto index = symbol ? call.account.engine.FindMarket(*symbol) : std::nullopt;
  if (!index) return RefuseOldMarket();
  const Market& market = call.account.engine.markets()[*index];
  const Decimal last = LastOf(market);
  const DayStats stats = StatsOf(call, market);
  JsonWriter json;
  json.BeginObject().Key("success").Bool(true).Key("message").String("");
  json.Key("result").BeginObject();
  json.Key("bid").DecimalString(market.BestBid().value_or(Decimal()));
  json.Key("ask").DecimalString(market.BestAsk().value_or(Decimal()));
  json.Key("open").DecimalString(stats.open);
  json.Key("high").DecimalString(stats.high);
  json.Key("low").DecimalString(stats.low);
  json.Key("last").DecimalString(last);
  json.Key("volume").DecimalString(stats.volume);
  json.Key("deal").DecimalString(stats.value);
  json.Key("change").DecimalString(ChangePercent(market, stats));
  json.EndObject().EndObject();
  return Accept(JsonResponse(json));
}

Reply LatestTrades(const PublicCall& call) {
  const std::string_view path = call.request.Path();
  const auto index = call.account.engine.FindMarket(path.substr(path.rfind('/') + 1));
  if (!index) return RefuseField({"market", "Market is not available.", "market_known"});
  const auto side = FindParameter(call.request.Query(), "type");
  if (side && *side != "buy" && *side != "sell") {
    return RefuseField({"type", "Type should be 'sell' or 'buy'.", "type_known"});
  }
  constexpr std::size_t kMost = 100;
  const Market& market = call.account.engine.markets()[*index];
  JsonWriter json;
  json.BeginArray();
  std::size_t shown = 0;
  const auto& trades = call.account.DataOf(market).trades.trades();
  for (auto trade = trades.rbegin(); trade != trades.rend(); ++trade) {
    if (side && (*side == "sell") != trade->buyer_is_maker) continue;
    if (shown++ == kMost) break;
    WriteTrade(*trade, json);
  }
  json.EndArray();
  return Accept(JsonResponse(json));
}

Reply Candles(const PublicCall& call) {
  const auto asked = ReadCandles(call);
  if (!asked) return RefuseCandles(asked.error());
  const Market& market = call.account.engine.markets()[asked->market];
  JsonWriter json;
  BeginResult(json);
  json.BeginArray();
  for (const Candle& candle : call.account.DataOf(market).history.Candles(asked->query, call.now)) {
    WriteCandle(candle, json);
  }
  json.EndArray().EndObject();
  return Accept(JsonResponse(json));
}

}  // namespace ocokit::mock::whitebit
