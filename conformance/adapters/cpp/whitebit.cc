// The operations at WhiteBIT.

#include "ocokit/client/whitebit.h"

#include <charconv>

#include "conformance/adapters/cpp/answer.h"
#include "conformance/adapters/cpp/operations.h"
#include "conformance/adapters/cpp/streams.h"
#include "ocokit/client/whitebit_user_stream.h"

namespace ocokit::adapter {
namespace {

using client::whitebit::Client;
using client::whitebit::GroupId;
using client::whitebit::Leg;
using client::whitebit::OcoOrder;
using client::whitebit::Order;
using client::whitebit::OrderType;
using client::whitebit::PlaceOcoRequest;
using client::whitebit::PlaceOrderRequest;
using client::whitebit::PositionSide;
using client::whitebit::Side;
using client::whitebit::Wallet;
using nlohmann::json;

template <typename Id>
std::string IdText(Id id) {
  return std::to_string(static_cast<std::uint64_t>(id));
}

json WriteLeg(const Leg& leg, GroupId group) {
  json written = {{"order_list_id", IdText(group)},
                  {"type", leg.activation_price ? "stop" : "limit"},
                  {"order_id", IdText(leg.order_id)},
                  {"client_order_id", leg.client_order_id},
                  {"symbol", leg.market},
                  {"side", leg.side == Side::kBuy ? "buy" : "sell"},
                  {"quantity", leg.amount.Format()},
                  {"price", leg.price.Format()},
                  {"status", leg.status_text}};
  if (leg.activation_price) written["trigger_price"] = leg.activation_price->Format();
  return written;
}

json WriteGroup(const OcoOrder& group) {
  return {{"order_list_id", IdText(group.id)},
          {"client_order_id", group.client_order_id},
          {"limit", WriteLeg(group.take_profit, group.id)},
          {"stop", WriteLeg(group.stop_loss, group.id)}};
}

json WriteGroups(const std::vector<OcoOrder>& groups) {
  json legs = json::array();
  for (const OcoOrder& group : groups) {
    legs.push_back(WriteLeg(group.stop_loss, group.id));
    legs.push_back(WriteLeg(group.take_profit, group.id));
  }
  return {{"legs", std::move(legs)}};
}

client::Result<PlaceOcoRequest> ReadPlacement(const json& args) {
  PlaceOcoRequest request{.market = TextArgument(args, "symbol"),
                          .client_order_id = TextArgument(args, "client_order_id")};
  const std::string side = TextArgument(args, "side");
  if (side == "buy") request.side = Side::kBuy;
  if (side == "sell") request.side = Side::kSell;
  const struct {
    const char* name;
    Decimal* into;
  } numbers[] = {{"quantity", &request.amount},
                 {"limit_price", &request.price},
                 {"order_price", &request.stop_limit_price},
                 {"trigger_price", &request.activation_price}};
  for (const auto& [name, into] : numbers) {
    const client::Result<Decimal> number = DecimalArgument(args, name);
    if (!number) return tl::unexpected(number.error());
    *into = *number;
  }
  if (const auto flag = args.find("reduce_only"); flag != args.end() && flag->is_boolean()) {
    request.reduce_only = flag->get<bool>();
  }
  for (const PositionSide position :
       {PositionSide::kLong, PositionSide::kShort, PositionSide::kBoth}) {
    if (TextArgument(args, "position_side") == client::whitebit::PositionSideName(position)) {
      request.position_side = position;
    }
  }
  return request;
}

// The protocol's word for "margin stop limit", "stock market", "trigger margin market".
std::string TypeWord(const Order& order) {
  const auto has = [&](const char* word) { return order.type.find(word) != std::string::npos; };
  const std::string stop = order.activation_price || has("stop") || has("trigger") ? "stop_" : "";
  if (has("limit")) return stop + "limit";
  return has("market") ? stop + "market" : order.type;
}

json WriteOrder(const Order& order) {
  const std::string type = TypeWord(order);
  json written = {{"order_id", IdText(order.order_id)},
                  {"client_order_id", order.client_order_id},
                  {"symbol", order.market},
                  {"side", order.side == Side::kBuy ? "buy" : "sell"},
                  {"type", type},
                  {"status", order.status_text},
                  {"quantity", order.amount.Format()},
                  {"filled_quantity", order.deal_stock.Format()},
                  {"filled_quote", order.deal_money.Format()}};
  if (type.ends_with("limit")) written["price"] = order.price.Format();
  if (order.activation_price) written["trigger_price"] = order.activation_price->Format();
  return written;
}

json WriteOrders(const std::vector<Order>& orders) {
  json written = json::array();
  for (const Order& order : orders) written.push_back(WriteOrder(order));
  return {{"orders", std::move(written)}};
}

client::Result<PlaceOrderRequest> ReadOrder(const json& args) {
  const std::string force = TextArgument(args, "time_in_force");
  if (force == "fok") {
    return tl::unexpected(BadArgument("time_in_force", "has no fill or kill at WhiteBIT"));
  }
  PlaceOrderRequest request{.market = TextArgument(args, "symbol"),
                            .client_order_id = TextArgument(args, "client_order_id"),
                            .ioc = force == "ioc",
                            .post_only = force == "post_only"};
  if (TextArgument(args, "wallet") == "collateral") request.wallet = Wallet::kCollateral;
  const std::string side = TextArgument(args, "side");
  if (side == "buy") request.side = Side::kBuy;
  if (side == "sell") request.side = Side::kSell;
  const std::string type = TextArgument(args, "type");
  if (type == "market") request.type = OrderType::kMarket;
  if (type == "stop_limit") request.type = OrderType::kStopLimit;
  if (type == "stop_market") request.type = OrderType::kStopMarket;
  if (auto read = ReadDecimals(args, {{"quantity", &request.amount},
                                      {"quote_quantity", &request.money},
                                      {"price", &request.price},
                                      {"trigger_price", &request.activation_price}});
      !read) {
    return tl::unexpected(read.error());
  }
  return request;
}

client::Result<std::optional<client::whitebit::OrderId>> ReadOrderId(const json& args) {
  const std::string text = TextArgument(args, "order_id");
  if (text.empty()) return std::nullopt;
  std::uint64_t id = 0;
  const auto [end, wrong] = std::from_chars(text.data(), text.data() + text.size(), id);
  if (wrong != std::errc() || end != text.data() + text.size()) {
    return tl::unexpected(BadArgument("order_id", "must be digits"));
  }
  return client::whitebit::OrderId(id);
}

template <typename T, typename Write>
json Answer(const client::Result<T>& result, Write write) {
  return result ? OkAnswer(write(*result)) : ErrorAnswer(result.error());
}

class WhitebitOperations : public Operations {
 public:
  WhitebitOperations(Client client, std::shared_ptr<AheadClock> clock,
                     std::chrono::milliseconds timeout)
      : client_(std::move(client)), stream_(std::move(clock), timeout) {}

