#pragma once

// `ocokit order whitebit place|list|cancel`.

#include <cstdint>
#include <string>

#include "cli/connection.h"

namespace ocokit::cli {

struct WhitebitPlaceOptions {
  std::string market, side, amount, price, activation_price, stop_limit_price;
  std::string client_order_id;
  bool reduce_only = false;
};
struct WhitebitListOptions {
  std::string market;        // empty: all
  bool conditional = false;  // conditional-orders instead of oco-orders
  int limit = 50;
  std::int64_t offset = 0;
};
struct WhitebitCancelOptions {
  std::string market;
  std::uint64_t id = 0;  // of the group; 0: by the client's id
  std::string client_order_id;
  bool conditional = false;  // conditional-cancel instead of oco-cancel
};

// Each returns the exit status.
[[nodiscard]] int PlaceWhitebit(const ConnectionOptions& connection,
                                const WhitebitPlaceOptions& options);
[[nodiscard]] int ListWhitebit(const ConnectionOptions& connection,
                               const WhitebitListOptions& options);
[[nodiscard]] int CancelWhitebit(const ConnectionOptions& connection,
                                 const WhitebitCancelOptions& options);

}  // namespace ocokit::cli
