#include "cli/control.h"

#include <cstdio>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <utility>

#include "cli/exit_codes.h"
#include "cli/read_file.h"
#include "cli/terminal.h"
#include "ocokit/base/encoding.h"

namespace ocokit::cli {
namespace {

using Json = nlohmann::ordered_json;

// What a refusal says to a person.
int ReportRefusal(const ControlReply& reply) {
  const Json problem = Json::parse(reply.body, nullptr, /*allow_exceptions=*/false);
  if (problem.is_object() && problem.contains("detail") && problem["detail"].is_string()) {
    PrintError(problem["detail"].get<std::string>());
  } else {
    PrintError("the server answered " + std::to_string(reply.status) + "; is it an ocokit server?");
  }
  return kFailed;
}

// The text itself, or that of the file or standard input that it names.
Result<std::string> ReadText(const std::string& given) {
  if (given == "-") return ReadFileOrInput(given, kMostOfARequest);
  return given.starts_with('@') ? ReadFile(given.substr(1), "file", kMostOfARequest) : given;
}

// NAME=VALUE as members; a value that is JSON stands as such, unless `texts`.
Result<Json> ReadMembers(const std::vector<std::string>& values, bool texts) {
  Json out = Json::object();
  for (const std::string& given : values) {
    const std::size_t equals = given.find('=');
    if (equals == std::string::npos || equals == 0) {
      return Fail(ErrorKind::kInvalidArgument,
                  "NAME=VALUE is wanted, like USDT=100000, not \"" + given + "\"");
    }
    const std::string name = given.substr(0, equals);
    if (out.contains(name)) return Fail(ErrorKind::kInvalidArgument, name + " is given twice");
    const std::string value = given.substr(equals + 1);
    Json parsed = texts ? Json() : Json::parse(value, nullptr, /*allow_exceptions=*/false);
    const bool is_json = !texts && !parsed.is_discarded();
    out[name] = is_json ? std::move(parsed) : Json(value);
  }
  return out;
}

// Sends `body`. What is no UTF-8 has no place in JSON and would come as another text.
int CallWithMembers(const ControlOptions& options, ControlCall call, const Json& body) {
  call.body = body.dump(-1, ' ', false, Json::error_handler_t::replace);
  if (call.body != body.dump(-1, ' ', false, Json::error_handler_t::ignore)) {
    return ReportError({ErrorKind::kInvalidArgument, "what is given is not all UTF-8"});
  }
  return CallControl(options, call);
}

// Server-sent events come in pieces that end anywhere; prints the data of each.
class DataLines {
 public:
  bool Take(std::string_view piece) {
    for (std::size_t end = piece.find('\n'); end != std::string_view::npos;
         end = piece.find('\n')) {
      buffer_ += piece.substr(0, end);
      Print(std::exchange(buffer_, {}));
      piece.remove_prefix(end + 1);
    }
    buffer_ += piece;
    too_long_ = buffer_.size() > kMostOfALine;
    return std::ferror(stdout) == 0 && !too_long_;
  }
  [[nodiscard]] bool too_long() const { return too_long_; }

 private:
  // A request of a mebibyte in JSON and its reply are shorter.
  static constexpr std::size_t kMostOfALine = std::size_t{32} << 20;

  static void Print(const std::string& line) {
    constexpr std::string_view kData = "data: ";
    if (!line.starts_with(kData)) return;
    PrintData(std::string_view(line).substr(kData.size()));
    std::fputc('\n', stdout);
    std::fflush(stdout);
  }

