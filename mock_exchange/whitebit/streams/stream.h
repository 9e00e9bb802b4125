#pragma once

// WhitebitStream: a client's WebSocket at WhiteBIT (docs/wire-whitebit.md).

#include <optional>
#include <string_view>

#include "mock_exchange/streams/stream.h"

namespace ocokit::mock::whitebit {

class WhitebitStream final : public streams::Stream {
 public:
  WhitebitStream(streams::StreamHost& host, std::shared_ptr<Account> account,
                 const Request& request);

 private:
  void Begin(TimePoint now) override;
  void Work(TimePoint now) override;
  [[nodiscard]] std::optional<TimePoint> NextDue() const override;
  void OnAlive(TimePoint now) override;
  void Receive(std::string_view bytes, bool binary) override;
};

}  // namespace ocokit::mock::whitebit
