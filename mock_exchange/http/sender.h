#pragma once

// Sends an Answer: waits as long as it says, then writes its bytes the way it says.

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "mock_exchange/http/stream.h"
#include "mock_exchange/wire/answer.h"

namespace ocokit::mock::http {

// What is to become of the connection once an answer is out.
enum class Then {
  kNextRequest,
  kClose,      // as agreed with the peer
  kCutOff,     // in the middle of an answer
  kHalfClose,  // our side ends; what the peer sends is still read
  kReset,
  kGone,  // the peer is gone already
};

// Who has the connection. Kept until its answer is out.
class Connection {
 public:
  virtual ~Connection() = default;
  // Whether the connection may go on after an answer that is written now.
  [[nodiscard]] virtual bool MayGoOn() const = 0;
  // Called once for each answer, from the connection's thread.
  virtual void OnSent(Then then) = 0;
  // In place of OnSent, of an answer that has a channel.
  virtual void OnChannel(std::shared_ptr<Channel> channel, std::string websocket_key) = 0;
  // From now on nothing is lost when the connection is closed.
  virtual void OnEndless() = 0;
  // An exception came while an answer was under way: the current one, to be looked at in a handler.
  virtual void OnException() noexcept = 0;
  // For the Date header of an answer that is written now.
  [[nodiscard]] virtual std::string_view Date() = 0;
};

struct SendOptions {
  bool with_body = true;
  std::chrono::milliseconds timeout{30'000};  // for a write that the peer does not take
};

// `stream` is the owner's, who may close it at any time: the answer is given up then, its on_sent
// is called, and the owner's OnSent may be left out.
void Send(Answer answer, const SendOptions& options, Stream& stream,
          std::shared_ptr<Connection> owner);

// What the function throws is answered with 500, after `on_exception` has looked at it.
[[nodiscard]] Answer AnswerOf(const std::function<Answer()>& function,
                              const std::function<void()>& on_exception);

// What the current exception says; valid in its handler.
[[nodiscard]] std::string_view WhatOfException() noexcept;

}  // namespace ocokit::mock::http
