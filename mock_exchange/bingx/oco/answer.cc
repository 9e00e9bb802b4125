#include "mock_exchange/bingx/oco/answer.h"

#include "mock_exchange/bingx/limits.h"
#include "mock_exchange/bingx/oco/read.h"
#include "mock_exchange/bingx/oco/write.h"
#include "mock_exchange/bingx/order_fields.h"
#include "mock_exchange/venue/pager.h"
#include "mock_exchange/wire/read_whole.h"

namespace ocokit::mock::bingx {
namespace {

// What makes two orders "the same" for the once-a-second rule.
std::string Fingerprint(const engine::PairCommand& c) {
  std::string out = std::to_string(c.market) + Name(c.side);
  for (const Decimal* number : {&c.amount, &c.limit_price, &c.stop_price, &c.trigger_price}) {
    out += ' ';
    number->AppendTo(out);
  }
  return out;
}

const Order* OfPair(const Order* order) {
  return order != nullptr && order->list->IsPair() ? order : nullptr;
}

// The order of a pair that a cancel request names; both ids, when both are given, must name orders
// of one pair.
const Order* FindOrder(const CancelRequest& request, const engine::OrderStore& orders) {
  const Order* found = nullptr;
  if (request.order_id) {
    const auto id = ReadWhole<engine::OrderId>(*request.order_id);
    found = id ? OfPair(orders.FindOrder(*id)) : nullptr;
    if (found == nullptr || !request.client_order_id) return found;
  }
  const Order* by_client_id = OfPair(orders.FindClientOrder(0, *request.client_order_id));
  if (found == nullptr) return by_client_id;
  return by_client_id != nullptr && by_client_id->list == found->list ? found : nullptr;
}

// Shows a pair's orders where they fall on the slice, unless it changed at another time than asked
// for. False when the slice is full.
bool Show(const OrderList& pair, const PageRequest& page, PageOver over, Pager<const Order*>& out) {
  if (!pair.IsPair()) return true;
  const std::int64_t at = ToUnixMillis(pair.updated);
  if ((page.start_ms && at < *page.start_ms) || (page.end_ms && at > *page.end_ms)) return true;
  switch (over) {
    case PageOver::kLegs:
      out.Add(&pair.stop());
      out.Add(&pair.limit());
      break;
    case PageOver::kLists:
      out.AddTogether({&pair.stop(), &pair.limit()});
      break;
  }
  return !out.full();
}

Reply WriteList(const CallContext& call, const std::vector<const Order*>& legs, bool with_status) {
  return Accept(WriteLegs(legs, call.account.engine.markets(), with_status,
                          call.account.settings.empty_lists));
}

}  // namespace

Reply CreateOco(const CallContext& call) {
  const auto command = ReadCreate(call.parameters, call.account);
  if (!command) return call.Refuse(command.error(), Stage::kRead);
  Account& account = call.account;
  const std::string fingerprint = Fingerprint(*command);
  const bool once_a_second = account.settings.rate_limits;
  if (once_a_second && account.recent_orders.Contains(fingerprint, call.now)) {
    return call.Refuse({ErrorId::kSameOrder}, Stage::kLimit);
  }
  if (const PublishedError* error = FindOrderRefusal(account.settings.refuse_orders)) {
    return WriteError(*error, Stage::kEngine, call.now, WordingFor(account));
  }
  const engine::Rules rules = account.Rules(kMaxOpenOrders);
  const auto placed = account.engine.Place(*command, rules, *account.ids, call.now);
  const engine::Market& market = account.engine.markets()[command->market];
  if (!placed) {
    return call.Refuse(Explain(placed.error(), command->side,
                               {command->limit_price, command->stop_price}, market, rules),
                       Stage::kEngine);
  }
  if (once_a_second) account.recent_orders.Add(fingerprint, call.now);
  const bool with_state = account.settings.create_state.value_or(!account.live());
  return Accept(WriteCreate(**placed, market.spec.symbol, with_state));
}

Reply CancelOco(const CallContext& call) {
  const auto request = ReadCancel(call.parameters);
  if (!request) return call.Refuse(request.error(), Stage::kRead);
  const Order* named = FindOrder(*request, call.account.engine.orders());
  if (named == nullptr) return call.Refuse({ErrorId::kOrderNotExist}, Stage::kEngine);
  if (call.account.Cancel(*named->list, call.now) == nullptr) {
    return call.Refuse({ErrorId::kOrderDone}, Stage::kEngine);
  }
  return Accept(WriteCancel(std::to_string(named->id), named->client_id.str()));
}

Reply GetOcoList(const CallContext& call) {
  const auto given = ReadOrderList(call.parameters);
  if (!given) return call.Refuse(given.error(), Stage::kRead);
  const engine::OrderStore& orders = call.account.engine.orders();
  const auto id = ReadWhole<engine::OrderId>(*given);
  const OrderList* pair = id ? orders.FindPair(*id) : nullptr;
  if (pair == nullptr) {
    pair = orders.FindClientId(0, *given);
    if (pair == nullptr || pair->client_id != *given) {
      if (call.account.settings.unknown_list_is_empty) return WriteList(call, {}, false);
      return call.Refuse({ErrorId::kOrderNotExist}, Stage::kEngine);
    }
  }
  return WriteList(call, {&pair->stop(), &pair->limit()}, call.account.settings.order_list_status);
}

Reply GetOpenOcoLists(const CallContext& call) {
  const auto page = ReadPage(call.parameters, /*by_time=*/false);
  if (!page) return call.Refuse(page.error(), Stage::kRead);
  Pager<const Order*> out(page->first, page->size);
  call.account.engine.orders().VisitOpen([&](const OrderList& pair) {
    return Show(pair, *page, call.account.settings.page_over, out);
  });
  return WriteList(call, out.entries(), /*with_status=*/true);
}

Reply GetOcoHistory(const CallContext& call) {
  const auto page = ReadPage(call.parameters, /*by_time=*/true);
  if (!page) return call.Refuse(page.error(), Stage::kRead);
  Pager<const Order*> out(page->first, page->size);
  call.account.engine.orders().VisitEnded([&](const OrderList& pair) {
    return Show(pair, *page, call.account.settings.page_over, out);
  });
  return WriteList(call, out.entries(), /*with_status=*/true);
}

}  // namespace ocokit::mock::bingx
