#include "mock_exchange/whitebit/venue.h"

#include "mock_exchange/whitebit/authenticate.h"
#include "mock_exchange/whitebit/limits.h"
#include "mock_exchange/whitebit/read.h"
#include "mock_exchange/whitebit/write.h"

namespace ocokit::mock::whitebit {
namespace {

using engine::Rejection;
using engine::RejectReason;

// A request that is authenticated and within its limits.
struct Context {
  const JsonValue& body;
  Account& account;
  TimePoint now;
};

Reply Accept(Response response) {
  return {std::move(response), {.stage = Stage::kEngine, .accepted = true, .rule = "accepted"}};
}

Refusal BandRefusal(int code, const char* field, const Rejection& rejection) {
  const std::string bound = rejection.bound.Format();
  return Invalid(code, field,
                 rejection.above ? "The Price should be less than or equal to " + bound
                                 : "The Price should be greater than or equal to " + bound,
                 "price_band");
}

Refusal Explain(const Rejection& rejection) {
  switch (rejection.reason) {
    case RejectReason::kTradingDisabled:
      return Invalid(51, "price", "Trading in the market is not allowed.", "trading_enabled");
    case RejectReason::kNoLastPrice:
      return Invalid(30, "activationPrice", "Empty history", "last_price");
    case RejectReason::kTriggerEqualsLast:
      return Invalid(30, "activationPrice",
                     "Activation price should not be equal to the last price", "price_relation");
    case RejectReason::kLimitPriceBand:
      return BandRefusal(250, "price", rejection);
    case RejectReason::kStopPriceBand:
      return BandRefusal(251, "stopLimitPrice", rejection);
    case RejectReason::kLimitCrosses:
      return InnerInvalid(150, "price", "Can't place limit order.", "price_relation");
    case RejectReason::kTriggerWrongSide:
      return InnerInvalid(151, "activation_price", "Wrong activation price for stop loss.",
                          "price_relation");
    case RejectReason::kReduceOnly:
      return Invalid(116, "reduceOnly", "Reduce-only: Position doesn't exist or wrong side",
                     "reduce_only");
    case RejectReason::kOppositePosition:
      return Invalid(115, "hedgeMode",
                     "Order would result in a new position in the opposite direction",
                     "position_side");
    case RejectReason::kAmountTooSmall:
      return InnerInvalid(11, "amount", "Amount too small.", "min_amount");
    case RejectReason::kDuplicateClientId:
      return Invalid(36, "clientOrderId",
                     "This client order id is already used by the current account.",
                     "client_id_unique");
    case RejectReason::kTooManyOrders:
      return Invalid(103, "error", "Max. limit of margin stop limit orders have been reached.",
                     "max_open_orders");
    case RejectReason::kTooLarge:
    case RejectReason::kPositionTooBig:
      return Invalid(111, "amount", "margin position too big", "position_too_big");
    case RejectReason::kPendingTooBig:
      return Invalid(112, "amount", "margin pending orders value too big", "pending_too_big");
    case RejectReason::kLimitLegFunds:
      return InnerInvalid(153, "price", "Not enough balance for limit order.", "balance");
    case RejectReason::kStopLegFunds:
      return InnerInvalid(152, "price", "Not enough balance for stop limit order.", "balance");
    case RejectReason::kNoFunds:
    case RejectReason::kFunds:
      break;
  }
  return InnerInvalid(10, "amount", "Not enough balance.", "balance");
}

const MarketSpec& SpecOf(const Pair& pair, const Account& account) {
  return account.engine.markets()[pair.market].spec;
}

Reply Create(const Context& context) {
  Account& account = context.account;
  if (account.settings.region_blocked) return WriteRefusal(RegionBlocked(), Stage::kRead);
  const auto command = ReadCreate(context.body, account);
  if (!command) return WriteRefusal(command.error(), Stage::kRead);
  const auto placed =
      account.engine.Place(*command, account.Rules(std::nullopt), *account.ids, context.now);
  if (!placed) return WriteRefusal(Explain(placed.error()), Stage::kEngine);
  return Accept(WritePair(**placed, SpecOf(**placed, account)));
}

// The open pairs of the market asked for, newest first.
std::vector<const Pair*> OpenPairs(const PageRequest& page, const Account& account) {
  std::vector<const Pair*> pairs = account.engine.pairs().Open();
  if (page.market) std::erase_if(pairs, [&](const Pair* p) { return p->market != *page.market; });
  return pairs;
}

std::vector<const Pair*> Slice(const std::vector<const Pair*>& pairs, const PageRequest& page) {
  const std::size_t first = std::min(page.offset, pairs.size());
  const std::size_t count = std::min(page.limit, pairs.size() - first);
  const auto begin = pairs.begin() + static_cast<std::ptrdiff_t>(first);
  return {begin, begin + static_cast<std::ptrdiff_t>(count)};
}

Reply OcoOrders(const Context& context) {
  const auto page = ReadPage(context.body, context.account, /*default_limit=*/50);
  if (!page) return WriteRefusal(page.error(), Stage::kRead);
  return Accept(WriteOcoOrders(Slice(OpenPairs(*page, context.account), *page),
                               context.account.engine.markets()));
}

Reply ConditionalOrders(const Context& context) {
  const auto page = ReadPage(context.body, context.account, /*default_limit=*/100);
  if (!page) return WriteRefusal(page.error(), Stage::kRead);
  const std::vector<const Pair*> pairs = OpenPairs(*page, context.account);
  return Accept(WriteConditionalOrders(Slice(pairs, *page), context.account.engine.markets(),
                                       page->limit, page->offset, pairs.size()));
}

// Ends the pair that `request` names; a leg's id names no pair.
tl::expected<const Pair*, Refusal> CancelNamed(const CancelRequest& request, Account& account,
                                               TimePoint now) {
  engine::PairStore& pairs = account.engine.pairs();
  const Pair* pair = request.id ? pairs.FindId(*request.id)
                                : pairs.FindClientId(request.market, request.client_order_id);
  const bool named =
      pair != nullptr && pair->market == request.market && (!request.id || pair->id == *request.id);
  // Unknown, filled and cancelled orders are answered alike.
  const auto cancelled =
      named ? account.engine.Cancel(pair->sequence, now)
            : tl::expected<const Pair*, engine::CancelRefusal>(
                  tl::unexpected<engine::CancelRefusal>(engine::CancelRefusal::kUnknown));
  if (!cancelled) {
    return tl::unexpected<Refusal>(
        InnerInvalid(2, request.id_field, "Unexecuted order was not found.", "order_known"));
  }
  return *cancelled;
}

Reply OcoCancel(const Context& context) {
  const auto request = ReadOcoCancel(context.body, context.account);
  if (!request) return WriteRefusal(request.error(), Stage::kRead);
  const auto pair = CancelNamed(*request, context.account, context.now);
  if (!pair) return WriteRefusal(pair.error(), Stage::kEngine);
  return Accept(WritePair(**pair, SpecOf(**pair, context.account)));
}

Reply ConditionalCancel(const Context& context) {
  const auto request = ReadConditionalCancel(context.body, context.account);
  if (!request) return WriteRefusal(request.error(), Stage::kRead);
  const auto pair = CancelNamed(*request, context.account, context.now);
  if (!pair) return WriteRefusal(pair.error(), Stage::kEngine);
  return Accept(WriteEmptyList());
}

Reply Answer(const Route& route, const Context& context) {
  switch (route.call) {
    case Call::kCreate:
      return Create(context);
    case Call::kOcoOrders:
      return OcoOrders(context);
    case Call::kConditionalOrders:
      return ConditionalOrders(context);
    case Call::kOcoCancel:
      return OcoCancel(context);
    case Call::kConditionalCancel:
      return ConditionalCancel(context);
    case Call::kTime:
      break;
  }
  return WriteNotFound();
}

bool MayUse(const Route& route, const AccountOptions& options) {
  return route.access == Access::kTrade ? options.can_trade : options.can_read;
}

}  // namespace

bool WhitebitApi::Owns(std::string_view path) const { return path.starts_with("/api/"); }

Reply WhitebitApi::Handle(const Request& request, Account* caller, Account& view) const {
  const TimePoint now = view.clock.Now();
  const Route* route = FindRoute(request.method, request.Path());
  if (route == nullptr) return WriteNotFound();
  if (route->call == Call::kTime) return Accept(WriteTime(now));
  // An absent key header is answered as an unknown key.
  if (caller == nullptr) return WriteRefusal(UnknownKey(), Stage::kAuthenticate);
  const auto body = Authenticate(*route, request, *caller, now);
  if (!body) return WriteRefusal(body.error(), Stage::kAuthenticate);
  if (!CountRequest(*route, request, *caller, now)) return WriteRateLimited();
  if (!MayUse(*route, caller->options)) {
    return WriteRefusal(EndpointNotAllowed(), Stage::kAuthenticate);
  }
  return Answer(*route, {*body, *caller, now});
}

}  // namespace ocokit::mock::whitebit
