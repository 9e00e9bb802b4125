#include "client/streams/backoff.h"

#include <algorithm>

namespace ocokit::client::streams {

Backoff::Backoff(const BackoffOptions& options) : options_(options), state_(options.seed) {
  if (state_ != 0) return;
  state_ = static_cast<std::uint64_t>(std::chrono::steady_clock::now().time_since_epoch().count());
}

milliseconds Backoff::Next() {
  double pause = static_cast<double>(options_.first.count());
  const auto longest = static_cast<double>(options_.longest.count());
  for (int i = 0; i < attempts_ && pause < longest; ++i) pause *= options_.factor;
  pause = std::min(pause, longest);
  if (attempts_ < 1000) ++attempts_;
  // Knuth's multiplier; the upper bits are the good ones.
  state_ = state_ * 6364136223846793005U + 1442695040888963407U;
  const double chance = static_cast<double>(state_ >> 40) / static_cast<double>(1U << 24);
  pause *= 1 - options_.jitter * chance;
  return milliseconds(static_cast<std::int64_t>(pause));
}

}  // namespace ocokit::client::streams
