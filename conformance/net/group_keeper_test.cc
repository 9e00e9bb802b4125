#include "conformance/net/group_keeper.h"

#include <gtest/gtest.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <string>
#include <thread>

#include "conformance/net/process.h"

namespace ocokit::conform {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr milliseconds kLongEnough{10000};

// It is a zombie until the system's first process has waited for it.
bool IsGone(pid_t pid) {
  const std::string stat = "/proc/" + std::to_string(pid) + "/stat";
  FILE* file = std::fopen(stat.c_str(), "r");
  if (file == nullptr) return true;
  char state = 0;
  const int read = std::fscanf(file, "%*d %*s %c", &state);
  std::fclose(file);
  return read != 1 || state == 'Z' || state == 'X';
}

bool EndsInTime(pid_t pid) {
  const auto until = steady_clock::now() + kLongEnough;
  while (!IsGone(pid)) {
    if (steady_clock::now() >= until) return false;
    poll(nullptr, 0, 2);
  }
  return true;
}

// A program that has started something which has started something; the last one's id comes on
// `out`. It then waits for ever.
[[noreturn]] void StartAndWait(int out) {
  Result<Process> started =
      Process::Start({"sh", "-c", "trap '' TERM; sleep 1000 & echo $!; wait"});
  const Result<std::string> line = started ? started->ReadLine(kLongEnough) : "";
  const pid_t child = line && !line->empty() ? std::stoi(*line) : -1;
  if (write(out, &child, sizeof child) != sizeof child) _exit(1);
  while (true) pause();
}

// An adapter and a simulator went on for good when the kit was killed.
TEST(GroupKeeperTest, WhatWasStartedEndsWhenItsStarterIsKilled) {
  for (const int signal : {SIGKILL, SIGTERM, SIGHUP, SIGPIPE}) {
    SCOPED_TRACE(signal);
    int ends[2];
    ASSERT_EQ(pipe(ends), 0);
    const pid_t starter = fork();
    if (starter == 0) StartAndWait(ends[1]);
    ASSERT_GT(starter, 0);
    close(ends[1]);
    pid_t last = -1;
    ASSERT_EQ(read(ends[0], &last, sizeof last), static_cast<ssize_t>(sizeof last));
    ASSERT_GT(last, 0);
    EXPECT_FALSE(IsGone(last));
    kill(starter, signal);
    waitpid(starter, nullptr, 0);
    EXPECT_TRUE(EndsInTime(last));
    // The keeper has let go of what it held, too.
    char byte = 0;
    EXPECT_EQ(read(ends[0], &byte, 1), 0);
    close(ends[0]);
  }
}

// PR_SET_PDEATHSIG would end it with the thread.
TEST(GroupKeeperTest, TheEndOfAThreadEndsNothing) {
  std::optional<Process> program;
  std::thread([&] {
    Result<Process> started = Process::Start({"sh", "-c", "while read a; do echo $a; done"});
    if (started) program.emplace(std::move(*started));
  }).join();
  ASSERT_TRUE(program);
  ASSERT_TRUE(program->WriteLine("still there", kLongEnough));
  EXPECT_EQ(program->ReadLine(kLongEnough), "still there");
  EXPECT_EQ(program->Stop(kLongEnough), 0);
}

}  // namespace
}  // namespace ocokit::conform
