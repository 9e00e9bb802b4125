#include "mock_exchange/engine/ids.h"

#include <algorithm>

namespace ocokit::mock::engine {
namespace {

// The epoch that the published order ids and their transaction times agree on.
constexpr std::int64_t kSnowflakeEpochMs = 1288834974657;
constexpr int kSequenceBits = 22;

}  // namespace

OrderId FirstIds::Take(OrderId otherwise) {
  if (ids_.empty()) return otherwise;
  const OrderId id = ids_.front();
  ids_.pop_front();
  return id;
}

OrderId SnowflakeIds::NextOrder(TimePoint now) {
  // 41 bits of time: ids stay positive as signed numbers, which some replies hold.
  const std::int64_t ms = std::clamp<std::int64_t>(ToUnixMillis(now) - kSnowflakeEpochMs, 0,
                                                   (std::int64_t{1} << 41) - 1);
  const OrderId at_time = (static_cast<OrderId>(ms) << kSequenceBits) + offset_;
  last_ = first_.Take(std::max(last_ + 1, at_time));
  return last_;
}

PairIds SnowflakeIds::Next(TimePoint now, bool with_list) {
  PairIds ids;
  if (with_list) ids.list = NextOrder(now);
  ids.limit = NextOrder(now);
  ids.stop = NextOrder(now);
  return ids;
}

OrderId CountingIds::NextOrder(TimePoint /*now*/) {
  const OrderId id = first_.Take(next_);
  next_ = id + 1;
  return id;
}

PairIds CountingIds::Next(TimePoint now, bool /*with_list*/) {
  PairIds ids;
  ids.list = NextOrder(now);
  ids.stop = NextOrder(now);
  ids.limit = NextOrder(now);
  return ids;
}

}  // namespace ocokit::mock::engine
