#include <string>
#include <utility>

#include "client/bingx/write.h"
#include "client/core/bad_field.h"
#include "client/core/text.h"

namespace ocokit::client::bingx {
namespace {

constexpr std::size_t kMaxSymbol = 20;
constexpr std::size_t kMaxClientId = 40;
constexpr int kMaxPageSize = 1000;
// Of orders by themselves.
constexpr int kMaxHistoryPage = 100;
constexpr int kMaxHistory = 10000;

bool IsUpper(char c) { return c >= 'A' && c <= 'Z'; }

// ^[A-Z0-9]+-[A-Z]+$, at most 20 characters (BingX API).
bool IsSymbol(std::string_view symbol) {
  const std::size_t dash = symbol.find('-');
  if (dash == 0 || dash == std::string_view::npos || dash + 1 == symbol.size()) return false;
  const std::string_view base = symbol.substr(0, dash);
  const std::string_view quote = symbol.substr(dash + 1);
  return symbol.size() <= kMaxSymbol &&
         std::all_of(base.begin(), base.end(), [](char c) { return IsUpper(c) || IsDigit(c); }) &&
         std::all_of(quote.begin(), quote.end(), IsUpper);
}

Result<void> CheckPositive(const char* field, const Decimal& value) {
  if (!value.IsPositive()) return BadField(field, "is required and must be above 0");
  return {};
}

Result<void> CheckOrderId(const char* field, const std::string& id) {
  if (id.empty() || (IsDigits(id) && id.size() <= kMaxClientId)) return {};
  return BadField(field, "must be digits only, at most 40");
}

Result<void> CheckSymbol(const std::string& symbol) {
  if (IsSymbol(symbol)) return {};
  return BadField("symbol", "is required in upper case with a dash, like BTC-USDT");
}

bool HasPrice(OrderType type) {
  return type == OrderType::kLimit || type == OrderType::kTakeStopLimit ||
         type == OrderType::kTriggerLimit;
}

bool IsStop(OrderType type) { return type != OrderType::kLimit && type != OrderType::kMarket; }

// A price that its type of order needs, and others do not have.
Result<void> CheckPriceOf(const char* field, const Decimal& value, bool needed) {
  if (needed) return CheckPositive(field, value);
  if (!value.IsZero()) return BadField(field, "does not go with this type of order");
  return {};
}

Result<void> CheckOrderClientId(const char* field, const std::string& id) {
  const bool plain = std::all_of(id.begin(), id.end(), [](char c) {
    return IsDigit(c) || IsUpper(c) || (c >= 'a' && c <= 'z') || c == '_';
  });
  if (plain && id.size() <= kMaxClientId) return {};
  return BadField(field, "must be up to 40 letters, digits and underscores");
}

Result<void> CheckPage(int index, int size) {
  if (index < 1) return BadField("pageIndex", "must be 1 or more");
  if (size < 1 || size > kMaxPageSize) return BadField("pageSize", "must be 1 to 1000");
  return {};
}

// Each is a "custom unique ID", yet the documents' own example gives both legs the same one. What
// must be told apart is the pair and its legs.
Result<void> CheckClientIds(const PlaceOcoRequest& r) {
  if (auto ok = CheckOrderId("listClientOrderId", r.list_client_order_id); !ok) return ok;
  const std::pair<const char*, const std::string*> legs[] = {
      {"aboveClientOrderId", &r.above_client_order_id},
      {"belowClientOrderId", &r.below_client_order_id}};
  for (const auto& [field, id] : legs) {
    if (auto ok = CheckOrderId(field, *id); !ok) return ok;
    if (!id->empty() && *id == r.list_client_order_id) {
      return BadField(field, "must differ from listClientOrderId");
    }
  }
  return {};
}

}  // namespace

Result<void> Check(const PlaceOcoRequest& r) {
  if (auto ok = CheckSymbol(r.symbol); !ok) return ok;
  if (!r.side) return BadField("side", "is required: BUY or SELL");
  if (auto ok = CheckPositive("quantity", r.quantity); !ok) return ok;
  if (auto ok = CheckPositive("limitPrice", r.limit_price); !ok) return ok;
  if (auto ok = CheckPositive("orderPrice", r.order_price); !ok) return ok;
  if (auto ok = CheckPositive("triggerPrice", r.trigger_price); !ok) return ok;
  // The last price must lie strictly between the two, so nothing fits when they are in the wrong
  // order. Order price and trigger price have no rule.
  if (*r.side == Side::kBuy && !(r.limit_price < r.trigger_price)) {
    return BadField("limitPrice", "must be below triggerPrice for BUY");
  }
  if (*r.side == Side::kSell && !(r.trigger_price < r.limit_price)) {
    return BadField("limitPrice", "must be above triggerPrice for SELL");
  }
  return CheckClientIds(r);
}

Result<void> Check(const CancelOcoRequest& r) {
  if (r.order_id.empty() && r.client_order_id.empty()) {
    return BadField("orderId", "or clientOrderId is required");
  }
  if (auto ok = CheckOrderId("orderId", r.order_id); !ok) return ok;
  return CheckOrderId("clientOrderId", r.client_order_id);
}

Result<void> Check(const PlaceOrderRequest& r) {
  if (auto ok = CheckSymbol(r.symbol); !ok) return ok;
  if (!r.side) return BadField("side", "is required: BUY or SELL");
  if (r.type == OrderType::kOther) return BadField("type", "must be one of the documented six");
  if (r.quote_order_qty.IsZero()) {
    if (auto ok = CheckPositive("quantity", r.quantity); !ok) return ok;
  } else {
    if (!r.quantity.IsZero()) return BadField("quantity", "and quoteOrderQty exclude each other");
    if (auto ok = CheckPositive("quoteOrderQty", r.quote_order_qty); !ok) return ok;
  }
  if (auto ok = CheckPriceOf("price", r.price, HasPrice(r.type)); !ok) return ok;
  if (auto ok = CheckPriceOf("stopPrice", r.stop_price, IsStop(r.type)); !ok) return ok;
  return CheckOrderClientId("newClientOrderId", r.new_client_order_id);
}

Result<void> Check(const CancelOrderRequest& r) {
  if (auto ok = CheckSymbol(r.symbol); !ok) return ok;
  if (r.order_id.empty() && r.client_order_id.empty()) {
    return BadField("orderId", "or clientOrderID is required");
  }
  if (auto ok = CheckOrderId("orderId", r.order_id); !ok) return ok;
  return CheckOrderClientId("clientOrderID", r.client_order_id);
}

Result<void> Check(const OpenOrdersRequest& r) {
  return r.symbol.empty() ? Result<void>() : CheckSymbol(r.symbol);
}

Result<void> Check(const FindOrderRequest& r) {
  return Check(CancelOrderRequest{
      .symbol = r.symbol, .order_id = r.order_id, .client_order_id = r.client_order_id});
}

Result<void> Check(const OrderHistoryRequest& r) {
  if (!r.symbol.empty()) {
    if (auto ok = CheckSymbol(r.symbol); !ok) return ok;
  }
  if (r.page_index < 1) return BadField("pageIndex", "must be 1 or more");
  if (r.page_size < 1 || r.page_size > kMaxHistoryPage) {
    return BadField("pageSize", "must be 1 to 100");
  }
  if (r.page_index > kMaxHistory / r.page_size) {
    return BadField("pageIndex", "times pageSize must be at most 10000");
  }
  return {};
}

Result<void> Check(const FindOcoRequest& r) {
  if (r.order_list_id.empty() && r.client_order_id.empty()) {
    return BadField("orderListId", "or clientOrderId is required");
  }
  if (auto ok = CheckOrderId("orderListId", r.order_list_id); !ok) return ok;
  return CheckOrderId("clientOrderId", r.client_order_id);
}

Result<void> Check(const ListOpenRequest& r) { return CheckPage(r.page_index, r.page_size); }

Result<void> Check(const ListHistoryRequest& r) {
  if (auto ok = CheckPage(r.page_index, r.page_size); !ok) return ok;
  if (r.start_time && r.end_time && *r.end_time < *r.start_time) {
    return BadField("endTime", "must not be before startTime");
  }
  return {};
}

}  // namespace ocokit::client::bingx
