#pragma once

// The frames of the WebSocket: JSON with a blank after each colon and comma, as captured.

#include <string>
#include <string_view>

#include "mock_exchange/whitebit/streams/errors.h"
#include "mock_exchange/wire/channel.h"

namespace ocokit::mock::whitebit {

// Compact JSON with the blanks.
[[nodiscard]] std::string Spaced(std::string_view json);

// The members stand in the order in which the venue sends them. `id` and `result` are JSON.
[[nodiscard]] Message WriteResult(std::string_view result, const std::string& id);
[[nodiscard]] Message WriteError(const Refused& refused, const std::string& id);
// `params` is JSON.
[[nodiscard]] Message WritePush(std::string_view method, std::string_view params);

}  // namespace ocokit::mock::whitebit
