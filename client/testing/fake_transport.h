#pragma once

// FakeTransport: answers from a script and remembers what was sent. For tests; thread-safe.

#include <deque>
#include <functional>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "ocokit/client/transport.h"

namespace ocokit::client::testing {

class FakeTransport final : public Transport {
 public:
  using Reply = tl::expected<HttpResponse, TransportError>;

  // Queues the next reply.
  void Answer(int status, std::string body) {
    Answer(HttpResponse{.status = status, .headers = {}, .body = std::move(body)});
  }
  void Answer(Reply reply) {
    AnswerWith([reply = std::move(reply)](const HttpRequest&) { return reply; });
  }
  void AnswerWith(std::function<Reply(const HttpRequest&)> make) {
    const std::lock_guard lock(mutex_);
    script_.push_back(std::move(make));
  }
  // A connection that could not be made, and one that broke after the request was sent.
  void RefuseConnection() {
    Answer(tl::unexpected(TransportError{TransportFailure::kConnect, false, "refused"}));
  }
  void LoseReply() {
    Answer(tl::unexpected(TransportError{TransportFailure::kReceive, true, "reset"}));
  }

  Reply Send(const HttpRequest& request) override {
    std::function<Reply(const HttpRequest&)> make;
    {
      const std::lock_guard lock(mutex_);
      sent_.push_back(request);
      if (script_.empty()) {
        return tl::unexpected(TransportError{TransportFailure::kConnect, false, "script ended"});
      }
      make = std::move(script_.front());
      script_.pop_front();
    }
    return make(request);
  }

  [[nodiscard]] std::vector<HttpRequest> sent() const {
    const std::lock_guard lock(mutex_);
    return sent_;
  }
  // Replies nobody asked for yet.
  [[nodiscard]] std::size_t left() const {
    const std::lock_guard lock(mutex_);
    return script_.size();
  }

 private:
  mutable std::mutex mutex_;
  std::deque<std::function<Reply(const HttpRequest&)>> script_;
  std::vector<HttpRequest> sent_;
};

}  // namespace ocokit::client::testing
