#pragma once

// BingxStream: a client's WebSocket at BingX (docs/wire-bingx.md).

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mock_exchange/bingx/streams/heartbeat.h"
#include "mock_exchange/bingx/streams/market.h"
#include "mock_exchange/bingx/streams/subscriptions.h"
#include "mock_exchange/bingx/streams/user.h"
#include "mock_exchange/streams/stream.h"

namespace ocokit::mock::bingx {

class BingxStream final : public streams::Stream {
 public:
  // `key`: the listenKey that the client has shown; empty: none.
  BingxStream(streams::StreamHost& host, std::shared_ptr<Account> account,
              const std::string& remote_ip, std::string key);

 private:
  void Begin(TimePoint now) override;
  void Work(TimePoint now) override;
  [[nodiscard]] std::optional<TimePoint> NextDue() const override;
  void OnAlive(TimePoint now) override;
  void Receive(std::string_view bytes, bool binary) override;

  // With the account's mutex:
  void Subscribe(const ClientMessage& asked, TimePoint now);
  void Unsubscribe(const std::string& name);
  struct KeyEnd {
    TimePoint at;
    bool by_time = false;  // not withdrawn: what has happened since is not said
  };
  // None: there is no key, or it is good.
  [[nodiscard]] std::optional<KeyEnd> FindKeyEnd(TimePoint now);
  void WorkUser(TimePoint now);
  void WorkHeartbeat(TimePoint now);
  // The listenKey is no longer good: nothing is said of the account any more.
  void Expire(TimePoint at);
  void SayAll(Messages messages);
  void ShowTopics() { Show(key_until_.has_value(), names_); }

  const std::string key_;
  bool begun_ = false;
  std::uint64_t life_ = 0;              // AccountMarks::lives as of Begin
  std::optional<TimePoint> key_until_;  // while the listenKey is good
  std::vector<std::string> names_;      // of the topics, in the order of their subscription
  UserEvents user_;
  std::vector<MarketFeed> feeds_;
  Heartbeat heartbeat_;
};

}  // namespace ocokit::mock::bingx
