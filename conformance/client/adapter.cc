#include "conformance/client/adapter.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <utility>

#include "conformance/client/members.h"
#include "conformance/text/bounded_json.h"
#include "conformance/text/utf8.h"

namespace ocokit::conform {

using nlohmann::json;
using nlohmann::ordered_json;
using std::chrono::duration_cast;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

namespace {

constexpr std::size_t kShownOfALine = 400;

std::string Shown(const std::string& line) {
  return line.size() <= kShownOfALine ? line : line.substr(0, kShownOfALine) + "...";
}

std::string WithoutSecret(ordered_json request) {
  if (request.contains("secret")) request["secret"] = "...";
  return request.dump(-1, ' ', false, json::error_handler_t::replace);
}

// What docs/adapter.md does not have of an error; empty where it is right.
std::string WrongError(const json& error) {
  static constexpr std::array<std::string_view, 13> kKinds = {
      "auth",        "permission",         "timestamp",   "nonce",     "rate_limit",
      "bad_request", "insufficient_funds", "reduce_only", "not_found", "unavailable",
      "protocol",    "transport",          "unknown"};
  const std::string kind = Text(error, "kind");
  if (kind.empty()) return "error must be an object with a text `kind`";
  if (std::find(kKinds.begin(), kKinds.end(), kind) == kKinds.end()) {
    return "there is no kind of error \"" + kind + "\"";
  }
  const auto is_or_missing = [&](const char* name, bool (*fits)(const json&)) {
    const json& member = Member(error, name);
    return member.is_null() || fits(member);
  };
  if (!is_or_missing("code", [](const json& code) { return code.is_number_integer(); })) {
    return "`code` must be a whole number";
  }
  if (!is_or_missing("message", [](const json& message) { return message.is_string(); })) {
    return "`message` must be a text";
  }
  if (!is_or_missing("outcome_unknown", [](const json& flag) { return flag.is_boolean(); })) {
    return "`outcome_unknown` must be true or false";
  }
  return "";
}

// What is wrong with an answer's shape, or its kind.
tl::expected<AnswerKind, std::string> ReadKind(const json& answer) {
  const bool ok = answer.contains("ok");
  const bool error = answer.contains("error");
  const bool unsupported = answer.contains("unsupported");
  if (ok + error + unsupported != 1) {
    return tl::unexpected<std::string>("an answer has one of ok, error and unsupported");
  }
  if (ok && !answer["ok"].is_object()) {
    return tl::unexpected<std::string>("ok must be an object");
  }
  if (unsupported && !answer["unsupported"].is_string()) {
    return tl::unexpected<std::string>("unsupported must be a text that says why");
  }
  if (error) {
    if (std::string why = WrongError(answer["error"]); !why.empty()) {
      return tl::unexpected<std::string>(std::move(why));
    }
  }
  return ok ? AnswerKind::kOk : error ? AnswerKind::kError : AnswerKind::kUnsupported;
}

}  // namespace

Result<Adapter> Adapter::Start(const std::vector<std::string>& command, milliseconds timeout) {
  Result<Process> process = Process::Start(command);
  if (!process) return tl::unexpected<Error>(process.error());
  Adapter adapter(std::move(*process));
  (void)adapter.process_.WriteLine(R"({"id":0,"op":"ping"})", timeout);
  const Result<std::string> line = adapter.process_.ReadLine(timeout);
  if (!line && line.error().kind == ErrorKind::kNotFound) {
    return Fail(ErrorKind::kUnavailable,
                "the adapter ended before it answered anything: " + line.error().message + " " +
                    adapter.process_.StandardError());
  }
  if (!line && line.error().kind == ErrorKind::kUnavailable) {
    return Fail(ErrorKind::kUnavailable,
                adapter
                    .Fault("the adapter did not answer its first request within " +
                           std::to_string(timeout.count() / 1000) + " s")
                    .message);
  }
  const json answer = ParseBoundedJson(line ? *line : "");
  // As when a banner is printed: each case fails with it.
  if (Member(answer, "id") != json(0)) adapter.banner_ = line ? *line : line.error().message;
  return adapter;
}

AdapterFault Adapter::Fault(std::string message, std::string line) {
  const std::string errors = process_.StandardError();
  if (!errors.empty()) {
    constexpr std::size_t kLatest = 600;
    message += "; the latest on its standard error: " +
               errors.substr(errors.size() - std::min(kLatest, errors.size()));
  }
  return {.message = std::move(message), .line = std::move(line)};
}

tl::expected<std::vector<AdapterAnswer>, AdapterFault> Adapter::Ask(
    std::span<const ordered_json> requests, milliseconds timeout) {
  if (banner_) {
    return tl::unexpected<AdapterFault>(
        Fault("the adapter's first line is no answer to its first request, a ping with id 0",
              Shown(*banner_)));
  }
  const auto begun = steady_clock::now();
  const auto deadline = begun + timeout;
  const std::int64_t first = last_id_ + 1;
  sent_.clear();
  for (const ordered_json& asked : requests) {
    ordered_json request;
    request["id"] = ++last_id_;
    request.update(asked);
    sent_.push_back(WithoutSecret(request));
    const std::string line = request.dump(-1, ' ', false, json::error_handler_t::replace);
    if (const auto written = process_.WriteLine(line, timeout); !written) {
      return tl::unexpected<AdapterFault>(
          Fault("the adapter took no request: " + written.error().message));
    }
  }

  std::vector<AdapterAnswer> answers(requests.size());
  std::size_t missing = requests.size();
  while (missing > 0) {
    const auto left = duration_cast<milliseconds>(deadline - steady_clock::now());
    const Result<std::string> line = process_.ReadLine(std::max(left, milliseconds(0)));
    if (!line) {
      return tl::unexpected<AdapterFault>(Fault(
          line.error().kind == ErrorKind::kNotFound ? "the adapter ended: " + line.error().message
          : line.error().kind == ErrorKind::kOutOfRange
              ? "the adapter printed a line of more than 4 MiB"
              : "no answer in " + std::to_string(timeout.count()) + " ms"));
    }
    const auto wrong = [&](const std::string& what) {
      return tl::unexpected<AdapterFault>(Fault(what, Shown(*line)));
    };
    const json answer = ParseBoundedJson(*line);
    if (!IsUtf8(*line)) return wrong("the adapter printed a line that is no UTF-8");
    if (!answer.is_object()) return wrong("the adapter printed a line that is no JSON object");
    if (!Member(answer, "id").is_number_integer()) {
      return wrong("the adapter's answer has no whole number `id`");
    }
    const std::int64_t id = Integer(answer, "id");
    if (id < first || id > last_id_) {
      return wrong(
          "the adapter answered to id " + std::to_string(id) +
          (id > 0 && id < first ? ", which it had answered before" : ", which was not asked"));
    }
    AdapterAnswer& place = answers[static_cast<std::size_t>(id - first)];
    if (!place.line.empty()) return wrong("the adapter answered twice to one request");
    const auto kind = ReadKind(answer);
    if (!kind) return wrong("the adapter's answer is none: " + kind.error());
    place = {.kind = *kind,
             .line = *line,
             .took = duration_cast<std::chrono::microseconds>(steady_clock::now() - begun)};
    --missing;
  }
  return answers;
}

std::string Adapter::SentLine(std::size_t n) const { return n < sent_.size() ? sent_[n] : ""; }

std::optional<AdapterFault> Adapter::Settle(milliseconds timeout) {
  ordered_json ping;
  ping["op"] = "ping";
  const auto answers = Ask({&ping, 1}, timeout);
  if (!answers) return answers.error();
  return std::nullopt;
}

}  // namespace ocokit::conform
