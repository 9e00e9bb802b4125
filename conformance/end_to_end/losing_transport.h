#pragma once

#include <atomic>
#include <memory>
#include <string>

#include "ocokit/client/http_transport.h"

namespace ocokit::conform {

// Carries requests, but loses the reply of the next one when told to: the venue has acted, the
// client cannot know.
class LosingTransport final : public client::Transport {
 public:
  explicit LosingTransport(const std::string& url)
      : real_(*client::MakeHttpTransport({.base_url = url})) {}

  tl::expected<client::HttpResponse, client::TransportError> Send(
      const client::HttpRequest& request) override {
    // Either before the venue sees it, or after it has answered.
    if (lose_request.exchange(false)) return Lost();
    auto response = real_->Send(request);
    if (lose_reply.exchange(false)) return Lost();
    return response;
  }

  std::atomic<bool> lose_request{false};
  std::atomic<bool> lose_reply{false};

 private:
  static tl::unexpected<client::TransportError> Lost() {
    return tl::unexpected<client::TransportError>(
        {client::TransportFailure::kReceive, true, "the connection broke"});
  }

  std::unique_ptr<client::Transport> real_;
};

}  // namespace ocokit::conform
