// The operations at BingX.

#include "ocokit/client/bingx.h"

#include "conformance/adapters/cpp/answer.h"
#include "conformance/adapters/cpp/operations.h"
#include "conformance/adapters/cpp/streams.h"
#include "ocokit/client/bingx_user_stream.h"

namespace ocokit::adapter {
namespace {

using client::bingx::Client;
using client::bingx::Leg;
using client::bingx::LegType;
using client::bingx::OcoPair;
using client::bingx::Order;
using client::bingx::OrderType;
using client::bingx::PlaceOcoRequest;
using client::bingx::PlaceOrderRequest;
using client::bingx::Side;
using client::bingx::TimeInForce;
using nlohmann::json;

json WriteLeg(const Leg& leg) {
  json written = {{"order_list_id", leg.order_list_id},
                  {"type", leg.type == LegType::kLimit ? "limit" : "stop"},
                  {"order_id", leg.order_id},
                  {"client_order_id", leg.client_order_id},
                  {"symbol", leg.symbol},
                  {"side", leg.side == Side::kBuy ? "buy" : "sell"},
                  {"quantity", leg.quantity.Format()},
                  {"price", leg.price.Format()},
                  {"status", leg.status_text}};
  if (leg.type == LegType::kStopLimit) written["trigger_price"] = leg.trigger_price.Format();
  return written;
}

json WriteLegs(const std::vector<Leg>& legs) {
  json written = json::array();
  for (const Leg& leg : legs) written.push_back(WriteLeg(leg));
  return {{"legs", std::move(written)}};
}

json WritePair(const OcoPair& pair) {
  return {{"order_list_id", pair.order_list_id},
          {"limit", WriteLeg(pair.limit)},
          {"stop", WriteLeg(pair.stop_limit)}};
}

client::Result<PlaceOcoRequest> ReadPlacement(const json& args) {
  PlaceOcoRequest request{.symbol = TextArgument(args, "symbol"),
                          .side = {},
                          .quantity = {},
                          .limit_price = {},
                          .order_price = {},
                          .trigger_price = {},
                          .list_client_order_id = TextArgument(args, "client_order_id"),
                          .above_client_order_id = TextArgument(args, "limit_client_order_id"),
                          .below_client_order_id = TextArgument(args, "stop_client_order_id")};
  const std::string side = TextArgument(args, "side");
  if (side == "buy") request.side = Side::kBuy;
  if (side == "sell") request.side = Side::kSell;
  const struct {
    const char* name;
    Decimal* into;
  } numbers[] = {{"quantity", &request.quantity},
                 {"limit_price", &request.limit_price},
                 {"order_price", &request.order_price},
                 {"trigger_price", &request.trigger_price}};
  for (const auto& [name, into] : numbers) {
    const client::Result<Decimal> number = DecimalArgument(args, name);
    if (!number) return tl::unexpected(number.error());
    *into = *number;
  }
  return request;
}

// The protocol's word for the type; what it has no word for is told as the venue wrote it.
std::string TypeWord(const Order& order) {
  switch (order.type) {
    case OrderType::kLimit:
      return "limit";
    case OrderType::kMarket:
      return "market";
    case OrderType::kTakeStopLimit:
    case OrderType::kTriggerLimit:
      return "stop_limit";
    case OrderType::kTakeStopMarket:
    case OrderType::kTriggerMarket:
      return "stop_market";
    case OrderType::kOther:
      break;
  }
  return order.type_text;
}

json WriteOrder(const Order& order) {
  const std::string type = TypeWord(order);
  json written = {{"order_id", order.order_id},
                  {"client_order_id", order.client_order_id},
                  {"symbol", order.symbol},
                  {"side", order.side == Side::kBuy ? "buy" : "sell"},
                  {"type", type},
                  {"status", order.status_text},
                  {"quantity", order.orig_qty.Format()},
                  {"filled_quantity", order.executed_qty.Format()},
                  {"filled_quote", order.cumulative_quote_qty.Format()}};
  if (type.ends_with("limit")) written["price"] = order.price.Format();
  if (type.starts_with("stop")) written["trigger_price"] = order.stop_price.Format();
  return written;
}

json WriteOrders(const std::vector<Order>& orders) {
  json written = json::array();
  for (const Order& order : orders) written.push_back(WriteOrder(order));
  return {{"orders", std::move(written)}};
}

client::Result<PlaceOrderRequest> ReadOrder(const json& args) {
  PlaceOrderRequest request{.symbol = TextArgument(args, "symbol"),
                            .new_client_order_id = TextArgument(args, "client_order_id")};
  const std::string side = TextArgument(args, "side");
  if (side == "buy") request.side = Side::kBuy;
  if (side == "sell") request.side = Side::kSell;
  const std::string type = TextArgument(args, "type");
  if (type == "market") request.type = OrderType::kMarket;
  if (type == "stop_limit") request.type = OrderType::kTriggerLimit;
  if (type == "stop_market") request.type = OrderType::kTriggerMarket;
  const std::string force = TextArgument(args, "time_in_force");
  if (force == "gtc") request.time_in_force = TimeInForce::kGtc;
  if (force == "ioc") request.time_in_force = TimeInForce::kIoc;
  if (force == "fok") request.time_in_force = TimeInForce::kFok;
  if (force == "post_only") request.time_in_force = TimeInForce::kPostOnly;
  if (auto read = ReadDecimals(args, {{"quantity", &request.quantity},
                                      {"quote_quantity", &request.quote_order_qty},
                                      {"price", &request.price},
                                      {"trigger_price", &request.stop_price}});
      !read) {
    return tl::unexpected(read.error());
  }
  return request;
}

template <typename T, typename Write>
json Answer(const client::Result<T>& result, Write write) {
  return result ? OkAnswer(write(*result)) : ErrorAnswer(result.error());
}

class BingxOperations : public Operations {
 public:
  BingxOperations(Client client, std::shared_ptr<AheadClock> clock,
                  std::chrono::milliseconds timeout)
      : client_(std::move(client)), stream_(std::move(clock), timeout) {}

