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

Refusal TransferError(const char* field, const std::string& text) {
  return {ErrorId::kTransfer, {{field, {text}}}};
}

using Place = std::optional<engine::Wallet>;  // none: the main balance

// A word for a balance; false for any other.
bool ReadPlace(const std::string& word, Place& out) {
  if (word == "main") {
    out.reset();
  } else if (word == "spot") {
    out = engine::Wallet::kSpot;
  } else if (word == "collateral") {
    out = engine::Wallet::kMargin;
  } else {
    return false;
  }
  return true;
}

// Where from and where to: two words, or the older method that says both.
std::optional<Refusal> ReadPlaces(const JsonValue& body, TransferRequest& out) {
  struct Method {
    std::string_view word;
    const char* from;
    const char* to;
  };
  constexpr std::array<Method, 4> kMethods = {{{"deposit", "main", "spot"},
                                               {"withdraw", "spot", "main"},
                                               {"collateral-deposit", "main", "collateral"},
                                               {"collateral-withdraw", "collateral", "main"}}};
  std::string from;
  std::string to;
  if (const JsonValue* method = body.FindGiven("method")) {
    const auto* const row = std::ranges::find(kMethods, method->text, &Method::word);
    if (row == kMethods.end()) return TransferError("method", "The selected method is invalid.");
    from = row->from;
    to = row->to;
  } else {
    for (const auto& [field, into] : {std::pair{"from", &from}, std::pair{"to", &to}}) {
      const JsonValue* word = body.FindGiven(field);
      if (word == nullptr) {
        return TransferError(field, "The " + std::string(field) + " field is required.");
      }
      *into = word->text;
    }
  }
  if (!ReadPlace(from, out.from)) return TransferError("from", "The selected from is invalid.");
  if (!ReadPlace(to, out.to)) return TransferError("to", "The selected to is invalid.");
  if (from == to) return TransferError("to", "The to and from must be different.");
  return std::nullopt;
}

}  // namespace

ReadResult<TransferRequest> ReadTransfer(const JsonValue& body, const Account& account) {
  TransferRequest out;
  const JsonValue* amount = body.FindGiven("amount");
  if (amount == nullptr) return Fail(TransferError("amount", "The amount field is required."));
  const JsonValue* ticker = body.FindGiven("ticker");
  if (ticker == nullptr) return Fail(TransferError("ticker", "The ticker field is required."));
  if (!ticker->Is(Kind::kString) || !IsKnown(ticker->text, account)) {
    return Fail(TransferError("ticker", "The selected ticker is invalid."));
  }
  out.ticker = ticker->text;
  if (auto bad = ReadPlaces(body, out)) return Fail(*bad);
  const auto number = ReadNumber(*amount);
  if (!number) return Fail(TransferError("amount", "The amount must be a number."));
  if (*number < Decimal::FromParts(1, engine::kMaxScale).value()) {
    return Fail(TransferError("amount", "The amount must be at least 0.00000001."));
  }
  out.amount = *number;
  return out;
}

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

ReadResult<PositionHistoryRequest> ReadPositionHistory(const JsonValue& body,
                                                       const Account& account, TimePoint now) {
  PositionHistoryRequest out;
  const auto market = ReadMarketFilter(body, account);
  if (!market) return Fail(market.error());
  out.market = *market;
  if (const JsonValue* id = body.FindGiven("positionId")) {
    out.position = ReadId(*id);
    if (!out.position) return Fail(ErrorId::kPositionIdType);
  }
  if (auto bad = ReadDates(body, now, out.from, out.to)) return Fail(*bad);
  const auto page = ReadPage(body, {});
  if (!page) return Fail(page.error());
  out.page = *page;
  return out;
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