  std::string buffer_;
  bool too_long_ = false;
};

// Prints the data of server-sent events, one a line, until the server ends.
int FollowLines(const ControlOptions& options, const std::string& path) {
  DataLines lines;
  const auto reply =
      Follow(options, {"GET", path}, [&](std::string_view piece) { return lines.Take(piece); });
  if (!reply) return ReportError(reply.error());
  if (lines.too_long()) {
    return ReportError({ErrorKind::kUnavailable, "the server sent a line of more than 32 MiB"});
  }
  return reply->status >= 400 ? ReportRefusal(*reply) : kOk;
}

}  // namespace

int CallControl(const ControlOptions& options, const ControlCall& call) {
  const Result<ControlReply> reply = Send(options, call);
  if (!reply) return ReportError(reply.error());
  if (reply->status >= 400) return ReportRefusal(*reply);
  PrintData(reply->body);
  return kOk;
}

int CallWithJson(const ControlOptions& options, const ControlCall& call, const std::string& json) {
  Result<std::string> body = ReadText(json);
  if (!body) return ReportError(body.error());
  ControlCall with = call;
  with.body = std::move(*body);
  return CallControl(options, with);
}

int CallSnapshot(const ControlOptions& options, const ControlCommand& command, const char* what) {
  Json body = Json::object();
  if (!command.snapshot.empty()) body["name"] = command.snapshot;
  return CallWithMembers(options, {"POST", AccountPath(command, std::string("/") + what)}, body);
}

int SetBalances(const ControlOptions& options, const ControlCommand& command) {
  const Result<Json> body = ReadMembers(command.values, /*texts=*/true);
  if (!body) return ReportError(body.error());
  return CallWithMembers(options, {"PUT", AccountPath(command, "/balances")}, *body);
}

int ShowOrChangeSettings(const ControlOptions& options, const ControlCommand& command) {
  if (command.values.empty()) {
    return CallControl(options, {"GET", AccountPath(command, "/settings")});
  }
  const Result<Json> body = ReadMembers(command.values, /*texts=*/false);
  if (!body) return ReportError(body.error());
  return CallWithMembers(options, {"PUT", AccountPath(command, "/settings")}, *body);
}

int ShowOrSetPrice(const ControlOptions& options, const ControlCommand& command) {
  ControlCall call{"GET",
                   AccountPath(command, "/markets/") + PercentEncode(command.market) + "/price"};
  if (!command.json.empty()) {
    call.method = "PUT";
    return CallWithJson(options, call, command.json);
  }
  if (command.last.empty()) return CallControl(options, call);
  Json body = {{"last", command.last}};
  if (!command.fill.empty()) body["fill"] = command.fill;
  call.method = "PUT";
  return CallWithMembers(options, call, body);
}

int StartReplay(const ControlOptions& options, const ControlCommand& command) {
  std::error_code problem;
  const auto path = std::filesystem::absolute(command.file, problem);
  // The server reads it: what it is, it says.
  Json body = {{"file", problem ? command.file : path.string()}};
  if (!command.speed.empty()) body["speed"] = command.speed;
  if (command.at_ms) body["at_ms"] = *command.at_ms;
  return CallWithMembers(
      options,
      {"POST", AccountPath(command, "/markets/") + PercentEncode(command.market) + "/replay"},
      body);
}

int ShowOrSetBook(const ControlOptions& options, const ControlCommand& command) {
  ControlCall call{"GET",
                   AccountPath(command, "/markets/") + PercentEncode(command.market) + "/book"};
  if (command.clear) {
    call.method = "DELETE";
    return CallControl(options, call);
  }
  if (command.json.empty() && command.amount.empty()) return CallControl(options, call);
  call.method = "PUT";
  if (!command.json.empty()) return CallWithJson(options, call, command.json);
  Json body = {{"amount_per_level", command.amount}};
  if (!command.spread.empty()) body["spread"] = command.spread;
  if (command.levels) body["levels"] = *command.levels;
  return CallWithMembers(options, call, body);
}

int ShowOrSetClock(const ControlOptions& options, const ControlCommand& command) {
  Json body = Json::object();
  if (command.freeze) body["freeze"] = true;
  if (command.set_ms) body["set_ms"] = *command.set_ms;
  if (command.advance_ms) body["advance_ms"] = *command.advance_ms;
  if (command.run) body["run"] = true;
  const std::string path = AccountPath(command, "/clock");
  if (body.empty()) return CallControl(options, {"GET", path});
  return CallControl(options, {"POST", path, body.dump()});
}

int ShowJournal(const ControlOptions& options, const ControlCommand& command) {
  std::string query = command.full ? "full=true" : "full=false";
  if (command.tail) {
    query += "&tail=" + std::to_string(*command.tail);
  } else {
    query += "&after=" + std::to_string(command.after);
    if (!command.follow) query += "&limit=" + std::to_string(command.limit);
  }
  if (!command.follow) {
    const std::string path =
        command.account.empty() ? "/journal?" : AccountPath(command, "/journal?");
    return CallControl(options, {"GET", path + query});
  }
  return FollowLines(options, AccountPath(command, "/journal/stream?") + query);
}

int FollowEvents(const ControlOptions& options, const ControlCommand& command) {
  std::string path = AccountPath(command, "/events/stream");
  if (command.after_event) path += "?after=" + std::to_string(*command.after_event);
  return FollowLines(options, path);
}

int ShowFrames(const ControlOptions& options, const ControlCommand& command) {
  std::string query = command.full ? "full=true" : "full=false";
  if (!command.stream.empty()) query += "&stream=" + PercentEncode(command.stream);
  query += "&after=" + std::to_string(command.after);
  if (command.follow) return FollowLines(options, AccountPath(command, "/frames/stream?") + query);
  query += "&limit=" + std::to_string(command.limit);
  return CallControl(options, {"GET", AccountPath(command, "/frames?") + query});
}

int CutStream(const ControlOptions& options, const ControlCommand& command) {
  std::string path = AccountPath(command, "/streams/") + PercentEncode(command.stream);
  if (command.code) path += "?code=" + std::to_string(*command.code);
  if (command.reset) path += "?reset=true";
  return CallControl(options, {"DELETE", path});
}

int ExamineThere(const ControlOptions& options, const ControlCommand& command) {
  const Result<std::string> text = command.request.empty()
                                       ? ReadText(command.curl)
                                       : ReadFileOrInput(command.request, kMostOfARequest);
  if (!text) return ReportError(text.error());
  const char* member = command.request.empty() ? "curl" : "raw";
  return CallWithMembers(options, {"POST", "/doctor"},
                         {{"account", command.account}, {member, *text}});
}

std::string AccountPath(const ControlCommand& command, const std::string& rest) {
  return "/accounts/" + PercentEncode(command.account) + rest;
}

}  // namespace ocokit::cli
