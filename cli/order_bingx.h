#pragma once

// `ocokit order bingx place|list|cancel`.

#include <string>

#include "cli/connection.h"

namespace ocokit::cli {

struct BingxPlaceOptions {
  std::string symbol, side, quantity, limit_price, order_price, trigger_price;
  std::string list_client_order_id, above_client_order_id, below_client_order_id;
  std::string format = "json";  // json, form, query
};
struct BingxListOptions {
  std::string order_list_id, client_order_id;  // one list; both empty: a page
  bool history = false;                        // finished lists, not open ones
  int page = 1;
  int page_size = 100;
};
struct BingxCancelOptions {
  std::string order_id, client_order_id;
};

// Each returns the exit status.
[[nodiscard]] int PlaceBingx(const ConnectionOptions& connection, const BingxPlaceOptions& options);
[[nodiscard]] int ListBingx(const ConnectionOptions& connection, const BingxListOptions& options);
[[nodiscard]] int CancelBingx(const ConnectionOptions& connection,
                              const BingxCancelOptions& options);

}  // namespace ocokit::cli
