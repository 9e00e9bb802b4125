#include "conformance/server/server_judge.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <exception>
#include <mutex>
#include <nlohmann/json.hpp>
#include <utility>

#include "conformance/server/account.h"
#include "conformance/server/attempt.h"
#include "conformance/server/calls.h"
#include "conformance/server/json_value.h"
#include "conformance/text/text.h"

namespace ocokit::conform {
namespace {

using nlohmann::json;
using server::Account;
using server::SharedAccount;

// A subject in between may be slow with venue calls; that of the control API is the kit's.
constexpr std::chrono::milliseconds kControlGrace{3000};

CaseResult Untried(Verdict verdict, std::string reason) {
  CaseResult result;
  result.verdict = verdict;
  result.reason = std::move(reason);
  return result;
}

// Why it cannot be tried without an account of its own; empty when it can.
std::string WhatItNeeds(const json& script, bool may_order) {
  const bool own = script.value("own_account", false) ||
                   (script.contains("given") && !script.at("given").empty());
  if (own) return "an account of its own, which takes a control API";
  if (script.contains("given") && !may_order) {
    return "to place orders, which --may-order allows with the key that is given";
  }
  for (const json& step : script.at("steps")) {
    if (step.contains("control")) return "a price, clock or setting, which takes a control API";
  }
  return "";
}

bool HasStreams(const json& script) {
  const json& steps = script.at("steps");
  return std::any_of(steps.begin(), steps.end(),
                     [](const json& step) { return step.contains("stream"); });
}

class ServerWorker : public Worker {
 public:
  ServerWorker(const ServerTarget& target, SharedAccount& shared)
      : target_(target), shared_(shared) {
    if (target.control) control_.emplace(*target.control, target.timeout + kControlGrace);
  }

  CaseResult Try(const Case& tried) override {
    const auto start = std::chrono::steady_clock::now();
    CaseResult result;
    try {
      result = TryOrThrow(tried);
    } catch (const std::exception& error) {
      result = Untried(Verdict::kKitError, std::string("the case cannot be run: ") + error.what());
    }
    result.took = std::chrono::duration_cast<std::chrono::microseconds>(
        std::chrono::steady_clock::now() - start);
    return result;
  }

 private:
  CaseResult TryOrThrow(const Case& tried) {
    const json& script = *tried.script;
    if (tried.venue != target_.venue) {
      return Untried(Verdict::kSkipped, "it is about " + std::string(Name(tried.venue)));
    }
    if (!target_.dialect.empty() && std::find(tried.dialects.begin(), tried.dialects.end(),
                                              target_.dialect) == tried.dialects.end()) {
      return Untried(Verdict::kSkipped, "it does not hold in the dialect " + target_.dialect);
    }
    if (target_.live && !tried.harmless) {
      return Untried(Verdict::kSkipped, "it is not for a real venue: orders could result");
    }
    if (target_.live && !target_.stream_url && HasStreams(script)) {
      return Untried(Verdict::kSkipped, "it needs --stream-url: a venue has its streams elsewhere");
    }
    if (!control_) {
      if (const std::string needs = WhatItNeeds(script, target_.may_order); !needs.empty()) {
        return Untried(Verdict::kSkipped, "it needs " + needs);
      }
      Account account(target_, shared_);
      return server::Attempt(target_, account).Run(script);
    }
    auto account = Account::Make(target_, *control_, tried.id, script.value("given", json()));
    if (!account && server::Lacks(account.error())) {
      return Untried(Verdict::kSkipped,
                     "the control API lacks what it needs: " + account.error().message);
    }
    if (!account) return Untried(Verdict::kKitError, "control API: " + account.error().message);
    return server::Attempt(target_, **account).Run(script);
  }

  const ServerTarget& target_;
  SharedAccount& shared_;
  std::optional<ControlApi> control_;
};

class ServerJudge : public Judge {
 public:
  explicit ServerJudge(ServerTarget target) : target_(std::move(target)) {
    if (!target_.live) return;
    target_.control.reset();
    target_.may_order = false;
  }

