#include "mock_exchange/venue/pager.h"

#include <gtest/gtest.h>

#include <vector>

namespace ocokit::mock {
namespace {

TEST(Pager, KeepsTheSliceAndSaysWhenItIsFull) {
  Pager<int> pager(2, 3);
  std::vector<bool> full;
  for (int i = 0; i < 7; ++i) {
    full.push_back(pager.full());
    pager.Add(i);
  }
  EXPECT_EQ(pager.entries(), (std::vector<int>{2, 3, 4}));
  EXPECT_EQ(full, (std::vector<bool>{false, false, false, false, false, true, true}));
}

TEST(Pager, WhatIsAddedTogetherTakesOnePlace) {
  Pager<int> pager(1, 2);
  for (int i = 0; i < 4; ++i) pager.AddTogether({i, -i});
  EXPECT_EQ(pager.entries(), (std::vector<int>{1, -1, 2, -2}));
}

TEST(Pager, OfNothingIsFull) { EXPECT_TRUE(Pager<int>(0, 0).full()); }

}  // namespace
}  // namespace ocokit::mock
