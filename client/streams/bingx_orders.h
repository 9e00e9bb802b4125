#pragma once

// BingX's orders as sightings: from a frame of spot.executionReport, and by REST.

#include <optional>
#include <vector>

#include "client/json/json_reader.h"
#include "client/streams/protocol.h"
#include "ocokit/client/bingx.h"

namespace ocokit::client::streams {

// The `data` of a frame; none where it is not what the documents and captures show.
[[nodiscard]] std::optional<Sighting> ReadReport(const JsonValue& data);

[[nodiscard]] Sighting See(const bingx::Order& order);

// As Protocol::Read has it.
[[nodiscard]] Result<Reading> ReadBingxOrders(bingx::Client& client,
                                              const std::vector<Wanted>& wanted,
                                              std::optional<TimePoint> since, TimePoint* now);

}  // namespace ocokit::client::streams
