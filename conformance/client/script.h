#pragma once

// The script of a client case: what is given, what the adapter is told to do, and what must come of
// it. cases/client.schema.json explains every member.

#include <chrono>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "conformance/client/frames.h"
#include "conformance/engine/case.h"
#include "ocokit/base/result.h"

namespace ocokit::conform {

struct Operation {
  std::string op;
  nlohmann::json args = nlohmann::json::object();
  std::string name;  // by which later steps speak of it
  std::optional<std::chrono::milliseconds> timeout = {};
  int times = 1;            // at once
  bool eventually = false;  // asked again until the answer is as wanted, or the time is up
  std::chrono::milliseconds stays{0};  // and then until it has stayed so for this long
  nlohmann::json want = {};            // null: any answer
};

struct ControlCall {
  std::string method;
  std::string path;  // below the account's own
  nlohmann::json body;
};

// What must have come from the client before the next step: requests, or frames of its sockets.
struct Awaited {
  std::string method = {}, path = {};   // of a request; an empty method is any
  std::optional<FrameKind> frame = {};  // else what it is of a socket
  std::vector<std::string> has = {};    // texts, each of which the message has in it
  int at_least = 1;
};

// How all sockets of the account are ended.
struct Cut {
  std::optional<int> code = {};  // of a closing frame; none: without one
  bool reset = false;            // by RST
};

// Operations that are sent together, a call of the control API, a cut of the sockets, a pause, or
// something that is waited for.
struct ScriptStep {
  std::vector<Operation> operations;
  std::optional<ControlCall> control;
  std::optional<Awaited> awaited;
  std::optional<Cut> cut;
  std::chrono::milliseconds pause{0};
  bool until_hit = false;  // the pause is over once every fault has hit
};

struct Given {
  nlohmann::json account = nlohmann::json::object();  // as POST /accounts takes it
  std::vector<std::pair<std::string, std::string>> prices;
  std::vector<nlohmann::json> faults;
};

struct RuleUse {
  std::string name;
  nlohmann::json given;  // null: nothing
};

// How many requests of a path have to come, over all steps.
struct SentCount {
  std::string path;
  int at_least = 0;
  int at_most = 1'000'000;
};

struct Script {
  Given given;
  std::vector<ScriptStep> steps;
  std::vector<RuleUse> rules;
  std::vector<SentCount> sent;
  std::optional<int> placed;  // pairs that the account has seen in all
  std::optional<int> placed_at_most;
  std::optional<int> open;                   // pairs that are open at the end
  std::optional<int> single_placed;          // plain orders that the account has seen in all
  std::optional<int> single_placed_at_most;  // the most of them
  std::optional<int> single_open;            // plain orders that are open at the end
  bool observed = false;                     // its first rule is judged on any journal, too
};

// Errors: a member that nothing reads, one of the wrong kind, a rule that does not exist; with its
// path in the script.
[[nodiscard]] Result<Script> ReadScript(const nlohmann::json& script);

}  // namespace ocokit::conform
