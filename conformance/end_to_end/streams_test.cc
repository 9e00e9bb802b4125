// The client's user streams against the simulated venues over real sockets, while the streams go
// wrong in every way that the simulator knows: in the end the client's picture is the account's,
// and each fill has been reported once.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <optional>
#include <thread>

#include "conformance/end_to_end/stream_bots.h"

namespace ocokit {
namespace {

using client::OrderEventKind;
using conform::Bot;
using conform::Listener;
using conform::PictureOf;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

constexpr milliseconds kNever{600'000};

class UserStreams : public ::testing::TestWithParam<mock::Venue> {
 protected:
  void SetUp() override { Start({}, {}); }
  void Start(mock::Settings settings, std::optional<mock::TlsOptions> tls) {
    mock::ServerOptions alone;
    // The venue's only account: public calls show its clock.
    alone.default_accounts = false;
    alone.tls = tls;
    server_ = mock::Server::Start(alone).value();
    mock::AccountOptions options;
    options.venue = GetParam();
    settings.rate_limits = false;
    options.settings = settings;
    account_.emplace(server_->AddAccount(options).value());
    bot_ = Bot::At(GetParam(), server_->url(), *account_);
  }
  void TearDown() override {
    bot_->Stop();
    EXPECT_THAT(listener_.mistakes(), IsEmpty());
    for (const std::string& reason : listener_.reasons()) {
      EXPECT_THAT(reason, Not(HasSubstr(account_->secret())));
      EXPECT_THAT(reason, Not(HasSubstr("listenKey=")));
    }
  }

  client::StreamOptions Options(milliseconds read_interval = kNever) {
    client::StreamOptions options;
    options.url = account_->ws_url();
    options.read_interval = read_interval;
    options.backoff.first = milliseconds(50);
    options.backoff.longest = milliseconds(200);
    return options;
  }
  void Listen(const client::StreamOptions& options) {
    bot_->Listen(options, listener_.Handler());
    ASSERT_TRUE(listener_.Wait([&] { return listener_.connects() > 0; }));
  }
  void Price(const Decimal& last, const Decimal& share = Decimal(1)) {
    ASSERT_TRUE(account_->SetLast(bot_->market(), last, share));
  }
  // Fills in parts, a trigger, a cancel, orders by themselves.
  void Trade() {
    bot_->PlacePair(2);
    Price(bot_->limit(), Decimal::FromParts(5, 1).value());
    Price(bot_->limit());
    Price(bot_->middle());
    bot_->PlacePair(4);
    Price(bot_->trigger());
    Price(bot_->middle());
    bot_->PlacePair(6);
    bot_->CancelPair();
    bot_->BuyAtMarket();
    bot_->PlaceLimit();
  }
  void ExpectPicture() {
    EXPECT_TRUE(listener_.WaitForPicture(*account_))
        << ::testing::PrintToString(listener_.picture()) << "\nwant "
        << ::testing::PrintToString(PictureOf(*account_));
  }

  std::unique_ptr<mock::Server> server_;
  std::optional<mock::AccountHandle> account_;
  std::unique_ptr<Bot> bot_;
  Listener listener_;
};

TEST_P(UserStreams, AStopIsSaidWithAClosingFrame) {
  Listen(Options());
  bot_->Stop();
  std::vector<mock::FrameView> frames;
  for (int looks = 0; looks < 500; ++looks) {
    frames = account_->Frames();
    if (frames.back().kind == mock::FrameView::Kind::kClosed) break;
    std::this_thread::sleep_for(milliseconds(10));
  }
  EXPECT_EQ(frames.back().kind, mock::FrameView::Kind::kClosed);
  EXPECT_EQ(frames.back().code, 1000);
  EXPECT_TRUE(frames.back().by_client);
}

TEST_P(UserStreams, HearsOfEverythingFromTheSocketAlone) {
  Listen(Options());
  Trade();
  ExpectPicture();
  EXPECT_THAT(listener_.gaps(), IsEmpty());
  EXPECT_THAT(listener_.reasons(), IsEmpty());
  int fills = 0;
  for (const client::OrderEvent& event : listener_.events()) {
    EXPECT_FALSE(event.from_rest);
    EXPECT_TRUE(event.at);
    if (!event.fill) continue;
    ++fills;
    EXPECT_TRUE(event.fill->fee && event.fill->fee->IsPositive());
    EXPECT_NE(event.fill->trade_id, "");
    EXPECT_TRUE(event.fill->is_maker);
  }
  EXPECT_EQ(fills, 4);
}

TEST_P(UserStreams, BeginsWithWhatIsOpen) {
  bot_->PlacePair(2);
  Price(bot_->limit(), Decimal::FromParts(5, 1).value());
  Listen(Options());
  const auto events = listener_.events();
  ASSERT_FALSE(events.empty());
  for (const client::OrderEvent& event : events) EXPECT_EQ(event.kind, OrderEventKind::kPlaced);
  Price(bot_->limit());
  ASSERT_TRUE(
      listener_.Wait([&] { return listener_.events().back().kind == OrderEventKind::kDone; }));
  bot_->Stop();
  // The first half was filled before the stream began.
  const auto all = listener_.events();
  Decimal filled;
  for (const client::OrderEvent& event : all) {
    if (event.fill) filled += event.fill->amount;
  }
  EXPECT_EQ(filled, Decimal::FromParts(1, 3).value());
  EXPECT_EQ(all.back().filled, Decimal::FromParts(2, 3).value());
  listener_.Clear();
}

TEST_P(UserStreams, ReportsAFollowedPairFromItsBeginning) {
  bot_->PlacePair(2);
  Price(bot_->limit());
  Price(bot_->middle());
  Listen(Options());
  EXPECT_THAT(listener_.events(), IsEmpty());
  bot_->FollowPair();
  ExpectPicture();
  bot_->PlacePair(4);
  bot_->FollowPair();
  bot_->CancelPair();
  ExpectPicture();
  for (const client::OrderEvent& event : listener_.events()) {
    // The placement of the second pair may have been heard of before it was followed.
    EXPECT_TRUE(event.kind != OrderEventKind::kDone || !event.pair_id.empty()) << event.order_id;
  }
}

TEST_P(UserStreams, WhatHappensWhileTheConnectionIsAwayIsReported) {
  Listen(Options());
  bot_->PlacePair(2);
  ExpectPicture();
  account_
      ->AddFault({.match = {.path = "/openApi/user/auth/userDataStream"},
                  .action = mock::Reset{},
                  .times = 3})
      .value();
  account_
      ->AddFault({.match = {.path = "/api/v4/profile/websocket_token"},
                  .action = mock::Reset{},
                  .times = 3})
      .value();
  ASSERT_TRUE(account_->EndStream(account_->Streams().front().id, {.reset = true}));
  ASSERT_TRUE(listener_.Wait([&] { return !listener_.reasons().empty(); }));
  Price(bot_->limit());
  Price(bot_->middle());
  bot_->PlacePair(4);
  bot_->CancelPair();
  bot_->BuyAtMarket();
  ExpectPicture();
  ASSERT_TRUE(listener_.Wait([&] { return listener_.connects() == 2; }));
  ASSERT_EQ(listener_.gaps().size(), 1U);
  EXPECT_GT(listener_.gaps()[0].recovered, 0U);
  EXPECT_TRUE(listener_.gaps()[0].complete);
  EXPECT_LT(listener_.gaps()[0].from, listener_.gaps()[0].until);
  // And what comes then, comes from the socket.
  bot_->PlacePair(6);
  ExpectPicture();
  EXPECT_FALSE(listener_.events().back().from_rest);
}

TEST_P(UserStreams, ComesBackAfterEveryEnd) {
  Listen(Options());
  int connects = 1;
  for (const mock::StreamEnd& how :
       {mock::StreamEnd{}, mock::StreamEnd{.reset = true}, mock::StreamEnd{.code = 1012}}) {
    ASSERT_TRUE(account_->EndStream(account_->Streams().front().id, how));
    ++connects;
    ASSERT_TRUE(listener_.Wait([&] { return listener_.connects() == connects; }));
  }
  EXPECT_THAT(listener_.reasons(), Contains("the venue closed with code 1012"));
  Trade();
  ExpectPicture();
}

// Ends of connections anywhere between a placement, its fills and what the stream reads.
TEST_P(UserStreams, NothingIsLostOrDoubledWhileConnectionsEnd) {
  Listen(Options());
  for (int i = 0; i < 8; ++i) {
    bot_->PlacePair(10 + i);
    for (const mock::StreamView& stream : account_->Streams()) {
      // It may have ended by itself.
      (void)account_->EndStream(stream.id, {.reset = i % 2 == 0});
    }
    Price(bot_->limit(), Decimal::FromParts(5, 1).value());
    if (i % 3 == 0) ExpectPicture();
    Price(bot_->limit());
    Price(bot_->middle());
  }
  ExpectPicture();
}

TEST_P(UserStreams, AConnectionThatHasGoneSilentIsGivenUp) {
  client::StreamOptions options = Options();
  options.silence_limit = milliseconds(800);
  options.ping_interval = milliseconds(100);
  Listen(options);
  account_->AddFault({.action = mock::SilentStream{}, .times = 1}).value();
  bot_->PlacePair(2);
  ASSERT_TRUE(listener_.Wait([&] { return listener_.connects() >= 2; }));
  EXPECT_THAT(listener_.reasons(), Contains("nothing was heard for too long"));
  ExpectPicture();
}

TEST_P(UserStreams, GoesOnThroughAStopOfTheServer) {
  Listen(Options());
  server_->Stop();
  ASSERT_TRUE(listener_.Wait([&] { return listener_.reasons().size() >= 3; }));
}

TEST_P(UserStreams, StopsWhileItCannotConnect) {
  client::StreamOptions options = Options();
  options.url = "ws://127.0.0.1:1/nowhere";
  bot_->Listen(options, listener_.Handler());
  ASSERT_TRUE(listener_.Wait([&] { return !listener_.reasons().empty(); }));
  bot_->Stop();
  EXPECT_EQ(listener_.connects(), 0);
}

TEST_P(UserStreams, OverTlsWithAnAuthorityOfItsOwn) {
  Start({}, mock::TlsOptions{});
  const std::string file = ::testing::TempDir() + "/ocokit_streams_ca_" +
                           std::to_string(static_cast<int>(GetParam())) + ".pem";
  std::ofstream(file) << server_->tls_certificate();
  client::StreamOptions options = Options();
  const std::string plain = account_->ws_url();
  options.url = "wss" + server_->tls_url().substr(5) + plain.substr(plain.find("/@"));
  // Without it the certificate is nobody's.
  bot_->Listen(options, listener_.Handler());
  ASSERT_TRUE(listener_.Wait([&] { return !listener_.reasons().empty(); }));
  EXPECT_THAT(listener_.reasons()[0], HasSubstr("no TLS with 127.0.0.1:"));
  bot_->Stop();

  options.ca_file = file;
  Listen(options);
  Trade();
  ExpectPicture();
  std::filesystem::remove(file);
}

INSTANTIATE_TEST_SUITE_P(Venues, UserStreams,
                         ::testing::Values(mock::Venue::kBingx, mock::Venue::kWhitebit),
                         [](const auto& info) {
                           return info.param == mock::Venue::kBingx ? "bingx" : "whitebit";
                         });

// One fault after another, while the bot trades.
struct FaultCase {
  const char* name;
  mock::Fault fault;
  bool on_orders = false;  // on the channel of orders alone
};

class UserStreamFaults : public UserStreams {
 protected:
  void Survive(const FaultCase& c) {
    Listen(Options(milliseconds(300)));
    mock::Fault fault = c.fault;
    if (c.on_orders) fault.match.channel = bot_->channel();
    account_->AddFault(fault).value();
    Trade();
    ExpectPicture();
    // Nothing that comes late changes it.
    account_->ClearFaults();
    bot_->PlacePair(9);
    Price(bot_->limit());
    ExpectPicture();
  }
};

TEST_P(UserStreamFaults, AreSurvived) {
  const FaultCase cases[] = {
      {"dropped once", {.match = {.nth = 3}, .action = mock::DropStream{}}},
      {"closed once", {.match = {.nth = 4}, .action = mock::DropStream{.code = 1012}}},
      {"dropped often", {.action = mock::DropStream{}, .times = 6, .probability = 0.3}},
      {"one lost", {.match = {.nth = 2}, .action = mock::LoseFrame{}}, true},
      {"many lost", {.action = mock::LoseFrame{}, .probability = 0.5}},
      {"all of orders lost", {.action = mock::LoseFrame{}}, true},
      {"doubled", {.action = mock::DuplicateFrame{}}},
      {"out of order", {.action = mock::ReorderFrames{}}},
      {"some out of order", {.action = mock::ReorderFrames{}, .probability = 0.5}},
      {"orders silent", {.action = mock::SilentStream{}}, true},
      {"all silent", {.action = mock::SilentStream{}}},
      {"late", {.action = mock::DelayFrames{.by = milliseconds(50)}}},
  };
  for (const FaultCase& c : cases) {
    SCOPED_TRACE(c.name);
    Survive(c);
    bot_->Stop();
    EXPECT_THAT(listener_.mistakes(), IsEmpty());
    listener_.Clear();
    Start({}, {});
    if (HasFailure()) return;
  }
}

INSTANTIATE_TEST_SUITE_P(Venues, UserStreamFaults,
                         ::testing::Values(mock::Venue::kBingx, mock::Venue::kWhitebit),
                         [](const auto& info) {
                           return info.param == mock::Venue::kBingx ? "bingx" : "whitebit";
                         });

class BingxUserStream : public UserStreams {};

TEST_P(BingxUserStream, TakesANewKeyWhenTheOldOneHasExpired) {
  Listen(Options());
  // The key's hour is over by the venue's clock.
  account_->Advance(std::chrono::minutes(61));
  ASSERT_TRUE(listener_.Wait([&] { return listener_.connects() == 2; }));
  EXPECT_THAT(listener_.reasons(), Contains("the listenKey has expired"));
  Trade();
  ExpectPicture();
}

INSTANTIATE_TEST_SUITE_P(Bingx, BingxUserStream, ::testing::Values(mock::Venue::kBingx));

}  // namespace
}  // namespace ocokit
