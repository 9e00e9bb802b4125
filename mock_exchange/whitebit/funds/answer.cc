#include "mock_exchange/whitebit/funds/answer.h"

#include "mock_exchange/venue/pager.h"
#include "mock_exchange/whitebit/funds/read.h"
#include "mock_exchange/whitebit/funds/write.h"

namespace ocokit::mock::whitebit {
namespace {

// The balances asked for: one asset's, or all.
engine::Balances BalancesOf(engine::Wallet wallet, const std::optional<std::string>& ticker,
                            const Account& account) {
  const engine::Balances& all = account.engine.balances(wallet);
  if (!ticker) return all;
  const auto it = all.find(*ticker);
  return {{*ticker, it == all.end() ? engine::Balance() : it->second}};
}

// Where the position with this id is held.
struct Held {
  std::uint32_t market;
  PositionSide side;
};

std::optional<Held> FindPosition(const CloseRequest& request, const Account& account) {
  const engine::Market& market = account.engine.markets()[request.market];
  for (const PositionSide side : engine::kPositionSides) {
    const engine::Position& position = market.position(side);
    if (position.amount.IsZero() || position.id != request.id) continue;
    // In one-way mode the side is not looked at.
    if (request.side && side != PositionSide::kBoth && side != *request.side) continue;
    return Held{request.market, side};
  }
  return std::nullopt;
}

}  // namespace

Reply MainBalance(const CallContext& call) {
  const JsonValue* ticker = call.body.FindGiven("ticker");
  if (ticker == nullptr) return Accept(WriteMainBalances(call.account));
  if (!ticker->Is(JsonValue::Kind::kString)) {
    return Refuse(call, Stage::kRead, {ErrorId::kTickerType});
  }
  return Accept(WriteMainBalance(call.account.Transferable(ticker->text, std::nullopt)));
}

Reply Transfer(const CallContext& call) {
  const auto request = ReadTransfer(call.body, call.account);
  if (!request) return Refuse(call, Stage::kRead, request.error());
  const Decimal available = call.account.Transferable(request->ticker, request->from);
  if (request->amount > available) {
    return Refuse(
        call, Stage::kEngine,
        Saying(ErrorId::kTransferFunds, "You don't have such amount for transfer (available " +
                                            available.Format() +
                                            ", in amount: " + request->amount.Format() + ")"));
  }
  call.account.Transfer(request->ticker, request->from, request->to, request->amount);
  Response done = WriteEmptyList();
  done.status = 201;
  return Accept(std::move(done));
}

Reply MarketFee(const CallContext& call) { return Accept(WriteMarketFee(call.account)); }

Reply TradeBalance(const CallContext& call) {
  const auto ticker = ReadTicker(call.body, call.account, ErrorId::kTickerUnknown);
  if (!ticker) return Refuse(call, Stage::kRead, ticker.error());
  const engine::Balances shown = BalancesOf(engine::Wallet::kSpot, *ticker, call.account);
  const bool bare = *ticker && call.account.settings.bare_balance;
  return Accept(bare ? WriteOneTradeBalance(shown.begin()->second) : WriteTradeBalance(shown));
}

Reply CollateralBalance(const CallContext& call) {
  const auto ticker = ReadTicker(call.body, call.account, ErrorId::kCollateralTickerUnknown);
  if (!ticker) return Refuse(call, Stage::kRead, ticker.error());
  return Accept(WriteCollateralBalance(BalancesOf(engine::Wallet::kMargin, *ticker, call.account),
                                       call.account.live()));
}

Reply CollateralBalanceSummary(const CallContext& call) {
  const auto ticker = ReadTicker(call.body, call.account, ErrorId::kCollateralTickerUnknown);
  if (!ticker) return Refuse(call, Stage::kRead, ticker.error());
  return Accept(WriteBalanceSummary(BalancesOf(engine::Wallet::kMargin, *ticker, call.account),
                                    call.account));
}

Reply CollateralSummary(const CallContext& call) { return Accept(WriteSummary(call.account)); }

Reply OpenPositions(const CallContext& call) {
  const auto market = ReadMarketFilter(call.body, call.account);
  if (!market) return Refuse(call, Stage::kRead, market.error());
  return Accept(WritePositions(*market, call.account));
}

Reply PositionHistory(const CallContext& call) {
  const auto request = ReadPositionHistory(call.body, call.account, call.now);
  if (!request) return Refuse(call, Stage::kRead, request.error());
  Pager<const engine::PositionChange*> out(request->page.offset, request->page.limit);
  const auto& changes = call.account.engine.position_changes();
  for (auto it = changes.rbegin(); it != changes.rend() && !out.full(); ++it) {
    if (request->IsMeant(it->market, it->position, it->at)) out.Add(&*it);
  }
  return Accept(WritePositionHistory(out.entries(), call.account));
}

Reply ClosedPnl(const CallContext& call) {
  const auto request = ReadPositionHistory(call.body, call.account, call.now);
  if (!request) return Refuse(call, Stage::kRead, request.error());
  Pager<const engine::ClosedPosition*> out(request->page.offset, request->page.limit);
  const auto& closed = call.account.engine.closed_positions();
  for (auto it = closed.rbegin(); it != closed.rend() && !out.full(); ++it) {
    if (request->IsMeant(it->market, it->position, it->closed_at)) out.Add(&*it);
  }
  return Accept(WriteClosedPnl(out.entries(), call.account));
}

Reply ClosePosition(const CallContext& call) {
  Account& account = call.account;
  const auto request = ReadClose(call.body, account);
  if (!request) return Refuse(call, Stage::kRead, request.error());
  const auto held = FindPosition(*request, account);
  if (!held) return Refuse(call, Stage::kEngine, {ErrorId::kPositionUnknown});
  if (account.engine.ClosePosition(held->market, held->side, *account.ids,
                                   account.Rules(std::nullopt), call.now) == nullptr) {
    return Refuse(call, Stage::kEngine, {ErrorId::kNoLastPriceToClose});
  }
  return Accept(WriteEmptyList());
}

Reply ChangeLeverage(const CallContext& call) {
  const auto leverage = ReadLeverage(call.body);
  if (!leverage) return Refuse(call, Stage::kRead, leverage.error());
  Account& account = call.account;
  if (!account.engine.SetLeverage(Decimal(*leverage), account.Rules(std::nullopt), call.now)) {
    return Refuse(call, Stage::kEngine, {ErrorId::kLeverageFunds});
  }
  return Accept(WriteLeverage(account.engine.leverage()));
}

Reply HedgeMode(const CallContext& call) {
  return Accept(WriteHedgeMode(call.account.engine.hedge_mode()));
}

Reply UpdateHedgeMode(const CallContext& call) {
  const auto on = ReadHedgeMode(call.body);
  if (!on) return Refuse(call, Stage::kRead, on.error());
  if (!call.account.engine.SetHedgeMode(*on, call.now)) {
    return Refuse(call, Stage::kEngine, {ErrorId::kPositionModeHeld});
  }
  return Accept(WriteHedgeMode(*on));
}

}  // namespace ocokit::mock::whitebit
