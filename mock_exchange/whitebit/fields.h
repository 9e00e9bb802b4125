#pragma once

// Members that several calls have: how they are read, and the refusals the venue gives for them.

#include <cstdint>
#include <initializer_list>
#include <limits>
#include <optional>
#include <string>

#include "mock_exchange/account/account.h"
#include "mock_exchange/json/reader.h"
#include "mock_exchange/whitebit/errors.h"
#include "tl/expected.hpp"

namespace ocokit::mock::whitebit {

template <typename T>
using ReadResult = tl::expected<T, Refusal>;

[[nodiscard]] inline tl::unexpected<Refusal> Fail(Refusal refusal) {
  return tl::unexpected<Refusal>(std::move(refusal));
}
[[nodiscard]] inline tl::unexpected<Refusal> Fail(ErrorId id) { return Fail(Refusal{id}); }

// A number or a numeric string, of any length and exponent: what a Decimal cannot hold is read as
// one that breaks the same rules (sign, largest and least, step).
[[nodiscard]] std::optional<Decimal> ReadNumber(const JsonValue& value);
// An integer or a string of one; beyond 64 bits, the nearest that they hold.
[[nodiscard]] std::optional<std::int64_t> ReadInteger(const JsonValue& value);

// No order, group or position has this id.
inline constexpr std::uint64_t kNoId = std::numeric_limits<std::uint64_t>::max();
// An integer or a string of one as an id: kNoId when it is negative.
[[nodiscard]] std::optional<std::uint64_t> ReadId(const JsonValue& value);

// A required member, and the text that says it is missing.
struct Required {
  const char* field;
  const char* text;
};
inline constexpr Required kMarketRequired{"market", "Market field is required."};
inline constexpr Required kOrderIdRequired{"orderId", "OrderId field is required."};
inline constexpr Required kIdRequired{"id", "Id field is required."};

// The required members that are missing, reported together.
[[nodiscard]] std::optional<Refusal> CheckRequired(const JsonValue& body,
                                                   std::initializer_list<Required> required);

// The market of an order or a cancel; an index into the engine's markets.
[[nodiscard]] ReadResult<std::uint32_t> ReadMarket(const JsonValue& value, const Account& account);
// The market of a list or of a position: the venue has other codes and texts there.
[[nodiscard]] ReadResult<std::uint32_t> ReadListMarket(const JsonValue& value,
                                                       const Account& account);
// None when the member is not given: every market.
[[nodiscard]] ReadResult<std::optional<std::uint32_t>> ReadMarketFilter(const JsonValue& body,
                                                                        const Account& account);

// The client's id of a request: in the dialect `docs` either spelling of the documents, camelCase
// first; in `live` camelCase alone. Null when it is not given.
[[nodiscard]] const JsonValue* GivenClientOrderId(const JsonValue& body, const Account& account);
// Whether an id in the other spelling is dropped without a word, as the venue does (dialect live).
[[nodiscard]] bool DropsClientOrderId(const JsonValue& body, const Account& account);

// Words of the refusals of `limit` and `offset`, which differ by call.
enum class PageTexts {
  kThe,    // "The limit must be an integer."
  kField,  // "Limit field should be an integer."
};

struct PageRule {
  std::size_t default_limit = 50;
  std::size_t max_limit = 100;
  std::size_t max_offset = 4294967295;
  PageTexts texts = PageTexts::kThe;
};

struct Page {
  std::size_t limit = 0;
  std::size_t offset = 0;
};

// Both members are judged before either is refused.
[[nodiscard]] ReadResult<Page> ReadPage(const JsonValue& body, const PageRule& rule);

// startDate and endDate: seconds since 1970, both included. `from` stays without the first; without
// the second, and beyond it, `to` is now.
[[nodiscard]] std::optional<Refusal> ReadDates(const JsonValue& body, TimePoint now,
                                               TimePoint& from, TimePoint& to);

// LONG, SHORT or BOTH; none for anything else.
[[nodiscard]] std::optional<PositionSide> ReadPositionSide(const JsonValue& value);

}  // namespace ocokit::mock::whitebit
