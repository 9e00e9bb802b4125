#pragma once

// What WhiteBIT says on its socket and by REST. Source: WhiteBIT API docs, "WebSocket", private
// channels; captures of 2026-08.

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "client/json/json_value.h"
#include "client/streams/protocol.h"
#include "ocokit/client/whitebit.h"

namespace ocokit::client::streams {

class WhitebitProtocol final : public Protocol {
 public:
  // `client` must outlive this object. `markets`: those to hear of from the beginning.
  WhitebitProtocol(whitebit::Client& client, std::vector<std::string> markets)
      : client_(client), markets_(markets.begin(), markets.end()) {}

  [[nodiscard]] Result<std::string> Prepare() override;
  [[nodiscard]] std::vector<std::string> Greet() override;
  [[nodiscard]] Heard OnMessage(const Message& message) override;
  [[nodiscard]] bool IsReady() const override {
    return authorized_ && pending_.empty() && !has_new_market_;
  }
  [[nodiscard]] Heard OnTick(bool ping) override;
  void AddMarket(const std::string& market) override;
  [[nodiscard]] Result<Reading> Read(const std::vector<Wanted>& wanted,
                                     std::optional<TimePoint> since, TimePoint* now) override;

 private:
  [[nodiscard]] std::string Request(std::string_view method, std::string_view params);
  // The channels, each for all markets: a list takes the place of the one before.
  [[nodiscard]] std::vector<std::string> Subscribe();
  [[nodiscard]] Heard OnReply(const JsonValue& reply, const std::string& id);
  [[nodiscard]] static Heard OnPush(std::string_view method, const JsonValue& params);

  whitebit::Client& client_;
  std::set<std::string> markets_;
  std::string token_;
  std::map<std::string, std::string> pending_;  // method by id of the requests without a reply
  std::int64_t next_id_ = 1;
  bool authorized_ = false;
  bool has_new_market_ = false;  // that has not been asked for
};

}  // namespace ocokit::client::streams
