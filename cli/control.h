#pragma once

// `ocokit ctl`: the control API for shells. Each command is one call; its reply goes to standard
// output as it came.

#include <optional>
#include <string>
#include <vector>

#include "cli/control_client.h"

namespace ocokit::cli {

// Of all commands; each uses its own.
struct ControlCommand {
  std::string account;
  std::string market;
  std::string fault;
  std::string snapshot;
  std::string stream;
  std::string curl;                 // "-": standard input, "@FILE": a file
  std::string request;              // a file, or "-"
  std::string json;                 // "-": standard input, "@FILE": a file
  std::vector<std::string> values;  // NAME=VALUE
  std::string last;
  std::string fill;
  std::string file;
  std::string speed;
  std::optional<std::int64_t> at_ms;
  std::string spread;
  std::string amount;
  std::optional<int> levels;
  bool clear = false;
  bool freeze = false;
  bool run = false;
  bool open = false;
  bool full = false;
  bool follow = false;
  std::optional<std::int64_t> set_ms;
  std::optional<std::int64_t> advance_ms;
  std::uint64_t after = 0;
  std::uint64_t limit = 100;
  std::optional<std::uint64_t> tail;
  std::optional<std::uint64_t> after_event;
  std::optional<int> code;  // of a closing frame
  bool reset = false;
};

// Each returns the exit status: 1 when the server refused, 3 when it could not be reached.
[[nodiscard]] int CallControl(const ControlOptions& options, const ControlCall& call);
// The body is `json`, or what it names.
[[nodiscard]] int CallWithJson(const ControlOptions& options, const ControlCall& call,
                               const std::string& json);
// Takes or restores one; `what`: "snapshot" or "restore".
[[nodiscard]] int CallSnapshot(const ControlOptions& options, const ControlCommand& command,
                               const char* what);
[[nodiscard]] int SetBalances(const ControlOptions& options, const ControlCommand& command);
[[nodiscard]] int ShowOrChangeSettings(const ControlOptions& options,
                                       const ControlCommand& command);
[[nodiscard]] int ShowOrSetPrice(const ControlOptions& options, const ControlCommand& command);
[[nodiscard]] int StartReplay(const ControlOptions& options, const ControlCommand& command);
[[nodiscard]] int ShowOrSetBook(const ControlOptions& options, const ControlCommand& command);
[[nodiscard]] int ShowOrSetClock(const ControlOptions& options, const ControlCommand& command);
// Of the account, or, without one, what reached none.
[[nodiscard]] int ShowJournal(const ControlOptions& options, const ControlCommand& command);
// Prints what happens, one line of JSON each, until the server ends.
[[nodiscard]] int FollowEvents(const ControlOptions& options, const ControlCommand& command);
[[nodiscard]] int ShowFrames(const ControlOptions& options, const ControlCommand& command);
[[nodiscard]] int CutStream(const ControlOptions& options, const ControlCommand& command);
[[nodiscard]] int ExamineThere(const ControlOptions& options, const ControlCommand& command);

// "/accounts/ID" and what follows.
[[nodiscard]] std::string AccountPath(const ControlCommand& command, const std::string& rest = "");

}  // namespace ocokit::cli
