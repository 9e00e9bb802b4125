#include "mock_exchange/whitebit/streams/top.h"

#include <algorithm>

#include "mock_exchange/account/order_book.h"
#include "mock_exchange/json/writer.h"
#include "mock_exchange/whitebit/streams/read.h"

namespace ocokit::mock::whitebit {
namespace {

using engine::Market;

bool IsNamed(const std::vector<std::string>& names, const Market& market) {
  return names.empty() || std::ranges::find(names, market.spec.symbol) != names.end();
}

// Bid, its amount, ask, its amount, without brackets; empty: nobody offers anything. A side that is
// empty has zeros.
std::string WriteTop(const Market& market) {
  const OrderBook book = ShowBook(market, market.spec);
  if (book.bids.empty() && book.asks.empty()) return "";
  std::string out;
  for (const auto* side : {&book.bids, &book.asks}) {
    const BookLevel best = side->empty() ? BookLevel() : side->front();
    for (const Decimal& number : {best.price, best.amount}) {
      out += (out.empty() ? "\"" : ",\"") + number.Format() + "\"";
    }
  }
  return out;
}

void WritePremium(const Market& market, TimePoint now, JsonWriter& json) {
  // Funding is not simulated; it would come every eight hours.
  constexpr std::int64_t kFunding = std::int64_t{8} * 3600 * 1000;
  // There is no index: the last price stands in for it, as it does in the futures' list.
  const Decimal last = market.last.value_or(Decimal());
  json.BeginArray().String(market.spec.symbol).DecimalString(last).DecimalString(last);
  json.String("0").Integer((ToUnixMillis(now) / kFunding + 1) * kFunding);
  json.Seconds(now).EndArray();
}

}  // namespace

Answered<void> BookTickerFeed::Subscribe(const JsonValue& params, Account& account,
                                         TimePoint /*now*/) {
  auto names = ReadMarkets(params, account);
  if (!names) return tl::unexpected<Refused>(names.error());
  names_ = std::move(*names);
  said_.clear();
  on_ = true;
  begun_ = false;
  return {};
}

void BookTickerFeed::Unsubscribe(const JsonValue& params) {
  // Of all markets, none is left out by itself.
  const bool named = !names_.empty();
  for (const JsonValue& name : params.members) std::erase(names_, name.text);
  if (params.members.empty() || (named && names_.empty())) on_ = false;
}

void BookTickerFeed::Show(std::vector<std::string>& topics) const {
  if (on_) ShowNames(names_, topics);
}

void BookTickerFeed::Begin(Account& /*account*/, TimePoint /*now*/) {
  said_.clear();
  begun_ = false;
}

bool BookTickerFeed::Work(const Turn& turn) {
  const std::uint64_t shown = turn.account.marks().shown;
  if (!on_ || (begun_ && shown == shown_)) return true;
  shown_ = shown;
  for (const Market& market : turn.account.engine.markets()) {
    if (!IsNamed(names_, market)) continue;
    std::string top = WriteTop(market);
    std::string& said = said_[market.spec.symbol];
    if (top.empty() || top == said) continue;
    said = std::move(top);
    const auto make = [&] {
      JsonWriter json;
      json.BeginArray().BeginArray().Seconds(turn.now).Seconds(turn.now);
      json.String(market.spec.symbol).Integer(static_cast<std::int64_t>(shown));
      return Push(json.Take() + "," + said + "]]");
    };
    if (begun_) {
      turn.say(turn.account.frames.Get("bookTicker " + market.spec.symbol, shown, make));
    } else {
      turn.Say(make());
    }
  }
  begun_ = true;
  return true;
}

Answered<void> PremiumIndexFeed::Subscribe(const JsonValue& params, Account& account,
                                           TimePoint now) {
  auto names = ReadMarkets(params, account);
  // Whatever is wrong with a market, the answer is the same here.
  if (!names) return InvalidArgument();
  for (const std::string& name : *names) {
    const Market& market = account.engine.markets()[*account.engine.FindMarket(name)];
    if (market.spec.kind != MarketKind::kFutures) return InvalidArgument();
  }
  names_ = std::move(*names);
  on_ = true;
  Begin(account, now);
  return {};
}

void PremiumIndexFeed::Unsubscribe(const JsonValue& /*params*/) { on_ = false; }

void PremiumIndexFeed::Show(std::vector<std::string>& topics) const {
  if (on_) ShowNames(names_, topics);
}

void PremiumIndexFeed::Begin(Account& /*account*/, TimePoint now) {
  pace_.Begin(now);
  begun_ = false;
}

bool PremiumIndexFeed::Work(const Turn& turn) {
  if (!on_) return true;
  const bool passed = pace_.Passed(turn.now);
  if (begun_ && !passed) return true;
  begun_ = true;
  JsonWriter json;
  json.BeginArray();
  for (const Market& market : turn.account.engine.markets()) {
    if (market.spec.kind != MarketKind::kFutures || !IsNamed(names_, market)) continue;
    WritePremium(market, turn.now, json);
  }
  json.EndArray();
  turn.Say(Push(json.Take()));
  return true;
}

std::optional<TimePoint> PremiumIndexFeed::NextDue() const {
  return on_ ? std::optional(pace_.Next()) : std::nullopt;
}

}  // namespace ocokit::mock::whitebit
