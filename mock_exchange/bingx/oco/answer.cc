#include "mock_exchange/bingx/oco/answer.h"

#include "mock_exchange/bingx/limits.h"
#include "mock_exchange/bingx/oco/read.h"
#include "mock_exchange/bingx/oco/write.h"
#include "mock_exchange/wire/read_whole.h"

namespace ocokit::mock::bingx {
namespace {

using engine::Rejection;
using engine::RejectReason;

// The venue prints its ratios with ten decimals.
std::string TenDecimals(const Decimal& value) {
  std::string text = value.Format();
  if (value.scale() == 0) text += '.';
  text.append(static_cast<std::size_t>(10 - value.scale()), '0');
  return text;
}

std::string DivergeText(const Rejection& rejection, const Decimal& price, const Decimal& last,
                        const MarketSpec& spec) {
  const std::string tail = ", userID: ***,entrustPrice:" + price.Format() +
                           ", indexPrice:" + last.Format() + ",tradePrice: " + last.Format() +
                           ", maxEntrustPriceDiverge:" + (last * spec.band_high).Format() +
                           ", minEntrustPriceDiverge:" + (last * spec.band_low).Format() +
                           ",minDivergeRatio:" + TenDecimals(spec.band_low) +
                           ",maxDivergeRatio:" + TenDecimals(spec.band_high);
  return " check price diverge fail, entrustPrice to " +
         std::string(rejection.above ? "high" : "low") + tail;
}

Refusal Explain(const Rejection& rejection, const engine::PlaceCommand& c,
                const engine::Market& market, int max_open_orders) {
  switch (rejection.reason) {
    case RejectReason::kTooLarge:
      return {ErrorId::kInvalidArguments};
    case RejectReason::kTradingDisabled:
    case RejectReason::kNoLastPrice:
      return {ErrorId::kSymbolNotTradable};
    case RejectReason::kLimitPriceBand:
      return {ErrorId::kPriceDiverges,
              DivergeText(rejection, c.limit_price, *market.last, market.spec)};
    case RejectReason::kStopPriceBand:
      return {ErrorId::kPriceDiverges,
              DivergeText(rejection, c.stop_price, *market.last, market.spec)};
    case RejectReason::kTriggerEqualsLast:
    case RejectReason::kLimitCrosses:
    case RejectReason::kTriggerWrongSide:
      return {
          ErrorId::kPriceRelation,
          c.side == Side::kBuy
              ? "limitPrice must be lower than the last price and triggerPrice higher for BUY"
              : "limitPrice must be higher than the last price and triggerPrice lower for SELL"};
    case RejectReason::kDuplicateClientId:
      return {ErrorId::kClientIdUsed,
              "clientOrderId " + rejection.client_id + " is already used by an open order"};
    case RejectReason::kTooManyOrders:
      return {ErrorId::kTooManyOrders, "The number of pending orders has reached the limit of " +
                                           std::to_string(max_open_orders)};
    case RejectReason::kNoFunds:
    case RejectReason::kFunds:
    // No spot order has these; to take the money away is the nearest that BingX knows.
    case RejectReason::kReduceOnly:
    case RejectReason::kOppositePosition:
    case RejectReason::kAmountTooSmall:
    case RejectReason::kPositionTooBig:
    case RejectReason::kPendingTooBig:
    case RejectReason::kLimitLegFunds:
    case RejectReason::kStopLegFunds:
      return {ErrorId::kInsufficientAssets};
  }
  return {ErrorId::kInsufficientAssets};
}

// What makes two orders "the same" for the once-a-second rule.
std::string Fingerprint(const engine::PlaceCommand& c) {
  std::string out = std::to_string(c.market) + Name(c.side);
  for (const Decimal* number : {&c.amount, &c.limit_price, &c.stop_price, &c.trigger_price}) {
    out += ' ';
    number->AppendTo(out);
  }
  return out;
}

// The leg that a cancel request names; both ids, when both are given, must name legs of one pair.
LegAt FindLeg(const CancelRequest& request, engine::PairStore& pairs) {
  LegAt found;
  if (request.order_id) {
    const auto id = ReadWhole<engine::OrderId>(*request.order_id);
    Pair* pair = id ? pairs.FindId(*id) : nullptr;
    if (pair == nullptr || pair->id == *id) return {};
    found = {pair, pair->limit.id == *id ? LegKind::kLimit : LegKind::kStop};
  }
  if (request.client_order_id) {
    const std::string& id = *request.client_order_id;
    Pair* pair = pairs.FindClientId(0, id);
    if (pair == nullptr || (pair->limit.client_id != id && pair->stop.client_id != id)) return {};
    if (found.pair != nullptr) return found.pair == pair ? found : LegAt{};
    found = {pair, pair->limit.client_id == id ? LegKind::kLimit : LegKind::kStop};
  }
  return found;
}

// Collects the legs of one page out of the pairs it is given in order.
class PageOfLegs {
 public:
  PageOfLegs(const PageRequest& page, PageOver over) : page_(page), over_(over) {}

