#pragma once

// Every refusal of the BingX endpoints, with the venue's code, text and envelope.
// docs/wire-bingx.md lists them with their sources; texts marked "ours" there have no published
// wording.

#include <string>
#include <string_view>
#include <vector>

#include "mock_exchange/wire/reply.h"
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
  kBlocked,
  kErrorFlood,
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
  kUnknownContract,
  kClientIdCharacters,
  kVolumeTooLow,
  kWouldTake,
  kNotRestricted,
  kBatch,
  kNotInSymbol,
  kNotCancellable,
  kOpenFailed,
};

// Which members stand beside code and msg: the gateway's replies have a timestamp, the spot
// service's a debugMsg.
enum class Envelope { kGateway, kBusiness };

struct PublishedError {
  int code;
  Envelope envelope;
  std::string_view rule;  // for the decision
  std::string_view text;
};

struct Refusal {
  ErrorId id;
  // Replaces the fixed text where the venue's text names numbers; empty: the fixed text.
  std::string text = {};
};

// How the venue words its refusals.
struct Wording {
  bool live = false;  // with the texts of captured replies where they differ
  HttpStatus http_status = HttpStatus::kCaptured;
};

// What is wrong, as a reply says it.
[[nodiscard]] std::string TextOf(const Refusal& refusal, const Wording& wording);
// The reply to a refused request at `now`. `stage` goes into the decision.
[[nodiscard]] Reply WriteRefusal(const Refusal& refusal, Stage stage, TimePoint now,
                                 const Wording& wording);
[[nodiscard]] Reply WriteError(const PublishedError& error, Stage stage, TimePoint now,
                               const Wording& wording);
// The firewall's page for an address that is banned; `status` is 418 or 403.
[[nodiscard]] Reply WriteBan(int status);

// What Settings::refuse_orders may name.
[[nodiscard]] std::vector<std::string> OrderRefusalNames();
// The error of that name; null for a name there is not.
[[nodiscard]] const PublishedError* FindOrderRefusal(std::string_view name);

}  // namespace ocokit::mock::bingx
