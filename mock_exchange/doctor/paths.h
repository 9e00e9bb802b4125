#pragma once

// Paths that are almost a call's.

#include <optional>
#include <string>
#include <string_view>

#include "mock_exchange/doctor/finding.h"
#include "ocokit/mock/account.h"
#include "ocokit/mock/message.h"

namespace ocokit::mock::doctor {

// What is wrong with the path, when it is clear which call was meant. A path that is like none of
// the venue's is not judged: it may be a call that the simulator does not have.
[[nodiscard]] std::optional<Finding> CheckPath(Venue venue, const Request& request);

// Whether the path is one that needs neither key nor signature.
[[nodiscard]] bool IsPublic(Venue venue, std::string_view path);

}  // namespace ocokit::mock::doctor
