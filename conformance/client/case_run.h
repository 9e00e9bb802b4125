#pragma once

// One client case: an account, the steps of its script by the adapter, and the verdict.

#include <cstdint>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "conformance/client/adapter.h"
#include "conformance/client/client_judge.h"
#include "conformance/client/journal.h"
#include "conformance/client/rules.h"
#include "conformance/client/script.h"
#include "conformance/engine/result.h"

namespace ocokit::conform {

class CaseRun {
 public:
  // All that is given must outlive the run. `adapter` is emptied when it is of no use any more.
  CaseRun(const ClientTarget& target, ControlApi& control, std::optional<Adapter>& adapter,
          const Case& tried, const Script& script, std::string key, std::string secret);
  ~CaseRun();
  CaseRun(const CaseRun&) = delete;
  CaseRun& operator=(const CaseRun&) = delete;

  [[nodiscard]] CaseResult Run();

 private:
  // Errors: the simulator refuses or is gone, which is no fault of the client.
  [[nodiscard]] Result<void> MakeAccount();
  // Each says whether the case goes on; if not, the result is there.
  [[nodiscard]] Result<bool> RunStep(const ScriptStep& step);
  [[nodiscard]] Result<bool> RunOperations(const std::vector<Operation>& operations);
  // Asks again until the answer is as wanted and has stayed so, or the time is up.
  [[nodiscard]] Result<bool> AskAgain(const Operation& operation);
  // Until every fault of the account has hit, or the time is up, which is no failure: what a fault
  // is for need not be what this client listens to. Errors: the simulator refuses.
  [[nodiscard]] Result<bool> PauseUntilHit(std::chrono::milliseconds longest);
  // Errors: the simulator refuses.
  [[nodiscard]] Result<void> CutSockets(const Cut& cut);
  // Waits until the client has sent it, or the time is up.
  [[nodiscard]] Result<bool> Await(const Awaited& awaited);
  [[nodiscard]] int CountOf(const Awaited& awaited) const;
  // None: the adapter has failed, and the case with it.
  [[nodiscard]] Result<std::optional<std::vector<AdapterAnswer>>> Exchange(
      const std::vector<Operation>& operations);
  [[nodiscard]] bool JudgeAnswers(const std::vector<Operation>& operations,
                                  const std::vector<AdapterAnswer>& answers);
  [[nodiscard]] Result<bool> JudgeEnd();
  // Until no socket that the client was told to close is open, or a second is over.
  [[nodiscard]] Result<void> AwaitCloses();
  [[nodiscard]] Result<bool> JudgeOrders();
  // `orders`: of one kind, as the control API lists them.
  [[nodiscard]] bool JudgeCounts(const nlohmann::json& orders, const std::string& what,
                                 std::optional<int> placed, std::optional<int> placed_at_most,
                                 std::optional<int> open);
  [[nodiscard]] bool JudgeSent();
  // False: one is broken, and the result says which.
  [[nodiscard]] bool JudgeRules(bool at_end);
  [[nodiscard]] bool Fail(std::string reason, std::string sent, std::string got,
                          std::string wanted);
  [[nodiscard]] bool FailOfAdapter(const AdapterFault& fault);

  // Where the operation's requests have to go.
  [[nodiscard]] std::string AddressFor(const std::string& op) const;
  [[nodiscard]] nlohmann::ordered_json RequestFor(const Operation& operation) const;
  [[nodiscard]] std::vector<Operation> Spread(const std::vector<Operation>& operations) const;
  // A want, with what was answered before in place of {"answer":NAME,"at":POINTER}.
  [[nodiscard]] nlohmann::json Answered(const nlohmann::json& want) const;
  [[nodiscard]] nlohmann::json Filled(const nlohmann::json& value, int number) const;
  [[nodiscard]] Result<void> ReadNewEntries();
  [[nodiscard]] Result<void> ReadNewFrames();
  [[nodiscard]] std::string RefusalsSince(std::int64_t seq) const;
  [[nodiscard]] nlohmann::json LatestReply(const std::string& op, std::int64_t after_seq) const;
  void AddIntents(const std::vector<Operation>& operations, std::int64_t after_seq);

  const ClientTarget& target_;
  ControlApi& control_;
  std::optional<Adapter>& adapter_;
  const Case& tried_;
  const Script& script_;
  std::string key_, secret_;
  std::string account_;  // its path: /accounts/bingx-3; empty until there is one
  std::string ws_url_;   // of its streams
  std::vector<JournalEntry> entries_;
  std::vector<StreamFrame> frames_;
  bool has_streams_ = false;  // the client was told to open one
  // Kept here, since intents point at them.
  std::vector<std::vector<Operation>> asked_;
  std::vector<Intent> intents_;
  std::map<std::string, nlohmann::json> answers_;  // by name, what was answered
  std::map<std::string, nlohmann::json> replies_;  // by name, the venue's reply
  CaseResult result_;
};

}  // namespace ocokit::conform
