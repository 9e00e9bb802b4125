#pragma once

// Where order ids come from: rising, and the same for the same seed and times.

#include <cstdint>
#include <deque>
#include <vector>

#include "mock_exchange/engine/order.h"

namespace ocokit::mock::engine {

struct PairIds {
  OrderId list = 0;  // zero: not asked for
  OrderId limit = 0;
  OrderId stop = 0;
};

// Ids given in advance, each drawn once before any made-up one.
class FirstIds {
 public:
  explicit FirstIds(std::vector<OrderId> ids) : ids_(ids.begin(), ids.end()) {}
  // The next id, or `otherwise` when none is left.
  OrderId Take(OrderId otherwise);
  [[nodiscard]] std::vector<OrderId> left() const { return {ids_.begin(), ids_.end()}; }

 private:
  std::deque<OrderId> ids_;
};

// Where a source of ids stands.
struct IdState {
  OrderId last = 0;            // that was drawn, or where counting begins
  std::vector<OrderId> first;  // given in advance, and not drawn yet
};

class IdSource {
 public:
  virtual ~IdSource() = default;
  [[nodiscard]] virtual IdState state() const = 0;
  virtual void Restore(const IdState& state) = 0;
  // Ids of a new pair. `with_list`: the list needs one of its own.
  virtual PairIds Next(TimePoint now, bool with_list) = 0;
  // Of an order that is no pair.
  virtual OrderId NextOrder(TimePoint now) = 0;
};

// BingX: milliseconds since 1288834974657 shifted left by 22 bits, plus a sequence; list before
// limit before stop, consecutive, above 2^53.
class SnowflakeIds final : public IdSource {
 public:
  SnowflakeIds(std::uint64_t seed, std::vector<OrderId> first)
      : offset_(seed % 4096), first_(std::move(first)) {}
  PairIds Next(TimePoint now, bool with_list) override;
  OrderId NextOrder(TimePoint now) override;
  [[nodiscard]] IdState state() const override { return {last_, first_.left()}; }
  void Restore(const IdState& state) override {
    last_ = state.last;
    first_ = FirstIds(state.first);
  }

 private:
  std::uint64_t offset_;
  OrderId last_ = 0;
  FirstIds first_;
};

// WhiteBIT: group N, stop-loss N+1, take-profit N+2, below 2^53.
class CountingIds final : public IdSource {
 public:
  CountingIds(std::uint64_t seed, std::vector<OrderId> first)
      : next_(117703764513 + seed % 1000003 * 1000), first_(std::move(first)) {}
  PairIds Next(TimePoint now, bool with_list) override;
  OrderId NextOrder(TimePoint now) override;
  [[nodiscard]] IdState state() const override { return {next_ - 1, first_.left()}; }
  void Restore(const IdState& state) override {
    next_ = state.last + 1;
    first_ = FirstIds(state.first);
  }

 private:
  OrderId next_;
  FirstIds first_;
};

}  // namespace ocokit::mock::engine
