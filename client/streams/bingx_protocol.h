#pragma once

// What BingX says on its socket and by REST. Source: BingX spot API, "Websocket account", "Listen
// Key", and captures of 2024 and 2025.

#include <memory>
#include <string>
#include <vector>

#include "client/json/json_value.h"
#include "client/streams/protocol.h"
#include "ocokit/client/bingx.h"

namespace ocokit::client::streams {

class BingxProtocol final : public Protocol {
 public:
  // `client` must outlive this object.
  BingxProtocol(bingx::Client& client, std::shared_ptr<Clock> clock, std::size_t max_message_bytes)
      : client_(client), clock_(std::move(clock)), max_message_bytes_(max_message_bytes) {}

  [[nodiscard]] Result<std::string> Prepare() override;
  [[nodiscard]] std::vector<std::string> Greet() override;
  [[nodiscard]] Heard OnMessage(const Message& message) override;
  [[nodiscard]] bool IsReady() const override { return granted_orders_ && granted_account_; }
  // Extends the key every half an hour.
  [[nodiscard]] Heard OnTick(bool ping) override;
  // The stream has all markets.
  void AddMarket(const std::string& /*market*/) override {}
  [[nodiscard]] Result<Reading> Read(const std::vector<Wanted>& wanted,
                                     std::optional<TimePoint> since, TimePoint* now) override;

 private:
  // Without the key, should the venue repeat it.
  [[nodiscard]] Error WithoutKey(Error error) const;
  [[nodiscard]] Heard OnText(const std::string& text);
  [[nodiscard]] Heard OnReply(const JsonValue& reply);
  [[nodiscard]] Heard OnReport(const JsonValue& data);
  [[nodiscard]] Heard OnBalances(const JsonValue& frame);

  bingx::Client& client_;
  std::shared_ptr<Clock> clock_;
  std::size_t max_message_bytes_;
  std::string listen_key_;
  TimePoint extend_at_{};
  bool granted_orders_ = false;
  bool granted_account_ = false;
  bool reported_ = false;  // an order since the last balances
};

}  // namespace ocokit::client::streams
