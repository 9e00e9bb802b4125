#include "mock_exchange/engine/pair_store.h"

#include <gtest/gtest.h>

namespace ocokit::mock::engine {
namespace {

TEST(PairStore, ForgetsTheOldestEndedPairsOnly) {
  PairStore store(false);
  Pair keep;
  keep.id = 1;
  store.Add(keep);
  for (std::uint64_t i = 0; i <= PairStore::kMaxEnded; ++i) {
    Pair pair;
    pair.id = i + 10;
    pair.client_id = std::to_string(i);
    Pair& stored = store.Add(pair);
    stored.open = false;
    store.End(stored);
  }
  EXPECT_NE(store.FindId(1), nullptr);
  EXPECT_EQ(store.FindId(10), nullptr);
  EXPECT_EQ(store.FindClientId(0, "0"), nullptr);
  EXPECT_NE(store.FindId(11), nullptr);
  EXPECT_EQ(store.Ended().size(), PairStore::kMaxEnded);
}

TEST(PairStore, FindsOrdersByTheirOwnIdsAlone) {
  PairStore store(false);
  Pair pair;
  pair.id = 1;
  pair.client_id = "list";
  pair.limit.id = 2;
  pair.limit.client_id = "limit";
  pair.stop.id = 3;
  pair.stop.client_id = "stop";
  const Pair* stored = &store.Add(pair);

  EXPECT_EQ(store.FindOrder(2).kind, LegKind::kLimit);
  EXPECT_EQ(store.FindOrder(3).kind, LegKind::kStop);
  EXPECT_EQ(store.FindOrder(3).pair, stored);
  EXPECT_EQ(store.FindClientOrder(0, "limit").kind, LegKind::kLimit);
  EXPECT_EQ(store.FindClientOrder(0, "stop").pair, stored);
  for (const OrderRef none : {store.FindOrder(1), store.FindOrder(4),
                              store.FindClientOrder(0, "list"), store.FindClientOrder(0, "")}) {
    EXPECT_FALSE(none);
  }
}

// Fills a store with pairs that have ended, each with an event.
void End(PairStore& store, std::uint64_t count) {
  for (std::uint64_t i = 0; i < count; ++i) {
    Pair pair;
    pair.id = i + 10;
    pair.client_id = std::string(40, 'c') + std::to_string(i);
    pair.updated = FromUnixMillis(static_cast<std::int64_t>(i));
    Pair& stored = store.Add(pair);
    store.Note(stored.sequence, {});
    stored.open = false;
    store.End(stored);
  }
}

TEST(PairStore, CountsItsBytesAndForgetsTheOldestEndedWhenTold) {
  PairStore store(false);
  Pair open;
  open.id = 1;
  store.Add(open);
  const std::size_t one = store.bytes();
  EXPECT_GT(one, sizeof(Pair));
  EXPECT_EQ(store.OldestEnded(), std::nullopt);
  End(store, 100);
  const std::size_t all = store.bytes();
  EXPECT_GT(all, 100 * one);

  EXPECT_EQ(store.ForgetEnded(40), 40U);
  EXPECT_EQ(store.OldestEnded(), FromUnixMillis(40));
  EXPECT_EQ(store.FindId(10), nullptr);
  EXPECT_NE(store.FindId(50), nullptr);
  EXPECT_LT(store.bytes(), all * 7 / 10);
  EXPECT_EQ(store.ForgetEnded(1000), 60U);
  // What is open stays, and nothing else is counted.
  EXPECT_NE(store.FindId(1), nullptr);
  EXPECT_EQ(store.bytes(), one);
}

}  // namespace
}  // namespace ocokit::mock::engine
