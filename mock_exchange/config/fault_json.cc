#include "mock_exchange/config/fault_json.h"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "mock_exchange/account/fault_kinds.h"
#include "mock_exchange/config/reader.h"
#include "mock_exchange/config/schema.h"
#include "ocokit/base/check.h"

namespace ocokit::mock::config {
namespace {

using Ordered = nlohmann::ordered_json;

constexpr FaultPoint kPoints[] = {FaultPoint::kBeforeCommit, FaultPoint::kAfterCommit,
                                  FaultPoint::kReply, FaultPoint::kFrame};
constexpr std::pair<std::string_view, Delay::Kind> kDistributions[] = {
    {"fixed", Delay::Kind::kFixed},
    {"uniform", Delay::Kind::kUniform},
    {"lognormal", Delay::Kind::kLognormal}};

// The members of each action: the same lines read and write them. `m` takes a name and a place;
// what is a Needs must be there.
template <typename M>
void Members(M& m, Delay& delay) {
  m.Distribution("distribution", delay.kind);
  switch (delay.kind) {
    case Delay::Kind::kFixed:
      return m.Needs("ms", delay.low);
    case Delay::Kind::kUniform:
      m.Needs("from_ms", delay.low);
      return m.Needs("to_ms", delay.high);
    case Delay::Kind::kLognormal:
      m.Needs("median_ms", delay.low);
      return m.Needs("p99_ms", delay.high);
  }
}
template <typename M>
void Members(M& m, CloseEarly& close) {
  m.Needs("bytes", close.bytes);
}
template <typename M>
void Members(M& m, SlowDrip& drip) {
  m.May("bytes", drip.bytes);
  m.May("interval_ms", drip.interval);
}
template <typename M>
void Members(M& m, WrongLength& length) {
  m.May("difference", length.difference);
}
template <typename M>
void Members(M& m, Oversized& reply) {
  m.May("bytes", reply.bytes);
}
template <typename M>
void Members(M& m, WrongType& type) {
  m.May("member", type.member);
}
template <typename M>
void Members(M& m, Html5xx& page) {
  m.May("status", page.status);
}
template <typename M>
void Members(M& m, StatusFault& status) {
  m.Needs("status", status.status);
  m.May("body", status.body);
}
template <typename M>
void Members(M& m, ClockSkew& skew) {
  m.Needs("ms", skew.by);
}
template <typename M>
void Members(M& m, BanUntil& ban) {
  m.May("ms", ban.length);
  m.May("status", ban.status);
}
template <typename M>
void Members(M& m, DropStream& drop) {
  m.May("code", drop.code);
}
template <typename M>
void Members(M& m, DelayFrames& delay) {
  m.Needs("ms", delay.by);
}
template <typename M>
void Members(M& m, WrongSequence& wrong) {
  m.May("by", wrong.by);
}
// The others have none.
template <typename M, typename Action>
void Members(M&, Action&) {}

class MemberReader {
 public:
  MemberReader(Reader& r, const Json& object, std::string where)
      : r_(r), object_(object), where_(std::move(where)) {}

  void Distribution(const char* name, Delay::Kind& kind) {
    names_.emplace_back(name);
    if (!object_.contains(name)) return;
    for (const auto& [word, value] : kDistributions) {
      if (object_[name] == word) kind = value;
    }
  }
  template <typename T>
  void Needs(const char* name, T& into) {
    if (!object_.contains(name)) r_.Fail(where_, "needs \"" + std::string(name) + "\"");
    May(name, into);
  }
  void May(const char* name, milliseconds& into) {
    names_.emplace_back(name);
    r_.ReadMs(object_, name, into);
  }
  template <typename T>
  void May(const char* name, T& into) {
    names_.emplace_back(name);
    r_.Read(object_, name, into);
  }
  // Fails for a member that no line asked for.
  void End() {
    std::string there = "type";
    for (const std::string& name : names_) there.append(", ").append(name);
    for (const auto& [name, value] : object_.items()) {
      if (name == "type" || std::ranges::find(names_, name) != names_.end()) continue;
      const std::string type = object_["type"].get<std::string>();
      r_.Fail(where_, std::string("has no \"")
                          .append(name)
                          .append("\" for ")
                          .append(type)
                          .append("; there are: ")
                          .append(there));
    }
  }

