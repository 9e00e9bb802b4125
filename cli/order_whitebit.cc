#include "cli/order_whitebit.h"

#include <cstdio>
#include <nlohmann/json.hpp>

#include "cli/exit_codes.h"
#include "cli/option_names.h"
#include "cli/read_decimal.h"
#include "cli/terminal.h"
#include "ocokit/client/whitebit.h"

namespace ocokit::cli {
namespace {

namespace whitebit = client::whitebit;
using Json = nlohmann::ordered_json;

constexpr OptionName kWhitebitNames[] = {
    {"market", "--market"},
    {"side", "--side"},
    {"amount", "--amount"},
    {"price", "--price"},
    {"activation_price", "--activation-price"},
    {"stop_limit_price", "--stop-limit-price"},
    {"id", "--id"},
    {"orderId", "--id"},
    {"clientOrderId", "--client-order-id"},
    {"limit", "--limit"},
    {"offset", "--offset"},
};

int TellWhitebitFailure(const client::Error& error, const ConnectionOptions& connection) {
  return ReportError(NameOptions(error, kWhitebitNames), connection);
}

client::Result<whitebit::Client> ConnectWhitebit(const ConnectionOptions& connection) {
  client::Result<client::Credentials> credentials = ReadCredentials(connection);
  if (!credentials) return tl::unexpected<client::Error>(credentials.error());
  whitebit::ClientOptions options;
  options.base_url = connection.url;
  options.http.ca_file = connection.ca_file;
  return whitebit::Client::Make(options, *credentials);
}

std::uint64_t Number(whitebit::GroupId id) { return static_cast<std::uint64_t>(id); }
std::uint64_t Number(whitebit::OrderId id) { return static_cast<std::uint64_t>(id); }

Json ToJson(const whitebit::Leg& leg) {
  Json out = {{"orderId", Number(leg.order_id)},      {"market", leg.market},
              {"side", whitebit::SideName(leg.side)}, {"type", leg.type},
              {"amount", leg.amount.Format()},        {"left", leg.left.Format()},
              {"price", leg.price.Format()},          {"status", leg.status_text}};
  if (leg.activation_price) {
    out["activationPrice"] = leg.activation_price->Format();
    out["activationCondition"] = leg.activation_condition;
    out["activated"] = leg.activated.value_or(false);
  }
  return out;
}

Json ToJson(const whitebit::OcoOrder& order) {
  return {{"id", Number(order.id)},
          {"reduceOnly", order.reduce_only.value_or(false)},
          {"stopLoss", ToJson(order.stop_loss)},
          {"takeProfit", ToJson(order.take_profit)}};
}

void PrintLeg(const char* name, const whitebit::Leg& leg) {
  std::string trigger;
  if (leg.activation_price) {
    trigger = " once " + leg.activation_price->Format() + " trades";
    if (leg.activated.value_or(false)) trigger += " (it has)";
  }
  std::printf("  %-11s %llu  %s %s of %s at %s%s  %s\n", name,
              static_cast<unsigned long long>(Number(leg.order_id)),
              std::string(whitebit::SideName(leg.side)).c_str(), leg.left.Format().c_str(),
              leg.amount.Format().c_str(), leg.price.Format().c_str(), trigger.c_str(),
              Printable(leg.status_text).c_str());
}

void PrintOrder(const whitebit::OcoOrder& order) {
  std::printf("%llu %s%s\n", static_cast<unsigned long long>(Number(order.id)),
              Printable(order.stop_loss.market).c_str(),
              order.reduce_only.value_or(false) ? " reduce-only" : "");
  PrintLeg("take-profit", order.take_profit);
  PrintLeg("stop-loss", order.stop_loss);
}

void PrintOrders(const std::vector<whitebit::OcoOrder>& orders, bool json) {
  if (json) {
    Json out = Json::array();
    for (const whitebit::OcoOrder& order : orders) out.push_back(ToJson(order));
    return PrintJson(out);
  }
  if (orders.empty()) std::printf("no orders\n");
  for (const whitebit::OcoOrder& order : orders) PrintOrder(order);
}

void PrintOne(const whitebit::OcoOrder& order, bool json) {
  if (json) {
    PrintJson(ToJson(order));
  } else {
    PrintOrder(order);
  }
}

}  // namespace

int PlaceWhitebit(const ConnectionOptions& connection, const WhitebitPlaceOptions& o) {
  whitebit::PlaceOcoRequest request;
  request.market = o.market;
  request.side = o.side == "buy" ? whitebit::Side::kBuy : whitebit::Side::kSell;
  if (auto bad =
          ReadDecimals({{"--amount", o.amount, &request.amount},
                        {"--price", o.price, &request.price},
                        {"--activation-price", o.activation_price, &request.activation_price},
                        {"--stop-limit-price", o.stop_limit_price, &request.stop_limit_price}})) {
    return TellWhitebitFailure(*bad, connection);
  }
  request.client_order_id = o.client_order_id;
  if (o.reduce_only) request.reduce_only = true;
  auto client = ConnectWhitebit(connection);
  if (!client) return TellWhitebitFailure(client.error(), connection);
  const auto order = client->PlaceOco(request);
  if (!order) return TellWhitebitFailure(order.error(), connection);
  PrintOne(*order, connection.json);
  return kOk;
}

int ListWhitebit(const ConnectionOptions& connection, const WhitebitListOptions& o) {
  auto client = ConnectWhitebit(connection);
  if (!client) return TellWhitebitFailure(client.error(), connection);
  const whitebit::ListRequest request{.market = o.market, .limit = o.limit, .offset = o.offset};
  if (!o.conditional) {
    const auto orders = client->ListOcos(request);
    if (!orders) return TellWhitebitFailure(orders.error(), connection);
    PrintOrders(*orders, connection.json);
    return kOk;
  }
  const auto page = client->ListConditionals(request);
  if (!page) return TellWhitebitFailure(page.error(), connection);
  std::vector<whitebit::OcoOrder> orders;
  for (const whitebit::ConditionalOrder& record : page->records) {
    if (const auto* oco = std::get_if<whitebit::OcoOrder>(&record)) orders.push_back(*oco);
  }
  PrintOrders(orders, connection.json);
  return kOk;
}

int CancelWhitebit(const ConnectionOptions& connection, const WhitebitCancelOptions& o) {
  auto client = ConnectWhitebit(connection);
  if (!client) return TellWhitebitFailure(client.error(), connection);
  if (o.conditional) {
    const auto done =
        client->CancelConditional({.market = o.market, .id = whitebit::GroupId{o.id}});
    if (!done) return TellWhitebitFailure(done.error(), connection);
    if (connection.json) {
      PrintJson({{"id", o.id}, {"cancelled", true}});
    } else {
      std::printf("cancelled %llu, both orders\n", static_cast<unsigned long long>(o.id));
    }
    return kOk;
  }
  whitebit::CancelOcoRequest request{.market = o.market, .client_order_id = o.client_order_id};
  if (o.id != 0) request.id = whitebit::GroupId{o.id};
  const auto order = client->CancelOco(request);
  if (!order) return TellWhitebitFailure(order.error(), connection);
  PrintOne(*order, connection.json);
  return kOk;
}

}  // namespace ocokit::cli
