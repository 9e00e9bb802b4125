#pragma once

// What a step expects of a reply, held against the reply that came.

#include <nlohmann/json_fwd.hpp>
#include <optional>

#include "conformance/engine/case.h"
#include "conformance/net/connection.h"
#include "conformance/server/matcher.h"

namespace ocokit::conform::server {

// The first thing about `reply` that is not as `expected` (the member `expect` of a step) has it:
// status, then headers, then body. Throws as Match does.
[[nodiscard]] std::optional<Mismatch> Check(const nlohmann::json& expected, Venue venue,
                                            const HttpReply& reply, const Saved& saved);

}  // namespace ocokit::conform::server
