#include "mock_exchange/whitebit/streams/candles.h"

#include "mock_exchange/json/writer.h"
#include "mock_exchange/whitebit/streams/read.h"

namespace ocokit::mock::whitebit {

Answered<std::int64_t> ReadInterval(const JsonValue& params, std::size_t index) {
  constexpr std::int64_t kMinute = 60;
  constexpr std::int64_t kHour = 3600;
  constexpr std::int64_t kDay = 86400;
  constexpr std::int64_t kLongest = 366 * kDay;
  auto seconds = ReadNumberAt(params, index, 1, kLongest);
  if (!seconds) return seconds;
  const auto fits = [&](std::int64_t unit, std::int64_t whole) {
    return *seconds % unit == 0 && whole % *seconds == 0;
  };
  const bool days = *seconds % kDay == 0;
  if (!fits(1, kMinute) && !fits(kMinute, kHour) && !fits(kHour, kDay) && !days) {
    return InvalidArgument();
  }
  return seconds;
}

Answered<void> CandleFeed::Subscribe(const JsonValue& params, Account& account, TimePoint now) {
  const auto market = ReadMarketAt(params, 0, account);
  if (!market) return tl::unexpected<Refused>(market.error());
  const auto interval = ReadInterval(params, 1);
  if (!interval) return tl::unexpected<Refused>(interval.error());
  if (market_.empty()) pace_.Begin(now);
  market_ = account.engine.markets()[*market].spec.symbol;
  interval_ = *interval;
  said_ = nullptr;
  return {};
}

void CandleFeed::Unsubscribe(const JsonValue& /*params*/) { market_.clear(); }

void CandleFeed::Show(std::vector<std::string>& topics) const {
  if (market_.empty()) return;
  topics.push_back("candles " + market_ + " " + std::to_string(interval_));
}

void CandleFeed::Begin(Account& /*account*/, TimePoint now) {
  pace_.Begin(now);
  said_ = nullptr;
}

bool CandleFeed::Work(const Turn& turn) {
  if (market_.empty()) return true;
  const bool passed = pace_.Passed(turn.now);
  if (!passed && said_ != nullptr) return true;
  const auto index = turn.account.engine.FindMarket(market_);
  if (!index) return true;
  CandleQuery query;
  query.interval = {"", interval_};
  query.most = 1;
  const std::vector<Candle> candles =
      turn.account.market_data[*index].history.Candles(query, turn.now);
  if (candles.empty()) return true;
  const auto make = [&] { return Push(WriteCandles(candles, market_)); };
  auto message =
      passed ? turn.account.frames.Get("candles " + market_ + " " + std::to_string(interval_),
                                       pace_.Version(turn.account), make)
             : std::make_shared<const Message>(make());
  if (said_ == nullptr || said_->bytes != message->bytes) turn.say(message);
  said_ = std::move(message);
  return true;
}

std::optional<TimePoint> CandleFeed::NextDue() const {
  return market_.empty() ? std::nullopt : std::optional(pace_.Next());
}

std::string WriteCandles(const std::vector<Candle>& candles, const std::string& market) {
  JsonWriter json;
  json.BeginArray();
  for (const Candle& candle : candles) {
    json.BeginArray().Integer(candle.start);
    json.DecimalString(candle.open).DecimalString(candle.close);
    json.DecimalString(candle.high).DecimalString(candle.low);
    json.DecimalString(candle.volume).DecimalString(candle.value);
    json.String(market).EndArray();
  }
  json.EndArray();
  return json.Take();
}

}  // namespace ocokit::mock::whitebit