  json CarryOut(const std::string& op, const json& args) override {
    if (op == "place_oco" || op == "reconcile") return Place(op == "reconcile", args);
    if (op == "cancel_oco") return Cancel(args);
    if (op == "get_oco") {
      return Answer(client_.FindOco({.order_list_id = TextArgument(args, "order_list_id"),
                                     .client_order_id = TextArgument(args, "client_order_id")}),
                    WritePair);
    }
    if (op == "place_order") return PlaceOrder(args);
    if (op == "cancel_order") {
      return Answer(client_.CancelOrder({.symbol = TextArgument(args, "symbol"),
                                         .order_id = TextArgument(args, "order_id"),
                                         .client_order_id = TextArgument(args, "client_order_id")}),
                    WriteOrder);
    }
    if (op == "open_orders") {
      return Answer(client_.OpenOrders({.symbol = TextArgument(args, "symbol")}), WriteOrders);
    }
    const int page = static_cast<int>(NumberArgument(args, "page").value_or(1));
    const int size = static_cast<int>(NumberArgument(args, "page_size").value_or(100));
    if (op == "list_oco") {
      return Answer(client_.ListOpenOcos({.page_index = page, .page_size = size}), WriteLegs);
    }
    if (op == "history") {
      return Answer(client_.ListOcoHistory({.page_index = page,
                                            .page_size = size,
                                            .start_time = TimeArgument(args, "start_ms"),
                                            .end_time = TimeArgument(args, "end_ms")}),
                    WriteLegs);
    }
    if (op == "reconcile_order") {
      return {{"unsupported", "the client reconciles pairs alone"}};
    }
    const auto answer = stream_.CarryOut(
        op, args, [this](client::StreamOptions options, client::StreamHandler handler) {
          return client::bingx::UserStream::Make(client_, std::move(options), std::move(handler));
        });
    return answer.value_or(json{{"unsupported", "there is no operation " + op}});
  }

 private:
  static std::optional<TimePoint> TimeArgument(const json& args, const char* name) {
    const std::optional<std::int64_t> ms = NumberArgument(args, name);
    if (!ms) return std::nullopt;
    return TimePoint(std::chrono::milliseconds(*ms));
  }

  json Place(bool reconcile, const json& args) {
    const client::Result<PlaceOcoRequest> request = ReadPlacement(args);
    if (!request) return ErrorAnswer(request.error());
    const std::string& id = request->list_client_order_id;
    const client::Result<OcoPair> pair =
        reconcile ? client_.Reconcile(*request, open_.SentAt(id)) : client_.PlaceOco(*request);
    if (!pair) open_.Remember(id, pair.error());
    return Answer(pair, WritePair);
  }

  json PlaceOrder(const json& args) {
    const client::Result<PlaceOrderRequest> request = ReadOrder(args);
    if (!request) return ErrorAnswer(request.error());
    return Answer(client_.PlaceOrder(*request), WriteOrder);
  }

  json Cancel(const json& args) {
    return Answer(
        client_.CancelOco({.order_id = TextArgument(args, "order_id"),
                           .client_order_id = TextArgument(args, "client_order_id")}),
        [](const auto& reply) {
          return json{{"order_id", reply.order_id}, {"client_order_id", reply.client_order_id}};
        });
  }

  Client client_;
  OpenPlacements open_;
  StreamOperations<client::bingx::UserStream> stream_;  // after the client, which it uses
};

}  // namespace

client::Result<std::unique_ptr<Operations>> MakeBingx(const Setup& setup) {
  const auto clock = std::make_shared<AheadClock>();
  client::bingx::ClientOptions options{.base_url = setup.base_url, .clock = clock};
  options.http.total_timeout = setup.timeout;
  // Two seconds in place of five: an order whose reply was lost is the sooner known to be over.
  options.recv_window = std::chrono::milliseconds(2000);
  client::Result<Client> client =
      Client::Make(options, client::Credentials(setup.key, setup.secret));
  if (!client) return tl::unexpected(client.error());
  return std::make_unique<BingxOperations>(std::move(*client), clock, setup.timeout);
}

}  // namespace ocokit::adapter
