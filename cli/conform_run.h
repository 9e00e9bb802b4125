#pragma once

// What the subcommands of `ocokit conform` share: choosing cases, running them, telling what came.

#include <string>
#include <vector>

#include "cli/conform.h"
#include "conformance/engine/select.h"
#include "conformance/report/report.h"

namespace ocokit::cli {

// Prints it; the exit status of wrong usage.
[[nodiscard]] int Usage(const std::string& message);
// Prints it; the exit status that fits it.
[[nodiscard]] int TellError(const Error& error);

// The cases that the options and `selection` choose together.
[[nodiscard]] Result<std::vector<conform::Case>> Choose(const ConformOptions& options,
                                                        conform::Selection selection);

// Prints the cases, by section.
void List(const std::vector<conform::Case>& cases);

// Runs the cases, prints what came of it and writes the files that are asked for; the exit status.
// What is told of the subject stands in `report` before; the rest is filled in.
[[nodiscard]] int Run(const ConformOptions& options, const std::vector<conform::Case>& cases,
                      conform::Judge& judge, conform::Report& report);

[[nodiscard]] Result<void> WriteFile(const std::string& path, const std::string& text);

}  // namespace ocokit::cli
