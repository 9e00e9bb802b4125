#pragma once

// The account that a case runs with: one of its own, made by the control API, or the one given.

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>

#include "conformance/net/control_api.h"
#include "conformance/server/calls.h"
#include "conformance/server/server_judge.h"
#include "conformance/server/signature.h"

namespace ocokit::conform::server {

// Of the account that all workers share when there is no control API: one case at a time uses it.
struct SharedAccount {
  std::mutex use;
  std::int64_t last_nonce = 0;
  std::int64_t ahead_ms = 0;  // the server's clock, of this machine's
  // When each call was sent last, by its path.
  std::map<std::string, std::chrono::steady_clock::time_point, std::less<>> sent = {};
};

// Whether an error of the control API says that it has no such call: HTTP 404, 405 or 501.
[[nodiscard]] bool Lacks(const Error& error);

class Account {
 public:
  // The one given, for which `shared` is kept locked.
  Account(const ServerTarget& target, SharedAccount& shared);
  // One of its own, made for the case `id` from `given`, the body of POST /accounts but for what
  // the target says. Errors: the control API refuses.
  [[nodiscard]] static Result<std::unique_ptr<Account>> Make(const ServerTarget& target,
                                                             ControlApi& control,
                                                             const std::string& id,
                                                             const nlohmann::json& given);
  // Removes it, if it is its own.
  ~Account();
  Account(const Account&) = delete;
  Account& operator=(const Account&) = delete;

  [[nodiscard]] const Keys& keys() const { return keys_; }
  // Whether other cases use it, too.
  [[nodiscard]] bool is_shared() const { return shared_ != nullptr; }
  // What stands before the venue's own path in the address of the account's streams: /@bingx-2, or
  // nothing.
  [[nodiscard]] const std::string& stream_prefix() const { return stream_prefix_; }
  [[nodiscard]] std::int64_t NowMs() const;
  // What may come next, and the latest that is known to have come.
  [[nodiscard]] std::int64_t NextNonce() const;
  [[nodiscard]] std::int64_t LastNonce() const { return last_nonce_; }
  void UseNonce(std::int64_t nonce);

  // Waits until the account may call `path` again, when it is the one given: its limits are those
  // of the venue, and its nonces are times.
  void Pace(const Call& call);

  // Carries out a step with `control`: price, book, clock, settings, balances, positions. Gives the
  // call and its answer as text. Errors: the control API refuses.
  [[nodiscard]] Result<std::string> Control(const nlohmann::json& step);

 private:
  Account(ControlApi* control, Keys keys);

  ControlApi* control_ = nullptr;
  std::string name_;  // whitebit-7; empty when it is the one given
  std::string stream_prefix_;
  Keys keys_;
  std::optional<std::int64_t> frozen_ms_;
  std::int64_t ahead_ms_ = 0;
  std::int64_t last_nonce_ = 0;
  SharedAccount* shared_ = nullptr;
  std::unique_lock<std::mutex> lock_;
};

}  // namespace ocokit::conform::server
