#pragma once

// Writes BingX requests: checks them, and adds their parameters in ascending order of names, as the
// signature of a JSON body needs (BingX API, "Signature description").

#include "ocokit/client/bingx_signer.h"
#include "ocokit/client/bingx_types.h"
#include "ocokit/client/errors.h"

namespace ocokit::client::bingx {

// What stamps a request: its own time and how long it stays good.
struct Stamp {
  std::int64_t timestamp_ms = 0;
  std::int64_t recv_window_ms = 0;  // 0: left out
};

// Errors: kBadRequest naming the first field that cannot work, whatever the market is.
[[nodiscard]] Result<void> Check(const PlaceOcoRequest& request);
[[nodiscard]] Result<void> Check(const CancelOcoRequest& request);
[[nodiscard]] Result<void> Check(const FindOcoRequest& request);
[[nodiscard]] Result<void> Check(const ListOpenRequest& request);
[[nodiscard]] Result<void> Check(const ListHistoryRequest& request);
[[nodiscard]] Result<void> Check(const PlaceOrderRequest& request);
[[nodiscard]] Result<void> Check(const CancelOrderRequest& request);
[[nodiscard]] Result<void> Check(const OpenOrdersRequest& request);
[[nodiscard]] Result<void> Check(const FindOrderRequest& request);
[[nodiscard]] Result<void> Check(const OrderHistoryRequest& request);

// Adds the parameters of a request that passed its check to `params`, which is empty.
void Write(const PlaceOcoRequest& request, const Stamp& stamp, Params& params);
void Write(const CancelOcoRequest& request, const Stamp& stamp, Params& params);
void Write(const FindOcoRequest& request, const Stamp& stamp, Params& params);
void Write(const ListOpenRequest& request, const Stamp& stamp, Params& params);
void Write(const ListHistoryRequest& request, const Stamp& stamp, Params& params);
void Write(const PlaceOrderRequest& request, const Stamp& stamp, Params& params);
void Write(const CancelOrderRequest& request, const Stamp& stamp, Params& params);
void Write(const OpenOrdersRequest& request, const Stamp& stamp, Params& params);
void Write(const FindOrderRequest& request, const Stamp& stamp, Params& params);
void Write(const OrderHistoryRequest& request, const Stamp& stamp, Params& params);

template <typename Request>
[[nodiscard]] Params Write(const Request& request, const Stamp& stamp) {
  Params params;
  Write(request, stamp, params);
  return params;
}

}  // namespace ocokit::client::bingx
