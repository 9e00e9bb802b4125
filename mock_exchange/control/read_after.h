#pragma once

// Where a read of something that grows begins.

#include <cstdint>

#include "mock_exchange/control/call.h"

namespace ocokit::mock::control {

// The number `after` of the query. Errors: 400.
[[nodiscard]] Or<std::uint64_t> ReadAfter(const Call& call, std::uint64_t otherwise);

// The same of server-sent events, where the header Last-Event-ID comes first; at most `last`, with
// which it begins when nothing is said.
[[nodiscard]] Or<std::uint64_t> ReadAfterOfStream(const Call& call, std::uint64_t last);

}  // namespace ocokit::mock::control
