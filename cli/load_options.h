#pragma once

// The command line of `ocokit load`.

#include "cli/load.h"

namespace CLI {
class App;
}

namespace ocokit::cli {

// Adds `load`; calling it sets `status`.
void AddLoad(CLI::App& app, LoadCommand& command, int& status);

}  // namespace ocokit::cli