 private:
  Reader& r_;
  const Json& object_;
  const std::string where_;
  std::vector<std::string> names_;
};

class MemberWriter {
 public:
  explicit MemberWriter(Ordered& out) : out_(out) {}

  void Distribution(const char* name, Delay::Kind& kind) {
    for (const auto& [word, value] : kDistributions) {
      if (kind == value && kind != Delay::Kind::kFixed) out_[name] = word;
    }
  }
  template <typename T>
  void Needs(const char* name, T& value) {
    May(name, value);
  }
  void May(const char* name, milliseconds& value) { out_[name] = value.count(); }
  void May(const char* name, std::string& value) {
    if (!value.empty()) out_[name] = value;
  }
  void May(const char* name, std::optional<std::string>& value) {
    if (value) out_[name] = *value;
  }
  // No status is 0: it stands for the venue's own.
  void May(const char* name, int& value) {
    if (value != 0) out_[name] = value;
  }
  template <typename T>
  void May(const char* name, T& value) {
    out_[name] = value;
  }

 private:
  Ordered& out_;
};

template <std::size_t... I>
FaultAction ActionAt(std::size_t index, std::index_sequence<I...>) {
  FaultAction out;
  ((I == index ? void(out.emplace<I>()) : void()), ...);
  return out;
}

FaultAction ReadAction(Reader& r, const Json& object, const std::string& where) {
  // The schema knows them all.
  const auto kinds = FaultKinds();
  const auto kind = std::ranges::find(kinds, object["type"].get<std::string>(), &FaultKind::name);
  OCOKIT_CHECK(kind != kinds.end(), "a fault that the schema has and the table has not");
  FaultAction action = ActionAt(static_cast<std::size_t>(kind - kinds.begin()),
                                std::make_index_sequence<std::variant_size_v<FaultAction>>());
  MemberReader reader(r, object, where);
  std::visit([&](auto& a) { Members(reader, a); }, action);
  reader.End();
  return action;
}

}  // namespace

Fault ReadFaultFrom(Reader& r, const Json& object, const std::string& where) {
  Fault out;
  if (object.contains("match")) {
    const Json& match = object["match"];
    r.Read(match, "path", out.match.path);
    r.Read(match, "method", out.match.method);
    r.Read(match, "channel", out.match.channel);
    r.Read(match, "nth", out.match.nth);
  }
  for (const FaultPoint point : kPoints) {
    if (object.contains("at") && object["at"] == Name(point)) out.at = point;
  }
  out.action = ReadAction(r, object["action"], where + "action");
  r.Read(object, "times", out.times);
  r.Read(object, "probability", out.probability);
  return out;
}

Result<Fault> ReadFault(std::string_view json) {
  const Result<Json> object = ParseChecked(json, "fault");
  if (!object) return tl::unexpected<Error>(object.error());
  Reader r;
  Fault fault = ReadFaultFrom(r, *object, "");
  if (!r.error().empty()) return Fail(ErrorKind::kInvalidArgument, r.error());
  if (auto ok = CheckFault(fault); !ok) return tl::unexpected<Error>(ok.error());
  if (!fault.at) fault.at = KindOf(fault.action).natural;
  return fault;
}

Ordered WriteFault(const Fault& fault) {
  Ordered out = Ordered::object();
  Ordered match = Ordered::object();
  if (!fault.match.path.empty()) match["path"] = fault.match.path;
  if (!fault.match.method.empty()) match["method"] = fault.match.method;
  if (!fault.match.channel.empty()) match["channel"] = fault.match.channel;
  if (fault.match.nth) match["nth"] = *fault.match.nth;
  if (!match.empty()) out["match"] = std::move(match);
  if (fault.at) out["at"] = Name(*fault.at);
  out["action"]["type"] = Name(fault.action);
  MemberWriter writer(out["action"]);
  FaultAction action = fault.action;
  std::visit([&](auto& a) { Members(writer, a); }, action);
  if (fault.times) out["times"] = *fault.times;
  if (fault.probability < 1) out["probability"] = fault.probability;
  return out;
}

Ordered WriteFault(const FaultView& view) {
  Ordered out;
  out["id"] = view.id;
  out.update(WriteFault(view.fault));
  out["matched"] = view.matched;
  out["applied"] = view.applied;
  return out;
}

}  // namespace ocokit::mock::config
