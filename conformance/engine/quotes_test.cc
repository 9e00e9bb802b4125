#include "conformance/engine/quotes.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace ocokit::conform {
namespace {

using testing::EndsWith;
using testing::HasSubstr;

CaseResult ResultOf(std::size_t size, std::size_t entries) {
  const std::string text(size, '[');
  CaseResult out;
  out.reason = out.sent = out.got = out.wanted = text;
  out.wire.resize(entries);
  for (WireEntry& entry : out.wire) entry.sent = entry.got = entry.note = text;
  return out;
}

std::size_t SizeOf(const CaseResult& result) {
  std::size_t size =
      result.reason.size() + result.sent.size() + result.got.size() + result.wanted.size();
  for (const WireEntry& entry : result.wire) {
    size += entry.sent.size() + entry.got.size() + entry.note.size();
  }
  return size;
}

TEST(QuotesTest, LeavesWhatIsShort) {
  Quotes quotes;
  CaseResult result = ResultOf(4000, 10);
  quotes.Bound(result);
  EXPECT_EQ(SizeOf(result), 4000U * 34);
  EXPECT_EQ(result.wire.size(), 10U);
}

TEST(QuotesTest, SaysWhatItHasCut) {
  Quotes quotes;
  CaseResult result = ResultOf(100'000, 30);
  quotes.Bound(result);
  EXPECT_THAT(result.reason, EndsWith("... 95904 bytes more"));
  EXPECT_THAT(result.got, EndsWith("... 34464 bytes more"));
  EXPECT_THAT(result.wire.front().got, EndsWith("bytes more"));
  EXPECT_THAT(result.wire.back().note, HasSubstr("more entries: the case has 1 MiB"));
  EXPECT_LT(SizeOf(result), std::size_t{2} << 20);
}

// Four megabytes in each of many cases made a report of 130 MB.
TEST(QuotesTest, BoundsTheWholeRun) {
  Quotes quotes;
  std::size_t all = 0;
  for (int i = 0; i < 100; ++i) {
    CaseResult result = ResultOf(100'000, 10);
    quotes.Bound(result);
    all += SizeOf(result);
    if (i == 99) {
      EXPECT_THAT(result.wire.back().note, HasSubstr("the run has 16 MiB"));
    }
    EXPECT_THAT(result.got, EndsWith("bytes more"));
  }
  EXPECT_LT(all, std::size_t{20} << 20);
}

}  // namespace
}  // namespace ocokit::conform
