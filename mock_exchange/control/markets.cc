// Prices and time.

#include <nlohmann/json.hpp>

#include "mock_exchange/control/call.h"
#include "mock_exchange/exchange/replay_file.h"
#include "ocokit/mock/config.h"

namespace ocokit::mock::control {
namespace {

Answer WritePrice(const AccountHandle& account, const std::string& market) {
  const std::optional<Decimal> last = account.Last(market);
  return WriteJson(200,
                   {{"market", market}, {"last", last ? Json(last->Format()) : Json(nullptr)}});
}

Answer NoMarket(const AccountHandle& account, const std::string& market) {
  std::string names;
  for (const MarketView& has : account.Markets()) {
    names += (names.empty() ? "" : ", ") + has.spec.symbol;
  }
  return WriteProblem(404, "the account has no market \"" + market + "\"; it has " + names);
}

bool HasMarket(const AccountHandle& account, const std::string& market) {
  for (const MarketView& has : account.Markets()) {
    if (has.spec.symbol == market) return true;
  }
  return false;
}

Result<void> Apply(AccountHandle& account, const std::string& market, const PriceChange& change) {
  if (change.path) return account.SetPath(market, *change.path);
  if (change.walk) return account.StartWalk(market, *change.walk);
  if (change.stop) return account.StopPrices(market);
  return account.SetLast(market, change.last->last, change.last->fill_share);
}

// Of the server's machine.

Answer WriteClock(const AccountHandle& account) {
  return WriteJson(200, {{"now_ms", ToUnixMillis(account.Now())}, {"frozen", account.IsFrozen()}});
}

}  // namespace

Answer GetPrice(const Call& call) {
  auto tenant = call.FindTenant();
  if (!tenant) return tenant.error();
  const AccountHandle account(std::move(*tenant));
  const std::string& market = call.arguments[1];
  return HasMarket(account, market) ? WritePrice(account, market) : NoMarket(account, market);
}

Answer PutPrice(const Call& call) {
  auto tenant = call.FindTenant();
  if (!tenant) return tenant.error();
  AccountHandle account(std::move(*tenant));
  const std::string& market = call.arguments[1];
  if (!HasMarket(account, market)) return NoMarket(account, market);
  if (const auto body = call.ReadBody("price_change"); !body) return body.error();
  const Result<PriceChange> change = ReadPriceChange(call.request.body);
  if (!change) return WriteProblem(change.error());
  if (auto ok = Apply(account, market, *change); !ok) return WriteProblem(ok.error());
  return WritePrice(account, market);
}

Answer PostReplay(const Call& call) {
  auto tenant = call.FindTenant();
  if (!tenant) return tenant.error();
  AccountHandle account(std::move(*tenant));
  const std::string& market = call.arguments[1];
  if (!HasMarket(account, market)) return NoMarket(account, market);
  const auto body = call.ReadBody("replay");
  if (!body) return body.error();
  if (body->contains("file") == body->contains("csv")) {
    return WriteProblem(400, "a replay has either a file or csv", "file");
  }
  PriceReplay replay;
  if (body->contains("csv")) {
    replay.csv = (*body)["csv"].get<std::string>();
  } else {
    Result<std::string> text = ReadReplayFile((*body)["file"].get<std::string>());
    if (!text) return WriteProblem(400, text.error().message, "file");
    replay.csv = std::move(*text);
  }
  if (body->contains("speed")) {
    const Result<Decimal> speed = Decimal::Parse((*body)["speed"].get_ref<const std::string&>());
    if (!speed) return WriteProblem(400, "speed: " + speed.error().message, "speed");
    replay.speed = *speed;
  }
  if (body->contains("at_ms")) {
    replay.at = FromUnixMillis((*body)["at_ms"].get<std::int64_t>());
  }
  if (auto ok = account.Replay(market, replay); !ok) {
    const bool speed = ok.error().message.starts_with("speed");
    return WriteProblem(400, ok.error().message,
                        speed                   ? "speed"
                        : body->contains("csv") ? "csv"
                                                : "file");
  }
  return WritePrice(account, market);
}

Answer GetClock(const Call& call) {
  auto tenant = call.FindTenant();
  if (!tenant) return tenant.error();
  return WriteClock(AccountHandle(std::move(*tenant)));
}

Answer PostClock(const Call& call) {
  auto tenant = call.FindTenant();
  if (!tenant) return tenant.error();
  const auto body = call.ReadBody("clock_change");
  if (!body) return body.error();
  AccountHandle account(std::move(*tenant));
  const bool freeze = body->value("freeze", false);
  const bool run = body->value("run", false);
  if (freeze && run) return WriteProblem(400, "freeze and run contradict each other", "run");
  if (body->contains("set_ms") && body->contains("advance_ms")) {
    return WriteProblem(400, "set_ms and advance_ms contradict each other", "advance_ms");
  }
  ClockMove move{.freeze = freeze, .run = run};
  move.advance_ms = milliseconds(body->value("advance_ms", std::int64_t{0}));
  if (body->contains("set_ms")) {
    move.set_ms = FromUnixMillis((*body)["set_ms"].get<std::int64_t>());
  }
  if (auto ok = account.MoveClock(move); !ok) return WriteProblem(ok.error());
  return WriteClock(account);
}

}  // namespace ocokit::mock::control
