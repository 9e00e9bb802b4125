#pragma once

// Runs the benchmarks and prints, after them, each target next to the ratio measured in this run.

namespace ocokit::bench {

// Returns the exit status: 0, also when a target is missed; 2 for wrong options.
int RunAndReport(int argc, char** argv);

}  // namespace ocokit::bench
