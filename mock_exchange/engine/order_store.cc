#include "mock_exchange/engine/order_store.h"

#include <algorithm>
#include <boost/unordered/unordered_flat_map.hpp>
#include <boost/unordered/unordered_map.hpp>

#include "ocokit/base/check.h"

namespace ocokit::mock::engine {
namespace {

// The text is that of the list or of its order, which both live as long as the entry.
struct ClientKey {
  std::uint32_t market;
  std::string_view text;

  friend bool operator==(const ClientKey&, const ClientKey&) = default;
  friend std::size_t hash_value(const ClientKey& key) {
    return std::hash<std::string_view>()(key.text) + key.market * std::size_t{0x9e3779b97f4a7c15};
  }
};

// With their places in the tables: a node each of both.
constexpr std::size_t kExitsBytes = sizeof(Exits) + 96;

}  // namespace

struct OrderStore::Index {
  boost::unordered_flat_map<OrderId, Order*> orders;
  boost::unordered_flat_map<OrderId, OrderList*> pairs;
  boost::unordered_flat_map<ClientKey, OrderList*> client_ids;
  // By the OTO's id; and by the sequence of a list that is in one.
  boost::unordered_map<OrderId, Exits> exits;
  boost::unordered_map<std::uint64_t, Exits*> exits_of;
};

OrderStore::OrderStore(bool ids_per_market)
    : ids_per_market_(ids_per_market), index_(std::make_unique<Index>()) {}

OrderStore::~OrderStore() {
  std::unique_ptr<OrderList> list(placed_.oldest());
  while (list != nullptr) list.reset(list->placed.newer);
}

// With its places in the tables.
std::size_t OrderStore::BytesOf(const OrderList& list) {
  constexpr std::size_t kTableEntry = 27;  // 16 bytes and one, as full as the tables mostly are
  constexpr std::size_t kClientEntry = 54;
  constexpr std::size_t kBookEntry = 48;
  std::size_t out = sizeof(OrderList) + (list.IsPair() ? kTableEntry : 0);
  const auto text = [&](const std::string& id) {
    constexpr std::size_t kInside = 15;
    if (!id.empty()) out += kClientEntry;
    if (id.capacity() > kInside) out += id.capacity() + 1;
  };
  text(list.client_id);
  list.ForEach([&](const Order& order) {
    out += sizeof(Order) + kTableEntry + kBookEntry;
    text(order.client_id);
  });
  return out;
}

std::optional<TimePoint> OrderStore::OldestEnded() const {
  if (ended_.oldest() == nullptr) return std::nullopt;
  return ended_.oldest()->updated;
}

std::size_t OrderStore::ForgetEnded(std::size_t most) {
  std::size_t count = 0;
  for (; count < most && ended_.oldest() != nullptr; ++count) Forget(*ended_.oldest());
  return count;
}

Exits& OrderStore::AddExits(OrderList& working, Exits exits) {
  const OrderId id = exits.id;
  Exits& kept = index_->exits[id] = exits;
  bytes_ += kExitsBytes;
  kept.working = &working;
  working.oto = OtoRole::kWorking;
  index_->exits_of[working.sequence] = &kept;
  return kept;
}

void OrderStore::Restore(const Exits& exits, OrderList* working, OrderList* pending) {
  Exits& kept = index_->exits[exits.id] = exits;
  bytes_ += kExitsBytes;
  kept.working = working;
  kept.pending = pending;
  for (const OrderList* list : {working, pending}) {
    if (list != nullptr) index_->exits_of[list->sequence] = &kept;
  }
}

void OrderStore::SetPending(Exits& exits, OrderList& pending) {
  exits.pending = &pending;
  exits.placed = true;
  pending.oto = OtoRole::kPending;
  index_->exits_of[pending.sequence] = &exits;
}

Exits* OrderStore::ExitsOf(const OrderList& list) const {
  if (list.oto == OtoRole::kNone) return nullptr;
  const auto it = index_->exits_of.find(list.sequence);
  return it == index_->exits_of.end() ? nullptr : it->second;
}

Exits* OrderStore::FindExits(OrderId id) const {
  const auto it = index_->exits.find(id);
  return it == index_->exits.end() ? nullptr : &it->second;
}

void OrderStore::ForgetExits(OrderList& list) {
  Exits* exits = ExitsOf(list);
  if (exits == nullptr) return;
  index_->exits_of.erase(list.sequence);
  (exits->working == &list ? exits->working : exits->pending) = nullptr;
  if (exits->working != nullptr || exits->pending != nullptr) return;
  index_->exits.erase(exits->id);
  bytes_ -= kExitsBytes;
}

OrderList& OrderStore::Add(std::unique_ptr<OrderList> given) {
  given->sequence = ++last_sequence_;
  return File(std::move(given));
}

OrderList& OrderStore::File(std::unique_ptr<OrderList> given) {
  OrderList& list = *given.release();
  bytes_ += BytesOf(list);
  placed_.PushNewest(list);
  open_.PushNewest(list);
  const std::uint32_t market = ids_per_market_ ? list.market : 0;
  const auto name = [&](const std::string& client_id) {
    if (client_id.empty()) return;
    // A key that is there already points into the list that had the id before.
    index_->client_ids.erase({market, client_id});
    index_->client_ids.emplace(ClientKey{market, client_id}, &list);
  };
  if (list.id != 0) index_->pairs[list.id] = &list;
  name(list.client_id);
  for (const auto& order : list.orders) {
    if (order == nullptr) continue;
    index_->orders[order->id] = order.get();
    name(order->client_id);
  }
  return list;
}

void OrderStore::End(OrderList& list) {
  OCOKIT_CHECK(!list.open, "an open list cannot be stored as ended");
  open_.Remove(list);
  ended_.PushNewest(list);
}

void OrderStore::Trim() {
  while (ended_.size() > kMaxEnded) Forget(*ended_.oldest());
}

void OrderStore::Forget(OrderList& list) {
  const std::unique_ptr<OrderList> forgotten(&list);
  ForgetExits(list);
  placed_.Remove(list);
  ended_.Remove(list);
  const std::uint32_t market = ids_per_market_ ? list.market : 0;
  // A later list may have taken an id over.
  const auto unname = [&](const std::string& client_id) {
    const auto named = index_->client_ids.find({market, client_id});
    if (named != index_->client_ids.end() && named->second == &list) {
      index_->client_ids.erase(named);
    }
  };
  unname(list.client_id);
  if (FindPair(list.id) == &list) index_->pairs.erase(list.id);
  for (const auto& order : list.orders) {
    if (order == nullptr) continue;
    unname(order->client_id);
    if (FindOrder(order->id) == order.get()) index_->orders.erase(order->id);
  }
  bytes_ -= std::min(bytes_, BytesOf(list));
}

Order* OrderStore::FindOrder(OrderId id) const {
  const auto it = index_->orders.find(id);
  return it == index_->orders.end() ? nullptr : it->second;
}

OrderList* OrderStore::FindPair(OrderId id) const {
  const auto it = index_->pairs.find(id);
  return it == index_->pairs.end() ? nullptr : it->second;
}

OrderList* OrderStore::FindClientId(std::uint32_t market, std::string_view client_id) const {
  const auto it = index_->client_ids.find({ids_per_market_ ? market : 0, client_id});
  return it == index_->client_ids.end() ? nullptr : it->second;
}

Order* OrderStore::FindClientOrder(std::uint32_t market, std::string_view client_id) const {
  const OrderList* list = FindClientId(market, client_id);
  if (list == nullptr) return nullptr;
  for (const auto& order : list->orders) {
    if (order != nullptr && order->client_id == client_id) return order.get();
  }
  return nullptr;
}

std::vector<OrderList*> OrderStore::Open() const {
  std::vector<OrderList*> out;
  out.reserve(open_.size());
  for (OrderList* at = open_.newest(); at != nullptr; at = at->of_state.older) out.push_back(at);
  return out;
}

}  // namespace ocokit::mock::engine
