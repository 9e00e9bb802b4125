#pragma once

// WhiteBIT's orders as sightings: from frames of ordersPending, ordersExecuted and deals, and by
// REST.

#include <optional>
#include <vector>

#include "client/json/json_reader.h"
#include "client/streams/protocol.h"
#include "ocokit/client/whitebit.h"

namespace ocokit::client::streams {

// An order of a frame; `finished`: the frame says that it has ended. None where it is not what the
// documents and captures show.
[[nodiscard]] std::optional<Sighting> ReadWhitebitOrder(const JsonValue& order, bool finished);

// The eleven members of a deal.
[[nodiscard]] std::optional<Deal> ReadDeal(const JsonValue& params);

// `pair`: the id of its group, or empty.
[[nodiscard]] Sighting See(const whitebit::Order& order, const std::string& pair);

// As Protocol::Read has it.
[[nodiscard]] Result<Reading> ReadWhitebitOrders(whitebit::Client& client,
                                                 const std::vector<Wanted>& wanted,
                                                 std::optional<TimePoint> since, TimePoint* now);

}  // namespace ocokit::client::streams
