#include "mock_exchange/whitebit/errors.h"

#include <algorithm>
#include <array>

#include "mock_exchange/json/response.h"

namespace ocokit::mock::whitebit {
namespace {

// What `message` says: the text itself, that the request is wrong, that the engine refuses, or that
// there is no such order.
enum class Shape { kPlain, kField, kInner, kNotFound };

struct Row {
  ErrorId id;
  int status;
  int code;
  Shape shape;
  std::string_view rule;   // for the decision, and the name in Settings::refuse_orders
  std::string_view field;  // empty: `text` is the message, or a Refusal names fields and texts
  std::string_view text;
};

using enum ErrorId;
using enum Shape;

// The doubled "field" and the differing ends of texts are the venue's.
constexpr std::array kRows = {
    Row{kUnknownKey, 401, 0, kPlain, "api_key", "", "This action is unauthorized."},
    Row{kDisabledKey, 401, 2, kPlain, "key_enabled", "",
        "This action is unauthorized. Enable your key in API settings"},
    Row{kPayloadMissing, 400, 0, kPlain, "payload_present", "", "Payload not provided."},
    Row{kPayloadInvalid, 400, 9, kPlain, "payload", "", "Invalid payload."},
    Row{kSignatureWrong, 401, 10, kPlain, "signature", "", "Unauthorized request."},
    Row{kRequestMissing, 401, 0, kPlain, "request_present", "", "Request not provided."},
    Row{kRequestWrong, 401, 10, kPlain, "request_path", "", "Unauthorized request."},
    Row{kNonceMissing, 401, 0, kPlain, "nonce_present", "", "Nonce not provided."},
    Row{kNonceWindowInvalid, 401, 0, kPlain, "nonce_window", "", "Invalid nonceWindow."},
    Row{kNonceTooOld, 401, 0, kPlain, "nonce_too_old", "",
        "Your nonce is more than 5 seconds lesser than the current nonce."},
    Row{kNonceTooNew, 401, 0, kPlain, "nonce_too_new", "",
        "Your nonce is more than 5 seconds greater than the current nonce."},
    Row{kNonceUsed, 429, 0, kPlain, "nonce_used", "", "Too many requests."},
    Row{kEndpointNotAllowed, 401, 4, kPlain, "permission", "",
        "This API Key is not authorized to perform this action."},
    Row{kRegionBlocked, 453, 30, kField, "region", "orderType", "This order type is not available"},

    Row{kRequired, 422, 30, kField, "required_fields", "", ""},
    Row{kMarketType, 422, 30, kField, "field_types", "", ""},
    Row{kMarketEmpty, 422, 31, kField, "market_known", "market",
        "Market field should not be empty string."},
    Row{kMarketUnknown, 422, 31, kField, "market_known", "market", "Market is not available."},
    Row{kListMarketRequired, 422, 31, kField, "required_fields", "market",
        "The market field is required."},
    Row{kListMarketType, 422, 31, kField, "field_types", "market",
        "Market field should be a string."},
    Row{kListMarketUnknown, 422, 31, kField, "market_known", "market", "Market is not available"},
    Row{kSide, 422, 30, kField, "side", "side",
        "Side field should contain only 'buy' or 'sell' values."},
    Row{kAmountType, 422, 32, kField, "field_types", "amount",
        "Amount field should be numeric string or number."},
    Row{kAmountNotPositive, 422, 32, kField, "amount_positive", "amount",
        "Amount should be greater than 0."},
    Row{kAmountStep, 422, 32, kField, "amount_step", "amount", ""},
    Row{kPriceType, 422, 33, kField, "field_types", "", ""},
    Row{kPriceNotPositive, 422, 33, kField, "price_positive", "", ""},
    Row{kPriceStep, 422, 33, kField, "price_step", "", ""},
    Row{kTriggerType, 422, 30, kField, "field_types", "activation_price",
        "Activation price should be numeric string."},
    Row{kTriggerNotPositive, 422, 30, kField, "price_positive", "activationPrice",
        "Activation price should be greater than 0."},
    Row{kTriggerTooLow, 422, 30, kField, "price_step", "activationPrice", ""},
    Row{kTriggerStep, 422, 30, kField, "price_step", "activationPrice", ""},
    Row{kTotalTooLow, 422, 30, kField, "min_total", "total", ""},
    Row{kTotalTooHigh, 422, 30, kField, "max_total", "total", ""},
    Row{kClientIdType, 422, 36, kField, "field_types", "clientOrderId",
        "ClientOrderId field should be a string."},
    Row{kClientIdCharacters, 422, 36, kField, "client_id_characters", "clientOrderId",
        "ClientOrderId field field should contain only latin letters, numbers and dashes."},
    Row{kReduceOnlyType, 422, 30, kField, "field_types", "reduceOnly",
        "ReduceOnly field should be a boolean."},
    Row{kPositionSideType, 422, 30, kField, "field_types", "positionSide",
        "PositionSide field format is invalid."},
    Row{kStpType, 422, 30, kField, "field_types", "stp", "Stp field format is invalid."},
    Row{kOneId, 422, 30, kField, "one_id", "orderId",
        "Only one of orderId and clientOrderId is allowed."},
    Row{kIdType, 422, 30, kField, "field_types", "orderId", "OrderId field should be an integer."},
    Row{kPagination, 422, 30, kField, "pagination", "", ""},
    Row{kTypesNotArray, 422, 30, kField, "field_types", "type", "The type must be an array."},
    Row{kTypeUnknown, 422, 30, kField, "order_types", "type",
        "The type may contain only spot, margin and futures."},
    Row{kTickerType, 422, 30, kField, "field_types", "ticker", "Ticker field should be a string."},
    Row{kTickerUnknown, 422, 30, kField, "ticker_known", "ticker", "Currency was not found."},
    Row{kCollateralTickerUnknown, 422, 30, kField, "ticker_known", "ticker", "ticker is invalid."},
    Row{kDateType, 422, 30, kField, "field_types", "", ""},
    Row{kDateOrder, 422, 30, kField, "date_range", "endDate",
        "EndDate should not be before startDate."},
    Row{kDateSpan, 422, 30, kField, "date_range", "startDate",
        "StartDate and endDate should be at most 31 days apart."},
    Row{kDateTooOld, 422, 30, kField, "date_range", "startDate",
        "StartDate should not be more than 6 months ago."},
    Row{kStatusUnknown, 422, 30, kField, "field_types", "status",
        "Status field format is invalid."},
    Row{kHistoryUnknown, 422, 30, kField, "order_known", "orderHistory",
        "OrderHistory was not found."},
    Row{kPositionIdRequired, 422, 30, kField, "required_fields", "positionId",
        "The positionId field is required."},
    Row{kPositionIdType, 422, 30, kField, "field_types", "positionId",
        "The PositionId must be an integer."},
    Row{kLeverageType, 422, 30, kField, "field_types", "leverage",
        "Leverage field should be an integer."},
    Row{kLeverageUnknown, 422, 30, kField, "leverage_values", "leverage",
        "Leverage should be 1, 2, 3, 5, 10, 20, 50 or 100."},
    Row{kHedgeModeType, 422, 30, kField, "field_types", "hedgeMode",
        "HedgeMode field should be a boolean."},

    Row{kMoneyTotal, 422, 32, kField, "min_total", "amount", ""},
    Row{kFlagType, 422, 30, kField, "field_types", "", ""},
    Row{kIocOrPostOnly, 422, 37, kField, "flags", "ioc",
        "Either IOC or PostOnly flag in true state is allowed."},
    Row{kRetailNotAllowed, 422, 42, kField, "flags", "retail", "api.validation.retail.not_allowed"},
    Row{kRpiNotEnabled, 422, 43, kField, "flags", "rpi", "RPI is not enabled for the account."},
    Row{kBestPrice, 422, 30, kField, "flags", "bboRole", ""},
    Row{kExitPrice, 422, 30, kField, "exit_price", "", ""},
    Row{kExitsReduceOnly, 422, 30, kField, "flags", "reduceOnly",
        "ReduceOnly is not allowed with stopLoss or takeProfit."},
    Row{kOrdersList, 422, 30, kField, "field_types", "orders", "The orders must be an array."},
    Row{kActivationOfLimit, 400, 158, kInner, "modify", "activationPrice",
        "Activation price can't be set for a limit order."},
    Row{kPriceOfStopMarket, 422, 159, kField, "modify", "price",
        "Limit price can't be set for stop market order."},
    Row{kTotalNotTaken, 422, 162, kField, "modify", "total",
        "Total cannot be specified for this order type"},
    Row{kAmountNotTaken, 422, 163, kField, "modify", "amount",
        "Amount cannot be specified for this order type"},
    Row{kNothingToModify, 422, 30, kField, "modify", "amount",
        "At least one of amount, total, price, activationPrice and stp should be given."},
    Row{kGroupModified, 422, 155, kField, "modify", "orderId", "Can't modify conditional order."},
    Row{kExitModified, 422, 160, kField, "modify", "orderId", "tpsl orders can't be modified."},
    Row{kTimeout, 422, 30, kField, "timeout", "timeout", ""},
    Row{kCancelItem, 422, 30, kField, "field_types", "", ""},
    Row{kCancelItemUnknown, 422, 404, kNotFound, "order_known", "orderId",
        "Order does not exist or already cancelled"},
    Row{kTransfer, 400, 0, kField, "transfer", "", ""},
    Row{kTransferFunds, 422, 3, kField, "balance", "amount", ""},

    Row{kTradingOff, 422, 51, kField, "trading_enabled", "price",
        "Trading in the market is not allowed."},
    Row{kNoLastPrice, 422, 30, kField, "last_price", "activationPrice", "Empty history"},
    Row{kNoLastPriceToClose, 422, 30, kField, "last_price", "lastPrice", "internal error"},
    Row{kTriggerEqualsLast, 422, 30, kField, "price_relation", "activationPrice",
        "Activation price should not be equal to the last price"},
    Row{kLimitPriceBand, 422, 250, kField, "price_band", "price", ""},
    Row{kStopPriceBand, 422, 251, kField, "price_band", "stopLimitPrice", ""},
    Row{kLimitCrosses, 400, 150, kInner, "price_relation", "price", "Can't place limit order."},
    Row{kTriggerWrongSide, 400, 151, kInner, "price_relation", "activation_price",
        "Wrong activation price for stop loss."},
    Row{kTriggerMet, 422, 30, kField, "price_relation", "activationPrice",
        "Activation price should not be reached by the last price."},
    Row{kTakeProfitSide, 422, 105, kField, "price_relation", "takeProfit",
        "Wrong activation price for take profit."},
    Row{kStopLossSide, 422, 106, kField, "price_relation", "stopLoss",
        "Wrong activation price for stop loss."},
    Row{kReduceOnly, 422, 116, kField, "reduce_only", "reduceOnly",
        "Reduce-only: Position doesn't exist or wrong side"},
    Row{kOppositePosition, 422, 115, kField, "opposite_position", "hedgeMode",
        "Order would result in a new position in the opposite direction"},
    Row{kPositionSideMismatch, 422, 114, kField, "position_side", "hedgeMode",
        "Order's position side does not match user's setting"},
    Row{kPositionSideOnMargin, 400, 1, kInner, "position_side", "amount", "Invalid argument."},
    Row{kAmountTooSmall, 400, 11, kInner, "min_amount", "amount", "Amount too small."},
    Row{kClientIdUsed, 422, 36, kField, "client_id_unique", "clientOrderId",
        "This client order id is already used by the current account."},
    Row{kTooManyOrders, 422, 103, kField, "max_open_orders", "error",
        "Max. limit of margin stop limit orders have been reached."},
    Row{kPositionTooBig, 422, 111, kField, "position_too_big", "amount", "margin position too big"},
    Row{kPendingTooBig, 422, 112, kField, "pending_too_big", "amount",
        "margin pending orders value too big"},
    Row{kLimitLegFunds, 400, 153, kInner, "balance", "price",
        "Not enough balance for limit order."},
    Row{kStopLegFunds, 400, 152, kInner, "balance", "price",
        "Not enough balance for stop limit order."},
    Row{kFunds, 400, 10, kInner, "balance", "amount", "Not enough balance."},
    Row{kLeverageFunds, 422, 17, kField, "balance", "amount", "Not enough balance."},
    Row{kOrderUnknown, 400, 2, kInner, "order_known", "orderId", "Unexecuted order was not found."},
    Row{kPositionUnknown, 422, 104, kField, "position_known", "positionId",
        "position doesn't exist."},
    Row{kPositionModeHeld, 422, 113, kField, "position_mode", "hedgeMode",
        "Position side cannot be changed if there exists futures positions or orders"},
    Row{kNotSpotMaker, 400, 13, kInner, "post_only", "postOnly",
        "This order couldn't be executed as a maker order and was canceled."},

    Row{kNotPermitted, 403, 0, kPlain, "endpoint_permission", "",
        "You don't have permission to use this endpoint."},
    Row{kInvalidArgument, 400, 1, kInner, "invalid_argument", "amount", "Invalid argument."},
    Row{kNotMaker, 400, 14, kInner, "not_maker", "postOnly",
        "This order couldn't be executed as a maker order and was canceled."},
    Row{kNoMarginStock, 400, 15, kInner, "no_margin_stock", "error", "Please try again later."},
    Row{kNoMarginMoney, 400, 16, kInner, "no_margin_money", "error", "Please try again later."},
    Row{kMarginBalance, 422, 17, kField, "margin_balance", "amount", "Not enough balance."},
    Row{kFieldBalance, 422, 32, kField, "field_balance", "amount", "Not enough balance."},
    Row{kLastPriceFault, 422, 30, kField, "last_price_fault", "lastPrice", "internal error"},
    Row{kMakerFee, 422, 35, kField, "maker_fee", "maker_fee", "Incorrect maker fee"},
    Row{kEngineTriggerEqualsLast, 400, 101, kInner, "trigger_equals_last", "activation_price",
        "Activation price should not be equal to the last price."},
    Row{kPositionModeChange, 422, 113, kField, "position_mode_change", "hedgeMode",
        "Position side cannot be changed if there exists futures positions or orders"},
    Row{kTooManyStops, 400, 152, kInner, "too_many_stops", "error",
        "Max. limit of margin stop limit orders have been reached."},
    Row{kConditions, 422, 161, kField, "order_conditions", "price", "Wrong order conditions"},
    Row{kLimitPriceOutOfBands, 422, 250, kField, "price_out_of_bands", "price",
        "The Price is out of bands"},
    Row{kStopPriceOutOfBands, 422, 251, kField, "stop_price_out_of_bands", "stopLimitPrice",
        "The Price is out of bands"},
    Row{kFeeNotFound, 422, 300, kField, "fee_not_found", "request", "fee not found"},
    Row{kMagnitude, 422, 302, kField, "balance_magnitude", "amount",
        "margin balance update magnitude limit exceeded"},
    Row{kOtherFeeNotFound, 422, 330, kField, "fee_not_found_330", "request", "fee not found"},
};

// The rows stand in the order of the enumeration, so that one is found by its number.
constexpr bool InOrder() {
  for (std::size_t i = 0; i < kRows.size(); ++i) {
    if (kRows[i].id != static_cast<ErrorId>(i)) return false;
  }
  return true;
}
static_assert(InOrder() && kRows.back().id == kOtherFeeNotFound, "a row is missing or misplaced");

const Row& RowOf(ErrorId id) { return kRows[static_cast<std::size_t>(id)]; }

std::string_view MessageOf(const Row& row) {
  switch (row.shape) {
    case kField:
      return "Validation failed";
    case kInner:
      return "Inner validation failed";
    case kNotFound:
      return "Order not found";
    case kPlain:
      break;
  }
  return row.text;
}

void WriteErrors(const Row& row, const Refusal& refusal, JsonWriter& json) {
  FieldErrors errors = refusal.errors;
  if (errors.empty() && !row.field.empty()) errors = About(row.id, std::string(row.field)).errors;
  std::ranges::sort(errors, {},
                    [](const auto& entry) -> const std::string& { return entry.first; });
  json.Key("errors").BeginObject();
  for (const auto& [field, texts] : errors) {
    json.Key(field).BeginArray();
    for (const std::string& text : texts) json.String(text);
    json.EndArray();
  }
  json.EndObject();
}

// What the gateway answers by itself.
Reply WritePage(int status, std::string body, const char* rule) {
  Reply reply;
  reply.response = {
      .status = status, .headers = {{"Content-Type", "text/html"}}, .body = std::move(body)};
  reply.decision = {.stage = Stage::kLimit, .rule = rule};
  return reply;
}

}  // namespace

Refusal Saying(ErrorId id, const std::string& text) {
  return {id, {{std::string(RowOf(id).field), {text}}}};
}

Refusal About(ErrorId id, const std::string& field) {
  return {id, {{field, {std::string(RowOf(id).text)}}}};
}

std::string_view RuleOf(ErrorId id) { return RowOf(id).rule; }

Reply WriteRefusal(const Refusal& refusal, Stage stage, const Settings& settings) {
  const Row& row = RowOf(refusal.id);
  JsonWriter json;
  json.BeginObject().Key("code").Integer(row.code);
  WriteErrors(row, refusal, json);
  json.Key("message").String(MessageOf(row)).EndObject();
  const bool as_set = row.shape == kField && row.status == 422;
  Reply reply;
  reply.response = JsonResponse(json, as_set ? settings.validation_status : row.status);
  reply.decision = {.stage = stage, .code = row.code, .rule = std::string(row.rule)};
  return reply;
}

void WriteItemError(const Refusal& refusal, JsonWriter& json) {
  const Row& row = RowOf(refusal.id);
  json.BeginObject().Key("code").Integer(row.code);
  json.Key("message").String(MessageOf(row));
  WriteErrors(row, refusal, json);
  json.EndObject();
}

Reply WriteRateLimited() {
  return WritePage(429,
                   "<html><head><title>429 Too Many Requests</title></head><body><center><h1>429 "
                   "Too Many Requests</h1></center></body></html>",
                   "rate_limit");
}

Reply WriteBan(int status) {
  return WritePage(status, "<html><body>" + std::to_string(status) + "</body></html>", "ban");
}

Reply WriteNotFound(std::string rule) {
  Reply reply;
  reply.response.status = 404;
  reply.decision = {.stage = Stage::kRoute, .rule = std::move(rule)};
  return reply;
}

std::vector<std::string> OrderRefusalNames() {
  std::vector<std::string> out;
  for (auto i = static_cast<std::size_t>(kNotPermitted); i < kRows.size(); ++i) {
    out.emplace_back(kRows[i].rule);
  }
  return out;
}

std::optional<ErrorId> FindOrderRefusal(std::string_view name) {
  for (auto i = static_cast<std::size_t>(kNotPermitted); i < kRows.size(); ++i) {
    if (kRows[i].rule == name) return kRows[i].id;
  }
  return std::nullopt;
}

}  // namespace ocokit::mock::whitebit
