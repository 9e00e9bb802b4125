#pragma once

// Accounts whose requests go wrong, and the requests.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "mock_exchange/testing/raw_socket.h"
#include "ocokit/base/digest.h"
#include "ocokit/base/encoding.h"
#include "ocokit/mock/fault.h"
#include "ocokit/mock/server.h"

namespace ocokit::mock {

inline constexpr std::int64_t kNow = 1'700'000'000'000;

// An account of one venue, its clock frozen, and what its requests are.
class FaultsTest : public ::testing::Test {
 protected:
  AccountHandle Account(Venue venue) {
    AccountOptions options;
    options.venue = venue;
    options.key = std::string(Name(venue)) + "-key";
    options.secret = "secret";
    options.frozen_at = FromUnixMillis(kNow);
    return server_->AddAccount(options).value();
  }
  // A WhiteBIT call, signed.
  static std::string Whitebit(const std::string& path, const std::string& members,
                              std::int64_t nonce) {
    const std::string body = R"({"request":")" + path + R"(","nonce":)" + std::to_string(nonce) +
                             (members.empty() ? "" : "," + members) + "}";
    const std::string payload = FormatBase64(body);
    return "POST " + path +
           " HTTP/1.1\r\nHost: x\r\nX-TXC-APIKEY: whitebit-key\r\nX-TXC-PAYLOAD: " + payload +
           "\r\nX-TXC-SIGNATURE: " + FormatHex(HmacSha512("secret").Sign(payload)) +
           "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
  }
  static std::string WhitebitOrder(std::int64_t nonce) {
    return Whitebit("/api/v4/order/collateral/oco",
                    R"("market":"BTC_USDT","side":"buy","amount":"0.001","price":"40000",)"
                    R"("activation_price":"41000","stop_limit_price":"42000")",
                    nonce);
  }
  // A BingX query, signed.
  static std::string Bingx(const std::string& path, std::int64_t timestamp = kNow) {
    const std::string query = "pageIndex=1&pageSize=10&timestamp=" + std::to_string(timestamp);
    return "GET " + path + "?" + query +
           "&signature=" + FormatHex(HmacSha256("secret").Sign(query)) +
           " HTTP/1.1\r\nHost: x\r\nX-BX-APIKEY: bingx-key\r\n\r\n";
  }
  // A public call of one's own account.
  static std::string Ping() {
    return "GET /api/v4/public/ping HTTP/1.1\r\nHost: x\r\nX-TXC-APIKEY: whitebit-key\r\n\r\n";
  }
  static constexpr std::string_view kPong =
      "HTTP/1.1 200 OK\r\nDate: Tue, 14 Nov 2023 22:13:20 GMT\r\nContent-Type: application/json\r\n"
      "Content-Length: 8\r\nConnection: keep-alive\r\n\r\n[\"pong\"]";
  // The answer to one request, to its end.
  std::string Ask(const std::string& request) {
    RawSocket socket(server_->port());
    socket.Send(request);
    return socket.Receive(1);
  }
  // All that comes, and how it ends.
  std::pair<std::string, End> AskToTheEnd(const std::string& request) {
    RawSocket socket(server_->port());
    socket.Send(request);
    std::string all = socket.ReceiveAll();
    return {std::move(all), socket.end()};
  }
  static std::string Response(const std::string& status_line, const std::string& type,
                              const std::string& body) {
    return "HTTP/1.1 " + status_line + "\r\nDate: Tue, 14 Nov 2023 22:13:20 GMT\r\n" +
           (type.empty() ? "" : "Content-Type: " + type + "\r\n") +
           "Content-Length: " + std::to_string(body.size()) + "\r\nConnection: keep-alive\r\n\r\n" +
           body;
  }

  // With a clock that stands still, for the Date of the replies.
  static std::unique_ptr<Server> StartServer() {
    ServerOptions options;
    options.default_accounts = false;
    options.clock = std::make_shared<ManualClock>(FromUnixMillis(kNow));
    return Server::Start(options).value();
  }

  std::unique_ptr<Server> server_ = StartServer();
};

}  // namespace ocokit::mock
