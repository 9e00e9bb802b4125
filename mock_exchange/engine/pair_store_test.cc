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

}  // namespace
}  // namespace ocokit::mock::engine
