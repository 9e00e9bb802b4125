#include "conformance/client/client_judge.h"

#include <atomic>
#include <exception>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

#include "conformance/client/adapter.h"
#include "conformance/client/case_run.h"
#include "conformance/client/script.h"
#include "ocokit/base/digest.h"
#include "ocokit/base/encoding.h"

namespace ocokit::conform {

using std::chrono::milliseconds;

namespace {

constexpr milliseconds kControlTimeout{10000};
// Until an adapter is up: a JVM, a compile, a package manager before it.
constexpr milliseconds kFirstAnswer{60000};

CaseResult KitError(std::string reason) {
  CaseResult result;
  result.verdict = Verdict::kKitError;
  result.reason = std::move(reason);
  return result;
}

// Texts that no other run on the same simulator has made.
std::string MadeUp(std::uint64_t seed, std::string_view what, std::string_view id,
                   std::uint64_t number) {
  const auto now = std::chrono::steady_clock::now().time_since_epoch().count();
  const std::string digest = Hash(
      HashKind::kSha256, std::to_string(seed) + "/" + std::string(what) + "/" + std::string(id) +
                             "/" + std::to_string(number) + "/" + std::to_string(now));
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(digest.data());
  return FormatHex({bytes, digest.size()});
}

class ClientWorker : public Worker {
 public:
  ClientWorker(const ClientTarget& target, Adapter adapter)
      : target_(target), control_(target.control, kControlTimeout), adapter_(std::move(adapter)) {}

  CaseResult Try(const Case& tried) override {
    try {
      return TryOnce(tried);
    } catch (const std::exception& error) {
      return KitError(std::string("the kit stumbled over the case: ") + error.what());
    }
  }

 private:
  CaseResult TryOnce(const Case& tried) {
    if (tried.subject != Subject::kClient || !tried.script) {
      return KitError("this is no case of a client");
    }
    const Result<Script> script = ReadScript(*tried.script);
    if (!script) return KitError(tried.id + ": " + script.error().message);
    if (!adapter_) {
      Result<Adapter> started = Adapter::Start(target_.command, kFirstAnswer);
      if (!started)
        return KitError("the adapter cannot be started again: " + started.error().message);
      adapter_.emplace(std::move(*started));
    }
    ++number_;
    CaseRun run(target_, control_, adapter_, tried, *script,
                MadeUp(target_.seed, "key", tried.id, number_).substr(0, 32),
                MadeUp(target_.seed, "secret", tried.id, number_));
    return run.Run();
  }

  const ClientTarget& target_;
  ControlApi control_;
  std::optional<Adapter> adapter_;
  std::uint64_t number_ = 0;
};

class ClientJudge : public Judge {
 public:
  explicit ClientJudge(ClientTarget target) : target_(std::move(target)) {}

  Result<std::unique_ptr<Worker>> NewWorker() override {
    ControlApi control(target_.control, kControlTimeout);
    if (const auto health = control.Get("/health"); !health) {
      return tl::unexpected<Error>(health.error());
    }
    Result<Adapter> adapter = Adapter::Start(target_.command, kFirstAnswer);
    if (!adapter) return tl::unexpected<Error>(adapter.error());
    return std::make_unique<ClientWorker>(target_, std::move(*adapter));
  }

 private:
  ClientTarget target_;
};

}  // namespace

std::unique_ptr<Judge> JudgeOfClient(ClientTarget target) {
  return std::make_unique<ClientJudge>(std::move(target));
}

}  // namespace ocokit::conform
