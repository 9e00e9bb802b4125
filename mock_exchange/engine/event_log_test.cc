#include "mock_exchange/engine/event_log.h"

#include <gtest/gtest.h>

#include "mock_exchange/engine/engine.h"
#include "mock_exchange/testing/market.h"

namespace ocokit::mock::engine {
namespace {

using testing::kNow;

Event At(std::int64_t ms) {
  Event event;
  event.at = FromUnixMillis(ms);
  return event;
}

TEST(EventLog, NumbersEventsAndTheirCommands) {
  EventLog log;
  EXPECT_EQ(log.last(), 0U);
  EXPECT_EQ(log.first(), 1U);
  EXPECT_EQ(log.Find(0), nullptr);
  EXPECT_EQ(log.Find(1), nullptr);
  EXPECT_EQ(log.Append(At(1)).seq, 1U);
  EXPECT_EQ(log.Append(At(2)).command, 1U);
  log.EndCommand();
  log.EndCommand();
  EXPECT_EQ(log.Append(At(3)).command, 3U);
  ASSERT_NE(log.Find(2), nullptr);
  EXPECT_EQ(log.Find(2)->at, FromUnixMillis(2));
  EXPECT_EQ(log.Find(4), nullptr);
}

TEST(EventLog, KeepsTheLatestWithinItsBytes) {
  EventLog log;
  constexpr std::int64_t kMany = 60'000;
  for (std::int64_t i = 1; i <= kMany; ++i) {
    ASSERT_EQ(log.Append(At(i)).seq, static_cast<EventSeq>(i));
    ASSERT_LE(log.bytes(), EventLog::kMaxBytes);
  }
  EXPECT_GT(log.bytes(), EventLog::kMaxBytes / 2);
  const EventSeq first = log.first();
  EXPECT_GT(first, 1U);
  EXPECT_EQ(log.Find(first - 1), nullptr);
  for (EventSeq seq = first; seq <= log.last(); ++seq) {
    ASSERT_NE(log.Find(seq), nullptr);
    ASSERT_EQ(log.Find(seq)->seq, seq);
  }
}

TEST(EventLog, KeepsToItsBytesHoweverOftenItIsCopied) {
  EventLog log;
  for (std::int64_t i = 1; i <= 60'000; ++i) {
    log.Append(At(i));
    if (i % 997 == 0) {
      const EventLog copy = log;
      log = copy;
    }
    ASSERT_LE(log.bytes(), EventLog::kMaxBytes);
  }
  EXPECT_GT(log.bytes(), EventLog::kMaxBytes - (std::size_t{64} << 10));
}

TEST(EventLog, ForgetsWholePagesFromBeforeATime) {
  EventLog log;
  for (std::int64_t i = 1; i <= 1000; ++i) log.Append(At(i));
  const std::size_t all = log.bytes();
  log.ForgetBefore(FromUnixMillis(500));
  EXPECT_LT(log.bytes(), all);
  EXPECT_GT(log.first(), 300U);
  EXPECT_LE(log.first(), 500U);
  EXPECT_EQ(log.Append(At(1001)).seq, 1001U);
  // What is not full stays; with the next event the numbers go on.
  log.ForgetBefore(TimePoint::max());
  EXPECT_NE(log.Find(1001), nullptr);
  for (std::int64_t i = 1002; i <= 1024; ++i) log.Append(At(i));
  log.ForgetBefore(TimePoint::max());
  EXPECT_EQ(log.bytes(), 0U);
  EXPECT_EQ(log.first(), 1025U);
  EXPECT_EQ(log.Append(At(1025)).seq, 1025U);
  EXPECT_EQ(log.Find(1025)->at, FromUnixMillis(1025));
}

// What happens to whom, in words, without what the test does not ask about.
std::string Describe(const Event& event, const EventLog& log) {
  constexpr const char* kNames[] = {"placed",  "triggered", "traded",   "done",      "amount",
                                    "balance", "position",  "leverage", "hedge mode"};
  std::string out = kNames[event.what.index()];
  if (event.order != 0) out += " " + std::to_string(event.order % 1000);
  if (const auto* balance = std::get_if<BalanceChanged>(&event.what)) {
    out += " " + log.assets().at(balance->asset) + " " + balance->balance.free.Format() + "+" +
           balance->balance.reserved.Format();
  }
  return out;
}

class EngineEvents : public ::testing::Test {
 protected:
  static Decimal D(const char* text) { return Decimal::Parse(text).value(); }

  EngineEvents() {
    engine_.SetFree(Wallet::kSpot, "USDT", D("1000"), kNow);
    engine_.SetLast(0, D("100"), Decimal(1), rules_, kNow);
  }

  // Those since the last call, a command in brackets.
  std::string News() {
    std::string out;
    const EventLog& log = engine_.events();
    EventSeq command = 0;
    while (seen_ < log.last()) {
      const Event& event = *log.Find(++seen_);
      if (event.command != command)
        out += out.empty() ? "[" : "] [";
      else
        out += ", ";
      command = event.command;
      out += Describe(event, log);
    }
    return out.empty() ? out : out + "]";
  }

  OrderCommand Buy(const char* amount, const char* price) {
    OrderCommand c;
    c.amount = D(amount);
    c.price = D(price);
    return c;
  }

  Engine engine_{{testing::EasyMarket("BTC-USDT", MarketKind::kSpot)}, false};
  CountingIds ids_{0, {1, 2, 3, 4, 5, 6}};
  Rules rules_;
  EventSeq seen_ = 0;
};

TEST_F(EngineEvents, TellWhatACommandHasDoneAndWhichBalancesThen) {
  EXPECT_EQ(News(), "[balance USDT 1000+0]");
  ASSERT_TRUE(engine_.Place(Buy("2", "90"), rules_, ids_, kNow));
  EXPECT_EQ(News(), "[placed 1, balance USDT 820+180]");
  engine_.SetLast(0, D("90"), Decimal(1), rules_, kNow);
  EXPECT_EQ(News(), "[traded 1, done 1, balance USDT 820+0, balance BTC 1.998+0]");
}

TEST_F(EngineEvents, AreNoneOfARefusalAndOfWhatComesToNothing) {
  News();
  EXPECT_FALSE(engine_.Place(Buy("200", "90"), rules_, ids_, kNow));
  engine_.SetFree(Wallet::kSpot, "USDT", D("1000"), kNow);
  EXPECT_FALSE(engine_.Transfer("USDT", Wallet::kSpot, D("1001"), kNow));
  EXPECT_EQ(News(), "");
}

TEST_F(EngineEvents, OfAReplacementAreOfOneCommand) {
  const auto placed = engine_.Place(Buy("2", "90"), rules_, ids_, kNow);
  News();
  ASSERT_TRUE(engine_.Replace(**placed, Buy("2", "80"), rules_, ids_, kNow));
  EXPECT_EQ(News(), "[done 1, placed 2, balance USDT 840+160]");
}

}  // namespace
}  // namespace ocokit::mock::engine
