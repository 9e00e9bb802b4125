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
  std::this_thread::sleep_for(step.pause);
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
    }
  }
  return spread;
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

Result<bool> CaseRun::RunOperations(const std::vector<Operation>& operations) {
  asked_.push_back(Spread(operations));
  const std::vector<Operation>& spread = asked_.back();
  std::vector<ordered_json> requests;
  milliseconds longest{0};
  for (const Operation& operation : spread) {
    const milliseconds timeout = operation.timeout.value_or(target_.timeout);
    longest = std::max(longest, timeout);
    ordered_json request;
    request["op"] = operation.op;
    request["venue"] = Name(tried_.venue);
    request["base_url"] = AddressFor(operation.op);
    request["key"] = key_;
    request["secret"] = secret_;
    request["timeout_ms"] = timeout.count();
    request["args"] = operation.args;
    requests.push_back(std::move(request));
  }
  const std::int64_t after_seq = entries_.empty() ? 0 : entries_.back().seq;
  const auto answers = adapter_->Ask(requests, longest + kGrace);
  for (std::size_t i = 0; i < spread.size(); ++i) {
    result_.wire.push_back({.step = spread[i].op,
                            .sent = adapter_->SentLine(i),
                            .got = answers ? (*answers)[i].line : answers.error().line,
                            .note = answers ? "" : answers.error().message,
                            .took = answers ? (*answers)[i].took : std::chrono::microseconds(0)});
  }
  // Ended before the journal is read, so that nothing more is sent.
  if (!answers) adapter_.reset();
  if (const auto read = ReadNewEntries(); !read) return tl::unexpected<Error>(read.error());
  AddIntents(spread, after_seq);
  if (!answers) return FailOfAdapter(answers.error());
  return JudgeAnswers(spread, *answers);
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
                                         .given = &use.given});
    if (finding.kept != Kept::kBroken) continue;
    const JournalEntry* entry = finding.entry;
    return Fail(use.name + ": " + finding.why, entry ? entry->FormatRequest() : "",
                entry ? entry->FormatReply() : "", finding.wanted);
  }
  return true;
}

Result<bool> CaseRun::JudgeEnd() {
  if (const auto fault = adapter_->Settle(milliseconds(2000)); fault) {
    adapter_.reset();
    return FailOfAdapter(*fault);
  }
  if (const auto read = ReadNewEntries(); !read) return tl::unexpected<Error>(read.error());
  if (!JudgeRules(/*at_end=*/true) || !JudgeSent()) return false;
  return JudgeOrders();
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
