#pragma once

// What the calls that show single orders and executions ask for.

#include "mock_exchange/bingx/fields.h"

namespace ocokit::mock::bingx {

// An order by one of its ids; with both, `order_id` counts.
struct OrderQuery {
  std::uint32_t market = 0;
  std::optional<engine::OrderId> order_id;
  std::optional<std::string> client_order_id;
};
[[nodiscard]] ReadResult<OrderQuery> ReadOrderQuery(const Parameters& parameters,
                                                    const Account& account);

struct HistoryRequest {
  std::optional<std::uint32_t> market;
  std::optional<engine::OrderId> from;  // orders with this id or a larger one
  std::string status;                   // FILLED, CANCELED or FAILED; empty: all
  std::string type;                     // empty: all
  PageRequest page;
};
[[nodiscard]] ReadResult<HistoryRequest> ReadHistory(const Parameters& parameters,
                                                     const Account& account);

struct FillsRequest {
  std::uint32_t market = 0;
  std::optional<engine::OrderId> order_id;
  std::optional<std::uint64_t> from;  // trades with this id or a larger one
  std::int64_t start_ms = 0;          // both inclusive
  std::int64_t end_ms = 0;
  std::size_t limit = 0;
};
[[nodiscard]] ReadResult<FillsRequest> ReadFills(const Parameters& parameters,
                                                 const Account& account, TimePoint now);

}  // namespace ocokit::mock::bingx
