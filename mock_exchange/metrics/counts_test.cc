#include "mock_exchange/metrics/counts.h"

#include <gtest/gtest.h>

#include <thread>

namespace ocokit::mock {
namespace {

constexpr std::chrono::nanoseconds kTook{7'000};

TEST(Counts, ByRowAndByPathAreOneFigure) {
  Counts counts;
  const std::vector<std::string> paths = EndpointPaths(Venue::kWhitebit);
  counts.Count(Venue::kWhitebit, 2, paths[2], {200, 0}, kTook);
  counts.Count(Venue::kWhitebit, std::nullopt, paths[2], {200, 0}, kTook);
  counts.Count(Venue::kWhitebit, std::nullopt, paths[2], {422, 30}, kTook);
  counts.Count(Venue::kWhitebit, std::nullopt, "/api/v4/nothing", {404, 0}, kTook);
  counts.Count(Venue::kBingx, std::nullopt, "/openApi/nothing", {200, -7}, kTook);
  const std::vector<Counts::Call> calls = counts.Calls();
  ASSERT_EQ(calls.size(), 3U);
  EXPECT_EQ(calls[0].path, "other");
  EXPECT_EQ(calls[0].endings, (std::map<Counts::Ending, std::uint64_t>{{{200, -7}, 1}}));
  EXPECT_EQ(calls[1].path, paths[2]);
  EXPECT_EQ(calls[1].endings,
            (std::map<Counts::Ending, std::uint64_t>{{{200, 0}, 2}, {{422, 30}, 1}}));
  EXPECT_EQ(calls[1].buckets[1], 3U);
  EXPECT_EQ(calls[1].sum, 3 * kTook);
  EXPECT_EQ(calls[2].path, "other");
}

// More endings than there are slots, from several threads at once.
TEST(Counts, NoEndingIsLost) {
  constexpr int kThreads = 4;
  constexpr int kCodes = 200;
  Counts counts;
  std::vector<std::thread> threads;
  for (int t = 0; t < kThreads; ++t) {
    threads.emplace_back([&] {
      for (int round = 0; round < 10; ++round) {
        for (int code = 0; code < kCodes; ++code) {
          counts.Count(Venue::kBingx, 0, "", {code % 3 + 1, code}, kTook);
        }
      }
    });
  }
  // What is read meanwhile has been counted by somebody.
  for (int i = 0; i < 200; ++i) {
    for (const Counts::Call& call : counts.Calls()) {
      for (const auto& [ending, times] : call.endings) {
        EXPECT_EQ(ending.first, ending.second % 3 + 1);
        EXPECT_LT(ending.second, kCodes);
      }
    }
  }
  for (std::thread& thread : threads) thread.join();
  const std::vector<Counts::Call> calls = counts.Calls();
  ASSERT_EQ(calls.size(), 1U);
  EXPECT_EQ(calls[0].endings.size(), std::size_t{kCodes});
  for (const auto& [ending, times] : calls[0].endings) EXPECT_EQ(times, kThreads * 10U);
}

}  // namespace
}  // namespace ocokit::mock
