#pragma once

// What is measured: the documents' example order of each venue, signed requests with it, and an
// account that takes any number of them.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "client/bingx/write.h"
#include "client/whitebit/write.h"
#include "ocokit/mock/account.h"
#include "ocokit/mock/message.h"

namespace ocokit::bench {

inline constexpr std::string_view kKey = "test-key";
inline constexpr std::string_view kSecret = "test-secret";
// Timestamp of the requests, and the first nonce; milliseconds since 1970.
inline constexpr std::int64_t kNow = 1'700'000'000'000;
inline constexpr std::string_view kBingxPath = "/openApi/spot/v1/oco/order";
inline constexpr std::string_view kWhitebitPath = "/api/v4/order/collateral/oco";

[[nodiscard]] client::bingx::PlaceOcoRequest BingxOrder();
[[nodiscard]] client::whitebit::PlaceOcoRequest WhitebitOrder();
[[nodiscard]] client::whitebit::Stamp WhitebitStamp(std::int64_t nonce = kNow);
// WhiteBIT takes nonces in any order that are within so many milliseconds of its time.
inline constexpr std::int64_t kNonceWindow = 5000;

// What is signed of the BingX order, and the body of the WhiteBIT order.
[[nodiscard]] std::string BingxText();
[[nodiscard]] std::string WhitebitBody();

// The venue's default account with kKey and kSecret, without limits on orders, positions or rates
// and with money for all of them. `journal_bytes`: 0 is off.
[[nodiscard]] mock::AccountOptions Unlimited(mock::Venue venue, std::size_t journal_bytes);

// The `i`-th signed placement, with a nonce of its own and without a client id, so that any number
// of them are accepted one after the other.
[[nodiscard]] mock::Request SignedCreate(mock::Venue venue, std::int64_t i,
                                         std::string_view key = kKey);
// The same, one of `2 * kNonceWindow + 1` that are accepted in any order while the time is kNow.
[[nodiscard]] mock::Request SignedUnordered(mock::Venue venue, std::int64_t i,
                                            std::string_view key);
// The request as HTTP/1.1 has it.
[[nodiscard]] std::string WriteHttp(const mock::Request& request);

// What the simulator answers to a placement.
[[nodiscard]] std::string PlacedReply(mock::Venue venue);

}  // namespace ocokit::bench
