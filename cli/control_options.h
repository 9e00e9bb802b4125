#pragma once

// The command line of `ocokit ctl`.

#include "cli/control.h"

namespace CLI {
class App;
}

namespace ocokit::cli {

// What the options are read into; `status` is what the command that ran returned.
struct ControlCommands {
  ControlOptions options;
  ControlCommand command;
  int status = 0;
};

void AddControl(CLI::App& app, ControlCommands& commands);

}  // namespace ocokit::cli
