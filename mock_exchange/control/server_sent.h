#pragma once

// Server-sent events (WHATWG HTML, section 9.2) of something whose entries are numbered.

#include <cstdint>
#include <string>
#include <string_view>

#include "mock_exchange/control/reply.h"

namespace ocokit::mock::control {

// Appends an event: `name`, its number as the id, and the data.
void AppendEvent(std::string_view name, std::uint64_t seq, const Json& data, std::string& out);

// Appends a comment on how many `what` between the numbers `after` and `seq` are there no longer;
// nothing when none is missing.
void AppendForgotten(std::uint64_t after, std::uint64_t seq, std::string_view what,
                     std::string& out);

}  // namespace ocokit::mock::control
