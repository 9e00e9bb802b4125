#include "mock_exchange/engine/contingency.h"

#include <gtest/gtest.h>

namespace ocokit::mock::engine {
namespace {

using enum Happening;
using enum Effect;
using enum CancelSiblingOn;

TEST(Contingency, IsThisTable) {
  struct Row {
    Happening happening;
    Effect first_fill, trigger, full_fill;
  };
  constexpr Row kTable[] = {{kTriggered, kCancelSibling, kCancelSibling, kNothing},
                            {kFilledInPart, kCancelSibling, kShrinkSibling, kShrinkSibling},
                            {kFilled, kEndList, kEndList, kEndList},
                            {kCancelled, kEndList, kEndList, kEndList}};
  for (const Row& row : kTable) {
    EXPECT_EQ(Follow(row.happening, kFirstFill), row.first_fill);
    EXPECT_EQ(Follow(row.happening, kTrigger), row.trigger);
    EXPECT_EQ(Follow(row.happening, kFullFill), row.full_fill);
  }
}

}  // namespace
}  // namespace ocokit::mock::engine
