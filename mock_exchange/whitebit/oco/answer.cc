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

bool CancelNamedOto(const CancelRequest& request, const CallContext& call) {
  return request.id && CancelOtoGroup(request.market, *request.id, call);
}

const OrderList* EndGroup(const OrderList* pair, std::uint32_t market, const CallContext& call) {
  const bool is_group = pair != nullptr && pair->IsOco() && pair->market == market;
  return is_group ? call.account.Cancel(*pair, call.now) : nullptr;
}

// Ends the group that `request` names; a leg's id names no group.
tl::expected<const OrderList*, Refusal> CancelNamed(const CancelRequest& request,
                                                    const CallContext& call) {
  const engine::OrderStore& orders = call.account.engine.orders();
  const OrderList* pair = request.id ? orders.FindPair(*request.id)
                                     : orders.FindClientId(request.market, request.client_order_id);
  if (const OrderList* cancelled = EndGroup(pair, request.market, call)) return cancelled;
  // Unknown, filled and cancelled orders are answered alike.
  return Fail(About(ErrorId::kOrderUnknown, request.id_field));
}

}  // namespace

Placed<const OrderList*> PlaceOco(const JsonValue& body, const CallContext& call,
                                  const std::string& limit_client_id,
                                  const std::string& stop_client_id) {
  Account& account = call.account;
  if (account.settings.region_blocked) return Unplaced({ErrorId::kRegionBlocked}, Stage::kRead);
  auto command = ReadCreate(body, account);
  if (!command) return Unplaced(command.error(), Stage::kRead);
  command->limit_client_id = limit_client_id;
  command->stop_client_id = stop_client_id;
  if (const auto set = FindOrderRefusal(account.settings.refuse_orders)) {
    return Unplaced({*set}, Stage::kEngine);
  }
  const auto placed =
      account.engine.Place(*command, account.Rules(std::nullopt), *account.ids, call.now);
  if (!placed) {
    return Unplaced(Explain(placed.error(), engine::Wallet::kMargin), Stage::kEngine,
                    placed.error());
  }
  return *placed;
}

const OrderList* CancelOcoGroup(std::uint32_t market, std::uint64_t id, const CallContext& call) {
  return EndGroup(call.account.engine.orders().FindPair(id), market, call);
}

bool CancelOtoGroup(std::uint32_t market, std::uint64_t id, const CallContext& call) {
  Account& account = call.account;
  return MarketOfOto(id, account.engine.orders()) == market &&
         account.engine.CancelOto(id, account.Rules(std::nullopt), call.now);
}

Reply CreateOco(const CallContext& call) {
  const auto placed = PlaceOco(call.body, call);
  if (!placed) return Refuse(call, placed.error().stage, placed.error().refusal);
  return Accept(WritePlaced(**placed, call.account), Lenient(call));
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
