#include "mock_exchange/whitebit/streams/trades.h"

#include <utility>

#include "mock_exchange/whitebit/streams/read.h"

namespace ocokit::mock::whitebit {
namespace {

constexpr std::size_t kMostShown = 100;

// A frame of the latest trades is known by what the account's markets show and by how many they
// are.
std::uint64_t VersionOf(const Account& account, std::uint64_t count) {
  constexpr std::uint64_t kMostTrades = 1024;
  static_assert(PublicTrades::kMost < kMostTrades);
  return account.marks().shown * kMostTrades + count;
}

}  // namespace

Answered<void> TradesFeed::Subscribe(const JsonValue& params, Account& account, TimePoint /*now*/) {
  auto names = ReadMarkets(params, account);
  if (!names) return tl::unexpected<Refused>(names.error());
  names_ = std::move(*names);
  said_.clear();
  on_ = true;
  return {};
}

void TradesFeed::Unsubscribe(const JsonValue& /*params*/) {
  on_ = false;
  said_.clear();
}

void TradesFeed::Show(std::vector<std::string>& topics) const {
  if (on_) ShowNames(names_, topics);
}

void TradesFeed::Begin(Account& /*account*/, TimePoint /*now*/) { said_.clear(); }

bool TradesFeed::Work(const Turn& turn) {
  if (!on_) return true;
  const std::vector<engine::Market>& markets = turn.account.engine.markets();
  if (names_.empty()) {
    for (std::uint32_t i = 0; i < markets.size(); ++i) {
      if (!Say(i, said_[markets[i].spec.symbol], turn)) return false;
    }
  }
  for (const std::string& name : names_) {
    const auto market = turn.account.engine.FindMarket(name);
    if (market && !Say(*market, said_[name], turn)) return false;
  }
  return true;
}

bool TradesFeed::Say(std::uint32_t market, Said& said, const Turn& turn) const {
  const MarketData& data = turn.account.market_data[market];
  const PublicTrades& trades = data.trades;
  const std::uint64_t newest = trades.trades().empty() ? 0 : trades.trades().back().id;
  // A market whose past was replaced begins anew.
  std::optional<std::uint64_t>& last = said.last;
  if (std::exchange(said.pasts, data.pasts) != data.pasts) last.reset();
  if (last ? *last == newest : newest == 0) return true;
  const std::string& symbol = turn.account.engine.markets()[market].spec.symbol;
  const auto make = [&](std::uint64_t after, std::size_t most) {
    JsonWriter json;
    json.BeginArray().String(symbol);
    return Push(json.Take() + "," + WriteTrades(trades, after, most) + "]");
  };
  if (!last) {
    turn.Say(make(0, kMostShown));
  } else {
    if (trades.trades().front().id > *last + 1) return false;
    turn.say(turn.account.frames.Get("trades " + symbol, VersionOf(turn.account, newest - *last),
                                     [&] { return make(*last, PublicTrades::kMost); }));
  }
  last = newest;
  return true;
}

std::string WriteTrades(const PublicTrades& trades, std::uint64_t after, std::size_t most) {
  JsonWriter json;
  json.BeginArray();
  const auto& all = trades.trades();
  for (auto trade = all.rbegin(); trade != all.rend() && most != 0 && trade->id > after;
       ++trade, --most) {
    json.BeginObject().Key("id").Integer(static_cast<std::int64_t>(trade->id));
    json.Key("time").Seconds(trade->at);
    json.Key("price").DecimalString(trade->price);
    json.Key("amount").DecimalString(trade->amount);
    json.Key("type").String(trade->buyer_is_maker ? "sell" : "buy");
    json.Key("rpi").Bool(false).EndObject();
  }
  json.EndArray();
  return json.Take();
}

}  // namespace ocokit::mock::whitebit