  // False when the page is full.
  bool Add(const Pair& pair) {
    const std::int64_t at = ToUnixMillis(pair.updated);
    if ((page_.start_ms && at < *page_.start_ms) || (page_.end_ms && at > *page_.end_ms)) {
      return true;
    }
    for (const LegKind kind : {LegKind::kStop, LegKind::kLimit}) {
      if (place_ >= page_.first && !IsFull()) legs_.push_back({&pair, kind});
      if (over_ == PageOver::kLegs) ++place_;
    }
    if (over_ == PageOver::kLists) ++place_;
    return !IsFull();
  }
  [[nodiscard]] const std::vector<LegAt>& legs() const { return legs_; }

 private:
  [[nodiscard]] bool IsFull() const { return place_ >= page_.first + page_.size; }

  const PageRequest& page_;
  PageOver over_;
  std::size_t place_ = 0;  // of the next leg or list
  std::vector<LegAt> legs_;
};

Reply WriteList(const CallContext& call, const std::vector<LegAt>& legs, bool with_status) {
  return Accept(WriteLegs(legs, call.account.engine.markets(), with_status,
                          call.account.settings.empty_lists));
}

}  // namespace

Reply CreateOco(const CallContext& call) {
  const auto command = ReadCreate(call.parameters, call.account);
  if (!command) return call.Refuse(command.error(), Stage::kRead);
  Account& account = call.account;
  const std::string fingerprint = Fingerprint(*command);
  const bool once_a_second = account.settings.rate_limits;
  if (once_a_second && account.recent_orders.Contains(fingerprint, call.now)) {
    return call.Refuse({ErrorId::kSameOrder}, Stage::kLimit);
  }
  if (const PublishedError* error = FindOrderRefusal(account.settings.refuse_orders)) {
    return WriteError(*error, Stage::kEngine, call.now, WordingFor(account));
  }
  const engine::Rules rules = account.Rules(kMaxOpenOrders);
  const auto placed = account.engine.Place(*command, rules, *account.ids, call.now);
  const engine::Market& market = account.engine.markets()[command->market];
  if (!placed) {
    return call.Refuse(Explain(placed.error(), *command, market, rules.max_open_orders.value_or(0)),
                       Stage::kEngine);
  }
  if (once_a_second) account.recent_orders.Add(fingerprint, call.now);
  const bool with_state = account.settings.create_state.value_or(!account.live());
  return Accept(WriteCreate(**placed, market.spec.symbol, with_state));
}

Reply CancelOco(const CallContext& call) {
  const auto request = ReadCancel(call.parameters);
  if (!request) return call.Refuse(request.error(), Stage::kRead);
  const LegAt named = FindLeg(*request, call.account.engine.pairs());
  if (named.pair == nullptr) return call.Refuse({ErrorId::kOrderNotExist}, Stage::kEngine);
  const auto cancelled = call.account.engine.Cancel(named.pair->sequence, call.now);
  if (!cancelled) return call.Refuse({ErrorId::kOrderDone}, Stage::kEngine);
  const engine::Leg& leg = (*cancelled)->leg(named.kind);
  return Accept(WriteCancel(std::to_string(leg.id), leg.client_id));
}

Reply GetOcoList(const CallContext& call) {
  const auto given = ReadOrderList(call.parameters);
  if (!given) return call.Refuse(given.error(), Stage::kRead);
  engine::PairStore& pairs = call.account.engine.pairs();
  const auto id = ReadWhole<engine::OrderId>(*given);
  const Pair* pair = id ? pairs.FindId(*id) : nullptr;
  if (pair == nullptr || pair->id != *id) {
    pair = pairs.FindClientId(0, *given);
    if (pair == nullptr || pair->client_id != *given) {
      if (call.account.settings.unknown_list_is_empty) return WriteList(call, {}, false);
      return call.Refuse({ErrorId::kOrderNotExist}, Stage::kEngine);
    }
  }
  return WriteList(call, {{pair, LegKind::kStop}, {pair, LegKind::kLimit}},
                   call.account.settings.order_list_status);
}

Reply GetOpenOcoLists(const CallContext& call) {
  const auto page = ReadPage(call.parameters, /*by_time=*/false);
  if (!page) return call.Refuse(page.error(), Stage::kRead);
  PageOfLegs legs(*page, call.account.settings.page_over);
  call.account.engine.pairs().VisitOpen([&](const Pair& pair) { return legs.Add(pair); });
  return WriteList(call, legs.legs(), /*with_status=*/true);
}

Reply GetOcoHistory(const CallContext& call) {
  const auto page = ReadPage(call.parameters, /*by_time=*/true);
  if (!page) return call.Refuse(page.error(), Stage::kRead);
  PageOfLegs legs(*page, call.account.settings.page_over);
  call.account.engine.pairs().VisitEnded([&](const Pair& pair) { return legs.Add(pair); });
  return WriteList(call, legs.legs(), /*with_status=*/true);
}

}  // namespace ocokit::mock::bingx
