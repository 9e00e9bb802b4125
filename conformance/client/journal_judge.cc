// Judges a client by what it has left in the journal of its account.

#include <algorithm>
#include <exception>
#include <nlohmann/json.hpp>
#include <utility>

#include "conformance/client/client_judge.h"
#include "conformance/client/journal.h"
#include "conformance/client/members.h"
#include "conformance/client/rules.h"
#include "conformance/client/script.h"

namespace ocokit::conform {

using nlohmann::json;

namespace {

struct Journal {
  std::string venue;
  std::string dialect;
  bool clock_frozen = false;
  std::vector<JournalEntry> entries;
  std::vector<StreamFrame> frames;
};

constexpr int kPage = 1000;

// What has gone through the account's sockets, page by page.
Result<std::vector<StreamFrame>> FetchFrames(ControlApi& control, const std::string& path) {
  std::vector<StreamFrame> frames;
  for (std::int64_t after = 0;;) {
    const Result<json> page =
        control.Get(path + "/frames?full=true&limit=" + std::to_string(kPage) +
                    "&after=" + std::to_string(after));
    // A simulator without streams has no such call.
    if (!page && page.error().kind == ErrorKind::kNotFound) return frames;
    if (!page) return tl::unexpected<Error>(page.error());
    Result<std::vector<StreamFrame>> read = ReadFrames(*page);
    if (!read) return tl::unexpected<Error>(read.error());
    if (read->empty()) return frames;
    after = read->back().seq;
    frames.insert(frames.end(), read->begin(), read->end());
  }
}

// All that the journal still holds, page by page.
Result<Journal> FetchJournal(const JournalTarget& target) {
  ControlApi control(target.control, std::chrono::seconds(10));
  const std::string path = "/accounts/" + target.account;
  const Result<json> account = control.Get(path);
  if (!account) return tl::unexpected<Error>(account.error());
  const Result<json> clock = control.Get(path + "/clock");
  if (!clock) return tl::unexpected<Error>(clock.error());
  Journal journal{.venue = Text(*account, "venue"),
                  .dialect = Text(*account, "dialect"),
                  .clock_frozen = Flag(*clock, "frozen"),
                  .entries = {},
                  .frames = {}};
  Result<std::vector<StreamFrame>> frames = FetchFrames(control, path);
  if (!frames) return tl::unexpected<Error>(frames.error());
  journal.frames = std::move(*frames);
  for (std::int64_t after = 0;;) {
    const Result<json> page =
        control.Get(path + "/journal?full=true&limit=" + std::to_string(kPage) +
                    "&after=" + std::to_string(after));
    if (!page) return tl::unexpected<Error>(page.error());
    const Result<std::vector<JournalEntry>> read = ReadJournal(*page);
    if (!read) return tl::unexpected<Error>(read.error());
    if (read->empty()) return journal;
    journal.entries.insert(journal.entries.end(), read->begin(), read->end());
    after = read->back().seq;
  }
}

CaseResult Settled(Verdict verdict, std::string reason) {
  CaseResult result;
  result.verdict = verdict;
  result.reason = std::move(reason);
  return result;
}

class JournalWorker : public Worker {
 public:
  explicit JournalWorker(Journal journal) : journal_(std::move(journal)) {}

  CaseResult Try(const Case& tried) override {
    try {
      return TryOnce(tried);
    } catch (const std::exception& error) {
      return Settled(Verdict::kKitError, std::string("the kit stumbled over it: ") + error.what());
    }
  }

 private:
  CaseResult TryOnce(const Case& tried) const {
    if (tried.subject != Subject::kClient || !tried.script) {
      return Settled(Verdict::kKitError, "this is no case of a client");
    }
    const Result<Script> script = ReadScript(*tried.script);
    if (!script) return Settled(Verdict::kKitError, tried.id + ": " + script.error().message);
    if (Name(tried.venue) != journal_.venue) {
      return Settled(Verdict::kSkipped, "the account is of " + journal_.venue);
    }
    const auto& dialects = tried.dialects;
    if (std::find(dialects.begin(), dialects.end(), journal_.dialect) == dialects.end()) {
      return Settled(Verdict::kSkipped, "the account speaks the dialect " + journal_.dialect);
    }
    if (!script->observed) return Settled(Verdict::kSkipped, "it needs an adapter");
    return JudgeRule(script->rules.front(), tried.venue);
  }

