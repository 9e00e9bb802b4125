#pragma once

// The command line of `ocokit conform`.

#include "cli/conform.h"

namespace CLI {
class App;
}

namespace ocokit::cli {

struct ConformCommands {
  ConformOptions options;
  ConformServerOptions server;
  ConformClientOptions client;
  ConformObserveOptions observe;
  ConformReportOptions report;
};

// Adds `conform` with its subcommands; the one that is called sets `status`.
void AddConform(CLI::App& app, ConformCommands& commands, int& status);

}  // namespace ocokit::cli
