#pragma once

// What a request of the OCO calls asks for: body members to typed values, or the refusal the venue
// gives.

#include "mock_exchange/whitebit/fields.h"

namespace ocokit::mock::whitebit {

// An OCO order: fields present (all missing ones are reported together), typed, within the market's
// rules.
[[nodiscard]] ReadResult<engine::PairCommand> ReadCreate(const JsonValue& body,
                                                         const Account& account);

struct PageRequest {
  std::optional<std::uint32_t> market;  // none: every market
  Page page;
};
[[nodiscard]] ReadResult<PageRequest> ReadPageRequest(const JsonValue& body, const Account& account,
                                                      const PageRule& rule);

// Names a pair or a leg: by an id, or by the client's id. `id_field` names the member, for errors.
struct CancelRequest {
  std::uint32_t market = 0;
  std::optional<std::uint64_t> id;
  std::string client_order_id;
  std::string id_field;
};
// Of oco-cancel and of the plain cancel: market and one of orderId and clientOrderId.
[[nodiscard]] ReadResult<CancelRequest> ReadCancel(const JsonValue& body, const Account& account);
[[nodiscard]] ReadResult<CancelRequest> ReadConditionalCancel(const JsonValue& body,
                                                              const Account& account);
[[nodiscard]] ReadResult<CancelRequest> ReadOtoCancel(const JsonValue& body,
                                                      const Account& account);

}  // namespace ocokit::mock::whitebit
