#include "mock_exchange/whitebit/streams/entry_errors.h"

#include <algorithm>
#include <array>

namespace ocokit::mock::whitebit {
namespace {

struct EntryRow {
  ErrorId id;
  int code;
  const char* message;
};

// What is read wrongly, and the refusals that the setting refuse_orders brings about. What has no
// row is an invalid argument. Texts after the documents of 2026-08 and 2026-09; "is invalid" of
// further members by analogy.
constexpr std::array kEntryRows = {
    EntryRow{ErrorId::kMarketUnknown, 1, "the market is futures"},
    EntryRow{ErrorId::kSide, 1, "side is invalid"},
    EntryRow{ErrorId::kStpType, 1, "stp is invalid"},
    EntryRow{ErrorId::kAmountType, 1, "amount is invalid"},
    EntryRow{ErrorId::kAmountNotPositive, 1, "amount is invalid"},
    EntryRow{ErrorId::kAmountStep, 1, "amount is invalid"},
    EntryRow{ErrorId::kMoneyTotal, 1, "amount is invalid"},
    EntryRow{ErrorId::kPriceType, 1, "price is invalid"},
    EntryRow{ErrorId::kPriceNotPositive, 1, "price is invalid"},
    EntryRow{ErrorId::kPriceStep, 1, "price is invalid"},
    EntryRow{ErrorId::kTriggerTooLow, 1, "activation_price is invalid"},
    EntryRow{ErrorId::kTriggerStep, 1, "activation_price is invalid"},
    EntryRow{ErrorId::kBestPrice, 1, "bbo_role is invalid"},
    EntryRow{ErrorId::kClientIdType, 1, "client_order_id is invalid"},
    EntryRow{ErrorId::kClientIdCharacters, 1, "client_order_id is invalid"},
    EntryRow{ErrorId::kReduceOnlyType, 1, "reduce_only is invalid"},
    EntryRow{ErrorId::kPositionSideType, 1, "position_side is invalid"},
    EntryRow{ErrorId::kPositionSideOnMargin, 1,
             "position side can be used only with futures market"},
    EntryRow{ErrorId::kPositionSideMismatch, 114,
             "order's position side does not match user's setting"},
    EntryRow{ErrorId::kIocOrPostOnly, 1, "flags: ioc=1 and post_only=1 can't be combined"},
    EntryRow{ErrorId::kExitPrice, 1, "take_profit or stop_loss is invalid"},
    EntryRow{ErrorId::kTotalTooLow, 11, "amount too small"},
    EntryRow{ErrorId::kPositionTooBig, 111, "margin position too big"},
    EntryRow{ErrorId::kLimitPriceBand, 250, "price is out of bands"},
    EntryRow{ErrorId::kStopPriceBand, 251, "activation price is out of bands"},
    EntryRow{ErrorId::kOrderUnknown, 6, "order not found"},
    EntryRow{ErrorId::kNothingToModify, 1,
             "at least price or amount or total or activation price should be specified"},
    EntryRow{ErrorId::kGroupModified, 155, "conditional order modification"},
    EntryRow{ErrorId::kExitModified, 160, "tpsl orders can't be modified"},
    EntryRow{ErrorId::kActivationOfLimit, 158, "wrong activation price for limit order"},
    EntryRow{ErrorId::kTotalNotTaken, 162, "wrong param total"},
    EntryRow{ErrorId::kAmountNotTaken, 163, "wrong param amount"},
    EntryRow{ErrorId::kPriceOfStopMarket, 164, "wrong param price"},
    EntryRow{ErrorId::kRegionBlocked, 10006, "order type is not available"},
    EntryRow{ErrorId::kNotMaker, 14, "margin order by taker price"},
    EntryRow{ErrorId::kNoMarginStock, 15, "please try again later"},
    EntryRow{ErrorId::kNoMarginMoney, 16, "please try again later"},
    EntryRow{ErrorId::kMarginBalance, 17, "user margin balance not enough"},
    EntryRow{ErrorId::kFieldBalance, 10, "balance not enough"},
    EntryRow{ErrorId::kLastPriceFault, 2, "internal error"},
    EntryRow{ErrorId::kEngineTriggerEqualsLast, 101,
             "activation price should not be equal to the last price"},
    EntryRow{ErrorId::kTooManyStops, 152, "can not place stop loss / take profit"},
    EntryRow{ErrorId::kConditions, 161, "conditional order validation"},
    EntryRow{ErrorId::kLimitPriceOutOfBands, 250, "price is out of bands"},
    EntryRow{ErrorId::kStopPriceOutOfBands, 251, "activation price is out of bands"},
};

tl::unexpected<Refused> OfReason(const engine::Rejection& rejection, engine::Wallet wallet) {
  using engine::RejectReason;
  const bool spot = wallet == engine::Wallet::kSpot;
  switch (rejection.reason) {
    case RejectReason::kTooLarge:
    case RejectReason::kPositionTooBig:
      return Decline(111, "margin position too big");
    case RejectReason::kTradingDisabled:
      return Decline(51, "trading in the market is not allowed");
    case RejectReason::kNoLastPrice:
      return Decline(12, "not enough traders");
    case RejectReason::kTriggerEqualsLast:
      return Decline(101, "activation price should not be equal to the last price");
    case RejectReason::kLimitPriceBand:
      return Decline(250, (rejection.above ? "price must be <= " : "price must be >= ") +
                              rejection.bound.Format());
    case RejectReason::kStopPriceBand:
      return Decline(251, "activation price is out of bands");
    case RejectReason::kLimitCrosses:
      return Decline(150, "take profit is not post only");
    case RejectReason::kTriggerWrongSide:
      return Decline(151, "wrong activation price for stop loss");
    case RejectReason::kTriggerMet:
      return Decline(158, "wrong activation price for limit order");
    case RejectReason::kTakeProfitSide:
      return Decline(105, "wrong activation price for take profit");
    case RejectReason::kStopLossSide:
      return Decline(106, "wrong activation price for stop loss");
    case RejectReason::kReduceOnly:
      return Decline(116, "margin order with reduce only is rejected");
    case RejectReason::kOppositePosition:
      return Decline(115, "order would result in a new position in the opposite direction");
    case RejectReason::kAmountTooSmall:
      return Decline(11, "amount too small");
    case RejectReason::kNotMaker:
      return spot ? Decline(13, "order by taker price")
                  : Decline(14, "margin order by taker price");
    case RejectReason::kDuplicateClientId:
      return Decline(43, "client order id already exists");
    case RejectReason::kTooManyOrders:
      return Decline(103, "max. limit of margin stop limit orders have been reached");
    case RejectReason::kPendingTooBig:
      return Decline(112, "margin pending orders value too big");
    case RejectReason::kStopLegFunds:
      return Decline(152, "can not place stop loss / take profit");
    case RejectReason::kLimitLegFunds:
      return Decline(153, "can not place stop loss / take profit");
    case RejectReason::kNoFunds:
    case RejectReason::kFunds:
      break;
  }
  return spot ? Decline(10, "balance not enough") : Decline(17, "user margin balance not enough");
}

}  // namespace

tl::unexpected<Refused> DeclineFor(const NotPlaced& why, engine::Wallet wallet) {
  if (why.reason) return OfReason(*why.reason, wallet);
  const auto* const row = std::ranges::find(kEntryRows, why.refusal.id, &EntryRow::id);
  return row == kEntryRows.end() ? InvalidArgument() : Decline(row->code, row->message);
}

tl::unexpected<Refused> NoOrder() { return Decline(6, "order not found"); }

}  // namespace ocokit::mock::whitebit
