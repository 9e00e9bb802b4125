#pragma once

// WhitebitStream: a client's WebSocket at WhiteBIT (docs/wire-whitebit.md): requests with an id,
// each with one reply, and the pushes of the channels that it has subscribed to. Public and private
// channels and order entry share it.

#include <optional>
#include <string>
#include <string_view>

#include "mock_exchange/account/limits.h"
#include "mock_exchange/streams/stream.h"
#include "mock_exchange/whitebit/streams/read.h"
#include "mock_exchange/whitebit/streams/subscriptions.h"

namespace ocokit::mock::whitebit {

class WhitebitStream final : public streams::Stream {
 public:
  WhitebitStream(streams::StreamHost& host, std::shared_ptr<Account> account,
                 const Request& request);

 private:
  void Begin(TimePoint now) override;
  void Work(TimePoint now) override;
  [[nodiscard]] std::optional<TimePoint> NextDue() const override;
  void OnAlive(TimePoint now) override { alive_ = now; }
  void Receive(std::string_view bytes, bool binary) override;

  // The result as JSON. Without the account's mutex.
  [[nodiscard]] Answered<std::string> Authorize(const JsonValue& params);
  [[nodiscard]] Answered<std::string> Answer(const Ask& ask);
  // With it:
  [[nodiscard]] bool WithinLimits(const std::string& method, TimePoint now);
  // When a client that stays silent is left.
  [[nodiscard]] std::optional<TimePoint> IdleAt() const;

  Subscriptions subscriptions_;
  bool authorized_ = false;
  bool subscribed_ = false;
  TimePoint alive_;  // the latest sign of the client
  Limiter limiter_;  // of this connection
};

}  // namespace ocokit::mock::whitebit
