#include "mock_exchange/engine/order_store.h"

#include <algorithm>
#include <boost/unordered/unordered_flat_set.hpp>
#include <boost/unordered/unordered_map.hpp>

#include "ocokit/base/check.h"

namespace ocokit::mock::engine {
namespace {

// An order or list, by one of its client ids: the list, and in the bits that its alignment leaves
// free whose of its ids it is.
class Named {
 public:
  // `order`: index of the order; none: the list's own.
  Named(OrderList& list, std::optional<std::size_t> order)
      : bits_(reinterpret_cast<std::uintptr_t>(&list) | (order ? *order + 1 : 0)) {}

  [[nodiscard]] OrderList& list() const {
    return *reinterpret_cast<OrderList*>(bits_ & ~kWhose);  // NOLINT(performance-no-int-to-ptr)
  }
  [[nodiscard]] std::string_view text() const {
    const std::uintptr_t whose = bits_ & kWhose;
    return whose == 0 ? list().client_id.text() : list().orders.at(whose - 1)->client_id.text();
  }

 private:
  static constexpr std::uintptr_t kWhose = 3;
  static_assert(alignof(OrderList) > kWhose);

  std::uintptr_t bits_;
};

struct ClientKey {
  std::uint32_t market;
  std::string_view text;

  friend bool operator==(const ClientKey&, const ClientKey&) = default;
};

// Tables hold what has the key, not the key beside it: half the bytes of an entry.
struct ByClientId {
  using is_transparent = void;
  bool per_market;

  [[nodiscard]] ClientKey Of(const Named& named) const {
    return {per_market ? named.list().market : 0, named.text()};
  }
  [[nodiscard]] static ClientKey Of(const ClientKey& key) { return key; }

  // Hash, and equality.
  template <typename T>
  std::size_t operator()(const T& one) const {
    const ClientKey key = Of(one);
    return std::hash<std::string_view>()(key.text) + key.market * std::size_t{0x9e3779b97f4a7c15};
  }
  template <typename A, typename B>
  bool operator()(const A& a, const B& b) const {
    return Of(a) == Of(b);
  }
};

struct ById {
  using is_transparent = void;

  static OrderId Of(OrderId id) { return id; }
  static OrderId Of(const Order* order) { return order->id; }
  static OrderId Of(const OrderList* list) { return list->id; }

  template <typename T>
  std::size_t operator()(const T& one) const {
    return boost::hash<OrderId>()(Of(one));
  }
  template <typename A, typename B>
  bool operator()(const A& a, const B& b) const {
    return Of(a) == Of(b);
  }
};

// With their places in the tables: a node each of both.
constexpr std::size_t kExitsBytes = sizeof(Exits) + 96;

}  // namespace

struct OrderStore::Index {
  explicit Index(bool ids_per_market)
      : client_ids(0, ByClientId{ids_per_market}, ByClientId{ids_per_market}) {}

  boost::unordered_flat_set<Order*, ById, ById> orders;
  boost::unordered_flat_set<OrderList*, ById, ById> pairs;
  boost::unordered_flat_set<Named, ByClientId, ByClientId> client_ids;
  // By the OTO's id; and by the sequence of a list that is in one.
  boost::unordered_map<OrderId, Exits> exits;
  boost::unordered_map<std::uint64_t, Exits*> exits_of;
};

OrderStore::OrderStore(bool ids_per_market)
    : ids_per_market_(ids_per_market), index_(std::make_unique<Index>(ids_per_market)) {}

OrderStore::~OrderStore() {
  std::unique_ptr<OrderList> list(placed_.oldest());
  while (list != nullptr) list.reset(list->placed.newer);
}

// With its places in the tables.
std::size_t OrderStore::BytesOf(const OrderList& list) {
  constexpr std::size_t kTableEntry = 14;  // 8 bytes and one, as full as the tables mostly are
  constexpr std::size_t kBookEntry = 48;
  std::size_t out = sizeof(OrderList) + (list.IsPair() ? kTableEntry : 0);
  const auto text = [&](const ClientId& id) {
    constexpr std::size_t kAround = 12;  // its size, and malloc's word
    if (!id.empty()) out += kTableEntry + id.text().size() + kAround;
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
  // What had an id before gives it up.
  const auto name = [&](const ClientId& client_id, std::optional<std::size_t> order) {
    if (client_id.empty()) return;
    index_->client_ids.erase(ClientKey{market, client_id});
    index_->client_ids.insert(Named(list, order));
  };
  const auto enter = [](auto& table, auto* one) {
    if (table.insert(one).second) return;
    table.erase(one);
    table.insert(one);
  };
  if (list.id != 0) enter(index_->pairs, &list);
  name(list.client_id, std::nullopt);
  for (std::size_t i = 0; i < list.orders.size(); ++i) {
    Order* order = list.orders.at(i).get();
    if (order == nullptr) continue;
    enter(index_->orders, order);
    name(order->client_id, i);
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
  const auto unname = [&](const ClientId& client_id) {
    const auto named = index_->client_ids.find(ClientKey{market, client_id});
    if (named != index_->client_ids.end() && &named->list() == &list) {
      index_->client_ids.erase(named);
    }
  };
  unname(list.client_id);
  if (FindPair(list.id) == &list) index_->pairs.erase(&list);
  for (const auto& order : list.orders) {
    if (order == nullptr) continue;
    unname(order->client_id);
    if (FindOrder(order->id) == order.get()) index_->orders.erase(order.get());
  }
  bytes_ -= std::min(bytes_, BytesOf(list));
}

Order* OrderStore::FindOrder(OrderId id) const {
  const auto it = index_->orders.find(id);
  return it == index_->orders.end() ? nullptr : *it;
}

OrderList* OrderStore::FindPair(OrderId id) const {
  const auto it = index_->pairs.find(id);
  return it == index_->pairs.end() ? nullptr : *it;
}

OrderList* OrderStore::FindClientId(std::uint32_t market, std::string_view client_id) const {
  const auto it = index_->client_ids.find(ClientKey{ids_per_market_ ? market : 0, client_id});
  return it == index_->client_ids.end() ? nullptr : &it->list();
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
