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

// Of a request that passed its check.
[[nodiscard]] Params Write(const PlaceOcoRequest& request, const Stamp& stamp);
[[nodiscard]] Params Write(const CancelOcoRequest& request, const Stamp& stamp);
[[nodiscard]] Params Write(const FindOcoRequest& request, const Stamp& stamp);
[[nodiscard]] Params Write(const ListOpenRequest& request, const Stamp& stamp);
[[nodiscard]] Params Write(const ListHistoryRequest& request, const Stamp& stamp);

}  // namespace ocokit::client::bingx
