#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "bench/load/calls.h"

namespace ocokit::load {
namespace {

using testing::ElementsAre;

std::vector<Call> Calls(Turns& turns, int count) {
  std::vector<Call> out;
  for (int i = 0; i < count; ++i) {
    const Turns::Turn turn = turns.Next();
    out.push_back(turn.call);
    turns.Done(turn, true, false);
  }
  return out;
}

TEST(TurnsTest, WhatIsPlacedIsCancelledNext) {
  Turns turns(Mix{{1, 1, 0}}, "7");
  std::string placed;
  for (int i = 0; i < 100; ++i) {
    const Turns::Turn turn = turns.Next();
    ASSERT_EQ(turn.call, i % 2 == 0 ? Call::kPlace : Call::kCancel);
    if (turn.call == Call::kPlace) {
      placed = turn.id;
    } else {
      EXPECT_EQ(turn.id, placed);
    }
    turns.Done(turn, true, false);
  }
  EXPECT_EQ(placed, "70000000050");
}

TEST(TurnsTest, TheMixHoldsAtEveryMoment) {
  Turns turns(Mix{{2, 1, 1}}, "");
  EXPECT_THAT(Calls(turns, 4), ElementsAre(Call::kPlace, Call::kCancel, Call::kList, Call::kPlace));
  EXPECT_THAT(Calls(turns, 4), ElementsAre(Call::kPlace, Call::kCancel, Call::kList, Call::kPlace));
}

TEST(TurnsTest, WithNothingToCancelItPlaces) {
  Turns turns(Mix{{0, 1, 0}}, "");
  EXPECT_THAT(Calls(turns, 4),
              ElementsAre(Call::kPlace, Call::kCancel, Call::kPlace, Call::kCancel));
}

TEST(TurnsTest, ARefusedPlaceIsNotCancelled) {
  Turns turns(Mix{{1, 1, 0}}, "");
  turns.Done(turns.Next(), false, false);
  EXPECT_EQ(turns.Next().call, Call::kPlace);
}

// Guards the memory of long runs with faults: what a lost reply leaves behind is taken off again.
TEST(TurnsTest, WhatLostRepliesLeaveDoesNotGrow) {
  Turns turns(Mix{{1, 1, 0}}, "");
  std::multiset<std::string> open;
  std::size_t most = 0;
  for (int i = 0; i < 10000; ++i) {
    const Turns::Turn turn = turns.Next();
    const bool lost = i % 10 == 0;
    if (turn.call == Call::kPlace) open.insert(turn.id);
    if (turn.call == Call::kCancel && !lost) open.erase(turn.id);
    turns.Done(turn, !lost, lost);
    most = std::max(most, open.size());
  }
  EXPECT_LE(most, 18u);
}

}  // namespace
}  // namespace ocokit::load
