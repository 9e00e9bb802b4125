#pragma once

// The kit's side of the adapter protocol (docs/adapter.md): one JSON object on a line, either way.
// An object belongs to one thread.

#include <chrono>
#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "conformance/net/process.h"
#include "ocokit/base/result.h"

namespace ocokit::conform {

// What an adapter said to one request.
enum class AnswerKind {
  kOk,           // {"id":1,"ok":{...}}
  kError,        // {"id":1,"error":{...}}
  kUnsupported,  // {"id":1,"unsupported":"why"}
};

struct AdapterAnswer {
  AnswerKind kind = AnswerKind::kOk;
  std::string line;  // as it came
  std::chrono::microseconds took{0};
};

// How an adapter broke the protocol, for a person: no answer in time, no JSON, another id, an end.
// With what it has printed instead.
struct AdapterFault {
  std::string message;
  std::string line;  // the one that is wrong; empty where none is
};

class Adapter {
 public:
  // Errors: it cannot be started, ends before it has answered a first ping, or does not answer it
  // within `timeout`. What it prints in place of that answer is the fault of every Ask.
  [[nodiscard]] static Result<Adapter> Start(const std::vector<std::string>& command,
                                             std::chrono::milliseconds timeout);

  // Sends all requests at once and collects their answers, in the order of the requests. A request
  // needs no id: one is put in, before its other members. After a fault the adapter is of no use
  // any more.
  [[nodiscard]] tl::expected<std::vector<AdapterAnswer>, AdapterFault> Ask(
      std::span<const nlohmann::ordered_json> requests, std::chrono::milliseconds timeout);

  // The line that was sent for the n-th request of the latest Ask, with the secret left out.
  [[nodiscard]] std::string SentLine(std::size_t n) const;

  // Whether it has said anything beyond its answers: asks it to say that it is there.
  [[nodiscard]] std::optional<AdapterFault> Settle(std::chrono::milliseconds timeout);

 private:
  explicit Adapter(Process process) : process_(std::move(process)) {}
  [[nodiscard]] AdapterFault Fault(std::string message, std::string line = "");

  Process process_;
  std::int64_t last_id_ = 0;
  std::optional<std::string> banner_;  // a first line that is no answer
  std::vector<std::string> sent_;
};

}  // namespace ocokit::conform
