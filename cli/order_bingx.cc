#include "cli/order_bingx.h"

#include <cstdio>
#include <nlohmann/json.hpp>

#include "cli/exit_codes.h"
#include "cli/option_names.h"
#include "cli/read_decimal.h"
#include "cli/terminal.h"
#include "ocokit/client/bingx.h"

namespace ocokit::cli {
namespace {

namespace bingx = client::bingx;
using Json = nlohmann::ordered_json;

constexpr OptionName kOptionNames[] = {
    {"symbol", "--symbol"},
    {"side", "--side"},
    {"quantity", "--quantity"},
    {"limitPrice", "--limit-price"},
    {"orderPrice", "--order-price"},
    {"triggerPrice", "--trigger-price"},
    {"listClientOrderId", "--list-client-order-id"},
    {"aboveClientOrderId", "--above-client-order-id"},
    {"belowClientOrderId", "--below-client-order-id"},
    {"orderId", "--order-id"},
    {"clientOrderId", "--client-order-id"},
    {"orderListId", "--order-list-id"},
    {"pageIndex", "--page"},
    {"pageSize", "--page-size"},
};

int TellFailure(const client::Error& error, const ConnectionOptions& connection) {
  return ReportError(NameOptions(error, kOptionNames), connection);
}

client::Result<bingx::Client> Connect(const ConnectionOptions& connection,
                                      bingx::ParamFormat format = bingx::ParamFormat::kJson) {
  client::Result<client::Credentials> credentials = ReadCredentials(connection);
  if (!credentials) return tl::unexpected<client::Error>(credentials.error());
  bingx::ClientOptions options;
  options.base_url = connection.url;
  options.http.ca_file = connection.ca_file;
  options.post_format = format;
  return bingx::Client::Make(options, *credentials);
}

Json ToJson(const bingx::Leg& leg) {
  return {{"orderId", leg.order_id},
          {"clientOrderId", leg.client_order_id},
          {"orderListId", leg.order_list_id},
          {"symbol", leg.symbol},
          {"orderType", bingx::LegTypeName(leg.type)},
          {"side", bingx::SideName(leg.side)},
          {"price", leg.price.Format()},
          {"triggerPrice", leg.trigger_price.Format()},
          {"quantity", leg.quantity.Format()},
          {"status", leg.status_text}};
}

void PrintLegs(const std::vector<bingx::Leg>& legs, bool json) {
  if (json) {
    Json out = Json::array();
    for (const bingx::Leg& leg : legs) out.push_back(ToJson(leg));
    return PrintJson(out);
  }
  if (legs.empty()) std::printf("no orders\n");
  for (const bingx::Leg& leg : legs) {
    const bool stop = leg.type == bingx::LegType::kStopLimit;
    const std::string trigger = stop ? " once " + leg.trigger_price.Format() + " trades" : "";
    std::printf("%s %-8s %s %s at %s%s  %s  list %s\n", Printable(leg.order_id).c_str(),
                std::string(bingx::LegTypeName(leg.type)).c_str(),
                std::string(bingx::SideName(leg.side)).c_str(), leg.quantity.Format().c_str(),
                leg.price.Format().c_str(), trigger.c_str(),
                leg.status_text.empty() ? "-" : Printable(leg.status_text).c_str(),
                Printable(leg.order_list_id).c_str());
  }
}

client::Result<bingx::PlaceOcoRequest> ReadPlace(const BingxPlaceOptions& o) {
  bingx::PlaceOcoRequest request;
  request.symbol = o.symbol;
  request.side = o.side == "BUY" ? bingx::Side::kBuy : bingx::Side::kSell;
  if (auto bad = ReadDecimals({{"--quantity", o.quantity, &request.quantity},
                               {"--limit-price", o.limit_price, &request.limit_price},
                               {"--order-price", o.order_price, &request.order_price},
                               {"--trigger-price", o.trigger_price, &request.trigger_price}})) {
    return tl::unexpected<client::Error>(*bad);
  }
  request.list_client_order_id = o.list_client_order_id;
  request.above_client_order_id = o.above_client_order_id;
  request.below_client_order_id = o.below_client_order_id;
  return request;
}

}  // namespace

int PlaceBingx(const ConnectionOptions& connection, const BingxPlaceOptions& options) {
  const auto request = ReadPlace(options);
  if (!request) return TellFailure(request.error(), connection);
  const auto format = options.format == "form"    ? bingx::ParamFormat::kForm
                      : options.format == "query" ? bingx::ParamFormat::kQuery
                                                  : bingx::ParamFormat::kJson;
  auto client = Connect(connection, format);
  if (!client) return TellFailure(client.error(), connection);
  const auto pair = client->PlaceOco(*request);
  if (!pair) return TellFailure(pair.error(), connection);
  PrintLegs({pair->limit, pair->stop_limit}, connection.json);
  return kOk;
}

int ListBingx(const ConnectionOptions& connection, const BingxListOptions& options) {
  auto client = Connect(connection);
  if (!client) return TellFailure(client.error(), connection);
  if (!options.order_list_id.empty() || !options.client_order_id.empty()) {
    const auto pair = client->FindOco(
        {.order_list_id = options.order_list_id, .client_order_id = options.client_order_id});
    if (!pair) return TellFailure(pair.error(), connection);
    PrintLegs({pair->limit, pair->stop_limit}, connection.json);
    return kOk;
  }
  const auto legs =
      options.history
          ? client->ListOcoHistory({.page_index = options.page, .page_size = options.page_size})
          : client->ListOpenOcos({.page_index = options.page, .page_size = options.page_size});
  if (!legs) return TellFailure(legs.error(), connection);
  PrintLegs(*legs, connection.json);
  return kOk;
}

int CancelBingx(const ConnectionOptions& connection, const BingxCancelOptions& options) {
  auto client = Connect(connection);
  if (!client) return TellFailure(client.error(), connection);
  const auto cancelled =
      client->CancelOco({.order_id = options.order_id, .client_order_id = options.client_order_id});
  if (!cancelled) return TellFailure(cancelled.error(), connection);
  if (connection.json) {
    PrintJson({{"orderId", cancelled->order_id}, {"clientOrderId", cancelled->client_order_id}});
  } else {
    std::printf("cancelled %s and the order it was tied to\n",
                Printable(cancelled->order_id).c_str());
  }
  return kOk;
}

}  // namespace ocokit::cli
