#include "client/bingx/write.h"

namespace ocokit::client::bingx {
namespace {

void AddUnlessEmpty(Params& params, std::string_view name, const std::string& value) {
  if (!value.empty()) params.Add(name, value);
}

void AddUnlessZero(Params& params, std::string_view name, const Decimal& value) {
  if (!value.IsZero()) params.Add(name, value);
}

void AddRecvWindow(Params& params, const Stamp& stamp) {
  if (stamp.recv_window_ms != 0) params.Add("recvWindow", stamp.recv_window_ms);
}

// What names one order, of the calls that are about it.
template <typename Request>
void WriteOneOrder(const Request& r, const Stamp& stamp, Params& params) {
  AddUnlessEmpty(params, "clientOrderID", r.client_order_id);
  AddUnlessEmpty(params, "orderId", r.order_id);
  AddRecvWindow(params, stamp);
  params.Add("symbol", r.symbol);
  params.Add("timestamp", stamp.timestamp_ms);
}

}  // namespace

void Write(const PlaceOcoRequest& r, const Stamp& stamp, Params& params) {
  AddUnlessEmpty(params, "aboveClientOrderId", r.above_client_order_id);
  AddUnlessEmpty(params, "belowClientOrderId", r.below_client_order_id);
  params.Add("limitPrice", r.limit_price);
  AddUnlessEmpty(params, "listClientOrderId", r.list_client_order_id);
  params.Add("orderPrice", r.order_price);
  params.Add("quantity", r.quantity);
  AddRecvWindow(params, stamp);
  params.Add("side", SideName(r.side.value_or(Side::kBuy)));
  params.Add("symbol", r.symbol);
  params.Add("timestamp", stamp.timestamp_ms);
  params.Add("triggerPrice", r.trigger_price);
}

void Write(const CancelOcoRequest& r, const Stamp& stamp, Params& params) {
  AddUnlessEmpty(params, "clientOrderId", r.client_order_id);
  AddUnlessEmpty(params, "orderId", r.order_id);
  AddRecvWindow(params, stamp);
  params.Add("timestamp", stamp.timestamp_ms);
}

void Write(const FindOcoRequest& r, const Stamp& stamp, Params& params) {
  AddUnlessEmpty(params, "clientOrderId", r.client_order_id);
  AddUnlessEmpty(params, "orderListId", r.order_list_id);
  AddRecvWindow(params, stamp);
  params.Add("timestamp", stamp.timestamp_ms);
}

void Write(const ListOpenRequest& r, const Stamp& stamp, Params& params) {
  params.Add("pageIndex", std::int64_t{r.page_index});
  params.Add("pageSize", std::int64_t{r.page_size});
  AddRecvWindow(params, stamp);
  params.Add("timestamp", stamp.timestamp_ms);
}

void Write(const ListHistoryRequest& r, const Stamp& stamp, Params& params) {
  if (r.end_time) params.Add("endTime", ToUnixMillis(*r.end_time));
  params.Add("pageIndex", std::int64_t{r.page_index});
  params.Add("pageSize", std::int64_t{r.page_size});
  AddRecvWindow(params, stamp);
  if (r.start_time) params.Add("startTime", ToUnixMillis(*r.start_time));
  params.Add("timestamp", stamp.timestamp_ms);
}

void Write(const PlaceOrderRequest& r, const Stamp& stamp, Params& params) {
  AddUnlessEmpty(params, "newClientOrderId", r.new_client_order_id);
  AddUnlessZero(params, "price", r.price);
  AddUnlessZero(params, "quantity", r.quantity);
  AddUnlessZero(params, "quoteOrderQty", r.quote_order_qty);
  AddRecvWindow(params, stamp);
  params.Add("side", SideName(r.side.value_or(Side::kBuy)));
  AddUnlessZero(params, "stopPrice", r.stop_price);
  params.Add("symbol", r.symbol);
  if (r.time_in_force) params.Add("timeInForce", TimeInForceName(*r.time_in_force));
  params.Add("timestamp", stamp.timestamp_ms);
  params.Add("type", OrderTypeName(r.type));
}

void Write(const CancelOrderRequest& r, const Stamp& stamp, Params& params) {
  WriteOneOrder(r, stamp, params);
}

void Write(const OpenOrdersRequest& r, const Stamp& stamp, Params& params) {
  AddRecvWindow(params, stamp);
  AddUnlessEmpty(params, "symbol", r.symbol);
  params.Add("timestamp", stamp.timestamp_ms);
}

void Write(const FindOrderRequest& r, const Stamp& stamp, Params& params) {
  WriteOneOrder(r, stamp, params);
}

void Write(const OrderHistoryRequest& r, const Stamp& stamp, Params& params) {
  params.Add("pageIndex", std::int64_t{r.page_index});
  params.Add("pageSize", std::int64_t{r.page_size});
  AddRecvWindow(params, stamp);
  if (r.start_time) params.Add("startTime", ToUnixMillis(*r.start_time));
  AddUnlessEmpty(params, "symbol", r.symbol);
  params.Add("timestamp", stamp.timestamp_ms);
}

}  // namespace ocokit::client::bingx
