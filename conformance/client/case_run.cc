#include "conformance/client/case_run.h"

#include <algorithm>
#include <thread>
#include <utility>

#include "conformance/client/answers.h"
#include "conformance/client/members.h"
#include "conformance/client/rule_parts.h"
#include "conformance/text/bounded_json.h"
#include "ocokit/base/text.h"

namespace ocokit::conform {

using nlohmann::json;
using nlohmann::ordered_json;
using std::chrono::milliseconds;

namespace {

// How much longer than it was told an adapter may take: its own work, on a busy machine.
constexpr milliseconds kGrace{1500};

// Between two looks at what is waited for.
constexpr milliseconds kBetweenLooks{20};

bool IsOfStreams(std::string_view op) {
  return op.starts_with("stream_") || op.starts_with("advance_");
}

// A message, on the side that it came from.
std::string FromClient(const StreamFrame* frame) {
  return frame != nullptr && frame->kind == FrameKind::kReceived ? frame->text : "";
}
std::string FromVenue(const StreamFrame* frame) {
  return frame != nullptr && frame->kind == FrameKind::kSent ? frame->text : "";
}

std::string NotesOf(const JournalEntry& entry) {
  std::string notes = entry.accepted ? "accepted" : "refused at " + entry.stage;
  if (!entry.rule.empty()) notes += ", " + entry.rule;
  for (const std::string& fault : entry.faults) notes += "; fault " + fault;
  if (!entry.diagnosis.empty()) notes += "; " + entry.diagnosis;
  return notes;
}

}  // namespace

CaseRun::CaseRun(const ClientTarget& target, ControlApi& control, std::optional<Adapter>& adapter,
                 const Case& tried, const Script& script, std::string key, std::string secret)
    : target_(target),
      control_(control),
      adapter_(adapter),
      tried_(tried),
      script_(script),
      key_(std::move(key)),
      secret_(std::move(secret)) {}

CaseRun::~CaseRun() {
  // One that cannot be removed disturbs no other case.
  if (!account_.empty()) (void)control_.Delete(account_);
}

CaseResult CaseRun::Run() {
  result_.verdict = Verdict::kPass;
  Result<bool> goes_on = true;
  if (const Result<void> made = MakeAccount(); !made) {
    goes_on = tl::unexpected<Error>(made.error());
  }
  asked_.reserve(script_.steps.size());
  for (const ScriptStep& step : script_.steps) {
    if (!goes_on || !*goes_on) break;
    goes_on = RunStep(step);
  }
  if (goes_on && *goes_on) goes_on = JudgeEnd();
  if (!goes_on) {
    result_.verdict = Verdict::kKitError;
    result_.reason = goes_on.error().message;
  }
  return std::move(result_);
}

Result<void> CaseRun::MakeAccount() {
  json body = script_.given.account;
  body["venue"] = Name(tried_.venue);
  body["dialect"] = target_.dialect;
  body["key"] = key_;
  body["secret"] = secret_;
  const Result<json> made = control_.Post("/accounts", body);
  if (!made) return tl::unexpected<Error>(made.error());
  account_ = "/accounts/" + Text(*made, "account");
  ws_url_ = Text(*made, "ws_url");
  for (const auto& [market, last] : script_.given.prices) {
    const auto set = control_.Put(account_ + "/markets/" + market + "/price", {{"last", last}});
    if (!set) return tl::unexpected<Error>(set.error());
  }
  for (const json& fault : script_.given.faults) {
    const auto added = control_.Post(account_ + "/faults", fault);
    if (!added) return tl::unexpected<Error>(added.error());
  }
  return {};
}

Result<bool> CaseRun::RunStep(const ScriptStep& step) {
  if (step.until_hit) return PauseUntilHit(step.pause);
  std::this_thread::sleep_for(step.pause);
  if (step.awaited) return Await(*step.awaited);
  if (step.cut) {
    const Result<void> cut = CutSockets(*step.cut);
    if (!cut) return tl::unexpected<Error>(cut.error());
    return true;
  }
  if (!step.operations.empty()) return RunOperations(step.operations);
  if (!step.control) return true;
  const auto called =
      control_.Call(step.control->method, account_ + step.control->path, step.control->body);
  if (!called) return tl::unexpected<Error>(called.error());
  return true;
}

std::string CaseRun::AddressFor(const std::string& op) const {
  // What needs no key has to name the account whose market it is about by its address.
  if (op != "order_book" && op != "candles") return target_.base_url;
  return target_.base_url + "/@" + account_.substr(std::string_view("/accounts/").size());
}

std::vector<Operation> CaseRun::Spread(const std::vector<Operation>& operations) const {
  std::vector<Operation> spread;
  for (const Operation& operation : operations) {
    for (int i = 1; i <= operation.times; ++i) {
      spread.push_back(operation);
      spread.back().args = Filled(operation.args, i);
      spread.back().want = Answered(operation.want);
    }
  }
  return spread;
}

json CaseRun::Answered(const json& want) const {
  if (want.is_object() && want.contains("answer")) return Filled(want, 1);
  if (!want.is_structured()) return want;
  json answered = want;
  for (json& member : answered) member = Answered(member);
  return answered;
}

json CaseRun::Filled(const json& value, int number) const {
  if (value.is_string()) return Replaced(value.get<std::string>(), "{n}", std::to_string(number));
  if (!value.is_object()) return value;
  // {"answer":"placed","at":"/stop/order_id"}, or {"reply":...} for what the venue has said.
  const bool of_answer = value.contains("answer");
  if (of_answer || value.contains("reply")) {
    const auto& known = of_answer ? answers_ : replies_;
    const auto found = known.find(Text(value, of_answer ? "answer" : "reply"));
    const json::json_pointer pointer(Text(value, "at"));
    if (found == known.end() || !found->second.contains(pointer)) return "";
    const json& there = found->second[pointer];
    return there.is_string() ? there : json(there.dump());
  }
  json filled = json::object();
  for (const auto& [name, member] : value.items()) filled[name] = Filled(member, number);
  return filled;
}

ordered_json CaseRun::RequestFor(const Operation& operation) const {
  ordered_json request;
  request["op"] = operation.op;
  request["venue"] = Name(tried_.venue);
  request["base_url"] = AddressFor(operation.op);
  if (IsOfStreams(operation.op)) request["ws_url"] = ws_url_;
  request["key"] = key_;
  request["secret"] = secret_;
  request["timeout_ms"] = operation.timeout.value_or(target_.timeout).count();
  request["args"] = operation.args;
  return request;
}

Result<std::optional<std::vector<AdapterAnswer>>> CaseRun::Exchange(
    const std::vector<Operation>& operations) {
  std::vector<ordered_json> requests;
  milliseconds longest{0};
  for (const Operation& operation : operations) {
    longest = std::max(longest, operation.timeout.value_or(target_.timeout));
    requests.push_back(RequestFor(operation));
    has_streams_ = has_streams_ || IsOfStreams(operation.op);
  }
  auto answers = adapter_->Ask(requests, longest + kGrace);
  for (std::size_t i = 0; i < operations.size(); ++i) {
    result_.wire.push_back({.step = operations[i].op,
                            .sent = adapter_->SentLine(i),
                            .got = answers ? (*answers)[i].line : answers.error().line,
                            .note = answers ? "" : answers.error().message,
                            .took = answers ? (*answers)[i].took : std::chrono::microseconds(0)});
  }
  if (answers) return std::optional(std::move(*answers));
  // Ended before the journal is read, so that nothing more is sent.
  adapter_.reset();
  if (const auto read = ReadNewEntries(); !read) return tl::unexpected<Error>(read.error());
  if (const auto read = ReadNewFrames(); !read) return tl::unexpected<Error>(read.error());
  (void)FailOfAdapter(answers.error());
  return std::optional<std::vector<AdapterAnswer>>();
}

Result<bool> CaseRun::RunOperations(const std::vector<Operation>& operations) {
  asked_.push_back(Spread(operations));
  const std::vector<Operation>& spread = asked_.back();
  if (spread.front().eventually || spread.front().stays.count() > 0) {
    return AskAgain(spread.front());
  }
  const std::int64_t after_seq = entries_.empty() ? 0 : entries_.back().seq;
  const auto answers = Exchange(spread);
  if (!answers) return tl::unexpected<Error>(answers.error());
  if (!*answers) return false;
  if (const auto read = ReadNewEntries(); !read) return tl::unexpected<Error>(read.error());
  AddIntents(spread, after_seq);
  if (IsOfStreams(spread.front().op)) {
    if (const auto read = ReadNewFrames(); !read) return tl::unexpected<Error>(read.error());
  }
  return JudgeAnswers(spread, **answers);
}

Result<bool> CaseRun::AskAgain(const Operation& operation) {
  using Steady = std::chrono::steady_clock;
  const auto give_up = Steady::now() + operation.timeout.value_or(target_.timeout);
  std::optional<Steady::time_point> since;  // it has been as wanted
  const std::vector<Operation> one = {operation};
  while (true) {
    const auto answers = Exchange(one);
    if (!answers) return tl::unexpected<Error>(answers.error());
    if (!*answers) return false;
    const auto now = Steady::now();
    const std::string why =
        Mismatch(operation.want, ParseBoundedJson((*answers)->front().line), json());
    if (why.empty() && !since) since = now;
    const bool has_stayed = since && now - *since >= operation.stays;
    const bool too_late = operation.eventually && !since ? now >= give_up : !why.empty();
    const bool cannot = (*answers)->front().kind == AnswerKind::kUnsupported;
    if (has_stayed || too_late || cannot) {
      if (const auto read = ReadNewEntries(); !read) return tl::unexpected<Error>(read.error());
      if (const auto read = ReadNewFrames(); !read) return tl::unexpected<Error>(read.error());
      return JudgeAnswers(one, **answers);
    }
    result_.wire.pop_back();  // the last answer tells it
    std::this_thread::sleep_for(kBetweenLooks);
  }
}

Result<bool> CaseRun::PauseUntilHit(milliseconds longest) {
  using Steady = std::chrono::steady_clock;
  for (const auto give_up = Steady::now() + longest; Steady::now() < give_up;) {
    const Result<json> faults = control_.Get(account_ + "/faults");
    if (!faults) return tl::unexpected<Error>(faults.error());
    const json& all = Member(*faults, "faults");
    const bool hit = std::all_of(all.begin(), all.end(),
                                 [](const json& fault) { return Integer(fault, "applied") > 0; });
    if (hit) break;
    std::this_thread::sleep_for(kBetweenLooks);
  }
  return true;
}

Result<void> CaseRun::CutSockets(const Cut& cut) {
  const Result<json> streams = control_.Get(account_ + "/streams");
  if (!streams) return tl::unexpected<Error>(streams.error());
  std::string how;
  if (cut.reset) how = "?reset=true";
  if (cut.code) how = "?code=" + std::to_string(*cut.code);
  for (const json& stream : Member(*streams, "streams")) {
    const auto ended = control_.Delete(account_ + "/streams/" + Text(stream, "stream") + how);
    // One that the client has ended meanwhile is no trouble.
    if (!ended && ended.error().kind != ErrorKind::kNotFound) {
      return tl::unexpected<Error>(ended.error());
    }
  }
  return {};
}

int CaseRun::CountOf(const Awaited& awaited) const {
  if (!awaited.frame) {
    return static_cast<int>(
        std::count_if(entries_.begin(), entries_.end(), [&](const JournalEntry& entry) {
          return entry.Path() == awaited.path &&
                 (awaited.method.empty() || entry.method == awaited.method);
        }));
  }
  return static_cast<int>(
      std::count_if(frames_.begin(), frames_.end(), [&](const StreamFrame& frame) {
        return frame.kind == *awaited.frame &&
               std::all_of(awaited.has.begin(), awaited.has.end(), [&](const std::string& text) {
                 return frame.text.find(text) != std::string::npos;
               });
      }));
}

Result<bool> CaseRun::Await(const Awaited& awaited) {
  using Steady = std::chrono::steady_clock;
  for (const auto give_up = Steady::now() + target_.timeout;;) {
    if (const auto read = ReadNewEntries(); !read) return tl::unexpected<Error>(read.error());
    if (const auto read = ReadNewFrames(); !read) return tl::unexpected<Error>(read.error());
    const int count = CountOf(awaited);
    if (count >= awaited.at_least) return true;
    if (Steady::now() >= give_up) {
      if (!JudgeRules(/*at_end=*/false)) return false;
      std::string what = awaited.frame
                             ? std::string(Name(*awaited.frame)) + " on its sockets"
                             : (awaited.method.empty() ? "" : awaited.method + " ") + awaited.path;
      for (const std::string& text : awaited.has) what += ", with " + text + " in it";
      return Fail("the client does not do in time what is waited for: " + what, "",
                  frames_.empty() ? "" : frames_.back().Describe(),
                  std::to_string(awaited.at_least) + " in all; there are " + std::to_string(count));
    }
    std::this_thread::sleep_for(kBetweenLooks);
  }
}

Result<void> CaseRun::ReadNewEntries() {
  const std::int64_t after = entries_.empty() ? 0 : entries_.back().seq;
  const Result<json> page =
      control_.Get(account_ + "/journal?full=true&limit=1000&after=" + std::to_string(after));
  if (!page) return tl::unexpected<Error>(page.error());
  Result<std::vector<JournalEntry>> read = ReadJournal(*page);
  if (!read) return tl::unexpected<Error>(read.error());
  for (JournalEntry& entry : *read) {
    result_.wire.push_back({.step = entry.Name(),
                            .sent = entry.FormatRequest(),
                            .got = entry.FormatReply(),
                            .note = NotesOf(entry),
                            .took = {}});
    entries_.push_back(std::move(entry));
  }
  return {};
}

Result<void> CaseRun::ReadNewFrames() {
  constexpr std::size_t kPage = 1000;
  for (std::size_t read_now = kPage; read_now == kPage;) {
    const std::int64_t after = frames_.empty() ? 0 : frames_.back().seq;
    const Result<json> page =
        control_.Get(account_ + "/frames?full=true&limit=" + std::to_string(kPage) +
                     "&after=" + std::to_string(after));
    if (!page) return tl::unexpected<Error>(page.error());
    Result<std::vector<StreamFrame>> read = ReadFrames(*page);
    if (!read) return tl::unexpected<Error>(read.error());
    read_now = read->size();
    for (StreamFrame& frame : *read) {
      const bool from_client = frame.kind == FrameKind::kReceived;
      result_.wire.push_back({.step = frame.Describe(),
                              .sent = from_client ? frame.text : "",
                              .got = from_client ? "" : frame.text,
                              .note = {},
                              .took = {}});
      frames_.push_back(std::move(frame));
    }
  }
  return {};
}

void CaseRun::AddIntents(const std::vector<Operation>& operations, std::int64_t after_seq) {
  const std::int64_t until_seq = entries_.empty() ? 0 : entries_.back().seq;
  // Of operations that were sent together nobody knows which request was for which, unless they are
  // all the same.
  const bool same = std::all_of(operations.begin(), operations.end(), [&](const Operation& other) {
    return other.op == operations.front().op && other.args == operations.front().args;
  });
  for (const Operation& operation : operations) {
    intents_.push_back({.op = same ? operation.op : "",
                        .args = &operation.args,
                        .after_seq = after_seq,
                        .until_seq = until_seq});
  }
}

json CaseRun::LatestReply(const std::string& op, std::int64_t after_seq) const {
  // A client may look at its orders before or after what it was told to do; the reply that counts
  // is that to the operation's own call.
  const auto is_own = [&](const JournalEntry& entry) {
    const Call call = CallOf(tried_.venue, entry.Path());
    if (op.starts_with("place_") || op.starts_with("reconcile")) return call == Call::kPlace;
    if (op.starts_with("cancel_")) return call == Call::kCancel;
    if (op == "order_book" || op == "candles") return call == Call::kPublic;
    return call == Call::kLookUp;
  };
  const JournalEntry* latest = nullptr;
  for (const JournalEntry& entry : entries_) {
    if (entry.seq > after_seq && is_own(entry)) latest = &entry;
  }
  // Reconciling may find the order without placing it.
  if (op.starts_with("reconcile") && latest == nullptr && !entries_.empty() &&
      entries_.back().seq > after_seq) {
    latest = &entries_.back();
  }
  return latest == nullptr ? json() : ParseBoundedJson(latest->reply);
}

std::string CaseRun::RefusalsSince(std::int64_t seq) const {
  for (const JournalEntry& entry : entries_) {
    if (entry.seq <= seq || entry.accepted || entry.diagnosis.empty()) continue;
    return "; the venue had refused " + entry.Name() + ": " + entry.diagnosis;
  }
  return "";
}

bool CaseRun::JudgeAnswers(const std::vector<Operation>& operations,
                           const std::vector<AdapterAnswer>& answers) {
  const std::int64_t before = intents_.back().after_seq;
  for (std::size_t i = 0; i < operations.size(); ++i) {
    const json reply = LatestReply(operations[i].op, before);
    const json answer = ParseBoundedJson(answers[i].line);
    if (answers[i].kind == AnswerKind::kUnsupported) {
      result_.verdict = Verdict::kUnsupported;
      result_.reason = operations[i].op + ": " + Text(answer, "unsupported");
      return false;
    }
    if (!operations[i].name.empty()) {
      answers_[operations[i].name] = Member(answer, "ok");
      replies_[operations[i].name] = reply;
    }
    const std::string why = Mismatch(operations[i].want, answer, reply);
    if (why.empty()) continue;
    // What went wrong on the wire came before the answer.
    if (!JudgeRules(/*at_end=*/false)) return false;
    return Fail(operations[i].op + ": " + why + RefusalsSince(before), adapter_->SentLine(i),
                answers[i].line, DescribeWant(operations[i].want));
  }
  return true;
}

bool CaseRun::JudgeRules(bool at_end) {
  for (const RuleUse& use : script_.rules) {
    const Rule* rule = FindRule(use.name);
    if (rule == nullptr || (rule->at_end && !at_end)) continue;
    const Finding finding = rule->judge({.venue = tried_.venue,
                                         .dialect = target_.dialect,
                                         .secret = secret_,
                                         .entries = entries_,
                                         .intents = intents_,
                                         .frames = frames_,
                                         .given = &use.given});
    if (finding.kept != Kept::kBroken) continue;
    const JournalEntry* entry = finding.entry;
    const StreamFrame* frame = finding.frame;
    return Fail(use.name + ": " + finding.why, entry ? entry->FormatRequest() : FromClient(frame),
                entry ? entry->FormatReply() : FromVenue(frame), finding.wanted);
  }
  return true;
}

Result<bool> CaseRun::JudgeEnd() {
  if (const auto fault = adapter_->Settle(milliseconds(2000)); fault) {
    adapter_.reset();
    return FailOfAdapter(*fault);
  }
  if (const auto waited = AwaitCloses(); !waited) return tl::unexpected<Error>(waited.error());
  if (const auto read = ReadNewEntries(); !read) return tl::unexpected<Error>(read.error());
  if (!JudgeRules(/*at_end=*/true) || !JudgeSent()) return false;
  return JudgeOrders();
}

Result<void> CaseRun::AwaitCloses() {
  if (!has_streams_) return {};
  const bool told = !asked_.empty() && asked_.back().front().op == "stream_stop";
  for (int looks = 0; looks < 50; ++looks) {
    if (auto read = ReadNewFrames(); !read) return read;
    int open = 0;
    for (const StreamFrame& frame : frames_) {
      if (frame.kind == FrameKind::kOpened) ++open;
      if (frame.kind == FrameKind::kClosed) --open;
    }
    if (!told || open <= 0) return {};
    std::this_thread::sleep_for(kBetweenLooks);
  }
  return {};
}

bool CaseRun::JudgeSent() {
  for (const SentCount& sent : script_.sent) {
    const auto count = static_cast<int>(
        std::count_if(entries_.begin(), entries_.end(),
                      [&](const JournalEntry& entry) { return entry.Path() == sent.path; }));
    if (count >= sent.at_least && count <= sent.at_most) continue;
    const bool few = count < sent.at_least;
    return Fail(
        std::to_string(count) + " requests went to " + sent.path, "", "",
        (few ? "at least " : "at most ") + std::to_string(few ? sent.at_least : sent.at_most));
  }
  return true;
}

Result<bool> CaseRun::JudgeOrders() {
  const bool pairs = script_.placed || script_.placed_at_most || script_.open;
  const bool singles =
      script_.single_placed || script_.single_placed_at_most || script_.single_open;
  if (!pairs && !singles) return true;
  const Result<json> orders = control_.Get(account_ + "/orders");
  if (!orders) return tl::unexpected<Error>(orders.error());
  return JudgeCounts(Member(*orders, "pairs"), "pairs of orders", script_.placed,
                     script_.placed_at_most, script_.open) &&
         JudgeCounts(Member(*orders, "orders"), "plain orders", script_.single_placed,
                     script_.single_placed_at_most, script_.single_open);
}

bool CaseRun::JudgeCounts(const json& orders, const std::string& what, std::optional<int> placed,
                          std::optional<int> placed_at_most, std::optional<int> open) {
  const auto seen = static_cast<int>(orders.size());
  const auto still_open = static_cast<int>(std::count_if(
      orders.begin(), orders.end(), [](const json& order) { return Flag(order, "open"); }));
  const auto has_seen = [&] { return "the account has seen " + std::to_string(seen) + " " + what; };
  if (placed && seen != *placed) {
    return Fail(has_seen(), "", orders.dump(), std::to_string(*placed) + " in all");
  }
  if (placed_at_most && seen > *placed_at_most) {
    return Fail(has_seen(), "", orders.dump(),
                "at most " + std::to_string(*placed_at_most) + " in all");
  }
  if (open && still_open != *open) {
    return Fail(std::to_string(still_open) + " " + what + " are open at the end", "", orders.dump(),
                std::to_string(*open) + " open");
  }
  return true;
}

bool CaseRun::FailOfAdapter(const AdapterFault& fault) {
  if (!JudgeRules(/*at_end=*/false)) return false;
  const std::string sent = result_.wire.empty() ? "" : result_.wire.back().sent;
  return Fail(fault.message, sent, fault.line, "one answer to each request, in time");
}

bool CaseRun::Fail(std::string reason, std::string sent, std::string got, std::string wanted) {
  result_.verdict = Verdict::kFail;
  result_.reason = std::move(reason);
  result_.sent = std::move(sent);
  result_.got = std::move(got);
  result_.wanted = std::move(wanted);
  return false;
}

}  // namespace ocokit::conform
