#include "mock_exchange/whitebit/oco/answer.h"

#include "mock_exchange/venue/pager.h"
#include "mock_exchange/whitebit/oco/read.h"
#include "mock_exchange/whitebit/oco/write.h"
#include "mock_exchange/whitebit/order_fields.h"

namespace ocokit::mock::whitebit {
namespace {

std::string Lenient(const CallContext& call) {
  return DropsClientOrderId(call.body, call.account) ? "client_order_id ignored" : "";
}

bool IsOco(const OrderList& list) { return list.IsOco(); }
// An OTO stands there while its order waits.
bool IsGroup(const OrderList& list) {
  return list.IsOco() || list.oto == engine::OtoRole::kWorking;
}

// The open groups asked for, newest first.
std::vector<const OrderList*> ReadOpen(const PageRequest& request, const Account& account,
                                       bool (*meant)(const OrderList&)) {
  Pager<const OrderList*> out(request.page.offset, request.page.limit);
  account.engine.orders().VisitOpen([&](const OrderList& list) {
    if (!meant(list) || (request.market && list.market != *request.market)) return true;
    out.Add(&list);
    return !out.full();
  });
  return out.entries();
}

std::size_t CountOpen(const PageRequest& request, const Account& account) {
  std::size_t count = 0;
  account.engine.orders().VisitOpen([&](const OrderList& list) {
    if (IsGroup(list) && (!request.market || list.market == *request.market)) ++count;
    return true;
  });
  return count;
}

// The market of an OTO; none: it is unknown or forgotten.
std::optional<std::uint32_t> MarketOfOto(std::uint64_t id, const engine::OrderStore& orders) {
  const engine::Exits* exits = orders.FindExits(id);
  if (exits == nullptr) return std::nullopt;
  return (exits->working != nullptr ? exits->working : exits->pending)->market;
}

// Ends the OTO that `request` names. False: there is nothing to end.
bool CancelNamedOto(const CancelRequest& request, const CallContext& call) {
  Account& account = call.account;
  return request.id && MarketOfOto(*request.id, account.engine.orders()) == request.market &&
         account.engine.CancelOto(*request.id, account.Rules(std::nullopt), call.now);
}

// Ends the group that `request` names; a leg's id names no group.
tl::expected<const OrderList*, Refusal> CancelNamed(const CancelRequest& request,
                                                    const CallContext& call) {
  const engine::OrderStore& orders = call.account.engine.orders();
  const OrderList* pair = request.id ? orders.FindPair(*request.id)
                                     : orders.FindClientId(request.market, request.client_order_id);
  if (pair != nullptr && pair->IsOco() && pair->market == request.market) {
    if (const OrderList* cancelled = call.account.Cancel(*pair, call.now)) return cancelled;
  }
  // Unknown, filled and cancelled orders are answered alike.
  return Fail(About(ErrorId::kOrderUnknown, request.id_field));
}

}  // namespace

Reply CreateOco(const CallContext& call) {
  Account& account = call.account;
  if (account.settings.region_blocked) return Refuse(call, Stage::kRead, {ErrorId::kRegionBlocked});
  const auto command = ReadCreate(call.body, account);
  if (!command) return Refuse(call, Stage::kRead, command.error());
  if (const auto set = FindOrderRefusal(account.settings.refuse_orders)) {
    return Refuse(call, Stage::kEngine, {*set});
  }
  const auto placed =
      account.engine.Place(*command, account.Rules(std::nullopt), *account.ids, call.now);
  if (!placed)
    return Refuse(call, Stage::kEngine, Explain(placed.error(), engine::Wallet::kMargin));
  return Accept(WritePlaced(**placed, account), Lenient(call));
}

Reply OcoOrders(const CallContext& call) {
  const auto request = ReadPageRequest(call.body, call.account, {.default_limit = 50});
  if (!request) return Refuse(call, Stage::kRead, request.error());
  return Accept(WriteOcoOrders(ReadOpen(*request, call.account, IsOco), call.account));
}

Reply ConditionalOrders(const CallContext& call) {
  const auto request = ReadPageRequest(call.body, call.account, {.default_limit = 100});
  if (!request) return Refuse(call, Stage::kRead, request.error());
  return Accept(WriteConditionalOrders(ReadOpen(*request, call.account, IsGroup), call.account,
                                       request->page, CountOpen(*request, call.account)));
}

Reply CancelOco(const CallContext& call) {
  const auto request = ReadCancel(call.body, call.account);
  if (!request) return Refuse(call, Stage::kRead, request.error());
  const auto pair = CancelNamed(*request, call);
  if (!pair) return Refuse(call, Stage::kEngine, pair.error());
  return Accept(WriteCancelled(**pair, call.account), Lenient(call));
}

Reply CancelConditional(const CallContext& call) {
  const auto request = ReadConditionalCancel(call.body, call.account);
  if (!request) return Refuse(call, Stage::kRead, request.error());
  if (CancelNamedOto(*request, call)) return Accept(WriteEmptyList());
  const auto pair = CancelNamed(*request, call);
  if (!pair) return Refuse(call, Stage::kEngine, pair.error());
  return Accept(WriteEmptyList());
}

Reply CancelOto(const CallContext& call) {
  const auto request = ReadOtoCancel(call.body, call.account);
  if (!request) return Refuse(call, Stage::kRead, request.error());
  if (CancelNamedOto(*request, call)) return Accept(WriteEmptyList());
  return Refuse(call, Stage::kEngine, About(ErrorId::kOrderUnknown, request->id_field));
}

}  // namespace ocokit::mock::whitebit
