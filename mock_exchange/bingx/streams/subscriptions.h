#pragma once

// What a client of a stream asks for, and the topics there are.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mock_exchange/account/account.h"
#include "mock_exchange/market/candles.h"
#include "mock_exchange/wire/channel.h"

namespace ocokit::mock::bingx {

// What is to be said, in its order.
using Messages = std::vector<std::shared_ptr<const Message>>;

enum class TopicKind {
  // Of the account:
  kOrders,    // spot.executionReport
  kBalances,  // ACCOUNT_UPDATE
  // Of a market:
  kTrades,
  kCandles,
  kDepth,
  kDepthChanges,
  kTicker,
  kBestPrices,
  kLastPrice,
};

struct Topic {
  std::string name;  // as the client has it
  TopicKind kind = TopicKind::kOrders;
  std::uint32_t market = 0;   // the engine's index
  std::string interval_name;  // of candles, as the client has it
  CandleInterval interval;
  std::size_t levels = 0;  // of depth, of each side

  [[nodiscard]] bool IsPrivate() const {
    return kind == TopicKind::kOrders || kind == TopicKind::kBalances;
  }
};

// None: there is no such topic, or no such market.
[[nodiscard]] std::optional<Topic> ReadTopic(std::string_view name, const engine::Engine& engine);

// A message of a client.
struct ClientMessage {
  enum class Kind {
    kNothing,  // it is none that the venue answers
    kPong,
    kSubscribe,
    kUnsubscribe,
    kBadRequest,  // an object that asks for nothing there is
  };
  Kind kind = Kind::kNothing;
  std::string id = {};
  std::string topic = {};
};

[[nodiscard]] ClientMessage ReadClientMessage(std::string_view text);

}  // namespace ocokit::mock::bingx
