#include "mock_exchange/whitebit/streams/market.h"

#include <array>

#include "mock_exchange/json/writer.h"
#include "mock_exchange/whitebit/streams/read.h"

namespace ocokit::mock::whitebit {
namespace {

using engine::Market;

// What was traded from some time to now; of a market without a price: zeros.
struct PeriodStats {
  Decimal open;
  Decimal high;
  Decimal low;
  Decimal volume;
  Decimal value;
};

PeriodStats SumOf(const std::vector<Candle>& candles) {
  PeriodStats out;
  for (const Candle& candle : candles) {
    if (out.open.IsZero()) {
      out.open = candle.open;
      out.low = candle.low;
    }
    out.high = Max(out.high, candle.high);
    out.low = Min(out.low, candle.low);
    out.volume += candle.volume;
    out.value += candle.value;
  }
  return out;
}

PeriodStats Before(const Market& market, const Account& account, TimePoint now,
                   std::int64_t period) {
  const PriceHistory& history = account.DataOf(market).history;
  if (period == kDaySeconds) {
    const DayStats day = history.DayBefore(now).value_or(DayStats());
    return {day.open, day.high, day.low, day.volume, day.value};
  }
  // Whole minutes of longer ones.
  constexpr std::int64_t kHour = 3600;
  CandleQuery query;
  query.interval = {"", period <= kHour ? 1 : 60};
  query.to = ToUnixMillis(now) / 1000;
  query.from = query.to - period + 1;
  query.most = static_cast<std::size_t>(period / query.interval.seconds + 1);
  return SumOf(history.Candles(query, now));
}

PeriodStats Today(const Market& market, const Account& account, TimePoint now) {
  CandleQuery query;
  query.interval = {"", kDaySeconds};
  query.most = 1;
  return SumOf(account.DataOf(market).history.Candles(query, now));
}

std::string PushParams(const Market& market, const std::string& shown) {
  JsonWriter json;
  json.BeginArray().String(market.spec.symbol);
  std::string out = json.Take();
  return out + "," + shown + "]";
}

// The order of members is that of captured pushes; the query's is that of the documents.
std::string WritePushedMarket(const Market& market, const Account& account, TimePoint now) {
  const PeriodStats stats = Before(market, account, now, kDaySeconds);
  JsonWriter json;
  json.BeginObject();
  json.Key("open").DecimalString(stats.open);
  json.Key("close").DecimalString(*market.last);
  json.Key("high").DecimalString(stats.high);
  json.Key("low").DecimalString(stats.low);
  json.Key("volume").DecimalString(stats.volume);
  json.Key("deal").DecimalString(stats.value);
  json.Key("last").DecimalString(*market.last);
  json.Key("period").Integer(kDaySeconds).EndObject();
  return json.Take();
}

std::string WritePushedLast(const Market& market, const Account& /*account*/, TimePoint /*now*/) {
  return WriteLastPrice(market);
}

}  // namespace

std::vector<MarketFeed::Kind> MarketFeedKinds() {
  constexpr milliseconds kSecond{1000};
  return {{"lastprice", kSecond, WritePushedLast, /*changes_alone=*/true},
          {"market", kSecond, WritePushedMarket},
          {"marketToday", kSecond, WriteMarketToday}};
}

Answered<void> MarketFeed::Subscribe(const JsonValue& params, Account& account, TimePoint now) {
  const auto names = ReadMarkets(params, account);
  if (!names) return tl::unexpected<Refused>(names.error());
  if (names->empty()) return InvalidArgument();
  if (said_.empty()) pace_.Begin(now);
  said_.clear();
  for (const std::string& name : *names) said_[name] = nullptr;
  return {};
}

void MarketFeed::Unsubscribe(const JsonValue& /*params*/) { said_.clear(); }

void MarketFeed::Show(std::vector<std::string>& topics) const {
  for (const auto& [market, said] : said_) topics.push_back(std::string(name()) + " " + market);
}

void MarketFeed::Begin(Account& /*account*/, TimePoint now) {
  pace_.Begin(now);
  for (auto& [market, said] : said_) said = nullptr;
}

bool MarketFeed::Work(const Turn& turn) {
  if (said_.empty()) return true;
  const bool passed = pace_.Passed(turn.now);
  for (auto& [name, said] : said_) {
    if (!passed && said != nullptr) continue;
    const auto index = turn.account.engine.FindMarket(name);
    if (!index || !turn.account.engine.markets()[*index].last) continue;
    const Market& market = turn.account.engine.markets()[*index];
    const auto make = [&] {
      return Push(PushParams(market, kind_.write(market, turn.account, turn.now)));
    };
    // The first one is this client's alone; at a multiple of the pace all hear the same.
    auto message = passed ? turn.account.frames.Get(std::string(kind_.name) + " " + name,
                                                    pace_.Version(turn.account), make)
                          : std::make_shared<const Message>(make());
    const bool same = said != nullptr && said->bytes == message->bytes;
    if (!same || !kind_.changes_alone) turn.say(message);
    said = std::move(message);
  }
  return true;
}

std::optional<TimePoint> MarketFeed::NextDue() const {
  return said_.empty() ? std::nullopt : std::optional(pace_.Next());
}

std::string WriteLastPrice(const Market& market) {
  JsonWriter json;
  json.DecimalString(market.last.value_or(Decimal()));
  return json.Take();
}

std::string WriteMarketPeriod(const Market& market, const Account& account, TimePoint now,
                              std::int64_t period) {
  const Decimal last = market.last.value_or(Decimal());
  const PeriodStats stats = Before(market, account, now, period);
  JsonWriter json;
  json.BeginObject().Key("period").Integer(period);
  json.Key("last").DecimalString(last);
  json.Key("open").DecimalString(stats.open);
  json.Key("close").DecimalString(last);
  json.Key("high").DecimalString(stats.high);
  json.Key("low").DecimalString(stats.low);
  json.Key("volume").DecimalString(stats.volume);
  json.Key("deal").DecimalString(stats.value).EndObject();
  return json.Take();
}

std::string WriteMarketToday(const Market& market, const Account& account, TimePoint now) {
  const PeriodStats stats = Today(market, account, now);
  JsonWriter json;
  json.BeginObject().Key("last").DecimalString(market.last.value_or(Decimal()));
  json.Key("open").DecimalString(stats.open);
  json.Key("high").DecimalString(stats.high);
  json.Key("low").DecimalString(stats.low);
  json.Key("volume").DecimalString(stats.volume);
  json.Key("deal").DecimalString(stats.value).EndObject();
  return json.Take();
}

}  // namespace ocokit::mock::whitebit
