#pragma once

// Writes WhiteBIT requests: checks them, and writes the compact JSON body whose bytes are signed
// and sent. Decimals travel as strings, so that nobody on the way re-spells a number. Source:
// WhiteBIT API docs, "Create collateral OCO order" and its companions, "Authentication".

#include <cstdint>
#include <string>
#include <string_view>

#include "ocokit/client/errors.h"
#include "ocokit/client/whitebit_types.h"

namespace ocokit::client::whitebit {

// The body has nothing but what each begins with.
struct TokenRequest {};

// The members every private body begins with.
struct Stamp {
  std::string_view path{};
  std::int64_t nonce = 0;
  bool nonce_as_string = false;
  bool nonce_window = false;
};

// Errors: kBadRequest naming the first field that cannot work, whatever the market is.
[[nodiscard]] Result<void> Check(const PlaceOcoRequest& request);
[[nodiscard]] Result<void> Check(const CancelOcoRequest& request);
[[nodiscard]] Result<void> Check(const CancelConditionalRequest& request);
[[nodiscard]] Result<void> Check(const ListRequest& request);
[[nodiscard]] Result<void> Check(const PlaceOrderRequest& request);
[[nodiscard]] Result<void> Check(const CancelOrderRequest& request);
[[nodiscard]] Result<void> Check(const OpenOrdersRequest& request);
[[nodiscard]] Result<void> Check(const HistoryRequest& request);
[[nodiscard]] inline Result<void> Check(const TokenRequest&) { return {}; }

// The body of a request that passed its check, in place of what `out` holds. Allocates nothing
// where `out` has the room.
void Write(const PlaceOcoRequest& request, const Stamp& stamp, std::string& out);
void Write(const CancelOcoRequest& request, const Stamp& stamp, std::string& out);
void Write(const CancelConditionalRequest& request, const Stamp& stamp, std::string& out);
void Write(const ListRequest& request, const Stamp& stamp, std::string& out);
void Write(const PlaceOrderRequest& request, const Stamp& stamp, std::string& out);
void Write(const CancelOrderRequest& request, const Stamp& stamp, std::string& out);
void Write(const OpenOrdersRequest& request, const Stamp& stamp, std::string& out);
void Write(const HistoryRequest& request, const Stamp& stamp, std::string& out);
void Write(const TokenRequest& request, const Stamp& stamp, std::string& out);

template <typename Request>
[[nodiscard]] std::string Write(const Request& request, const Stamp& stamp) {
  std::string out;
  Write(request, stamp, out);
  return out;
}

}  // namespace ocokit::client::whitebit
