#pragma once

// Every refusal of the WhiteBIT endpoints: HTTP status, code, message and the field it is about, in
// one table. docs/wire-whitebit.md lists them with their sources; texts marked "ours" there have no
// published wording.

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "mock_exchange/json/writer.h"
#include "mock_exchange/wire/reply.h"
#include "ocokit/mock/settings.h"

namespace ocokit::mock::whitebit {

enum class ErrorId {
  // Who asks.
  kUnknownKey,
  kDisabledKey,
  kPayloadMissing,
  kPayloadInvalid,
  kSignatureWrong,
  kRequestMissing,
  kRequestWrong,
  kNonceMissing,
  kNonceWindowInvalid,
  kNonceTooOld,
  kNonceTooNew,
  kNonceUsed,
  kEndpointNotAllowed,
  kRegionBlocked,
  // What is asked.
  kRequired,
  kMarketType,
  kMarketEmpty,
  kMarketUnknown,
  kListMarketRequired,
  kListMarketType,
  kListMarketUnknown,
  kSide,
  kAmountType,
  kAmountNotPositive,
  kAmountStep,
  kPriceType,
  kPriceNotPositive,
  kPriceStep,
  kTriggerType,
  kTriggerNotPositive,
  kTriggerTooLow,
  kTriggerStep,
  kTotalTooLow,
  kTotalTooHigh,
  kClientIdType,
  kClientIdCharacters,
  kReduceOnlyType,
  kPositionSideType,
  kStpType,
  kOneId,
  kIdType,
  kPagination,
  kTypesNotArray,
  kTypeUnknown,
  kTickerType,
  kTickerUnknown,
  kCollateralTickerUnknown,
  kDateType,
  kDateOrder,
  kDateSpan,
  kDateTooOld,
  kStatusUnknown,
  kHistoryUnknown,
  kPositionIdRequired,
  kPositionIdType,
  kLeverageType,
  kLeverageUnknown,
  kHedgeModeType,
  kMoneyTotal,
  kFlagType,
  kIocOrPostOnly,
  kRetailNotAllowed,
  kRpiNotEnabled,
  kBestPrice,
  kExitPrice,
  kExitsReduceOnly,
  kOrdersList,
  kActivationOfLimit,
  kPriceOfStopMarket,
  kTotalNotTaken,
  kAmountNotTaken,
  kNothingToModify,
  kGroupModified,
  kExitModified,
  kTimeout,
  kCancelItem,
  kCancelItemUnknown,
  kTransfer,
  kTransferFunds,
  // What the engine says.
  kTradingOff,
  kNoLastPrice,
  kNoLastPriceToClose,
  kTriggerEqualsLast,
  kLimitPriceBand,
  kStopPriceBand,
  kLimitCrosses,
  kTriggerWrongSide,
  kTriggerMet,
  kTakeProfitSide,
  kStopLossSide,
  kReduceOnly,
  kOppositePosition,
  kPositionSideMismatch,
  kPositionSideOnMargin,
  kAmountTooSmall,
  kClientIdUsed,
  kTooManyOrders,
  kPositionTooBig,
  kPendingTooBig,
  kLimitLegFunds,
  kStopLegFunds,
  kFunds,
  kLeverageFunds,
  kOrderUnknown,
  kPositionUnknown,
  kPositionModeHeld,
  kNotSpotMaker,
  // Published errors of a new order that have no cause here: Settings::refuse_orders raises them.
  kNotPermitted,
  kInvalidArgument,
  kNotMaker,
  kNoMarginStock,
  kNoMarginMoney,
  kMarginBalance,
  kFieldBalance,
  kLastPriceFault,
  kMakerFee,
  kEngineTriggerEqualsLast,
  kPositionModeChange,
  kTooManyStops,
  kConditions,
  kLimitPriceOutOfBands,
  kStopPriceOutOfBands,
  kFeeNotFound,
  kMagnitude,
  kOtherFeeNotFound,
};

// Texts by field. Written in the order of the field names, as the venue does.
using FieldErrors = std::vector<std::pair<std::string, std::vector<std::string>>>;

struct Refusal {
  ErrorId id;
  // In place of the table's field and text, where a text names numbers or several are told at once.
  FieldErrors errors = {};
};

// With another text at the table's field, or with the table's text at another field.
[[nodiscard]] Refusal Saying(ErrorId id, const std::string& text);
[[nodiscard]] Refusal About(ErrorId id, const std::string& field);

// The word for the decision: "signature", "reduce_only".
[[nodiscard]] std::string_view RuleOf(ErrorId id);

[[nodiscard]] Reply WriteRefusal(const Refusal& refusal, Stage stage, const Settings& settings);
// As one of several calls in one request shows it.
void WriteItemError(const Refusal& refusal, JsonWriter& json);
// The gateway's own replies, which are not JSON.
[[nodiscard]] Reply WriteRateLimited();
[[nodiscard]] Reply WriteBan(int status);
[[nodiscard]] Reply WriteNotFound(std::string rule);

// What Settings::refuse_orders may name.
[[nodiscard]] std::vector<std::string> OrderRefusalNames();
// The refusal of that name; none for any other text.
[[nodiscard]] std::optional<ErrorId> FindOrderRefusal(std::string_view name);

}  // namespace ocokit::mock::whitebit