  json CarryOut(const std::string& op, const json& args) override {
    if (op == "place_oco" || op == "reconcile") return Place(op == "reconcile", args);
    if (op == "cancel_oco") return Cancel(args);
    if (op == "list_oco") return List(args);
    if (op == "place_order") return PlaceOrder(args);
    if (op == "cancel_order") return CancelOrder(args);
    if (op == "open_orders") return OpenOrders(args);
    if (op == "get_oco" || op == "history") {
      return {{"unsupported", "WhiteBIT has no such call for OCO orders"}};
    }
    if (op == "reconcile_order") {
      return {{"unsupported", "the client reconciles pairs alone"}};
    }
    const auto answer = stream_.CarryOut(
        op, args, [&](client::StreamOptions options, client::StreamHandler handler) {
          std::vector<std::string> markets;
          for (const json& symbol : args.value("symbols", json::array())) markets.push_back(symbol);
          return client::whitebit::UserStream::Make(client_, std::move(options), std::move(handler),
                                                    std::move(markets));
        });
    return answer.value_or(json{{"unsupported", "there is no operation " + op}});
  }

 private:
  json Place(bool reconcile, const json& args) {
    const client::Result<PlaceOcoRequest> request = ReadPlacement(args);
    if (!request) return ErrorAnswer(request.error());
    const std::string& id = request->client_order_id;
    const client::Result<OcoOrder> group =
        reconcile ? client_.Reconcile(*request, open_.SentAt(id)) : client_.PlaceOco(*request);
    if (!group) open_.Remember(id, group.error());
    return Answer(group, WriteGroup);
  }

  json Cancel(const json& args) {
    client::whitebit::CancelOcoRequest request{
        .market = TextArgument(args, "symbol"),
        .id = {},
        .client_order_id = TextArgument(args, "client_order_id")};
    if (const std::string text = TextArgument(args, "order_list_id"); !text.empty()) {
      std::uint64_t id = 0;
      const auto [end, wrong] = std::from_chars(text.data(), text.data() + text.size(), id);
      if (wrong != std::errc() || end != text.data() + text.size()) {
        return ErrorAnswer(BadArgument("order_list_id", "must be digits"));
      }
      request.id = GroupId(id);
    }
    return Answer(client_.CancelOco(request), WriteGroup);
  }

  json PlaceOrder(const json& args) {
    const client::Result<PlaceOrderRequest> request = ReadOrder(args);
    if (!request) return ErrorAnswer(request.error());
    return Answer(client_.PlaceOrder(*request), WriteOrder);
  }

  json CancelOrder(const json& args) {
    const auto id = ReadOrderId(args);
    if (!id) return ErrorAnswer(id.error());
    return Answer(client_.CancelOrder({.market = TextArgument(args, "symbol"),
                                       .id = *id,
                                       .client_order_id = TextArgument(args, "client_order_id")}),
                  WriteOrder);
  }

  json OpenOrders(const json& args) {
    const std::optional<std::int64_t> size = NumberArgument(args, "page_size");
    client::whitebit::OpenOrdersRequest request{.market = TextArgument(args, "symbol")};
    if (size) {
      request.limit = static_cast<int>(*size);
      request.offset = (NumberArgument(args, "page").value_or(1) - 1) * *size;
    }
    return Answer(client_.OpenOrders(request), WriteOrders);
  }

  json List(const json& args) {
    const std::optional<std::int64_t> size = NumberArgument(args, "page_size");
    client::whitebit::ListRequest request{
        .market = TextArgument(args, "symbol"), .limit = {}, .offset = {}};
    if (size) {
      request.limit = static_cast<int>(*size);
      request.offset = (NumberArgument(args, "page").value_or(1) - 1) * *size;
    }
    return Answer(client_.ListOcos(request), WriteGroups);
  }

  Client client_;
  OpenPlacements open_;
  StreamOperations<client::whitebit::UserStream> stream_;  // after the client, which it uses
};

}  // namespace

client::Result<std::unique_ptr<Operations>> MakeWhitebit(const Setup& setup) {
  const auto clock = std::make_shared<AheadClock>();
  client::whitebit::ClientOptions options{.base_url = setup.base_url, .clock = clock};
  options.http.total_timeout = setup.timeout;
  options.nonces = setup.nonces;
  client::Result<Client> client =
      Client::Make(options, client::Credentials(setup.key, setup.secret));
  if (!client) return tl::unexpected(client.error());
  return std::make_unique<WhitebitOperations>(std::move(*client), clock, setup.timeout);
}

}  // namespace ocokit::adapter
