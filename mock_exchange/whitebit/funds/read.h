#pragma once

// What a request about balances and positions asks for.

#include "mock_exchange/whitebit/fields.h"

namespace ocokit::mock::whitebit {

// An asset the account's markets or balances know; none when it is not given: every asset.
// `unknown`: what is said of any other.
[[nodiscard]] ReadResult<std::optional<std::string>> ReadTicker(const JsonValue& body,
                                                                const Account& account,
                                                                ErrorId unknown);

// What moves, and between which balances; none: the main balance.
struct TransferRequest {
  std::string ticker;
  Decimal amount;
  std::optional<engine::Wallet> from;
  std::optional<engine::Wallet> to;
};
[[nodiscard]] ReadResult<TransferRequest> ReadTransfer(const JsonValue& body,
                                                       const Account& account);

// Positions from `from` to `to`, both included.
struct PositionHistoryRequest {
  std::optional<std::uint32_t> market;
  std::optional<std::uint64_t> position;
  TimePoint from;
  TimePoint to;
  Page page;

  [[nodiscard]] bool IsMeant(std::uint32_t in, std::uint64_t id, TimePoint at) const {
    return (!market || in == *market) && (!position || id == *position) && at >= from && at <= to;
  }
};
[[nodiscard]] ReadResult<PositionHistoryRequest> ReadPositionHistory(const JsonValue& body,
                                                                     const Account& account,
                                                                     TimePoint now);

struct CloseRequest {
  std::uint32_t market = 0;
  std::uint64_t id = 0;
  std::optional<PositionSide> side;
};
[[nodiscard]] ReadResult<CloseRequest> ReadClose(const JsonValue& body, const Account& account);

[[nodiscard]] ReadResult<int> ReadLeverage(const JsonValue& body);
[[nodiscard]] ReadResult<bool> ReadHedgeMode(const JsonValue& body);

}  // namespace ocokit::mock::whitebit
