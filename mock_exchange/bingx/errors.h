#pragma once

// Every refusal of the BingX endpoints, with the venue's code, text and envelope.
// docs/wire-bingx.md lists them with their sources; texts marked "ours" there have no published
// wording.

#include <string>
#include <vector>

#include "mock_exchange/core/reply.h"
#include "ocokit/base/clock.h"
#include "ocokit/mock/settings.h"

namespace ocokit::mock::bingx {

enum class ErrorId {
  kUnknownPath,
  kNullKey,
  kIncorrectKey,
  kNullSignature,
  kTimestamp,
  kSignature,
  kIpNotListed,
  kNoTradePermission,
  kNoReadPermission,
  kRateLimited,
  kMissingArguments,
  kInvalidArguments,
  kInvalidSymbol,
  kQuantityNotPositive,
  kPriceNotPositive,
  kClientIdNotNumeric,
  kClientIdsEqual,
  kClientIdUsed,
  kUnknownSymbol,
  kSymbolOffline,
  kSymbolNotTradable,
  kAmountZero,
  kAmountTooLow,
  kTotalTooLow,
  kAmountTooHigh,
  kPriceDiverges,
  kPriceRelation,
  kSameOrder,
  kTooManyOrders,
  kInsufficientAssets,
  kOrderNotExist,
  kOrderDone,
};

struct Refusal {
  ErrorId id;
  // Replaces the fixed text where the venue's text names numbers; empty: the fixed text.
  std::string text = {};
};

// The reply to a refused request at `now`. `stage` goes into the decision.
[[nodiscard]] Reply WriteRefusal(const Refusal& refusal, Stage stage, TimePoint now,
                                 HttpStatus http_status);

// What Settings::refuse_orders may name.
[[nodiscard]] std::vector<std::string> OrderRefusalNames();

}  // namespace ocokit::mock::bingx
