#pragma once

// Tenant: an account and what surrounds it, which no venue knows of.

#include <cstdint>
#include <memory>
#include <string>
#include <utility>

#include "mock_exchange/account/account.h"
#include "mock_exchange/account/snapshots.h"
#include "mock_exchange/exchange/open_streams.h"
#include "mock_exchange/exchange/server_url.h"
#include "mock_exchange/journal/frame_log.h"
#include "mock_exchange/journal/journal.h"
#include "mock_exchange/secrets/secret_filter.h"

namespace ocokit::mock {

struct Tenant {
  Tenant(std::string name, std::uint64_t number, AccountOptions options,
         std::shared_ptr<const Clock> clock, std::shared_ptr<const SecretFilter> all_secrets,
         const std::shared_ptr<MemoryMeter>& meter = nullptr,
         std::shared_ptr<const ServerUrl> server_url = nullptr,
         std::shared_ptr<const OpenStreams> all_streams = nullptr)
      : id(std::move(name)),
        serial(number),
        account(std::move(options), std::move(clock), meter),
        secrets(std::move(all_secrets)),
        journal(meter),
        frames(meter),
        open_streams(std::move(all_streams)),
        server_url_(std::move(server_url)) {}

  // Its own address: a client with this base URL meets this account also where it shows no key.
  // Empty before the server listens.
  [[nodiscard]] std::string url() const {
    const std::string server = server_url_ != nullptr ? server_url_->Get() : "";
    return server.empty() ? "" : server + "/@" + id;
  }
  // Where its streams begin: "ws://127.0.0.1:8787/@bingx-1/market". Empty before the server
  // listens.
  [[nodiscard]] std::string ws_url() const {
    const std::string http = url();
    constexpr std::string_view kScheme = "http";
    if (http.empty()) return "";
    const bool bingx = account.options.venue == Venue::kBingx;
    return "ws" + http.substr(kScheme.size()) + (bingx ? "/market" : "/ws");
  }

  const std::string id;        // as the control API names it: "bingx-1"; empty: nobody's
  const std::uint64_t serial;  // counts the server's accounts
  Account account;
  Snapshots snapshots;                                    // the account's mutex guards it
  const std::shared_ptr<const SecretFilter> secrets;      // of all the server's accounts
  mutable Journal journal;                                // has a lock of its own
  mutable FrameLog frames;                                // has a lock of its own
  const std::shared_ptr<const OpenStreams> open_streams;  // of all the server's accounts; or null

 private:
  const std::shared_ptr<const ServerUrl> server_url_;
};

}  // namespace ocokit::mock
