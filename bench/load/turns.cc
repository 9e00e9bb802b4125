#include <algorithm>
#include <numeric>

#include "bench/load/calls.h"

namespace ocokit::load {
namespace {

constexpr std::size_t kIdDigits = 10;
// Pairs left over by lost replies are cancelled in the place of new ones when there are so many, so
// that a long run with faults holds as much at its end as at its beginning.
constexpr std::size_t kMostLeftOver = 16;

std::size_t Index(Call call) { return static_cast<std::size_t>(call); }

}  // namespace

Turns::Turn Turns::Next() {
  // Smooth weighted round robin: each gains its weight, the one that has most pays the sum.
  const int sum = std::accumulate(mix_.weights.begin(), mix_.weights.end(), 0);
  for (std::size_t i = 0; i < kCalls; ++i) credit_[i] += mix_.weights[i];
  const auto most = std::max_element(credit_.begin(), credit_.end());
  *most -= sum;
  Call call = static_cast<Call>(most - credit_.begin());
  if (call == Call::kCancel && to_cancel_.empty()) call = Call::kPlace;
  const bool cancels = mix_.weights[Index(Call::kCancel)] > 0;
  if (call == Call::kPlace && cancels && to_cancel_.size() > kMostLeftOver) call = Call::kCancel;
  Turn turn{call};
  if (call == Call::kPlace) {
    const std::string number = std::to_string(++placed_);
    turn.id = prefix_ + std::string(kIdDigits - std::min(kIdDigits, number.size()), '0') + number;
  } else if (call == Call::kCancel) {
    turn.id = std::move(to_cancel_.front());
    to_cancel_.pop_front();
  }
  return turn;
}

void Turns::Done(const Turn& turn, bool accepted, bool unknown) {
  // Nobody would ever take them off again.
  if (mix_.weights[Index(Call::kCancel)] == 0) return;
  const bool waits =
      turn.call == Call::kPlace ? accepted || unknown : turn.call == Call::kCancel && unknown;
  if (waits) to_cancel_.push_back(turn.id);
}

}  // namespace ocokit::load
