#pragma once

// One case, tried: its steps in their order until one decides.

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

#include "conformance/engine/result.h"
#include "conformance/server/account.h"
#include "conformance/server/matcher.h"
#include "conformance/server/request.h"
#include "conformance/server/streams.h"

namespace ocokit::conform::server {

class Attempt {
 public:
  Attempt(const ServerTarget& target, Account& account)
      : target_(target), account_(account), streams_(target, account, saved_, result_.wire) {}
  Attempt(const Attempt&) = delete;
  Attempt& operator=(const Attempt&) = delete;

  // Throws nlohmann::json::exception or std::invalid_argument when the case is wrong.
  [[nodiscard]] CaseResult Run(const nlohmann::json& script);

 private:
  void Play(const nlohmann::json& script);
  // Keeps the ids of a pair that was placed with an account that others use, too; and cancels
  // those.
  void Remember(const Call& call, const HttpReply& reply);
  void CleanUp();

  // Each gives whether to go on; what decided stands in result_.
  bool StepOfEach(const nlohmann::json& step);
  bool Step(const nlohmann::json& step);
  bool ControlStep(const nlohmann::json& step);
  bool StreamStep(const nlohmann::json& step);
  bool Exchange(const nlohmann::json& step, const Call* call);
  bool Judge(const nlohmann::json& step, const HttpReply& reply);
  bool Follow(const nlohmann::json& step, const HttpReply& reply);
  bool Save(const nlohmann::json& names, const HttpReply& reply);
  bool SaveHeaders(const nlohmann::json& names, const HttpReply& reply);
  bool Probe(const std::string& which);
  // The kit's own care: whether the request may go to a real venue.
  bool MayBeSent(const nlohmann::json& step, const Call* call, const Request& request);

  [[nodiscard]] Maker NewMaker() const;
  [[nodiscard]] Request Make(const nlohmann::json& step, const Call* call);
  [[nodiscard]] tl::expected<HttpReply, ReadFailure> Send(const nlohmann::json& step,
                                                          const Request& request);
  bool Failed(std::string reason, std::string wanted);
  bool Missed(const Mismatch& mismatch);
  bool KitError(std::string reason);

  const ServerTarget& target_;
  Account& account_;
  Saved saved_;
  std::vector<std::string> placed_;  // JSON of what a cancel of each needs
  std::optional<Connection> connection_;
  bool persists_ = false;  // whether connection_ is good for another request
  std::string step_name_;
  CaseResult result_;
  Streams streams_;  // last: it uses the others
};

}  // namespace ocokit::conform::server
