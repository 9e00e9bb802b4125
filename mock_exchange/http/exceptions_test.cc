// Exceptions inside a connection: each allocation of the listener's threads fails once, and
// whatever it was for, the listener goes on.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <cstdlib>
#include <mutex>
#include <new>
#include <stdexcept>
#include <string>
#include <vector>

#include "mock_exchange/http/listener.h"
#include "mock_exchange/testing/raw_socket.h"

namespace {

// The test's own thread allocates as ever.
thread_local bool may_fail = true;
// Counts down with each allocation of another thread; at one it fails. Zero: none does.
std::atomic<int> failing{0};

void* Allocate(std::size_t size) {
  if (may_fail && failing.load() > 0 && failing.fetch_sub(1) == 1) throw std::bad_alloc();
  if (void* const out = std::malloc(size == 0 ? 1 : size)) return out;
  throw std::bad_alloc();
}

}  // namespace

void* operator new(std::size_t size) { return Allocate(size); }
void* operator new[](std::size_t size) { return Allocate(size); }
void operator delete(void* at) noexcept { std::free(at); }
void operator delete[](void* at) noexcept { std::free(at); }
void operator delete(void* at, std::size_t) noexcept { std::free(at); }
void operator delete[](void* at, std::size_t) noexcept { std::free(at); }

namespace ocokit::mock::http {
namespace {

using ::testing::AnyOf;
using ::testing::HasSubstr;
using ::testing::StartsWith;

constexpr std::string_view kPost =
    "POST /p HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nTransfer-Encoding: chunked\r\n\r\n"
    "5\r\nabcde\r\n0\r\n\r\n";

class ExceptionsTest : public ::testing::Test {
 protected:
  ExceptionsTest() {
    may_fail = false;
    ListenOptions options;
    options.threads = 1;
    options.on_failure = [this](const Failure& failure) {
      const std::lock_guard lock(mutex_);
      failures_.push_back(std::string(failure.what));
      targets_.push_back(failure.request != nullptr ? failure.request->target : "");
    };
    options.on_refusal = [this](int) { ++refusals_; };
    listener_ =
        Listener::Start(options, [](Request&& request) {
          if (request.target == "/throw") throw std::runtime_error("no such thing");
          if (request.target == "/number") throw 7;  // NOLINT: what is no std::exception
          return Answer{.response = Share({.body = "got " + request.body + std::string(100, '.')})};
        }).value();
  }

  std::vector<std::string> Failures() {
    const std::lock_guard lock(mutex_);
    return failures_;
  }

  std::mutex mutex_;
  std::vector<std::string> failures_;
  std::vector<std::string> targets_;
  std::atomic<int> refusals_{0};
  std::unique_ptr<Listener> listener_;
};

TEST_F(ExceptionsTest, EachAllocationMayFailAndTheListenerGoesOn) {
  constexpr int kMost = 1000;
  int tried = 0;
  for (int nth = 1; nth < kMost; ++nth) {
    failing = nth;
    {
      RawSocket socket(listener_->port());
      socket.Send(kPost);
      // Either it is answered, with 200 or 500, or the connection is closed.
      const std::string first = socket.Receive(1);
      EXPECT_THAT(first, AnyOf("", StartsWith("HTTP/1.1 100 "), StartsWith("HTTP/1.1 200 "),
                               StartsWith("HTTP/1.1 500 ")));
      if (first.find("keep-alive") != std::string::npos) {
        socket.Send(kPost);
        (void)socket.Receive(1);
      }
    }
    const bool failed = failing.exchange(0) == 0;
    RawSocket next(listener_->port());
    next.Send("GET /next HTTP/1.1\r\nHost: x\r\n\r\n");
    ASSERT_THAT(next.Receive(1), StartsWith("HTTP/1.1 200 ")) << "after allocation " << nth;
    if (!failed) break;
    tried = nth;
  }
  EXPECT_GT(tried, 10);
  EXPECT_LT(tried, kMost - 1);
  EXPECT_EQ(Failures(),
            std::vector<std::string>(static_cast<std::size_t>(tried), "std::bad_alloc"));
  EXPECT_TRUE(Await([this] { return listener_->connections() == 0; }));
}

TEST_F(ExceptionsTest, AHandlersExceptionIsReportedWithItsRequest) {
  for (const std::string target : {"/throw", "/number"}) {
    RawSocket socket(listener_->port());
    socket.Send("GET " + target + " HTTP/1.1\r\nHost: x\r\n\r\n");
    EXPECT_THAT(socket.Receive(1), StartsWith("HTTP/1.1 500 "));
  }
  EXPECT_EQ(Failures(),
            (std::vector<std::string>{"no such thing", "an exception of an unknown type"}));
  EXPECT_EQ(targets_, (std::vector<std::string>{"/throw", "/number"}));
  EXPECT_EQ(refusals_, 0);
}

TEST_F(ExceptionsTest, WhatTheListenerRefusesIsReported) {
  RawSocket socket(listener_->port());
  socket.Send("GET / HTTP/1.1\r\n\r\n");
  EXPECT_THAT(socket.Receive(1), HasSubstr("no Host header"));
  EXPECT_EQ(refusals_, 1);
  EXPECT_TRUE(Failures().empty());
}

}  // namespace
}  // namespace ocokit::mock::http
