#include "conformance/client/script.h"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <string_view>

#include "conformance/client/members.h"
#include "conformance/client/rules.h"

namespace ocokit::conform {

using nlohmann::json;

namespace {

using Names = std::initializer_list<std::string_view>;

tl::unexpected<Error> Bad(const std::string& where, const std::string& what) {
  return Fail(ErrorKind::kInvalidArgument, where + " " + what);
}

// Errors: no object, or a member that is not among the names.
Result<void> Expect(const json& object, const std::string& where, Names names) {
  if (!object.is_object()) return Bad(where, "must be an object");
  for (const auto& [name, value] : object.items()) {
    if (std::find(names.begin(), names.end(), name) == names.end()) {
      return Bad(where, "has no member " + name);
    }
  }
  return {};
}

Result<void> ReadGiven(const json& given, Given& into) {
  if (given.is_null()) return {};
  if (auto expected = Expect(given, "given", {"account", "prices", "faults"}); !expected) {
    return expected;
  }
  if (given.contains("account")) into.account = given["account"];
  if (!into.account.is_object()) return Bad("given.account", "must be an object");
  for (const auto& [market, last] : Member(given, "prices").items()) {
    if (!last.is_string()) return Bad("given.prices." + market, "must be a text");
    into.prices.emplace_back(market, last.get<std::string>());
  }
  for (const json& fault : Member(given, "faults")) into.faults.push_back(fault);
  return {};
}

Result<Operation> ReadOperation(const json& step, const std::string& where) {
  if (auto expected =
          Expect(step, where,
                 {"op", "args", "as", "timeout_ms", "times", "want", "eventually", "stays_ms"});
      !expected) {
    return tl::unexpected<Error>(expected.error());
  }
  Operation operation{
      .op = Text(step, "op"), .name = Text(step, "as"), .want = Member(step, "want")};
  static constexpr std::array<std::string_view, 18> kOperations = {
      "place_oco",   "cancel_oco",      "get_oco",        "list_oco",     "history",
      "reconcile",   "place_order",     "cancel_order",   "open_orders",  "order_book",
      "candles",     "reconcile_order", "stream_start",   "stream_leave", "stream_state",
      "stream_stop", "advance_clock",   "advance_sockets"};
  if (std::find(kOperations.begin(), kOperations.end(), operation.op) == kOperations.end()) {
    return Bad(where + ".op", "must be an operation of the adapter, not " + operation.op);
  }
  if (step.contains("args")) operation.args = step["args"];
  if (!operation.args.is_object()) return Bad(where + ".args", "must be an object");
  if (step.contains("timeout_ms")) {
    operation.timeout = std::chrono::milliseconds(Integer(step, "timeout_ms"));
  }
  if (step.contains("times")) operation.times = static_cast<int>(Integer(step, "times"));
  if (operation.times < 1 || operation.times > 100) {
    return Bad(where + ".times", "must be 1 to 100");
  }
  operation.eventually = Flag(step, "eventually");
  operation.stays = std::chrono::milliseconds(Integer(step, "stays_ms"));
  if (operation.stays.count() < 0 || operation.stays.count() > 5000) {
    return Bad(where + ".stays_ms", "must be 1 to 5000");
  }
  const bool again = operation.eventually || operation.stays.count() > 0;
  if (again && (operation.want.is_null() || operation.times != 1)) {
    return Bad(where, "is asked again and needs a want, and times 1");
  }
  return operation;
}

Result<Awaited> ReadAwaited(const json& awaited, const std::string& where) {
  if (auto expected = Expect(awaited, where, {"method", "path", "frame", "has", "at_least"});
      !expected) {
    return tl::unexpected<Error>(expected.error());
  }
  Awaited read{.method = Text(awaited, "method"),
               .path = Text(awaited, "path"),
               .frame = FindFrameKind(Text(awaited, "frame"))};
  if (read.frame.has_value() == !read.path.empty()) {
    return Bad(where, "must name a path, or one of opened, received, sent, closed");
  }
  for (const json& text : Member(awaited, "has")) {
    if (!text.is_string()) return Bad(where + ".has", "must be texts");
    read.has.push_back(text.get<std::string>());
  }
  if (awaited.contains("at_least")) read.at_least = static_cast<int>(Integer(awaited, "at_least"));
  if (read.at_least < 1) return Bad(where + ".at_least", "must be 1 or more");
  return read;
}

Result<ScriptStep> ReadStep(const json& step, const std::string& where) {
  ScriptStep read;
  if (step.is_object() && step.contains("control")) {
    if (auto expected = Expect(step, where, {"control", "path", "body"}); !expected) {
      return tl::unexpected<Error>(expected.error());
    }
    read.control = ControlCall{
        .method = Text(step, "control"), .path = Text(step, "path"), .body = Member(step, "body")};
    return read;
  }
  if (step.is_object() && step.contains("pause_ms")) {
    if (auto expected = Expect(step, where, {"pause_ms", "until_hit"}); !expected) {
      return tl::unexpected<Error>(expected.error());
    }
    read.pause = std::chrono::milliseconds(Integer(step, "pause_ms"));
    read.until_hit = Flag(step, "until_hit");
    if (read.pause.count() < 1 || read.pause.count() > 5000) {
      return Bad(where + ".pause_ms", "must be 1 to 5000");
    }
    return read;
  }
  if (step.is_object() && step.contains("cut")) {
    if (auto expected = Expect(step, where, {"cut"}); !expected) {
      return tl::unexpected<Error>(expected.error());
    }
    if (auto expected = Expect(step["cut"], where + ".cut", {"code", "reset"}); !expected) {
      return tl::unexpected<Error>(expected.error());
    }
    read.cut = Cut{.code = {}, .reset = Flag(step["cut"], "reset")};
    if (step["cut"].contains("code")) {
      read.cut->code = static_cast<int>(Integer(step["cut"], "code"));
    }
    return read;
  }
  if (step.is_object() && step.contains("awaits")) {
    if (auto expected = Expect(step, where, {"awaits"}); !expected) {
      return tl::unexpected<Error>(expected.error());
    }
    Result<Awaited> awaited = ReadAwaited(step["awaits"], where + ".awaits");
    if (!awaited) return tl::unexpected<Error>(awaited.error());
    read.awaited = std::move(*awaited);
    return read;
  }
  if (step.is_object() && step.contains("together")) {
    if (auto expected = Expect(step, where, {"together"}); !expected) {
      return tl::unexpected<Error>(expected.error());
    }
    for (const json& operation : step["together"]) {
      Result<Operation> one = ReadOperation(operation, where + ".together");
      if (!one) return tl::unexpected<Error>(one.error());
      if (one->eventually || one->stays.count() > 0) {
        return Bad(where + ".together", "is asked once");
      }
      read.operations.push_back(std::move(*one));
    }
    return read;
  }
  Result<Operation> one = ReadOperation(step, where);
  if (!one) return tl::unexpected<Error>(one.error());
  read.operations.push_back(std::move(*one));
  return read;
}

Result<RuleUse> ReadRule(const json& rule) {
  RuleUse use{.name = rule.is_string() ? rule.get<std::string>() : Text(rule, "rule"),
              .given = rule.is_object() ? rule : json()};
  if (rule.is_object()) {
    if (auto expected = Expect(rule, "rules", {"rule", "least_ms"}); !expected) {
      return tl::unexpected<Error>(expected.error());
    }
  }
  if (FindRule(use.name) == nullptr) return Bad("rules", "has no rule " + use.name);
  return use;
}

Result<SentCount> ReadSent(const json& sent) {
  if (auto expected = Expect(sent, "sent", {"path", "at_least", "at_most"}); !expected) {
    return tl::unexpected<Error>(expected.error());
  }
  SentCount count{.path = Text(sent, "path")};
  if (sent.contains("at_least")) count.at_least = static_cast<int>(Integer(sent, "at_least"));
  if (sent.contains("at_most")) count.at_most = static_cast<int>(Integer(sent, "at_most"));
  return count;
}

Result<void> ReadOrders(const json& orders, Script& into) {
  if (orders.is_null()) return {};
  const std::pair<const char*, std::optional<int>*> counts[] = {
      {"placed", &into.placed},
      {"placed_at_most", &into.placed_at_most},
      {"open", &into.open},
      {"single_placed", &into.single_placed},
      {"single_placed_at_most", &into.single_placed_at_most},
      {"single_open", &into.single_open}};
  if (auto expected = Expect(orders, "orders",
                             {"placed", "placed_at_most", "open", "single_placed",
                              "single_placed_at_most", "single_open"});
      !expected) {
    return expected;
  }
  for (const auto& [name, count] : counts) {
    if (orders.contains(name)) *count = static_cast<int>(Integer(orders, name));
  }
  return {};
}

}  // namespace

Result<Script> ReadScript(const json& script) {
  // Those before `given` are the engine's.
  if (auto expected = Expect(script, "the case",
                             {"id", "title", "requirement", "level", "cites", "dialects",
                              "harmless", "given", "steps", "rules", "sent", "orders", "observed"});
      !expected) {
    return tl::unexpected<Error>(expected.error());
  }
  Script read;
  if (auto given = ReadGiven(Member(script, "given"), read.given); !given) {
    return tl::unexpected<Error>(given.error());
  }
  for (const json& step : Member(script, "steps")) {
    Result<ScriptStep> one = ReadStep(step, "steps[" + std::to_string(read.steps.size()) + "]");
    if (!one) return tl::unexpected<Error>(one.error());
    read.steps.push_back(std::move(*one));
  }
  if (read.steps.empty()) return Bad("steps", "must have a step");
  for (const json& rule : Member(script, "rules")) {
    Result<RuleUse> one = ReadRule(rule);
    if (!one) return tl::unexpected<Error>(one.error());
    read.rules.push_back(std::move(*one));
  }
  for (const json& sent : Member(script, "sent")) {
    Result<SentCount> one = ReadSent(sent);
    if (!one) return tl::unexpected<Error>(one.error());
    read.sent.push_back(std::move(*one));
  }
  if (auto orders = ReadOrders(Member(script, "orders"), read); !orders) {
    return tl::unexpected<Error>(orders.error());
  }
  read.observed = Flag(script, "observed");
  if (read.observed && read.rules.empty()) return Bad("observed", "needs rules");
  return read;
}

}  // namespace ocokit::conform
