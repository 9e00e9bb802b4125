#include "conformance/engine/run.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>

namespace ocokit::conform {
namespace {

using testing::ElementsAre;

// Gives each case the verdict that its title names, and remembers in which order they came.
class NamedVerdicts : public Judge {
 public:
  Result<std::unique_ptr<Worker>> NewWorker() override {
    ++workers;
    if (!reachable) return Fail(ErrorKind::kUnavailable, "nobody there");
    return std::make_unique<Named>(*this);
  }

  std::atomic<int> workers = 0;
  bool reachable = true;
  std::vector<std::string> tried;  // with one job

 private:
  class Named : public Worker {
   public:
    explicit Named(NamedVerdicts& judge) : judge_(judge) {}
    CaseResult Try(const Case& tried) override {
      if (judge_.workers == 1) judge_.tried.push_back(tried.id);
      if (tried.title == "no memory") throw std::bad_alloc();
      CaseResult out;
      out.verdict = *ParseVerdict(tried.title);
      return out;
    }

   private:
    NamedVerdicts& judge_;
  };
};

std::vector<Case> CasesOf(const std::vector<std::string>& titles) {
  std::vector<Case> out;
  for (std::size_t i = 0; i < titles.size(); ++i) {
    Case made;
    made.id = "wb-x-" + std::to_string(i);
    made.title = titles[i];
    out.push_back(made);
  }
  return out;
}

TEST(RunTest, GivesResultsInTheOrderOfTheCases) {
  const std::vector<Case> cases = CasesOf(std::vector<std::string>(40, "pass"));
  for (const int jobs : {1, 4, 100}) {
    NamedVerdicts judge;
    int calls = 0;
    const auto results = RunCases(cases, judge, {.jobs = jobs}, [&](const Progress& progress) {
      ++calls;
      EXPECT_EQ(progress.done, calls);
      EXPECT_EQ(progress.of, 40);
    });
    ASSERT_TRUE(results);
    ASSERT_EQ(results->size(), 40U);
    for (std::size_t i = 0; i < 40; ++i) EXPECT_EQ((*results)[i].tried.id, cases[i].id);
    EXPECT_EQ(calls, 40);
    EXPECT_LE(judge.workers, 40);
  }
}

TEST(RunTest, TheSeedDecidesTheOrder) {
  const std::vector<Case> cases = CasesOf(std::vector<std::string>(20, "pass"));
  const auto order = [&](std::uint64_t seed) {
    NamedVerdicts judge;
    EXPECT_TRUE(RunCases(cases, judge, {.seed = seed}));
    return judge.tried;
  };
  EXPECT_EQ(order(7), order(7));
  EXPECT_NE(order(7), order(8));
}

TEST(RunTest, AMissedShouldIsNonStrict) {
  std::vector<Case> cases = CasesOf({"fail", "fail", "kit error"});
  cases[1].level = Level::kShould;
  cases[2].level = Level::kShould;
  NamedVerdicts judge;
  const auto results = RunCases(cases, judge, {});
  ASSERT_TRUE(results);
  EXPECT_EQ((*results)[0].result.verdict, Verdict::kFail);
  EXPECT_EQ((*results)[1].result.verdict, Verdict::kNonStrict);
  EXPECT_EQ((*results)[2].result.verdict, Verdict::kKitError);
}

TEST(RunTest, WhatIsKnownToFailMustStillFail) {
  struct Row {
    const char* verdict;
    bool known;
    bool expected;
  };
  const Row rows[] = {
      {"pass", false, true},        {"fail", false, false},       {"non-strict", false, true},
      {"unsupported", false, true}, {"skipped", false, true},     {"kit error", false, false},
      {"pass", true, false},        {"fail", true, true},         {"non-strict", true, true},
      {"skipped", true, false},     {"unsupported", true, false}, {"kit error", true, false}};
  for (const Row& row : rows) {
    NamedVerdicts judge;
    RunOptions options;
    if (row.known) options.known_failing = {"wb-x-0"};
    const auto results = RunCases(CasesOf({row.verdict}), judge, options);
    ASSERT_TRUE(results);
    EXPECT_EQ(AsExpected(results->front()), row.expected) << row.verdict << " " << row.known;
    EXPECT_EQ(results->front().known_failing, row.known);
  }
}

TEST(RunTest, ASubjectThatCannotBeReachedIsAnError) {
  NamedVerdicts judge;
  judge.reachable = false;
  const auto results = RunCases(CasesOf({"pass", "pass"}), judge, {.jobs = 2});
  ASSERT_FALSE(results);
  EXPECT_EQ(results.error().message, "nobody there");
}

// An exception in a thread of its own would end the program, and all reports with it.
TEST(RunTest, ACaseThatThrowsIsAnErrorOfTheKit) {
  NamedVerdicts judge;
  const auto results = RunCases(CasesOf({"pass", "no memory", "pass"}), judge, {.jobs = 2});
  ASSERT_TRUE(results);
  EXPECT_EQ((*results)[0].result.verdict, Verdict::kPass);
  EXPECT_EQ((*results)[1].result.verdict, Verdict::kKitError);
  EXPECT_THAT((*results)[1].result.reason, testing::HasSubstr("bad_alloc"));
  EXPECT_EQ((*results)[2].result.verdict, Verdict::kPass);
}

TEST(RunTest, WhatIsNotBegunIsInNoResult) {
  const std::vector<Case> cases = CasesOf(std::vector<std::string>(20, "pass"));
  for (const int jobs : {1, 4}) {
    NamedVerdicts judge;
    std::atomic<bool> stop = false;
    const auto results = RunCases(cases, judge, {.jobs = jobs, .stop = &stop},
                                  [&](const Progress& progress) { stop = progress.done >= 3; });
    ASSERT_TRUE(results);
    EXPECT_GE(results->size(), 3U);
    EXPECT_LT(results->size(), 3U + static_cast<unsigned>(jobs));
    for (const Judged& judged : *results) EXPECT_EQ(judged.result.verdict, Verdict::kPass);
  }
}

TEST(RunTest, NoCasesAreNoError) {
  NamedVerdicts judge;
  const auto results = RunCases({}, judge, {.jobs = 4});
  ASSERT_TRUE(results);
  EXPECT_TRUE(results->empty());
}

TEST(VerdictTest, NamesAreReadBack) {
  for (const Verdict verdict : {Verdict::kPass, Verdict::kFail, Verdict::kNonStrict,
                                Verdict::kUnsupported, Verdict::kSkipped, Verdict::kKitError}) {
    EXPECT_EQ(ParseVerdict(Name(verdict)), verdict);
  }
  EXPECT_EQ(ParseVerdict("Pass"), std::nullopt);
}

}  // namespace
}  // namespace ocokit::conform
