#include <algorithm>

#include "client/core/bad_field.h"
#include "client/core/text.h"
#include "client/whitebit/write.h"

namespace ocokit::client::whitebit {
namespace {

constexpr std::size_t kMaxClientId = 64;
constexpr int kMaxLimit = 100;
constexpr int kMaxHistoryLimit = 500;
constexpr std::int64_t kMaxOffset = 4294967295;

bool IsLetter(char c) { return ToLower(c) >= 'a' && ToLower(c) <= 'z'; }

bool IsMarketCharacter(char c) {
  return (c >= 'A' && c <= 'Z') || IsDigit(c) || c == '_' || c == '-';
}

bool IsClientIdCharacter(char c) {
  return IsLetter(c) || IsDigit(c) || c == '-' || c == '.' || c == '_';
}

Result<void> CheckMarketText(const std::string& market) {
  if (std::all_of(market.begin(), market.end(), IsMarketCharacter)) return {};
  return BadField("market", "must be upper case with an underscore, like BTC_USDT");
}

Result<void> CheckMarket(const std::string& market) {
  if (market.empty()) return BadField("market", "is required, like BTC_USDT");
  return CheckMarketText(market);
}

Result<void> CheckClientId(const std::string& id) {
  if (id.size() <= kMaxClientId && std::all_of(id.begin(), id.end(), IsClientIdCharacter)) {
    return {};
  }
  return BadField("clientOrderId",
                  "must be up to 64 Latin letters, digits, dashes, dots, underscores");
}

Result<void> CheckPositive(const char* field, const Decimal& value) {
  if (!value.IsPositive()) return BadField(field, "is required and must be above 0");
  return {};
}

bool HasPrice(OrderType type) { return type == OrderType::kLimit || type == OrderType::kStopLimit; }
bool IsStop(OrderType type) {
  return type == OrderType::kStopLimit || type == OrderType::kStopMarket;
}

// A price that its type of order needs, and others do not have.
Result<void> CheckPriceOf(const char* field, const Decimal& value, bool needed) {
  if (needed) return CheckPositive(field, value);
  if (!value.IsZero()) return BadField(field, "does not go with this type of order");
  return {};
}

Result<void> CheckAmounts(const PlaceOrderRequest& r) {
  if (r.money.IsZero()) {
    const bool needs_money =
        r.wallet == Wallet::kSpot && r.type == OrderType::kStopMarket && r.side == Side::kBuy;
    if (needs_money) return BadField("amount", "of a spot stop-market purchase is money");
    return CheckPositive("amount", r.amount);
  }
  if (!r.amount.IsZero()) return BadField("amount", "is given twice: in stock and in money");
  if (r.wallet != Wallet::kSpot || HasPrice(r.type) || r.side != Side::kBuy) {
    return BadField("amount", "is money for spot purchases at the market only");
  }
  return CheckPositive("amount", r.money);
}

Result<void> CheckCollateral(const PlaceOrderRequest& r) {
  const bool exits = r.stop_loss || r.take_profit;
  if (r.wallet == Wallet::kSpot) {
    if (r.reduce_only) return BadField("reduceOnly", "is for collateral orders");
    if (r.position_side) return BadField("positionSide", "is for collateral orders");
    if (exits) {
      return BadField(r.stop_loss ? "stopLoss" : "takeProfit", "is for collateral orders");
    }
    return {};
  }
  if (r.stop_loss && !r.stop_loss->IsPositive()) return BadField("stopLoss", "must be above 0");
  if (r.take_profit && !r.take_profit->IsPositive()) {
    return BadField("takeProfit", "must be above 0");
  }
  if (exits && r.reduce_only.value_or(false)) {
    return BadField("reduceOnly", "does not go with stopLoss and takeProfit");
  }
  return {};
}

Result<void> CheckPage(std::optional<int> limit, std::optional<std::int64_t> offset) {
  if (limit && (*limit < 1 || *limit > kMaxLimit)) return BadField("limit", "must be 1 to 100");
  if (offset && (*offset < 0 || *offset > kMaxOffset)) {
    return BadField("offset", "must be 0 to 4294967295");
  }
  return {};
}

// Of an order or a group: one of its two ids, or none where that is allowed.
template <typename Id>
Result<void> CheckOneId(const std::optional<Id>& id, const std::string& client_order_id) {
  if (id && !client_order_id.empty()) {
    return BadField("orderId", "and clientOrderId exclude each other");
  }
  if (id == Id{0}) return BadField("orderId", "must be above 0");
  return CheckClientId(client_order_id);
}

template <typename Request>
Result<void> CheckCancel(const Request& r) {
  if (auto ok = CheckMarket(r.market); !ok) return ok;
  if (!r.id && r.client_order_id.empty()) {
    return BadField("orderId", "or clientOrderId is required");
  }
  return CheckOneId(r.id, r.client_order_id);
}

}  // namespace

Result<void> Check(const PlaceOcoRequest& r) {
  if (auto ok = CheckMarket(r.market); !ok) return ok;
  if (!r.side) return BadField("side", "is required: buy or sell");
  if (auto ok = CheckPositive("amount", r.amount); !ok) return ok;
  if (auto ok = CheckPositive("price", r.price); !ok) return ok;
  if (auto ok = CheckPositive("activation_price", r.activation_price); !ok) return ok;
  if (auto ok = CheckPositive("stop_limit_price", r.stop_limit_price); !ok) return ok;
  // The last price must lie strictly between the two, so nothing fits when they are in the wrong
  // order. stop_limit_price beyond activation_price is advice, not a rule.
  if (*r.side == Side::kBuy && !(r.price < r.activation_price)) {
    return BadField("price", "must be below activation_price for buy");
  }
  if (*r.side == Side::kSell && !(r.activation_price < r.price)) {
    return BadField("price", "must be above activation_price for sell");
  }
  return CheckClientId(r.client_order_id);
}

Result<void> Check(const CancelOcoRequest& r) { return CheckCancel(r); }

Result<void> Check(const CancelOrderRequest& r) { return CheckCancel(r); }

Result<void> Check(const CancelConditionalRequest& r) {
  if (auto ok = CheckMarket(r.market); !ok) return ok;
  if (r.id == GroupId{0}) return BadField("id", "is required and must be above 0");
  return {};
}

Result<void> Check(const ListRequest& r) {
  if (auto ok = CheckMarketText(r.market); !ok) return ok;
  return CheckPage(r.limit, r.offset);
}

Result<void> Check(const PlaceOrderRequest& r) {
  if (auto ok = CheckMarket(r.market); !ok) return ok;
  if (!r.side) return BadField("side", "is required: buy or sell");
  if (auto ok = CheckAmounts(r); !ok) return ok;
  if (auto ok = CheckPriceOf("price", r.price, HasPrice(r.type)); !ok) return ok;
  if (auto ok = CheckPriceOf("activation_price", r.activation_price, IsStop(r.type)); !ok) {
    return ok;
  }
  if ((r.ioc || r.post_only) && r.type != OrderType::kLimit) {
    return BadField(r.ioc ? "ioc" : "postOnly", "is for limit orders");
  }
  if (r.ioc && r.post_only) return BadField("ioc", "and postOnly exclude each other");
  if (auto ok = CheckCollateral(r); !ok) return ok;
  return CheckClientId(r.client_order_id);
}

Result<void> Check(const OpenOrdersRequest& r) {
  const bool by_id = r.id || !r.client_order_id.empty();
  if (auto ok = by_id ? CheckMarket(r.market) : CheckMarketText(r.market); !ok) return ok;
  if (auto ok = CheckOneId(r.id, r.client_order_id); !ok) return ok;
  return CheckPage(r.limit, r.offset);
}

Result<void> Check(const HistoryRequest& r) {
  if (!r.market.empty()) {
    if (auto ok = CheckMarket(r.market); !ok) return ok;
  }
  if (r.limit < 1 || r.limit > kMaxHistoryLimit) return BadField("limit", "must be 1 to 500");
  if (r.offset < 0 || r.offset > kMaxOffset) {
    return BadField("offset", "must be 0 to " + std::to_string(kMaxOffset));
  }
  return {};
}

}  // namespace ocokit::client::whitebit
