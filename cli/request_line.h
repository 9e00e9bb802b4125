#pragma once

// The line that `ocokit serve` prints for each request, on standard error.

#include <functional>

#include "ocokit/mock/server.h"

namespace ocokit::cli {

// For a person where standard error is a terminal, else JSON. May be called from several threads,
// and never waits for who reads standard error: of what is not read, 10,000 lines are kept. The
// last copy to go waits up to a second for them to be read.
[[nodiscard]] std::function<void(const mock::RequestRecord&)> LinePrinter();

}  // namespace ocokit::cli
