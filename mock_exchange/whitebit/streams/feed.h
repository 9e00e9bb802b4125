#pragma once

// Feed: a topic of the WebSocket that a client subscribes to: what it has asked for, and what is to
// be said of it. A stream holds one of each.

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mock_exchange/account/account.h"
#include "mock_exchange/json/reader.h"
#include "mock_exchange/whitebit/streams/errors.h"
#include "mock_exchange/whitebit/streams/frame.h"
#include "mock_exchange/wire/channel.h"

namespace ocokit::mock::whitebit {

// The account's mutex is held, and its prices are up to date.
struct Turn {
  Account& account;
  TimePoint now;
  std::function<void(std::shared_ptr<const Message>)> say;

  void Say(Message message) const { say(std::make_shared<const Message>(std::move(message))); }
};

class Feed {
 public:
  // `name` stands before _subscribe, _unsubscribe and _update.
  explicit Feed(std::string_view name) : name_(name) {}
  virtual ~Feed() = default;
  Feed(const Feed&) = delete;
  Feed& operator=(const Feed&) = delete;

  [[nodiscard]] std::string_view name() const { return name_; }
  // From now on for what `params`, an array, names, in place of what was named before. When it is
  // refused nothing has changed. With the account's mutex.
  [[nodiscard]] virtual Answered<void> Subscribe(const JsonValue& params, Account& account,
                                                 TimePoint now) = 0;
  virtual void Unsubscribe(const JsonValue& params) = 0;
  // What was subscribed to, as the control API lists it; adds nothing without a subscription.
  virtual void Show(std::vector<std::string>& topics) const = 0;
  // The stream has come to an account, or the account's events begin anew.
  virtual void Begin(Account& account, TimePoint now) = 0;
  // Says what has come up. False: some of it has been forgotten.
  [[nodiscard]] virtual bool Work(const Turn& turn) = 0;
  // When there is something to say, though nothing happens.
  [[nodiscard]] virtual std::optional<TimePoint> NextDue() const = 0;

 protected:
  // What Show lists of a channel whose subscription names these; none: all.
  void ShowNames(const std::vector<std::string>& names, std::vector<std::string>& topics) const {
    if (names.empty()) topics.emplace_back(name_);
    for (const std::string& each : names) topics.push_back(std::string(name_) + " " + each);
  }
  // `params` is JSON.
  [[nodiscard]] Message Push(std::string_view params) const {
    return WritePush(std::string(name_) + "_update", params);
  }

 private:
  const std::string_view name_;
};

}  // namespace ocokit::mock::whitebit
