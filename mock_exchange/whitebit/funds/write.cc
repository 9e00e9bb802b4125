#include "mock_exchange/whitebit/funds/write.h"

#include "mock_exchange/json/response.h"
#include "mock_exchange/whitebit/funds/margin_balance.h"

namespace ocokit::mock::whitebit {
namespace {

using engine::Market;
using engine::Position;

// Zero of nothing, and where the share has more digits than a decimal holds.
Decimal Share(const Decimal& part, const Decimal& whole, int digits) {
  const Result<Decimal> share = Decimal::Divide(part, whole, digits);
  return share ? *share : Decimal();
}

// Free margin by the asset that margin markets are quoted in.
using FreeMargins = std::map<std::string, Decimal>;

FreeMargins FreeMarginsOf(const Account& account) {
  FreeMargins out;
  for (const Market& market : account.engine.markets()) {
    const auto [it, added] = out.try_emplace(market.spec.quote);
    if (added) it->second = account.engine.Summarize(market.spec.quote).free_margin;
  }
  return out;
}

std::string_view SideOf(const Position& position, PositionSide side, bool live) {
  if (side == PositionSide::kLong) return "LONG";
  if (side == PositionSide::kShort) return "SHORT";
  if (live) return "BOTH";
  return position.amount.IsPositive() ? "LONG" : "SHORT";
}

// The exits placed last that wait to close the position; null: none do.
const OrderList* FindExits(const Market& market, PositionSide side) {
  const auto orders = market.orders.find(
      {side, market.position(side).amount.IsPositive() ? Side::kSell : Side::kBuy});
  if (orders == market.orders.end()) return nullptr;
  const engine::OrderLists& lists = orders->second.reducing;
  for (auto it = lists.rbegin(); it != lists.rend(); ++it) {
    if ((*it)->oto == engine::OtoRole::kPending) return *it;
  }
  return nullptr;
}

// One that is not there, or does not wait any more, is null.
void WriteExits(const OrderList* list, const engine::OrderStore& orders, JsonWriter& json) {
  if (list == nullptr) {
    json.Null();
    return;
  }
  const engine::Exits& exits = *orders.ExitsOf(*list);
  json.BeginObject();
  const auto write = [&](const char* id_field, engine::OrderId id, const char* field) {
    const engine::Order* order = orders.FindOrder(id);
    if (order == nullptr || !order->IsWaiting()) {
      json.Key(id_field).Null().Key(field).Null();
    } else {
      json.Key(id_field).Integer(static_cast<std::int64_t>(id));
      json.Key(field).DecimalString(order->trigger);
    }
  };
  write("takeProfitId", exits.take_profit_id, "takeProfit");
  write("stopLossId", exits.stop_loss_id, "stopLoss");
  json.EndObject();
}

void WritePosition(const Market& market, PositionSide side, const FreeMargins& free,
                   const Account& account, JsonWriter& json) {
  const Position& position = market.position(side);
  const Decimal gain = market.last ? position.Gain(*market.last) : Decimal();
  const Decimal percent = Share(gain, position.cost, 4) * Decimal(100);
  json.BeginObject();
  json.Key("positionId").Integer(static_cast<std::int64_t>(position.id));
  json.Key("market").String(market.spec.symbol);
  json.Key("openDate").Seconds(position.opened);
  json.Key("modifyDate").Seconds(position.modified);
  json.Key("amount").DecimalString(position.amount);
  json.Key("basePrice").DecimalString(position.BasePrice());
  json.Key("liquidationPrice").Null();
  json.Key("liquidationState").Null();
  json.Key("pnl").DecimalString(gain);
  json.Key("pnlPercent").DecimalString(percent);
  json.Key("margin").DecimalString(
      Share(position.cost, account.engine.leverage(), engine::kMaxScale));
  json.Key("freeMargin").DecimalString(free.at(market.spec.quote));
  json.Key("funding").String("0");
  json.Key("unrealizedFunding").String("0");
  if (account.live()) json.Key("unrealizedPnl").DecimalString(gain);
  json.Key("tpsl");
  WriteExits(FindExits(market, side), account.engine.orders(), json);
  json.Key("positionSide").String(SideOf(position, side, account.live()));
  json.EndObject();
}

const MarketSpec* FirstOf(MarketKind kind, const Account& account) {
  for (const Market& market : account.engine.markets()) {
    if (market.spec.kind == kind) return &market.spec;
  }
  return nullptr;
}

void WriteAvailable(const engine::Balance& balance, JsonWriter& json) {
  json.BeginObject().Key("available").DecimalString(balance.free);
  json.Key("freeze").DecimalString(balance.reserved).EndObject();
}

}  // namespace

Response WriteMainBalances(const Account& account) {
  std::map<std::string, Decimal> all = account.main_balance;
  for (const engine::Wallet wallet : engine::kWallets) {
    for (const auto& [asset, balance] : account.engine.balances(wallet)) all.try_emplace(asset);
  }
  JsonWriter json;
  json.BeginObject();
  for (const auto& [asset, balance] : all) {
    json.Key(asset).BeginObject().Key("main_balance").DecimalString(balance).EndObject();
  }
  json.EndObject();
  return JsonResponse(json);
}

Response WriteMainBalance(const Decimal& balance) {
  JsonWriter json;
  json.BeginObject().Key("main_balance").DecimalString(balance).EndObject();
  return JsonResponse(json);
}

Response WriteMarketFee(const Account& account) {
  const MarketSpec* spot = FirstOf(MarketKind::kMargin, account);
  const MarketSpec* futures = FirstOf(MarketKind::kFutures, account);
  const auto percent = [](const MarketSpec* spec, Decimal MarketSpec::*fee) {
    return spec == nullptr ? Decimal() : spec->*fee * Decimal(100);
  };
  JsonWriter json;
  json.BeginObject().Key("error").Null();
  json.Key("taker").DecimalString(percent(spot, &MarketSpec::taker_fee));
  json.Key("maker").DecimalString(percent(spot, &MarketSpec::maker_fee));
  json.Key("futures_taker").DecimalString(percent(futures, &MarketSpec::taker_fee));
  json.Key("futures_maker").DecimalString(percent(futures, &MarketSpec::maker_fee));
  json.Key("rpi_maker_fee_premium").Null();
  json.Key("futures_rpi_maker_fee_premium").Null();
  json.Key("custom_fee").BeginObject().EndObject().EndObject();
  return JsonResponse(json);
}

Response WriteTradeBalance(const engine::Balances& balances) {
  JsonWriter json;
  json.BeginObject();
  for (const auto& [asset, balance] : balances) {
    json.Key(asset);
    WriteAvailable(balance, json);
  }
  json.EndObject();
  return JsonResponse(json);
}

Response WriteOneTradeBalance(const engine::Balance& balance) {
  JsonWriter json;
  WriteAvailable(balance, json);
  return JsonResponse(json);
}

Response WriteCollateralBalance(const engine::Balances& balances, bool live) {
  JsonWriter json;
  json.BeginObject();
  for (const auto& [asset, balance] : balances) {
    const Decimal amount = balance.free + balance.reserved;
    json.Key(asset);
    if (live) {
      json.DecimalString(amount);
    } else {
      json.Number(amount);
    }
  }
  json.EndObject();
  return JsonResponse(json);
}

Response WriteBalanceSummary(const engine::Balances& balances, const Account& account) {
  JsonWriter json;
  json.BeginArray();
  for (const auto& [asset, balance] : balances) {
    const MarginBalance margin = MarginBalanceOf(asset, balance, account);
    json.BeginObject().Key("asset").String(asset);
    json.Key("balance").DecimalString(margin.balance);
    json.Key("borrow").DecimalString(margin.borrow);
    json.Key("availableWithoutBorrow").DecimalString(margin.without_borrow);
    json.Key("availableWithBorrow").DecimalString(margin.with_borrow);
    json.EndObject();
  }
  json.EndArray();
  return JsonResponse(json);
}

Response WriteSummary(const Account& account) {
  const std::vector<Market>& markets = account.engine.markets();
  const engine::MarginSummary summary = markets.empty()
                                            ? engine::MarginSummary()
                                            : account.engine.Summarize(markets.front().spec.quote);
  JsonWriter json;
  json.BeginObject();
  json.Key("equity").DecimalString(summary.equity);
  json.Key("margin").DecimalString(summary.margin);
  json.Key("freeMargin").DecimalString(summary.free_margin);
  json.Key("unrealizedFunding").String("0");
  json.Key("pnl").DecimalString(summary.gain);
  json.Key("leverage").Number(account.engine.leverage());
  json.Key("marginFraction").DecimalString(Share(summary.margin, summary.equity, 4));
  json.EndObject();
  return JsonResponse(json);
}

Response WritePositions(std::optional<std::uint32_t> only, const Account& account) {
  JsonWriter json;
  json.BeginArray();
  const std::vector<Market>& markets = account.engine.markets();
  const FreeMargins free = FreeMarginsOf(account);
  for (std::uint32_t i = 0; i < markets.size(); ++i) {
    if (only && i != *only) continue;
    for (const PositionSide side : engine::kPositionSides) {
      if (!markets[i].position(side).amount.IsZero()) {
        WritePosition(markets[i], side, free, account, json);
      }
    }
  }
  json.EndArray();
  return JsonResponse(json);
}

Response WritePositionHistory(const std::vector<const engine::PositionChange*>& changes,
                              const Account& account) {
  JsonWriter json;
  json.BeginArray();
  for (const engine::PositionChange* change : changes) {
    json.BeginObject();
    json.Key("positionId").Integer(static_cast<std::int64_t>(change->position));
    json.Key("market").String(account.engine.markets()[change->market].spec.symbol);
    json.Key("openDate").Seconds(change->opened);
    json.Key("modifyDate").Seconds(change->at);
    json.Key("amount").DecimalString(change->amount);
    json.Key("basePrice").DecimalString(change->base_price);
    json.Key("realizedFunding").String("0");
    json.Key("liquidationPrice").String("0");
    json.Key("liquidationState").Null();
    json.Key("orderDetail").BeginObject();
    json.Key("id").Integer(static_cast<std::int64_t>(change->order));
    json.Key("tradeAmount").DecimalString(change->traded);
    json.Key("price").DecimalString(change->price);
    json.Key("tradeFee").DecimalString(change->fee);
    json.Key("fundingFee").String("0");
    json.Key("realizedPnl").DecimalString(change->realized).EndObject();
    const std::string_view side = change->is_long ? "LONG" : "SHORT";
    if (account.live()) {
      json.Key("side").String(side);
      json.Key("isHedge").Bool(change->side != PositionSide::kBoth);
    } else {
      json.Key("positionSide").String(side);
    }
    json.EndObject();
  }
  json.EndArray();
  return JsonResponse(json);
}

Response WriteClosedPnl(const std::vector<const engine::ClosedPosition*>& closed,
                        const Account& account) {
  JsonWriter json;
  json.BeginArray();
  for (const engine::ClosedPosition* position : closed) {
    json.BeginObject();
    json.Key("positionId").Integer(static_cast<std::int64_t>(position->position));
    json.Key("market").String(account.engine.markets()[position->market].spec.symbol);
    json.Key("grossPnl").DecimalString(position->gross);
    json.Key("netPnl").DecimalString(position->gross - position->fees);
    json.Key("totalTradeFee").DecimalString(position->fees);
    json.Key("totalFunding").String("0");
    json.Key("avgEntryPrice").DecimalString(position->entry_price);
    json.Key("avgExitPrice").DecimalString(position->exit_price);
    json.Key("closedSize").DecimalString(position->closed);
    json.Key("amount").String("0");
    json.Key("side").String(position->is_long ? "LONG" : "SHORT");
    json.Key("isHedge").Bool(position->side != PositionSide::kBoth);
    json.Key("openDate").Seconds(position->opened);
    json.Key("closeDate").Seconds(position->closed_at).EndObject();
  }
  json.EndArray();
  return JsonResponse(json);
}

Response WriteLeverage(const Decimal& leverage) {
  JsonWriter json;
  json.BeginObject().Key("leverage").Number(leverage).EndObject();
  return JsonResponse(json);
}

Response WriteHedgeMode(bool on) {
  JsonWriter json;
  json.BeginObject().Key("hedgeMode").Bool(on).EndObject();
  return JsonResponse(json);
}

}  // namespace ocokit::mock::whitebit
