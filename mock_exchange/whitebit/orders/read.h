#pragma once

// What a request about single orders asks for: which orders, which deals, which page.

#include <vector>

#include "mock_exchange/whitebit/fields.h"

namespace ocokit::mock::whitebit {

// The active orders: all, those of a market, or the one an id names.
struct ActiveRequest {
  std::optional<std::uint32_t> market;
  std::optional<std::uint64_t> id;
  std::optional<std::string> client_order_id;
  Page page;
};
[[nodiscard]] ReadResult<ActiveRequest> ReadActive(const JsonValue& body, const Account& account);

// Which orders several calls are about.
struct OrderTypes {
  bool spot = true;     // orders of the spot wallet
  bool margin = true;   // orders on margin markets
  bool futures = true;  // orders on futures markets
};
// The list of types under that name; without it, all.
[[nodiscard]] std::optional<Refusal> ReadTypes(const JsonValue& body, const char* field,
                                               OrderTypes& out);

// What cancel/all goes for.
struct CancelAllRequest {
  std::optional<std::uint32_t> market;
  OrderTypes types;
  std::optional<PositionSide> side;
};
[[nodiscard]] ReadResult<CancelAllRequest> ReadCancelAll(const JsonValue& body,
                                                         const Account& account);

// Deals and ended orders from `from` to `to`, both included.
struct HistoryRequest {
  std::optional<std::uint32_t> market;
  std::optional<std::uint64_t> id;
  std::optional<std::string> client_order_id;
  std::string status = "ALL";
  TimePoint from;
  TimePoint to;
  Page page;
};
// Of executed-history: any range of time.
[[nodiscard]] ReadResult<HistoryRequest> ReadExecutedHistory(const JsonValue& body,
                                                             const Account& account, TimePoint now);
// Of order/history: at most 31 days, at most 6 months ago.
[[nodiscard]] ReadResult<HistoryRequest> ReadOrderHistory(const JsonValue& body,
                                                          const Account& account, TimePoint now);

struct DealsRequest {
  std::uint64_t id = 0;
  Page page;
};
[[nodiscard]] ReadResult<DealsRequest> ReadDeals(const JsonValue& body);

}  // namespace ocokit::mock::whitebit
