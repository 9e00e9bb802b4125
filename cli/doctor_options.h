#pragma once

// The command line of `ocokit doctor`.

#include "cli/doctor.h"

namespace CLI {
class App;
}

namespace ocokit::cli {

// `status` is set to what the command returned.
void AddDoctor(CLI::App& app, DoctorOptions& options, int& status);

}  // namespace ocokit::cli
