#pragma once

// PairStore: every pair of an account and the ways to find one. Open pairs are all kept; of the
// ended ones, the latest kMaxEnded.

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "mock_exchange/engine/order.h"

namespace ocokit::mock::engine {

class PairStore {
 public:
  static constexpr std::size_t kMaxEnded = 10000;

  // `ids_per_market`: a client order id needs to be unique within its market only.
  explicit PairStore(bool ids_per_market) : ids_per_market_(ids_per_market) {}

  // Takes the pair and gives it its sequence. The reference holds until the pair is forgotten.
  Pair& Add(Pair pair);
  // Notes that `pair`, whose `open` has become false, has ended; may forget the oldest ended pair.
  void End(const Pair& pair);

  // Adds to what has happened to a pair since it was placed; it is forgotten with the pair.
  void Note(std::uint64_t sequence, const PairEvent& event);
  // When the pair that ended first of those that are kept was last changed; none: none has ended.
  [[nodiscard]] std::optional<TimePoint> OldestEnded() const;
  // Forgets those that ended first, `most` at most; returns how many.
  std::size_t ForgetEnded(std::size_t most);
  // What all of it takes in memory, about.
  [[nodiscard]] std::size_t bytes() const { return bytes_; }
  // Oldest first; without the placement.
  [[nodiscard]] const std::vector<PairEvent>& Events(std::uint64_t sequence) const;

  [[nodiscard]] Pair* FindSequence(std::uint64_t sequence);
  // By the id of the list or of either leg.
  [[nodiscard]] Pair* FindId(OrderId id);
  // The order of this id, or of the client's id of one order; a list's id is no order's.
  [[nodiscard]] OrderRef FindOrder(OrderId id);
  [[nodiscard]] OrderRef FindClientOrder(std::uint32_t market, std::string_view client_id);
  // The latest pair one of whose client ids this is; `market` counts only with ids_per_market.
  [[nodiscard]] Pair* FindClientId(std::uint32_t market, std::string_view client_id);

  // Newest first.
  [[nodiscard]] std::vector<const Pair*> Open() const;
  // Latest ended first.
  [[nodiscard]] std::vector<const Pair*> Ended(std::size_t most = kMaxEnded) const;
  // The same without a copy: hands each pair to `visit` until it returns false.
  template <typename Visit>
  void VisitOpen(Visit visit) const {
    for (auto it = open_.rbegin(); it != open_.rend() && visit(pairs_.at(*it)); ++it) {
    }
  }
  template <typename Visit>
  void VisitEnded(Visit visit) const {
    for (auto it = ended_.rbegin(); it != ended_.rend() && visit(pairs_.at(*it)); ++it) {
    }
  }
  // Open and ended ones, newest placement first.
  template <typename Visit>
  void VisitAll(Visit visit) const {
    for (auto it = pairs_.rbegin(); it != pairs_.rend() && visit(it->second); ++it) {
    }
  }
  [[nodiscard]] std::size_t open_count() const { return open_.size(); }

 private:
  [[nodiscard]] std::string ClientKey(std::uint32_t market, std::string_view client_id) const;
  void Forget(std::uint64_t sequence);

  [[nodiscard]] static std::size_t BytesOf(const Pair& pair);

  bool ids_per_market_;
  std::size_t bytes_ = 0;
  std::uint64_t last_sequence_ = 0;
  std::map<std::uint64_t, Pair> pairs_;
  std::set<std::uint64_t> open_;
  std::deque<std::uint64_t> ended_;
  // Beside the pairs, since most of those that are open have none.
  std::unordered_map<std::uint64_t, std::vector<PairEvent>> events_;
  std::unordered_map<OrderId, std::uint64_t> by_id_;
  std::unordered_map<std::string, std::uint64_t> by_client_id_;
};

}  // namespace ocokit::mock::engine
