#include "mock_exchange/bingx/streams/user_frames.h"

#include "mock_exchange/bingx/orders/write.h"
#include "mock_exchange/engine/as_of.h"
#include "mock_exchange/engine/number.h"
#include "mock_exchange/json/writer.h"
#include "mock_exchange/streams/gzip.h"

namespace ocokit::mock::bingx {
namespace {

using engine::Event;

// What has happened, and how the order is since: the members `x` and `X`.
struct Report {
  std::string_view happened;
  std::string_view state;
};

// Of events that IsTold.
Report ReportOf(const Event& event, const Settings& settings) {
  if (const auto* traded = std::get_if<engine::OrderTraded>(&event.what)) {
    return {"TRADE", traded->whole ? "FILLED" : "PARTIALLY_FILLED"};
  }
  if (const auto* done = std::get_if<engine::OrderDone>(&event.what)) {
    const bool dropped = done->ending == engine::Ending::kNeverTriggered;
    return {"CANCELED", dropped && !settings.dropped_stop_canceled ? "FAILED" : "CANCELED"};
  }
  const auto* placed = std::get_if<engine::OrderPlaced>(&event.what);
  return {"NEW", placed != nullptr && placed->untriggered ? "NEW" : "PENDING"};
}

std::string_view EventTypeName(const Order& order, const Settings& settings) {
  if (!settings.oco_event_types || !order.list->IsOco()) return OrderTypeName(order);
  return engine::IsStop(order.type) ? "ocoTps" : "ocoLimit";
}

// The number of the account's user: of no meaning, but always the same.
std::int64_t UserNumber(const Account& account) {
  constexpr std::size_t kBytes = 6;  // JavaScript reads it as it is
  const HmacSha256::Digest digest = account.sha256.Sign("user");
  std::int64_t number = 0;
  for (std::size_t i = 0; i < kBytes; ++i) number = number * 256 + digest[i];
  return number;
}

// The members of one asset; `lk` stands before or behind `wb`, as in the frames that were seen.
void WriteBalance(const ChangedBalance& changed, bool free, bool lock_first, JsonWriter& json) {
  const engine::Balance& balance = changed.balance;
  const Decimal worth = free ? balance.free : balance.free + balance.reserved;
  json.BeginObject().Key("a").String(changed.asset).Key("bc").DecimalString(changed.change);
  json.Key("cw").DecimalString(worth);
  if (lock_first) json.Key("lk").DecimalString(balance.reserved);
  json.Key("wb").DecimalString(worth);
  if (!lock_first) json.Key("lk").DecimalString(balance.reserved);
  json.EndObject();
}

}  // namespace

bool IsTold(const Event& event, const Settings& settings) {
  if (const auto* done = std::get_if<engine::OrderDone>(&event.what)) {
    return done->ending != engine::Ending::kFilled;  // the fill has told it
  }
  if (std::holds_alternative<engine::OrderTriggered>(event.what)) return !settings.silent_triggers;
  return std::holds_alternative<engine::OrderPlaced>(event.what) ||
         std::holds_alternative<engine::OrderTraded>(event.what);
}

Message OrderFrame(const Order& order, const Event& event, const Account& account) {
  const Settings& settings = account.settings;
  const bool newer = settings.order_event_form == OrderEventForm::k2025;
  const OrderList& list = *order.list;
  const MarketSpec& spec = account.engine.markets()[list.market].spec;
  const engine::OrderAsOf then = engine::AsOf(order, event, account.engine.events());
  const auto* found = std::get_if<engine::OrderTraded>(&event.what);
  const engine::OrderTraded traded = found != nullptr ? *found : engine::OrderTraded();
  const bool buys = list.side == Side::kBuy;
  const Report report = ReportOf(event, settings);
  const std::int64_t user = newer ? UserNumber(account) : 0;
  JsonWriter json;
  json.BeginObject().Key("code").Integer(0).Key("dataType").String("spot.executionReport");
  json.Key("data").BeginObject();
  if (newer) json.Key("u").Integer(user);
  json.Key("e").String("executionReport").Key("E").Integer(ToUnixMillis(event.at));
  json.Key("s").String(spec.symbol).Key("S").String(buys ? "BUY" : "SELL");
  json.Key("o").String(EventTypeName(order, settings));
  json.Key("q").Number(then.amount).Key("p").Number(order.price);
  json.Key("x").String(report.happened).Key("X").String(report.state);
  json.Key("i").Integer(static_cast<std::int64_t>(order.id));
  json.Key("l").Number(traded.amount).Key("z").Number(then.filled);
  json.Key("L").Number(traded.price).Key("n").Number(-traded.fee);
  if (newer) {
    json.Key("U").String("").Key("mu").String(std::to_string(user));
  } else {
    json.Key("C").String(order.client_id);
  }
  json.Key("N").String(found == nullptr ? "" : buys ? spec.base : spec.quote);
  json.Key("T").Integer(found == nullptr ? 0 : ToUnixMillis(event.at));
  json.Key("t").Integer(static_cast<std::int64_t>(traded.trade));
  json.Key("O").Integer(ToUnixMillis(list.created)).Key("Z").Number(then.value);
  json.Key("Y").Number((traded.amount * traded.price).Truncate(engine::kMaxValueScale));
  json.Key("Q").Number(list.money).Key("m").Bool(found != nullptr && !traded.taker);
  if (newer) {
    json.Key("A").DecimalString(then.value).Key("C").String(order.client_id);
    json.Key("ws").Integer(ToUnixMillis(event.at));
  }
  json.EndObject().EndObject();
  return streams::Compressed(json.Take());
}

Message BalancesFrame(const std::vector<ChangedBalance>& changed, std::string_view reason,
                      const Settings& settings, TimePoint at) {
  JsonWriter json;
  const auto second = std::chrono::floor<seconds>(at);  // as in the frames that were seen
  json.BeginObject().Key("e").String("ACCOUNT_UPDATE").Key("E").Integer(ToUnixMillis(second));
  json.Key("T").Integer(ToUnixMillis(at)).Key("a").BeginObject().Key("B").BeginArray();
  for (const ChangedBalance& each : changed) {
    WriteBalance(each, settings.free_in_events, /*lock_first=*/true, json);
  }
  json.EndArray().Key("m").String(reason).EndObject().EndObject();
  return streams::Compressed(json.Take());
}

Message FirstBalancesFrame(const Account& account, TimePoint now) {
  JsonWriter json;
  json.BeginObject().Key("e").String("ACCOUNT_UPDATE").Key("a").BeginObject();
  json.Key("B").BeginArray();
  for (const auto& [asset, balance] : account.engine.balances(engine::Wallet::kSpot)) {
    if (balance == engine::Balance()) continue;
    WriteBalance({.asset = asset, .balance = balance}, account.settings.free_in_events,
                 /*lock_first=*/false, json);
  }
  json.EndArray().Key("m").String("INIT").EndObject();
  json.Key("E").Integer(ToUnixMillis(now)).EndObject();
  return streams::Compressed(json.Take());
}

Message KeyExpiredFrame(std::string_view key, TimePoint at) {
  JsonWriter json;
  json.BeginObject().Key("e").String("listenKeyExpired").Key("E").Integer(ToUnixMillis(at));
  json.Key("listenKey").String(key).EndObject();
  return streams::Compressed(json.Take());
}

}  // namespace ocokit::mock::bingx
