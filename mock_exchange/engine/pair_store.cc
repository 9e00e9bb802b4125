#include "mock_exchange/engine/pair_store.h"

#include <algorithm>

#include "ocokit/base/check.h"

namespace ocokit::mock::engine {

std::string PairStore::ClientKey(std::uint32_t market, std::string_view client_id) const {
  std::string key = ids_per_market_ ? std::to_string(market) + ":" : std::string();
  key += client_id;
  return key;
}

// With its places in the tables, as the C++ library's containers make them.
std::size_t PairStore::BytesOf(const Pair& pair) {
  constexpr std::size_t kTables = 400;
  std::size_t out = sizeof(Pair) + kTables;
  for (const std::string* id : {&pair.client_id, &pair.limit.client_id, &pair.stop.client_id}) {
    // The second is the table's.
    if (!id->empty()) out += 2 * (id->capacity() + 32);
  }
  return out;
}

void PairStore::Note(std::uint64_t sequence, const PairEvent& event) {
  std::vector<PairEvent>& events = events_[sequence];
  const std::size_t before = events.capacity();
  events.push_back(event);
  bytes_ += (events.capacity() - before) * sizeof(PairEvent);
}

std::optional<TimePoint> PairStore::OldestEnded() const {
  if (ended_.empty()) return std::nullopt;
  return pairs_.at(ended_.front()).updated;
}

std::size_t PairStore::ForgetEnded(std::size_t most) {
  std::size_t count = 0;
  for (; count < most && !ended_.empty(); ++count) {
    Forget(ended_.front());
    ended_.pop_front();
  }
  return count;
}

Pair& PairStore::Add(Pair pair) {
  pair.sequence = ++last_sequence_;
  bytes_ += BytesOf(pair);
  Pair& stored = pairs_.emplace_hint(pairs_.end(), pair.sequence, std::move(pair))->second;
  open_.insert(open_.end(), stored.sequence);
  for (const OrderId id : {stored.id, stored.limit.id, stored.stop.id}) {
    if (id != 0) by_id_[id] = stored.sequence;
  }
  for (const std::string* id :
       {&stored.client_id, &stored.limit.client_id, &stored.stop.client_id}) {
    if (!id->empty()) by_client_id_[ClientKey(stored.market, *id)] = stored.sequence;
  }
  return stored;
}

void PairStore::End(const Pair& pair) {
  OCOKIT_CHECK(!pair.open, "an open pair cannot be stored as ended");
  open_.erase(pair.sequence);
  ended_.push_back(pair.sequence);
  if (ended_.size() > kMaxEnded) {
    Forget(ended_.front());
    ended_.pop_front();
  }
}

void PairStore::Forget(std::uint64_t sequence) {
  const auto it = pairs_.find(sequence);
  OCOKIT_CHECK(it != pairs_.end(), "an ended pair is not stored");
  const Pair& pair = it->second;
  for (const OrderId id : {pair.id, pair.limit.id, pair.stop.id}) by_id_.erase(id);
  for (const std::string* id : {&pair.client_id, &pair.limit.client_id, &pair.stop.client_id}) {
    // A later pair may have taken the client id over.
    const auto named = by_client_id_.find(ClientKey(pair.market, *id));
    if (named != by_client_id_.end() && named->second == sequence) by_client_id_.erase(named);
  }
  if (const auto events = events_.find(sequence); events != events_.end()) {
    bytes_ -= events->second.capacity() * sizeof(PairEvent);
    events_.erase(events);
  }
  bytes_ -= std::min(bytes_, BytesOf(pair));
  pairs_.erase(it);
}

const std::vector<PairEvent>& PairStore::Events(std::uint64_t sequence) const {
  static const std::vector<PairEvent> kNone;
  const auto it = events_.find(sequence);
  return it == events_.end() ? kNone : it->second;
}

Pair* PairStore::FindSequence(std::uint64_t sequence) {
  const auto it = pairs_.find(sequence);
  return it == pairs_.end() ? nullptr : &it->second;
}

Pair* PairStore::FindId(OrderId id) {
  const auto it = by_id_.find(id);
  return it == by_id_.end() ? nullptr : FindSequence(it->second);
}

OrderRef PairStore::FindOrder(OrderId id) {
  const Pair* pair = FindId(id);
  if (pair == nullptr) return {};
  if (pair->limit.id == id) return {pair, LegKind::kLimit};
  return pair->stop.id == id ? OrderRef{pair, LegKind::kStop} : OrderRef{};
}

OrderRef PairStore::FindClientOrder(std::uint32_t market, std::string_view client_id) {
  const Pair* pair = FindClientId(market, client_id);
  if (pair == nullptr) return {};
  if (pair->limit.client_id == client_id) return {pair, LegKind::kLimit};
  return pair->stop.client_id == client_id ? OrderRef{pair, LegKind::kStop} : OrderRef{};
}

Pair* PairStore::FindClientId(std::uint32_t market, std::string_view client_id) {
  const auto it = by_client_id_.find(ClientKey(market, client_id));
  return it == by_client_id_.end() ? nullptr : FindSequence(it->second);
}

std::vector<const Pair*> PairStore::Open() const {
  std::vector<const Pair*> out;
  out.reserve(open_.size());
  for (auto it = open_.rbegin(); it != open_.rend(); ++it) out.push_back(&pairs_.at(*it));
  return out;
}

std::vector<const Pair*> PairStore::Ended(std::size_t most) const {
  std::vector<const Pair*> out;
  out.reserve(std::min(most, ended_.size()));
  for (auto it = ended_.rbegin(); it != ended_.rend() && out.size() < most; ++it) {
    out.push_back(&pairs_.at(*it));
  }
  return out;
}

}  // namespace ocokit::mock::engine
