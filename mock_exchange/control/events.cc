// What has happened in an account, read at once or as it happens.

#include <nlohmann/json.hpp>

#include "mock_exchange/control/call.h"
#include "mock_exchange/control/read_after.h"
#include "mock_exchange/control/server_sent.h"

namespace ocokit::mock::control {
namespace {

using Kind = EventView::Kind;

const char* NameOf(Kind kind) {
  switch (kind) {
    case Kind::kPlaced:
      return "placed";
    case Kind::kTriggered:
      return "triggered";
    case Kind::kTraded:
      return "traded";
    case Kind::kDone:
      return "done";
    case Kind::kAmount:
      return "amount";
    case Kind::kBalance:
      return "balance";
    case Kind::kPosition:
      return "position";
    case Kind::kLeverage:
      return "leverage";
    case Kind::kHedgeMode:
      return "hedge_mode";
  }
  return "";
}

const char* NameOf(PositionSide side) {
  switch (side) {
    case PositionSide::kBoth:
      return "both";
    case PositionSide::kLong:
      return "long";
    case PositionSide::kShort:
      return "short";
  }
  return "";
}

// What only events of the kind have.
void WriteOwn(const EventView& event, Json& out) {
  switch (event.kind) {
    case Kind::kPlaced:
      if (!event.price.IsZero()) out["price"] = event.price.Format();
      if (!event.trigger.IsZero()) out["trigger_price"] = event.trigger.Format();
      out["amount"] = event.amount.Format();
      return;
    case Kind::kTriggered:
      out["price"] = event.price.Format();
      return;
    case Kind::kTraded:
      out["trade"] = event.trade;
      out["price"] = event.price.Format();
      out["amount"] = event.amount.Format();
      out["fee"] = event.fee.Format();
      out["taker"] = event.taker;
      out["whole"] = event.whole;
      return;
    case Kind::kDone:
      out["state"] = Name(event.state);
      return;
    case Kind::kAmount:
      out["amount"] = event.amount.Format();
      return;
    case Kind::kBalance:
      out["asset"] = event.asset;
      out["free"] = event.free.Format();
      out["reserved"] = event.reserved.Format();
      return;
    case Kind::kPosition:
      out["side"] = NameOf(event.position_side);
      out["amount"] = event.amount.Format();
      out["cost"] = event.cost.Format();
      return;
    case Kind::kLeverage:
      out["leverage"] = event.leverage.Format();
      return;
    case Kind::kHedgeMode:
      out["on"] = event.hedge_mode;
      return;
  }
}

Json Write(const EventView& event, Venue venue) {
  Json out = {{"seq", event.seq},
              {"command", event.command},
              {"at_ms", ToUnixMillis(event.at)},
              {"event", NameOf(event.kind)}};
  if (event.order != 0) {
    out["order"] = std::to_string(event.order);
    out["client_id"] = event.client_id;
    out["cause"] = Name(event.cause);
    if (event.type) {
      out["side"] = Name(event.side);
      out["type"] = Name(*event.type);
    }
  }
  if (!event.market.empty()) out["market"] = event.market;
  // WhiteBIT has two balances.
  if (event.kind == Kind::kBalance && venue == Venue::kWhitebit) {
    out["wallet"] = event.margin ? "collateral" : "trade";
  }
  WriteOwn(event, out);
  return out;
}

// Server-sent events, with their numbers as ids.
class AccountEvents final : public TextSource {
 public:
  AccountEvents(std::shared_ptr<Tenant> tenant, std::uint64_t after)
      : tenant_(std::move(tenant)), handle_(tenant_), after_(after) {}
  // The reader may go while nothing comes.
  ~AccountEvents() override { tenant_->account.watchers.Remove(this); }
  AccountEvents(const AccountEvents&) = delete;
  AccountEvents& operator=(const AccountEvents&) = delete;

  std::optional<std::string> Take() override {
    constexpr std::size_t kAtOnce = 100;
    const bool removed = Look();
    std::string out;
    for (const EventView& event : handle_.Events({after_, kAtOnce})) {
      AppendForgotten(after_, event.seq, "events", out);
      after_ = event.seq;
      AppendEvent("event", after_, Write(event, handle_.venue()), out);
    }
    if (removed && out.empty()) return std::nullopt;
    return out;
  }

  void WakeOnce(std::function<void()> wake) override {
    Account& account = tenant_->account;
    account.watchers.Add(this, wake);
    // What came before that.
    const std::lock_guard lock(account.mutex);
    if (account.engine.events().last() > after_ || account.removed) wake();
  }

  std::optional<std::chrono::microseconds> Next() override {
    const AccountLock lock(tenant_->account);
    return UntilDue(tenant_->account);
  }

 private:
  // Begins anew when the account's events do; whether the account is gone.
  bool Look() {
    const std::lock_guard lock(tenant_->account.mutex);
    const std::uint64_t life = tenant_->account.marks().lives;
    if (life_ && *life_ != life) after_ = 0;
    life_ = life;
    return tenant_->account.removed;
  }

  const std::shared_ptr<Tenant> tenant_;
  const AccountHandle handle_;
  std::uint64_t after_;
  std::optional<std::uint64_t> life_;
};

std::uint64_t LastOf(Tenant& tenant) {
  const std::lock_guard lock(tenant.account.mutex);
  return tenant.account.engine.events().last();
}

}  // namespace

Answer GetEvents(const Call& call) {
  auto tenant = call.FindTenant();
  if (!tenant) return tenant.error();
  const auto after = ReadAfter(call, 0);
  if (!after) return after.error();
  const auto limit = call.ReadNumber("limit", 100, 1, 10'000);
  if (!limit) return limit.error();
  const std::uint64_t last = LastOf(**tenant);
  const AccountHandle account(std::move(*tenant));
  Json events = Json::array();
  std::uint64_t next = *after;
  for (const EventView& event : account.Events({*after, static_cast<std::size_t>(*limit)})) {
    events.push_back(Write(event, account.venue()));
    next = event.seq;
  }
  return WriteJson(200, {{"events", std::move(events)}, {"next_after", next}, {"last_seq", last}});
}

Answer StreamEvents(const Call& call) {
  auto tenant = call.FindTenant();
  if (!tenant) return tenant.error();
  const auto after = ReadAfterOfStream(call, LastOf(**tenant));
  if (!after) return after.error();
  Answer out = WriteText(200, "text/event-stream", ": events of " + (*tenant)->id + "\n\n");
  out.more = std::make_shared<AccountEvents>(std::move(*tenant), *after);
  return out;
}

}  // namespace ocokit::mock::control
