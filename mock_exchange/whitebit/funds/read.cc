#include "mock_exchange/whitebit/funds/read.h"

#include <algorithm>
#include <array>

namespace ocokit::mock::whitebit {
namespace {

using Kind = JsonValue::Kind;

bool IsKnown(const std::string& ticker, const Account& account) {
  return std::ranges::any_of(engine::kWallets,
                             [&](engine::Wallet wallet) {
                               return account.engine.balances(wallet).contains(ticker);
                             }) ||
         std::ranges::any_of(account.engine.markets(), [&](const engine::Market& m) {
           return m.spec.base == ticker || m.spec.quote == ticker;
         });
}

// The position's side as asked for. In hedge mode a futures position has one, so that BOTH cannot
// be meant, and a margin market's has none; in one-way mode it is ignored, unless the settings say
// otherwise.
ReadResult<std::optional<PositionSide>> ReadCloseSide(const JsonValue& body, std::uint32_t market,
                                                      const Account& account) {
  const JsonValue* value = body.FindGiven("positionSide");
  if (value == nullptr) return std::optional<PositionSide>();
  const auto side = ReadPositionSide(*value);
  if (!side) return Fail(ErrorId::kPositionSideType);
  const bool sided = *side != PositionSide::kBoth;
  const bool futures = account.engine.markets()[market].spec.kind == MarketKind::kFutures;
  if (account.engine.hedge_mode()) {
    if (futures && !sided) return Fail(ErrorId::kPositionSideMismatch);
    if (!futures && sided) return Fail(ErrorId::kPositionSideOnMargin);
    return side;
  }
  if (sided && account.settings.reject_position_side) return Fail(ErrorId::kPositionSideMismatch);
  return side;
}

}  // namespace

ReadResult<std::optional<std::string>> ReadTicker(const JsonValue& body, const Account& account,
                                                  ErrorId unknown) {
  const JsonValue* value = body.FindGiven("ticker");
  if (value == nullptr) return std::optional<std::string>();
  if (!value->Is(Kind::kString)) {
    // The collateral pages have one text for all that is wrong.
    return Fail(unknown == ErrorId::kTickerUnknown ? ErrorId::kTickerType : unknown);
  }
  if (!IsKnown(value->text, account)) return Fail(unknown);
  return std::optional(value->text);
}

ReadResult<CloseRequest> ReadClose(const JsonValue& body, const Account& account) {
  CloseRequest out;
  const JsonValue* market_value = body.FindGiven("market");
  if (market_value == nullptr) return Fail(ErrorId::kListMarketRequired);
  const auto market = ReadListMarket(*market_value, account);
  if (!market) return Fail(market.error());
  out.market = *market;
  const JsonValue* id_value = body.FindGiven("positionId");
  if (id_value == nullptr) return Fail(ErrorId::kPositionIdRequired);
  const auto id = ReadId(*id_value);
  if (!id) return Fail(ErrorId::kPositionIdType);
  out.id = *id;
  const auto side = ReadCloseSide(body, out.market, account);
  if (!side) return Fail(side.error());
  out.side = *side;
  return out;
}

ReadResult<int> ReadLeverage(const JsonValue& body) {
  if (auto bad = CheckRequired(body, {{"leverage", "Leverage field is required."}})) {
    return Fail(*bad);
  }
  const auto leverage = ReadInteger(*body.Find("leverage"));
  if (!leverage) return Fail(ErrorId::kLeverageType);
  for (const int allowed : engine::kLeverages) {
    if (*leverage == allowed) return allowed;
  }
  return Fail(ErrorId::kLeverageUnknown);
}

ReadResult<bool> ReadHedgeMode(const JsonValue& body) {
  if (auto bad = CheckRequired(body, {{"hedgeMode", "HedgeMode field is required."}})) {
    return Fail(*bad);
  }
  const JsonValue& value = *body.Find("hedgeMode");
  if (!value.Is(Kind::kBool)) return Fail(ErrorId::kHedgeModeType);
  return value.text == "true";
}

}  // namespace ocokit::mock::whitebit
