#pragma once

// The line that `ocokit serve` prints for each request, on standard error.

#include <functional>

#include "ocokit/mock/server.h"

namespace ocokit::cli {

// For a person where standard error is a terminal, else JSON. May be called from several threads.
[[nodiscard]] std::function<void(const mock::RequestRecord&)> LinePrinter();

}  // namespace ocokit::cli