  Result<std::unique_ptr<Worker>> NewWorker() override {
    if (auto ready = IsReady(); !ready) return tl::unexpected(ready.error());
    return std::make_unique<ServerWorker>(target_, shared_);
  }

 private:
  Result<void> IsReady() {
    if (IsRealVenue() && !target_.live) {
      return Fail(ErrorKind::kInvalidArgument,
                  target_.url.host +
                      " is a real venue: orders would be placed there; ask for "
                      "harmless cases alone with --live");
    }
    if (!target_.control && target_.key.empty()) {
      return Fail(ErrorKind::kInvalidArgument, "a key and a secret, or a control API, is needed");
    }
    auto connection = Connection::Open(target_.url, target_.timeout, target_.ca_file);
    if (!connection) return tl::unexpected(connection.error());
    if (target_.control) {
      const auto health =
          ControlApi(*target_.control, target_.timeout + kControlGrace).Get("/health");
      if (!health) {
        return Fail(health.error().kind, "control API: " + health.error().message);
      }
      return {};
    }
    ReadClock(*connection);
    return Greet();
  }

  // A right call. Where it is refused the key is wrong, or the address: nothing is told by cases.
  Result<void> Greet() {
    const std::lock_guard lock(greeting_);
    if (greeted_) return {};
    CaseResult result;
    {
      Account account(target_, shared_);
      const std::string name(server::ListCall(target_.venue).name);
      result = server::Attempt(target_, account)
                   .Run({{"probe", "none"},
                         {"steps", {{{"call", name}, {"expect", {{"accepted", true}}}}}}});
    }
    if (result.verdict != Verdict::kPass) {
      return Fail(ErrorKind::kUnavailable, "the subject does not answer a right call: " +
                                               result.reason + "; it gave: " + result.got);
    }
    greeted_ = true;
    return {};
  }

  [[nodiscard]] bool IsRealVenue() const {
    return IsOfAVenue(target_.url) || (target_.stream_url && IsOfAVenue(*target_.stream_url));
  }

  [[nodiscard]] static bool IsOfAVenue(const Url& url) {
    std::string host = LowerCase(url.host);
    if (host.ends_with('.')) host.pop_back();
    for (const std::string venue :
         {"bingx.com", "bingx.pro", "bingx.io", "whitebit.com", "whitebit.eu"}) {
      if (host == venue || host.ends_with("." + venue)) return true;
    }
    return false;
  }

  // How far the server's clock is ahead. A clock that cannot be read is taken for this machine's:
  // whether it answers is a matter of cases.
  void ReadClock(Connection& connection) {
    const server::Call& call = server::TimeCall(target_.venue);
    const Headers headers = {{"Host", target_.url.Authority()}, {"Connection", "close"}};
    const std::string request =
        FormatRequest("GET", target_.url.path + std::string(call.path), headers, "");
    if (!connection.Write(request, target_.timeout)) return;
    const auto reply = connection.Read(target_.timeout);
    if (!reply) return;
    const auto body = server::ParseJson(reply->body);
    const bool is_bingx = target_.venue == Venue::kBingx;
    const auto* time = body ? body->At(is_bingx ? "/data/serverTime" : "/time") : nullptr;
    if (!time || time->text.empty() || time->text.size() > 15 ||
        time->text.find_first_not_of("0123456789") != std::string::npos) {
      return;
    }
    const std::int64_t server_ms = std::stoll(time->text) * (is_bingx ? 1 : 1000);
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    const std::int64_t ahead =
        server_ms - std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
    // WhiteBIT tells whole seconds: within two of them the clocks are as good as equal.
    const std::lock_guard lock(shared_.use);
    shared_.ahead_ms = ahead > 2000 || ahead < -2000 || is_bingx ? ahead : 0;
  }

  ServerTarget target_;
  SharedAccount shared_;
  std::mutex greeting_;
  bool greeted_ = false;
};

}  // namespace

std::unique_ptr<Judge> JudgeOfServer(ServerTarget target) {
  return std::make_unique<ServerJudge>(std::move(target));
}

}  // namespace ocokit::conform
