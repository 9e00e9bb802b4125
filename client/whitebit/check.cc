#include <algorithm>

#include "client/core/bad_field.h"
#include "client/core/text.h"
#include "client/whitebit/write.h"

namespace ocokit::client::whitebit {
namespace {

constexpr std::size_t kMaxClientId = 64;
constexpr int kMaxLimit = 100;
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

Result<void> Check(const CancelOcoRequest& r) {
  if (auto ok = CheckMarket(r.market); !ok) return ok;
  if (!r.id && r.client_order_id.empty()) {
    return BadField("orderId", "or clientOrderId is required");
  }
  if (r.id && !r.client_order_id.empty()) {
    return BadField("orderId", "and clientOrderId exclude each other");
  }
  if (r.id == GroupId{0}) return BadField("orderId", "must be above 0");
  return CheckClientId(r.client_order_id);
}

Result<void> Check(const CancelConditionalRequest& r) {
  if (auto ok = CheckMarket(r.market); !ok) return ok;
  if (r.id == GroupId{0}) return BadField("id", "is required and must be above 0");
  return {};
}

Result<void> Check(const ListRequest& r) {
  if (auto ok = CheckMarketText(r.market); !ok) return ok;
  if (r.limit && (*r.limit < 1 || *r.limit > kMaxLimit)) {
    return BadField("limit", "must be 1 to 100");
  }
  if (r.offset && (*r.offset < 0 || *r.offset > kMaxOffset)) {
    return BadField("offset", "must be 0 to 4294967295");
  }
  return {};
}

}  // namespace ocokit::client::whitebit
