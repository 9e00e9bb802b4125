#include "conformance/net/process.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>

namespace ocokit::conform {
namespace {

using std::chrono::milliseconds;
using testing::HasSubstr;

constexpr milliseconds kPatience{5000};
constexpr milliseconds kMoment{50};

Process Shell(const std::string& script) {
  Result<Process> started = Process::Start({"sh", "-c", script});
  EXPECT_TRUE(started) << started.error().message;
  return std::move(*started);
}

TEST(ProcessTest, SpeaksLineByLine) {
  Process program = Shell("while read line; do echo \"got $line\"; echo second; done");
  ASSERT_TRUE(program.WriteLine("one", kPatience));
  EXPECT_EQ(program.ReadLine(kPatience), "got one");
  EXPECT_EQ(program.ReadLine(kPatience), "second");
  ASSERT_TRUE(program.WriteLine(std::string(300000, 'x'), kPatience));
  EXPECT_EQ(program.ReadLine(kPatience), "got " + std::string(300000, 'x'));
  EXPECT_EQ(program.Stop(kPatience), 0);
}

TEST(ProcessTest, SaysWhatCannotBeStarted) {
  const Result<Process> started = Process::Start({"ocokit-no-such-program"});
  ASSERT_FALSE(started);
  EXPECT_THAT(started.error().message, HasSubstr("cannot start ocokit-no-such-program"));
  EXPECT_FALSE(Process::Start({}));
}

TEST(ProcessTest, SaysThatNoLineCame) {
  Process program = Shell("printf half; read line");
  const Result<std::string> line = program.ReadLine(kMoment);
  ASSERT_FALSE(line);
  EXPECT_EQ(line.error().kind, ErrorKind::kUnavailable);
  EXPECT_THAT(line.error().message, HasSubstr("no line within 50 ms"));
}

TEST(ProcessTest, SaysHowItEnded) {
  Process program = Shell("echo last; echo why >&2; exit 7");
  EXPECT_EQ(program.ReadLine(kPatience), "last");
  const Result<std::string> line = program.ReadLine(kPatience);
  ASSERT_FALSE(line);
  EXPECT_EQ(line.error().kind, ErrorKind::kNotFound);
  EXPECT_THAT(line.error().message, HasSubstr("status 7"));
  EXPECT_THAT(program.StandardError(), HasSubstr("why"));
  const Result<void> written = program.WriteLine("anyone there", kPatience);
  ASSERT_FALSE(written);
  EXPECT_THAT(written.error().message, HasSubstr("status 7"));
}

TEST(ProcessTest, SaysWhichSignalEndedIt) {
  Process program = Shell("kill -9 $$");
  const Result<std::string> line = program.ReadLine(kPatience);
  ASSERT_FALSE(line);
  EXPECT_THAT(line.error().message, HasSubstr("signal Killed"));
}

TEST(ProcessTest, ALineWithoutEndIsRefused) {
  Process program = Shell("head -c 6000000 /dev/zero; read line");
  const Result<std::string> line = program.ReadLine(kPatience);
  ASSERT_FALSE(line);
  EXPECT_EQ(line.error().kind, ErrorKind::kOutOfRange);
}

TEST(ProcessTest, EmptiesStandardErrorWhileItWaits) {
  Process program = Shell("head -c 1000000 /dev/zero >&2; echo done");
  EXPECT_EQ(program.ReadLine(kPatience), "done");
  EXPECT_LE(program.StandardError().size(), 64U << 10);
}

// Each case waited for its whole timeout, as the pipe stayed open.
TEST(ProcessTest, ItHasEndedAlthoughItsChildHoldsItsStreams) {
  Process program = Shell("sleep 1000 & echo last; exit 5");
  EXPECT_EQ(program.ReadLine(kPatience), "last");
  const auto begun = std::chrono::steady_clock::now();
  const Result<std::string> line = program.ReadLine(std::chrono::minutes(5));
  ASSERT_FALSE(line);
  EXPECT_EQ(line.error().kind, ErrorKind::kNotFound);
  EXPECT_THAT(line.error().message, HasSubstr("status 5"));
  const Result<void> written =
      program.WriteLine(std::string(1 << 20, 'x'), std::chrono::minutes(5));
  ASSERT_FALSE(written);
  EXPECT_EQ(written.error().kind, ErrorKind::kNotFound);
  EXPECT_LT(std::chrono::steady_clock::now() - begun, std::chrono::minutes(1));
}

TEST(ProcessTest, AProgramThatDoesNotReadIsNoHang) {
  Process program = Shell("exec sleep 100");
  const Result<void> written = program.WriteLine(std::string(1 << 20, 'x'), kMoment);
  ASSERT_FALSE(written);
  EXPECT_EQ(written.error().kind, ErrorKind::kUnavailable);
}

TEST(ProcessTest, StopEndsWhatDoesNotWantTo) {
  Process polite = Shell("trap 'exit 3' TERM; echo ready; while :; do sleep 0.01; done");
  EXPECT_EQ(polite.ReadLine(kPatience), "ready");
  EXPECT_EQ(polite.Stop(milliseconds(200)), 3);
  Process stubborn = Shell("trap '' TERM; echo ready; while :; do sleep 0.01; done");
  EXPECT_EQ(stubborn.ReadLine(kPatience), "ready");
  EXPECT_EQ(stubborn.Stop(milliseconds(50)), std::nullopt);
}

TEST(ProcessTest, WhatItStartedEndsWithIt) {
  pid_t child = 0;
  {
    Process program = Shell("sleep 1000 & echo $!; wait");
    const Result<std::string> line = program.ReadLine(kPatience);
    ASSERT_TRUE(line);
    child = std::stoi(*line);
    ASSERT_EQ(kill(child, 0), 0);
  }
  // It is a zombie until the system's first process has waited for it.
  for (int i = 0; i < 5000 && kill(child, 0) == 0; ++i) {
    const std::string stat = "/proc/" + std::to_string(child) + "/stat";
    FILE* file = std::fopen(stat.c_str(), "r");
    if (file == nullptr) break;
    char state = 0;
    const int read = std::fscanf(file, "%*d %*s %c", &state);
    std::fclose(file);
    if (read == 1 && state == 'Z') return;
    usleep(1000);
  }
  EXPECT_NE(kill(child, 0), 0);
}

}  // namespace
}  // namespace ocokit::conform
