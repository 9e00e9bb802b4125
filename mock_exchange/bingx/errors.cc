#include "mock_exchange/bingx/errors.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "mock_exchange/json/response.h"
#include "ocokit/base/check.h"

namespace ocokit::mock::bingx {
namespace {

struct Row {
  ErrorId id;
  PublishedError error;
  std::string_view live_text = {};  // as captured; empty: the same
};

using enum ErrorId;
using enum Envelope;

// Blanks at the start of a text, doubled blanks and full-width commas are the venue's.
constexpr std::array kRows = {
    Row{kUnknownPath,
        {100400, kGateway, "route",
         "this api is not exist,please refer to the API docs https://bingx-api.github.io/docs"}},
    Row{kNullKey, {100413, kGateway, "api_key", "Null apiKey"}},
    Row{kIncorrectKey,
        {100413, kGateway, "api_key", "Incorrect apiKey"},
        "Incorrect apiKey, please check your valid api key in https://bingx.com/en/account/api"},
    Row{kNullSignature, {100412, kGateway, "signature_present", "Null signature"}},
    Row{kTimestamp,
        {100421, kGateway, "timestamp",
         "Null timestamp or timestamp mismatch, try to run our sample code from the link "
         "https://bingx-api.github.io/docs/#/en-us/spot/account-api.html#Query%20Assets"},
        "Null timestamp or timestamp mismatch, try to  run our sample code  from the link "
        "https://bingx-api.github.io/docs/#/en-us/spot/account-api.html#Query%20Assets"},
    Row{kSignature,
        {100001, kGateway, "signature",
         "Signature verification failed due to signature mismatch,please verify our authentication "
         "signature and try to  run our sample code  from the link "
         "https://bingx-api.github.io/docs/#/en-us/spot/account-api.html#Query%20Assets"}},
    Row{kIpNotListed,
        {100419, kGateway, "ip_whitelist",
         "IP does not match IP whitelist , please go to https://bingx.com/en/account/api/ to "
         "verify "
         "the ip you have set"}},
    Row{kNoTradePermission,
        {100004, kGateway, "permission",
         "Permission denied as the API key was created without the permission，this api need Spot "
         "Trading permission， please config it in https://bingx.com/en/account/api"}},
    Row{kNoReadPermission,
        {100004, kGateway, "permission",
         "Permission denied as the API key was created without the permission，this api need Read "
         "permission， please config it in https://bingx.com/en/account/api"}},
    Row{kRateLimited, {100410, kGateway, "rate_limit", "rate limited"}},
    Row{kBlocked, {100410, kGateway, "rate_block", ""}},
    Row{kErrorFlood, {100410, kGateway, "error_flood", ""}},
    Row{kMissingArguments, {100400, kBusiness, "required_fields", "miss arguments"}},
    Row{kInvalidArguments, {100400, kBusiness, "field_types", "arguments invalid"}},
    Row{kInvalidSymbol,
        {100400, kBusiness, "symbol_format", "invalid symbol, send symbol like BTC-USDT"}},
    Row{kQuantityNotPositive,
        {100400, kBusiness, "quantity_positive",
         "quantity/quoteOrderQty can't both be lte 0 in limit order"}},
    Row{kPriceNotPositive,
        {100400, kBusiness, "price_positive", "price can't be lte 0 in limit order"}},
    Row{kClientIdNotNumeric,
        {100400, kBusiness, "client_id_numeric", "clientOrderId only supports numeric strings"}},
    Row{kClientIdsEqual,
        {100400, kBusiness, "client_ids_differ",
         "listClientOrderId, aboveClientOrderId and belowClientOrderId must be different"}},
    Row{kClientIdUsed, {100400, kBusiness, "client_id_unique", ""}},
    Row{kUnknownSymbol, {100204, kGateway, "symbol_known", "symbol is not found."}},
    Row{kSymbolOffline, {100490, kBusiness, "symbol_online", " spot symbol is offline"}},
    Row{kSymbolNotTradable,
        {100421, kBusiness, "symbol_tradable",
         "The symbol you request is not available to place order currently, please verify symbol's "
         "status by api:/openApi/spot/v1/common/symbols"}},
    Row{kAmountZero,
        {100400, kBusiness, "amount_zero", " check param fail:entrust volume and value is 0.0"}},
    Row{kAmountTooLow, {100400, kBusiness, "min_amount", ""}},
    Row{kTotalTooLow, {100400, kBusiness, "min_total", ""}},
    Row{kAmountTooHigh, {100400, kBusiness, "max_total", ""}},
    Row{kPriceDiverges, {100440, kBusiness, "price_band", ""}},
    Row{kPriceRelation, {100400, kBusiness, "price_relation", ""}},
    Row{kSameOrder,
        {100400, kBusiness, "same_order", "The same order can only be submitted once per second."}},
    Row{kTooManyOrders, {100421, kBusiness, "max_open_orders", ""}},
    Row{kInsufficientAssets,
        {100202, kBusiness, "balance", "Insufficient assets, please verify the assets status"}},
    Row{kOrderNotExist, {100404, kBusiness, "order_known", " order not exist"}},
    Row{kOrderDone,
        {100404, kBusiness, "order_open",
         "the order you want to cancel is FILLED or CANCELLED already, or is not a valid order id "
         ",please verify"}},
    Row{kUnknownContract,
        {100421, kBusiness, "symbol_known", " CheckUserAndSymbol: contract not exist"}},
    Row{kClientIdCharacters,
        {100400, kBusiness, "client_id_characters",
         "newClientOrderId must be 1 to 40 letters, digits and underscores"}},
    Row{kVolumeTooLow, {100400, kBusiness, "min_total", ""}},
    Row{kWouldTake,
        {100400, kBusiness, "post_only",
         "The PostOnly order was cancelled because it would have been filled immediately"}},
    Row{kNotRestricted, {100400, kBusiness, "cancel_restrictions", ""}},
    Row{kBatch, {100400, kBusiness, "batch", ""}},
    Row{kNotInSymbol, {100404, kBusiness, "order_known", ""}},
    Row{kNotCancellable, {100404, kBusiness, "order_open", ""}},
    Row{kOpenFailed, {100500, kBusiness, "cancel_replace", ""}},
};

// Published errors of an order for which the simulator has no cause of its own.
struct OrderRefusal {
  std::string_view name;
  PublishedError error;
};

constexpr std::array kOrderRefusals = {
    OrderRefusal{"timestamp_invalid", {80014, kGateway, "refuse_orders", "timestamp is invalid"}},
    OrderRefusal{"no_data", {100204, kGateway, "refuse_orders", "No data"}},
    OrderRefusal{"insufficient_assets",
                 {100202, kBusiness, "refuse_orders", "Insufficient assets"}},
    OrderRefusal{
        "main_accounts_only",
        {100403, kGateway, "refuse_orders", "This endpoint is restricted to main accounts"}},
    OrderRefusal{"no_identification",
                 {100414, kBusiness, "refuse_orders",
                  "Your account is under risk control or without KYC, it's not allowed to place "
                  "spot order via api,currently,please contact customer service"}},
    OrderRefusal{
        "risk_control",
        {100414, kBusiness, "refuse_orders", " risk control check fail, code(1), reason()"}},
    OrderRefusal{
        "risk_control_captured",
        {100414, kBusiness, "refuse_orders", "Code: 100414, Msg: risk control check fail,code(1)"}},
    OrderRefusal{"account_abnormal",
                 {100414, kBusiness, "refuse_orders",
                  "The account is abnormal, please contact customer service."}},
    OrderRefusal{"account_abnormal_100441",
                 {100441, kBusiness, "refuse_orders",
                  "The account is abnormal, please contact customer service."}},
    OrderRefusal{
        "api_orders_prohibited",
        {100421, kBusiness, "refuse_orders", " traders prohibit openApi from placing orders"}},
    OrderRefusal{
        "pair_restricted",
        {100421, kBusiness, "refuse_orders", "This pair is currently restricted from API trading"}},
    OrderRefusal{"no_contract",
                 {100421, kBusiness, "refuse_orders", " CheckUserAndSymbol: contract not exist"}},
    OrderRefusal{
        "pair_not_allowed",
        {101402, kBusiness, "refuse_orders", "The account is not allowed to trade this pair"}},
    OrderRefusal{
        "busy",
        {100500, kBusiness, "refuse_orders", "The current system is busy, please try again later"}},
    OrderRefusal{"busy_after_cancel",
                 {100500, kBusiness, "refuse_orders",
                  "order open error:The current system is busy, please try again later, and the "
                  "previous cancel order request result:false,  order not exist"}},
    OrderRefusal{"server_busy", {100503, kGateway, "refuse_orders", "Server busy"}},
};

const Row& RowOf(ErrorId id) {
  const auto* const row = std::ranges::find(kRows, id, &Row::id);
  OCOKIT_CHECK(row != kRows.end(), "an error without a row in the table");
  return *row;
}

// The venue's code for everything that goes beyond a limit.
constexpr int kLimitCode = 100410;

}  // namespace

std::string TextOf(const Refusal& refusal, const Wording& wording) {
  if (!refusal.text.empty()) return refusal.text;
  const Row& row = RowOf(refusal.id);
  return std::string(wording.live && !row.live_text.empty() ? row.live_text : row.error.text);
}

Reply WriteRefusal(const Refusal& refusal, Stage stage, TimePoint now, const Wording& wording) {
  PublishedError error = RowOf(refusal.id).error;
  const std::string text = TextOf(refusal, wording);
  error.text = text;
  return WriteError(error, stage, now, wording);
}

Reply WriteError(const PublishedError& error, Stage stage, TimePoint now, const Wording& wording) {
  JsonWriter json;
  json.BeginObject().Key("code").Integer(error.code).Key("msg").String(error.text);
  if (error.envelope == kGateway) {
    json.Key("timestamp").Integer(ToUnixMillis(now));
  } else {
    json.Key("debugMsg").String("");
  }
  json.EndObject();
  Reply reply;
  // Captured replies carry errors with HTTP 200; the documents name 429 for the rate limit.
  const bool as_documented =
      wording.http_status == HttpStatus::kDocumented && error.code == kLimitCode;
  reply.response = JsonResponse(json, as_documented ? 429 : 200);
  reply.decision = {.stage = stage, .code = error.code, .rule = std::string(error.rule)};
  return reply;
}

Reply WriteBan(int status) {
  Reply reply;
  reply.response.status = status;
  reply.response.headers = {{"Content-Type", "text/html"}};
  reply.response.body =
      status == 403 ? "<html><head><title>403 Forbidden</title></head><body>Forbidden</body></html>"
                    : "<html><head><title>418</title></head><body>banned</body></html>";
  reply.decision = {.stage = Stage::kLimit, .rule = "ban"};
  return reply;
}

std::vector<std::string> OrderRefusalNames() {
  std::vector<std::string> out;
  out.reserve(kOrderRefusals.size());
  for (const OrderRefusal& refusal : kOrderRefusals) out.emplace_back(refusal.name);
  return out;
}

const PublishedError* FindOrderRefusal(std::string_view name) {
  const auto* const found = std::ranges::find(kOrderRefusals, name, &OrderRefusal::name);
  return found == kOrderRefusals.end() ? nullptr : &found->error;
}

}  // namespace ocokit::mock::bingx
