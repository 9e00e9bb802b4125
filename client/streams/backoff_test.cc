#include "client/streams/backoff.h"

#include <gtest/gtest.h>

namespace ocokit::client::streams {
namespace {

TEST(Backoff, DoublesUpToTheLongest) {
  Backoff backoff({.first = milliseconds(100), .longest = milliseconds(500), .jitter = 0});
  for (const int want : {100, 200, 400, 500, 500}) EXPECT_EQ(backoff.Next(), milliseconds(want));
  backoff.Reset();
  EXPECT_EQ(backoff.Next(), milliseconds(100));
}

TEST(Backoff, LeavesAPartToChance) {
  Backoff backoff(
      {.first = milliseconds(1000), .longest = milliseconds(1000), .jitter = 0.5, .seed = 1});
  Backoff other(
      {.first = milliseconds(1000), .longest = milliseconds(1000), .jitter = 0.5, .seed = 2});
  int same = 0;
  for (int i = 0; i < 10'000; ++i) {
    const milliseconds pause = backoff.Next();
    EXPECT_LE(milliseconds(500), pause);
    EXPECT_LE(pause, milliseconds(1000));
    if (pause == other.Next()) ++same;
  }
  EXPECT_LT(same, 200);
}

}  // namespace
}  // namespace ocokit::client::streams
