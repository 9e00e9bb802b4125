#include "ocokit/client/nonce.h"

#include <algorithm>
#include <utility>

namespace ocokit::client {
namespace {

// More than a round trip to the venue takes.
constexpr milliseconds kPatience{1000};

}  // namespace

NonceSource::NonceSource(std::shared_ptr<const Clock> clock, std::int64_t last)
    : clock_(std::move(clock)), last_(last) {}

std::int64_t NonceSource::Next() {
  const std::int64_t now = ToUnixMillis(clock_->Now());
  std::int64_t last = last_.load(std::memory_order_relaxed);
  std::int64_t next;
  do {
    next = std::max(now, last + 1);
  } while (!last_.compare_exchange_weak(last, next, std::memory_order_relaxed));
  return next;
}

NonceSource::Turn NonceSource::Begin() {
  std::unique_lock lock(mutex_);
  AwaitNone(lock, alone_);
  ++under_way_;
  return Turn(this, false, Next());
}

NonceSource::Turn NonceSource::BeginAlone() {
  std::unique_lock lock(mutex_);
  AwaitNone(lock, alone_);
  ++alone_;
  AwaitNone(lock, under_way_);
  ++under_way_;
  return Turn(this, true, Next());
}

void NonceSource::AwaitNone(std::unique_lock<std::mutex>& lock, const int& count) {
  while (count > 0) {
    const std::uint64_t seen = ends_;
    if (!ended_.wait_for(lock, kPatience, [&] { return ends_ != seen; })) return;
  }
}

void NonceSource::End(bool alone) {
  {
    const std::scoped_lock lock(mutex_);
    ++ends_;
    --under_way_;
    if (alone) --alone_;
  }
  ended_.notify_all();
}

NonceSource::Turn::Turn(Turn&& other) noexcept
    : source_(std::exchange(other.source_, nullptr)), alone_(other.alone_), nonce_(other.nonce_) {}

NonceSource::Turn::~Turn() {
  if (source_ != nullptr) source_->End(alone_);
}

}  // namespace ocokit::client
