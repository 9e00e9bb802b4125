#pragma once

// What a load found: for a terminal, for another program, for a browser.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "bench/load/books.h"
#include "bench/load/options.h"
#include "bench/load/stream_delays.h"
#include "bench/load/tally.h"
#include "bench/load/worker.h"

namespace ocokit::load {

// What it ran on.
struct Machine {
  std::string cpu;
  unsigned cores = 0;
  std::string kernel;
  std::string compiler;  // of this program
};
[[nodiscard]] Machine ThisMachine();

struct Report {
  std::string version;      // of ocokit
  std::int64_t started_ms;  // since 1970
  LoadOptions options;
  Machine machine;
  double measured = 0;  // seconds: the duration, or less after an early end
  Tally tally{0};
  std::uint64_t intended = 0;  // requests that were to be sent in that time
  std::uint64_t reconnects = 0;
  std::optional<StreamFigures> streams;  // where there were some
  std::vector<ThreadCost> threads;
  Books books;
};

// What a reader must know before believing the figures: a generator that was late by itself, too
// few connections, requests that failed.
[[nodiscard]] std::vector<std::string> Warnings(const Report& report);

[[nodiscard]] std::string FormatText(const Report& report);
// As report.schema.json says.
[[nodiscard]] std::string FormatJson(const Report& report);
// One page that needs nothing else.
[[nodiscard]] std::string FormatHtml(const Report& report);

// A time for a person: "870 ns", "63.2 us", "1.25 s".
[[nodiscard]] std::string FormatTime(std::int64_t ns);

}  // namespace ocokit::load