  // What the journal no longer has, in a sentence; empty where it has all.
  std::string Gone() const {
    const auto gone = [](std::int64_t first, const std::string& what) {
      return what + " 1 to " + std::to_string(first - 1) +
             " of the journal are gone (forgotten, or beyond its journal_bytes) and were not "
             "judged";
    };
    const std::int64_t entry = journal_.entries.front().seq;
    const std::int64_t frame = journal_.frames.empty() ? 1 : journal_.frames.front().seq;
    if (entry > 1 && frame > 1) return gone(entry, "entries") + ", and " + gone(frame, "frames");
    if (entry > 1) return gone(entry, "entries");
    return frame > 1 ? gone(frame, "frames") : "";
  }

  // A reason beside a pass is for people; the verdict is of what the journal still has.
  static CaseResult WithNote(CaseResult result, const std::string& gone) {
    result.reason = gone;
    return result;
  }

  // The first rule is what the case is about; the others are for what its steps send.
  CaseResult JudgeRule(const RuleUse& use, Venue venue) const {
    const Finding finding = FindRule(use.name)->judge({.venue = venue,
                                                       .dialect = journal_.dialect,
                                                       .secret = "",
                                                       .entries = journal_.entries,
                                                       .intents = {},
                                                       .frames = journal_.frames,
                                                       .clock_frozen = journal_.clock_frozen,
                                                       .given = &use.given});
    const std::string gone = Gone();
    if (finding.kept == Kept::kNotExercised) {
      return Settled(Verdict::kSkipped, "not exercised" + (gone.empty() ? "" : "; " + gone));
    }
    if (finding.kept == Kept::kKept) return WithNote(Settled(Verdict::kPass, ""), gone);
    const int more = finding.broken_by - 1;
    CaseResult result =
        Settled(Verdict::kFail, use.name + ": " + finding.why +
                                    (more > 0 ? "; and " + std::to_string(more) + " more" : "") +
                                    (gone.empty() ? "" : "; " + gone));
    result.wanted = finding.wanted;
    if (finding.entry != nullptr) {
      result.sent = finding.entry->FormatRequest();
      result.got = finding.entry->FormatReply();
      result.wire.push_back({.step = finding.entry->Name(),
                             .sent = result.sent,
                             .got = result.got,
                             .note = finding.entry->diagnosis,
                             .took = {}});
    }
    if (finding.frame != nullptr) {
      const StreamFrame& frame = *finding.frame;
      (frame.kind == FrameKind::kReceived ? result.sent : result.got) = frame.text;
      result.wire.push_back({.step = frame.Describe(),
                             .sent = result.sent,
                             .got = result.got,
                             .note = {},
                             .took = {}});
    }
    return result;
  }

  Journal journal_;
};

class JournalJudge : public Judge {
 public:
  explicit JournalJudge(JournalTarget target) : target_(std::move(target)) {}

  Result<std::unique_ptr<Worker>> NewWorker() override {
    Result<Journal> journal = FetchJournal(target_);
    if (!journal) return tl::unexpected<Error>(journal.error());
    if (journal->entries.empty()) return Fail(ErrorKind::kUnavailable, NothingCame());
    return std::make_unique<JournalWorker>(std::move(*journal));
  }

 private:
  // With how many requests have come for no account: a wrong key is the likeliest reason.
  std::string NothingCame() const {
    ControlApi control(target_.control, std::chrono::seconds(10));
    std::string text = "nothing has come to " + target_.account + " yet";
    const Result<json> strays = control.Get("/journal?limit=1000");
    const std::size_t count = strays ? Member(*strays, "entries").size() : 0;
    if (count == 0) return text;
    return text + "; " + std::to_string(count) + (count == 1 ? " request" : " requests") +
           " reached no account: ocokit ctl strays";
  }

  JournalTarget target_;
};

}  // namespace

std::unique_ptr<Judge> JudgeOfJournal(JournalTarget target) {
  return std::make_unique<JournalJudge>(std::move(target));
}

}  // namespace ocokit::conform
