#pragma once

// What both venues' user streams report, and how they are set up. Plain values. Start at
// bingx_user_stream.h or whitebit_user_stream.h.
//
// A stream reports each order of the account, and each fill once, however often the venue's socket
// breaks: after each connect, and every StreamOptions::read_interval, it reads the orders by REST
// and reports what the socket has not said.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "ocokit/base/clock.h"
#include "ocokit/base/decimal.h"
#include "ocokit/client/errors.h"

namespace ocokit::client {

enum class OrderSide { kBuy, kSell };

enum class OrderState {
  kWaiting,    // a stop order before its trigger
  kOpen,       // rests in the book, filled in part perhaps
  kFilled,     // ended, filled
  kCancelled,  // ended, the rest of it withdrawn or never triggered
};

enum class OrderEventKind {
  kPlaced,     // seen for the first time
  kTriggered,  // a stop order has come to its trigger
  kFilled,     // a part or all of it; see OrderEvent::fill
  kDone,       // it has ended; OrderEvent::state says how
};

// What was filled. Where frames were lost, one may stand for several fills: `amount` is always
// right, `price` then the average.
struct Fill {
  Decimal amount{};                // base asset, positive
  Decimal price{};                 // quote asset; an average is cut after 16 decimals
  std::optional<Decimal> fee{};    // not negative; none where the venue has not said it
  std::string fee_asset{};         // empty: not said
  std::string trade_id{};          // the venue's; empty: not said, or several
  std::optional<bool> is_maker{};  // none: not said, or several

  friend bool operator==(const Fill&, const Fill&) = default;
};

// One thing that has happened to one order. The order is described as it is after it.
struct OrderEvent {
  OrderEventKind kind = OrderEventKind::kPlaced;
  std::string order_id{};
  std::string client_order_id{};  // empty: none, or not said yet
  std::string pair_id{};  // BingX's order list, WhiteBIT's group; empty: in none, or not known yet
  std::string market{};   // as the venue spells it
  OrderSide side = OrderSide::kBuy;
  OrderState state = OrderState::kOpen;  // kDone alone says that it has ended
  Decimal price{};                       // zero: at the market
  Decimal trigger_price{};        // zero: no stop order, or not said: BingX's frames do not have it
  Decimal amount{};               // base asset; zero where the order is for an amount of money
  Decimal filled{};               // base asset, so far
  Decimal money{};                // quote asset paid or received for it, so far
  std::optional<Fill> fill{};     // of kFilled
  std::optional<TimePoint> at{};  // by the venue's clock; none where it has not said
  bool from_rest = false;         // a read by REST has found it, not the socket

  friend bool operator==(const OrderEvent&, const OrderEvent&) = default;
};

// What a read by REST after a gap has found.
struct GapInfo {
  // By the client's clock: the last message before the gap, and when the read was done.
  TimePoint from{};
  TimePoint until{};
  // Events that the socket had not said; they have been reported before this.
  std::size_t recovered = 0;
  // False: more orders have ended in the gap than could be read, and some may be missing.
  bool complete = true;

  friend bool operator==(const GapInfo&, const GapInfo&) = default;
};

// Called on the stream's own thread, one at a time; each may be empty. They may call the stream's
// Follow, but not its Stop, and should return soon: meanwhile nothing is read. What one throws is
// dropped.
struct StreamHandler {
  std::function<void(const OrderEvent&)> on_event{};
  // Connected, subscribed, and all orders read: from here on nothing is behind.
  std::function<void()> on_connected{};
  // Ended, or not come about, for this reason, which holds no secret. The stream tries again.
  std::function<void(const std::string& reason)> on_disconnected{};
  // After a reconnect, when what happened meanwhile has been reported; and when a read finds
  // something that the socket has not said, though it may merely have been on its way.
  std::function<void(const GapInfo&)> on_gap{};
  // A REST call failed, or the venue refused a request; the stream tries again.
  std::function<void(const Error&)> on_problem{};
};

struct BackoffOptions {
  milliseconds first{250};
  milliseconds longest{30000};
  double factor = 2;       // 1 or more
  double jitter = 0.5;     // 0 to 1: so much of a pause is left to chance
  std::uint64_t seed = 0;  // 0: another one for each stream
};

struct StreamOptions {
  // "wss://open-api-ws.bingx.com/market"; ws:// for a simulator. Empty: the venue's own.
  std::string url{};
  BackoffOptions backoff{};
  // Each must be positive. Name, TCP, TLS and WebSocket handshake together:
  milliseconds connect_timeout{10000};
  // How long a reply to a request of ours may take.
  milliseconds reply_timeout{10000};
  // Nothing heard for so long: the connection is taken for dead. BingX asks every 5 s, WhiteBIT is
  // asked every `ping_interval`, which must be shorter.
  milliseconds silence_limit{45000};
  milliseconds ping_interval{20000};
  // How often all orders are read by REST although nothing seems to be wrong: the bound on how late
  // an event is when the venue has lost its message.
  milliseconds read_interval{60000};
  // PEM file of the certificate authorities to trust; empty for those of the system.
  std::string ca_file{};
  bool verify_certificate = true;
  // Messages above this, packed or unpacked, end the connection.
  std::size_t max_message_bytes = 4 << 20;
  // Null: the machine's clock. Keys are renewed by it; sockets have the machine's time.
  std::shared_ptr<Clock> clock{};
};

// "buy", "sell"; "waiting", "open", "filled", "cancelled"; "placed", "triggered", "filled", "done".
[[nodiscard]] std::string_view Name(OrderSide side);
[[nodiscard]] std::string_view Name(OrderState state);
[[nodiscard]] std::string_view Name(OrderEventKind kind);

}  // namespace ocokit::client
