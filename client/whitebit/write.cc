#include "client/whitebit/write.h"

#include <array>
#include <charconv>

#include "client/json/json_writer.h"

namespace ocokit::client::whitebit {
namespace {

// A placement with every member takes about 330 characters.
constexpr std::size_t kUsualSize = 384;

// Writes one flat object, member by member.
class Body {
 public:
  Body(const Stamp& stamp, std::string& out) : out_(out) {
    out_.clear();
    out_.reserve(kUsualSize);
    out_ += "{\"request\":\"";
    out_ += stamp.path;
    out_ += stamp.nonce_as_string ? "\",\"nonce\":\"" : "\",\"nonce\":";
    AppendInteger(stamp.nonce);
    if (stamp.nonce_as_string) out_ += '"';
    if (stamp.nonce_window) out_ += ",\"nonceWindow\":true";
  }

  void Add(std::string_view name, std::string_view value) {
    AddName(name);
    AppendJsonString(out_, value);
  }

  void Add(std::string_view name, const Decimal& value) {
    AddName(name);
    out_ += '"';
    value.AppendTo(out_);
    out_ += '"';
  }

  void AddInteger(std::string_view name, std::int64_t value) {
    AddName(name);
    AppendInteger(value);
  }

  void AddBool(std::string_view name, bool value) {
    AddName(name);
    out_ += value ? "true" : "false";
  }

  void Close() { out_ += '}'; }

 private:
  void AddName(std::string_view name) {
    out_ += ",\"";
    out_ += name;
    out_ += "\":";
  }

  void AppendInteger(std::int64_t value) {
    std::array<char, 20> digits;
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
    out_.append(digits.data(), end);
  }

  std::string& out_;
};

// Not client_order_id, which some states of the documents have: the venue drops it without a word.
constexpr std::string_view kClientIdName = "clientOrderId";

// Ids are below 2^53 as the venue prints them.
std::int64_t IdValue(GroupId id) { return static_cast<std::int64_t>(id); }
std::int64_t IdValue(OrderId id) { return static_cast<std::int64_t>(id); }

}  // namespace

void Write(const PlaceOcoRequest& r, const Stamp& stamp, std::string& out) {
  Body body(stamp, out);
  body.Add("market", r.market);
  body.Add("side", SideName(r.side.value_or(Side::kBuy)));
  body.Add("amount", r.amount);
  body.Add("price", r.price);
  body.Add("activation_price", r.activation_price);
  body.Add("stop_limit_price", r.stop_limit_price);
  if (!r.client_order_id.empty()) body.Add(kClientIdName, r.client_order_id);
  if (r.reduce_only) body.AddBool("reduceOnly", *r.reduce_only);
  if (r.position_side) body.Add("positionSide", PositionSideName(*r.position_side));
  if (r.stp) body.Add("stp", StpName(*r.stp));
  body.Close();
}

void Write(const CancelOcoRequest& r, const Stamp& stamp, std::string& out) {
  Body body(stamp, out);
  body.Add("market", r.market);
  if (r.id) body.AddInteger("orderId", IdValue(*r.id));
  if (!r.client_order_id.empty()) body.Add(kClientIdName, r.client_order_id);
  body.Close();
}

void Write(const CancelConditionalRequest& r, const Stamp& stamp, std::string& out) {
  Body body(stamp, out);
  body.Add("market", r.market);
  body.AddInteger("id", IdValue(r.id));
  body.Close();
}

void Write(const PlaceOrderRequest& r, const Stamp& stamp, std::string& out) {
  Body body(stamp, out);
  body.Add("market", r.market);
  body.Add("side", SideName(r.side.value_or(Side::kBuy)));
  // Which of the two it is, the path says.
  body.Add("amount", r.money.IsZero() ? r.amount : r.money);
  if (!r.price.IsZero()) body.Add("price", r.price);
  if (!r.activation_price.IsZero()) body.Add("activation_price", r.activation_price);
  if (!r.client_order_id.empty()) body.Add(kClientIdName, r.client_order_id);
  if (r.ioc) body.AddBool("ioc", true);
  if (r.post_only) body.AddBool("postOnly", true);
  if (r.reduce_only) body.AddBool("reduceOnly", *r.reduce_only);
  if (r.position_side) body.Add("positionSide", PositionSideName(*r.position_side));
  if (r.stp) body.Add("stp", StpName(*r.stp));
  if (r.stop_loss) body.Add("stopLoss", *r.stop_loss);
  if (r.take_profit) body.Add("takeProfit", *r.take_profit);
  body.Close();
}

void Write(const CancelOrderRequest& r, const Stamp& stamp, std::string& out) {
  Body body(stamp, out);
  body.Add("market", r.market);
  if (r.id) body.AddInteger("orderId", IdValue(*r.id));
  if (!r.client_order_id.empty()) body.Add(kClientIdName, r.client_order_id);
  body.Close();
}

void Write(const OpenOrdersRequest& r, const Stamp& stamp, std::string& out) {
  Body body(stamp, out);
  if (!r.market.empty()) body.Add("market", r.market);
  if (r.id) body.AddInteger("orderId", IdValue(*r.id));
  if (!r.client_order_id.empty()) body.Add(kClientIdName, r.client_order_id);
  if (r.limit) body.AddInteger("limit", *r.limit);
  if (r.offset) body.AddInteger("offset", *r.offset);
  body.Close();
}

void Write(const HistoryRequest& r, const Stamp& stamp, std::string& out) {
  Body body(stamp, out);
  if (!r.market.empty()) body.Add("market", r.market);
  if (r.id) body.AddInteger("orderId", IdValue(*r.id));
  if (r.from) body.AddInteger("startDate", ToUnixMillis(*r.from) / 1000);
  body.AddInteger("limit", r.limit);
  body.AddInteger("offset", r.offset);
  body.Close();
}

void Write(const TokenRequest&, const Stamp& stamp, std::string& out) { Body(stamp, out).Close(); }

void Write(const ListRequest& r, const Stamp& stamp, std::string& out) {
  Body body(stamp, out);
  if (!r.market.empty()) body.Add("market", r.market);
  if (r.limit) body.AddInteger("limit", *r.limit);
  if (r.offset) body.AddInteger("offset", *r.offset);
  body.Close();
}

}  // namespace ocokit::client::whitebit
