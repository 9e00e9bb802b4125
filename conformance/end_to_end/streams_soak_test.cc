// Accounts of both venues trade at once while their streams are dropped, and frames are lost,
// doubled, late and out of order. In the end each client's picture is the account's, and each fill
// has been reported once. A few rounds, or as long as OCOKIT_SOAK_SECONDS says: `./dev soak
// --streams`.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>
#include <random>
#include <thread>

#include "conformance/end_to_end/stream_bots.h"

namespace ocokit {
namespace {

using conform::Bot;
using conform::Listener;
using conform::Picture;
using conform::PictureOf;
using std::chrono::seconds;
using Steady = std::chrono::steady_clock;
using ::testing::IsEmpty;

constexpr int kRounds = 12;
constexpr milliseconds kPause{150};
// The faults may hit all that is read in between.
constexpr milliseconds kReadInterval{2000};

// What the account has forgotten since is no order that is open.
std::vector<std::string> Differences(const Picture& ours, const Picture& account) {
  std::vector<std::string> out;
  for (const auto& [id, order] : account) {
    const auto found = ours.find(id);
    if (found == ours.end()) {
      out.push_back(id + " is not known");
    } else if (found->second != order) {
      out.push_back(id + " is " + ::testing::PrintToString(found->second) + ", not " +
                    ::testing::PrintToString(order));
    }
  }
  for (const auto& [id, order] : ours) {
    const bool open =
        order.state == client::OrderState::kOpen || order.state == client::OrderState::kWaiting;
    if (open && !account.contains(id)) out.push_back(id + " is open no more");
  }
  return out;
}

class Trader {
 public:
  Trader(mock::Server& server, mock::Venue venue, unsigned seed)
      : account_(server.AddAccount(Options(venue)).value()),
        bot_(Bot::At(venue, server.url(), account_)),
        random_(seed) {}

  void Listen() {
    client::StreamOptions options;
    options.url = account_.ws_url();
    options.read_interval = kReadInterval;
    options.backoff.first = milliseconds(50);
    options.backoff.longest = milliseconds(500);
    bot_->Listen(options, listener_.Handler());
    EXPECT_TRUE(listener_.Wait([&] { return listener_.connects() > 0; }));
    const auto add = [&](mock::FaultAction action, double probability) {
      account_.AddFault({.action = std::move(action), .probability = probability}).value();
    };
    add(mock::DropStream{}, 0.004);
    add(mock::DropStream{.code = 1012}, 0.002);
    add(mock::LoseFrame{}, 0.02);
    add(mock::DuplicateFrame{}, 0.05);
    add(mock::ReorderFrames{}, 0.03);
    add(mock::DelayFrames{.by = milliseconds(30)}, 0.03);
  }

  void Round() {
    bot_->PlacePair(1 + Below(9));
    switch (Below(8)) {
      case 0:
        bot_->CancelPair();
        break;
      case 1:
        Price(bot_->trigger());
        break;
      case 2:
        bot_->BuyAtMarket();
        bot_->CancelPair();
        break;
      case 3:
        for (const mock::StreamView& stream : account_.Streams()) {
          // It may have ended by itself.
          (void)account_.EndStream(stream.id, {.reset = Below(2) == 0});
        }
        [[fallthrough]];
      default:
        Price(bot_->limit(), Decimal::FromParts(5, 1).value());
        Price(bot_->limit());
    }
    Price(bot_->middle());
    ++rounds_;
  }

  void RunUntil(Steady::time_point end, bool timed) {
    while (timed ? Steady::now() < end : rounds_ < kRounds) {
      Round();
      std::this_thread::sleep_for(kPause);
    }
  }

  void ExpectEqual() {
    account_.ClearFaults();
    // What was lost last is read a moment later, and told.
    (void)listener_.Wait(
        [&] { return Differences(listener_.picture(), PictureOf(account_)).empty(); });
    EXPECT_THAT(Differences(listener_.picture(), PictureOf(account_)), IsEmpty());
    bot_->Stop();
    EXPECT_THAT(listener_.mistakes(), IsEmpty());
  }

  void Print() const {
    int fills = 0;
    int from_rest = 0;
    for (const client::OrderEvent& event : listener_.events()) {
      if (event.fill) ++fills;
      if (event.from_rest) ++from_rest;
    }
    std::printf(
        "%s: %d rounds, %zu orders, %zu events, %d fills, %d events by REST, %d connections, %zu "
        "gaps\n",
        account_.id().c_str(), rounds_, listener_.picture().size(), listener_.events().size(),
        fills, from_rest, listener_.connects(), listener_.gaps().size());
  }

 private:
  static mock::AccountOptions Options(mock::Venue venue) {
    mock::AccountOptions options;
    options.venue = venue;
    mock::Settings settings;
    settings.rate_limits = false;
    options.settings = settings;
    // For as long as it takes.
    options.balances = {{"USDT", Decimal(1'000'000'000'000)}, {"BTC", Decimal(1'000'000)}};
    return options;
  }
  int Below(int bound) { return static_cast<int>(random_() % static_cast<unsigned>(bound)); }
  void Price(const Decimal& last, const Decimal& share = Decimal(1)) {
    EXPECT_TRUE(account_.SetLast(bot_->market(), last, share));
  }

  mock::AccountHandle account_;
  Listener listener_;
  std::unique_ptr<Bot> bot_;
  std::mt19937 random_;
  int rounds_ = 0;
};

TEST(UserStreamsSoak, EveryPictureIsTheAccountsInTheEnd) {
  const char* asked = std::getenv("OCOKIT_SOAK_SECONDS");
  const seconds duration(asked == nullptr ? 0 : std::atoi(asked));
  mock::ServerOptions options;
  options.default_accounts = false;
  const std::unique_ptr<mock::Server> server = mock::Server::Start(options).value();
  std::vector<std::unique_ptr<Trader>> traders;
  for (const unsigned seed : {1U, 2U}) {
    traders.push_back(std::make_unique<Trader>(*server, mock::Venue::kBingx, seed));
    traders.push_back(std::make_unique<Trader>(*server, mock::Venue::kWhitebit, seed));
  }
  for (const auto& trader : traders) trader->Listen();
  {
    const Steady::time_point end = Steady::now() + duration;
    std::vector<std::jthread> threads;
    for (const auto& trader : traders) {
      threads.emplace_back([&, trader = trader.get()] { trader->RunUntil(end, asked != nullptr); });
    }
  }
  for (const auto& trader : traders) trader->ExpectEqual();
  for (const auto& trader : traders) trader->Print();
}

}  // namespace
}  // namespace ocokit
