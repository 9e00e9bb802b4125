// The whole server, from its socket: what ends badly is counted, kept and told.

#include "ocokit/mock/server.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <cstdio>
#include <fstream>
#include <mutex>
#include <stdexcept>

#include "mock_exchange/testing/raw_socket.h"

namespace ocokit::mock {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

constexpr std::string_view kPing =
    "GET /api/v4/public/ping HTTP/1.1\r\nHost: x\r\nX-TXC-APIKEY: test-key\r\n\r\n";

std::string Ask(const Server& server, std::string_view request) {
  RawSocket socket(server.port());
  socket.Send(request);
  return socket.Receive(1);
}

std::string Metrics(const Server& server) {
  return Ask(server, "GET /metrics HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
}

TEST(Server, AnExceptionEndsItsRequestAloneAndIsCountedKeptAndTold) {
  std::mutex mutex;
  std::vector<RequestRecord> told;
  std::atomic<bool> throws{true};
  ServerOptions options;
  options.on_request = [&](const RequestRecord& record) {
    // The second call is about the first one's exception.
    if (throws.exchange(false)) throw std::runtime_error("quotes test-secret and more");
    const std::lock_guard lock(mutex);
    told.push_back(record);
  };
  const auto server = Server::Start(options).value();
  EXPECT_THAT(Metrics(*server), HasSubstr("ocokit_exceptions_total 0\n"));
  EXPECT_THAT(Ask(*server, kPing), StartsWith("HTTP/1.1 500 "));
  EXPECT_THAT(Ask(*server, kPing), StartsWith("HTTP/1.1 200 OK"));

  EXPECT_THAT(Metrics(*server), HasSubstr("ocokit_exceptions_total 1\n"));
  const std::vector<JournalEntry> strays = server->Strays();
  ASSERT_EQ(strays.size(), 1U);
  EXPECT_EQ(strays[0].decision.stage, "server");
  EXPECT_THAT(strays[0].decision.rule, StartsWith("exception: quotes "));
  EXPECT_THAT(strays[0].decision.rule, Not(HasSubstr("test-secret")));
  EXPECT_EQ(strays[0].response.status, 500);
  EXPECT_EQ(strays[0].request.remote_ip, "127.0.0.1");
  const std::lock_guard lock(mutex);
  ASSERT_EQ(told.size(), 2U);
  EXPECT_EQ(told[0].stage, "server");
  EXPECT_EQ(told[0].status, 500);
  EXPECT_EQ(told[1].status, 200);
}

// The line of a refusal that the doctor looks at is written when the reply is out.
TEST(Server, AnExceptionAfterTheReplyIsCountedAndTheConnectionGoesOn) {
  std::atomic<bool> throws{true};
  ServerOptions options;
  options.diagnose = true;
  options.on_request = [&](const RequestRecord&) {
    if (throws.exchange(false)) throw std::runtime_error("no place for the line");
  };
  const auto server = Server::Start(options).value();
  RawSocket socket(server->port());
  socket.Send(
      "POST /api/v4/oco-orders HTTP/1.1\r\nHost: x\r\nX-TXC-APIKEY: test-key\r\n"
      "Content-Length: 0\r\n\r\n");
  EXPECT_THAT(socket.Receive(1), StartsWith("HTTP/1.1 400 "));
  socket.Send(kPing);
  EXPECT_THAT(socket.Receive(1), StartsWith("HTTP/1.1 200 OK"));
  EXPECT_THAT(Metrics(*server), HasSubstr("ocokit_exceptions_total 1\n"));
}

TEST(Server, ReadsTheFileOfAReplayWhenTheAccountIsMade) {
  const std::string path = ::testing::TempDir() + "ocokit_replay.csv";
  std::ofstream(path) << "time,price,amount\n1700000000,41234.5,0.5\n";
  auto server = Server::Start().value();
  AccountOptions options{.venue = Venue::kWhitebit};
  options.replays["BTC_USDT"].file = path;
  const auto account = server->AddAccount(options);
  ASSERT_TRUE(account) << account.error().message;
  EXPECT_EQ(account->Last("BTC_USDT")->Format(), "41234.5");
  std::remove(path.c_str());

  const auto missing = server->AddAccount(options);
  ASSERT_FALSE(missing);
  EXPECT_THAT(missing.error().message, StartsWith("replay of BTC_USDT: file " + path));
}

TEST(Server, WhatTheListenerRefusesIsCountedByItsStatus) {
  const auto server = Server::Start().value();
  EXPECT_THAT(Ask(*server, "GET / HTTP/1.1\r\n\r\n"), StartsWith("HTTP/1.1 400 "));
  EXPECT_THAT(Ask(*server, "GET / HTTP/1.1\r\nHost: a b\r\n\r\n"), StartsWith("HTTP/1.1 400 "));
  EXPECT_THAT(Ask(*server, "GET / HTTP/2.0\r\n\r\n"), StartsWith("HTTP/1.1 505 "));
  const std::string metrics = Metrics(*server);
  EXPECT_THAT(metrics, HasSubstr("ocokit_http_refusals_total{status=\"400\"} 2\n"));
  EXPECT_THAT(metrics, HasSubstr("ocokit_http_refusals_total{status=\"505\"} 1\n"));
  EXPECT_TRUE(server->Strays().empty());
}

}  // namespace
}  // namespace ocokit::mock
