#pragma once

// What a frame of the client asks for, and its positional parameters.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "mock_exchange/account/account.h"
#include "mock_exchange/json/reader.h"
#include "mock_exchange/whitebit/streams/errors.h"

namespace ocokit::mock::whitebit {

struct Ask {
  std::string id = "null";  // JSON, as it was sent
  std::string method;
  const JsonValue* params = nullptr;  // an array of the frame
};

// `ask` has what could be read also when it is refused.
[[nodiscard]] Answered<void> ReadAsk(const JsonValue& frame, Ask& ask);

// The parameter at that place; null: there are not so many.
[[nodiscard]] const JsonValue* At(const JsonValue& params, std::size_t index);

// A market of the account.
[[nodiscard]] Answered<std::uint32_t> ReadMarketAt(const JsonValue& params, std::size_t index,
                                                   const Account& account);
// Names of markets, each once, in the order in which they were given; also inside of one more
// array, as some channels have it.
[[nodiscard]] Answered<std::vector<std::string>> ReadMarkets(const JsonValue& params,
                                                             const Account& account);
// Names of assets of the account; none: all of them.
[[nodiscard]] Answered<std::vector<std::string>> ReadAssets(const JsonValue& params,
                                                            const Account& account,
                                                            engine::Wallet wallet);
// A whole number within the bounds; `usual` where there is no such parameter.
[[nodiscard]] Answered<std::int64_t> ReadNumberAt(const JsonValue& params, std::size_t index,
                                                  std::int64_t least, std::int64_t most,
                                                  std::optional<std::int64_t> usual = {});

// Offset and limit behind the first parameter.
struct Slice {
  std::int64_t offset = 0;
  std::int64_t limit = 0;
};
[[nodiscard]] Answered<Slice> ReadSlice(const JsonValue& params);

}  // namespace ocokit::mock::whitebit
