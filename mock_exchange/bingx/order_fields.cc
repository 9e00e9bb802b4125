#include "mock_exchange/bingx/order_fields.h"

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

}  // namespace

std::optional<Side> ReadSide(const std::string& text) {
  if (text == "BUY") return Side::kBuy;
  return text == "SELL" ? std::optional(Side::kSell) : std::nullopt;
}

std::optional<Refusal> CheckTradable(const MarketSpec& spec) {
  if (spec.status == 0) return Refusal{ErrorId::kSymbolOffline};
  if (spec.status != 1 || !spec.trading_enabled) return Refusal{ErrorId::kSymbolNotTradable};
  return std::nullopt;
}

Refusal TooHigh(const Decimal& most, const std::string& asset) {
  return {ErrorId::kAmountTooHigh,
          "The maximum amount per order is " + most.Format() + " " + asset};
}

Refusal Explain(const Rejection& rejection, Side side, const AskedPrices& asked,
                const engine::Market& market, const engine::Rules& rules) {
  switch (rejection.reason) {
    case RejectReason::kTooLarge:
      return {ErrorId::kInvalidArguments};
    case RejectReason::kTradingDisabled:
    case RejectReason::kNoLastPrice:
      return {ErrorId::kSymbolNotTradable};
    case RejectReason::kLimitPriceBand:
      return {ErrorId::kPriceDiverges,
              DivergeText(rejection, asked.limit, *market.last, market.spec)};
    case RejectReason::kStopPriceBand:
      return {ErrorId::kPriceDiverges,
              DivergeText(rejection, asked.stop, *market.last, market.spec)};
    case RejectReason::kTriggerEqualsLast:
    case RejectReason::kLimitCrosses:
    case RejectReason::kTriggerWrongSide:
    case RejectReason::kTriggerMet:  // no order of BingX is refused for it
      return {
          ErrorId::kPriceRelation,
          side == Side::kBuy
              ? "limitPrice must be lower than the last price and triggerPrice higher for BUY"
              : "limitPrice must be higher than the last price and triggerPrice lower for SELL"};
    case RejectReason::kDuplicateClientId:
      return {ErrorId::kClientIdUsed,
              "clientOrderId " + rejection.client_id + " is already used by an open order"};
    case RejectReason::kTooManyOrders:
      return {ErrorId::kTooManyOrders, "The number of pending orders has reached the limit of " +
                                           std::to_string(rules.max_open_orders.value_or(0))};
    case RejectReason::kAmountTooSmall:
      return {ErrorId::kAmountZero};
    case RejectReason::kNotMaker:
      return {ErrorId::kWouldTake};
    case RejectReason::kNoFunds:
    case RejectReason::kFunds:
    // No spot order has these; to take the money away is the nearest that BingX knows.
    case RejectReason::kTakeProfitSide:
    case RejectReason::kStopLossSide:
    case RejectReason::kReduceOnly:
    case RejectReason::kOppositePosition:
    case RejectReason::kPositionTooBig:
    case RejectReason::kPendingTooBig:
    case RejectReason::kLimitLegFunds:
    case RejectReason::kStopLegFunds:
      return {ErrorId::kInsufficientAssets};
  }
  return {ErrorId::kInsufficientAssets};
}

}  // namespace ocokit::mock::bingx
