#pragma once

// OrderStore: every order list of an account and the ways to find one. Open lists are all kept; of
// the ended ones, the latest kMaxEnded.

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "mock_exchange/engine/exits.h"
#include "mock_exchange/engine/image.h"
#include "mock_exchange/engine/order.h"

namespace ocokit::mock::engine {

// Lists one after the other, by links that they hold themselves: in and out are O(1).
template <OrderList::Links OrderList::*kLinks>
class Chain {
 public:
  void PushNewest(OrderList& list) {
    (list.*kLinks) = {newest_, nullptr};
    (newest_ != nullptr ? (newest_->*kLinks).newer : oldest_) = &list;
    newest_ = &list;
    ++size_;
  }
  void Remove(OrderList& list) {
    const OrderList::Links& at = list.*kLinks;
    (at.older != nullptr ? (at.older->*kLinks).newer : oldest_) = at.newer;
    (at.newer != nullptr ? (at.newer->*kLinks).older : newest_) = at.older;
    --size_;
  }
  [[nodiscard]] OrderList* oldest() const { return oldest_; }
  [[nodiscard]] OrderList* newest() const { return newest_; }
  [[nodiscard]] std::size_t size() const { return size_; }

  // Hands each list, newest first, to `visit` until it returns false.
  template <typename Visit>
  void VisitNewestFirst(Visit visit) const {
    const OrderList* at = newest_;
    while (at != nullptr && visit(*at)) at = (at->*kLinks).older;
  }

 private:
  OrderList* oldest_ = nullptr;
  OrderList* newest_ = nullptr;
  std::size_t size_ = 0;
};

class OrderStore {
 public:
  static constexpr std::size_t kMaxEnded = 10000;

  // `ids_per_market`: a client order id needs to be unique within its market only.
  explicit OrderStore(bool ids_per_market);
  ~OrderStore();
  OrderStore(const OrderStore&) = delete;
  OrderStore& operator=(const OrderStore&) = delete;

  [[nodiscard]] StoreImage TakeImage() const;
  // Fills a store in which nothing was yet.
  void Restore(StoreImage image);

  // Takes the list and gives it its sequence. The reference holds until the list is forgotten.
  OrderList& Add(std::unique_ptr<OrderList> list);
  // Notes that `list`, whose `open` has become false, has ended.
  void End(OrderList& list);
  // Forgets the oldest ended lists beyond kMaxEnded.
  void Trim();

  // When the list that ended first of those that are kept was last changed; none: none has ended.
  [[nodiscard]] std::optional<TimePoint> OldestEnded() const;
  // Forgets those that ended first, `most` at most; returns how many.
  std::size_t ForgetEnded(std::size_t most);
  // What all of it takes in memory, about.
  [[nodiscard]] std::size_t bytes() const { return bytes_; }

  // Keeps what `working` brings along.
  Exits& AddExits(OrderList& working, Exits exits);
  // `pending` is now what is placed for `exits`.
  void SetPending(Exits& exits, OrderList& pending);
  // Those that the list brings along, or is. They are forgotten with the last of the two.
  [[nodiscard]] Exits* ExitsOf(const OrderList& list) const;
  // By the OTO's own id.
  [[nodiscard]] Exits* FindExits(OrderId id) const;

  // By an order's id; a pair's own id is no order's.
  [[nodiscard]] Order* FindOrder(OrderId id) const;
  // By a pair's own id.
  [[nodiscard]] OrderList* FindPair(OrderId id) const;
  // The latest list one of whose client ids this is; `market` counts only with ids_per_market.
  [[nodiscard]] OrderList* FindClientId(std::uint32_t market, std::string_view client_id) const;
  // The order of that list whose client id it is; null when it is the pair's.
  [[nodiscard]] Order* FindClientOrder(std::uint32_t market, std::string_view client_id) const;

  // Newest placement first, and latest end first.
  template <typename Visit>
  void VisitOpen(Visit visit) const {
    open_.VisitNewestFirst(visit);
  }
  template <typename Visit>
  void VisitEnded(Visit visit) const {
    ended_.VisitNewestFirst(visit);
  }
  // Open and ended ones, newest placement first.
  template <typename Visit>
  void VisitAll(Visit visit) const {
    placed_.VisitNewestFirst(visit);
  }
  [[nodiscard]] std::size_t open_count() const { return open_.size(); }

  // The open ones, newest first, to change.
  [[nodiscard]] std::vector<OrderList*> Open() const;

 private:
  struct Index;

  // Keeps `exits` as those of the two lists; null: forgotten, or not placed yet.
  void Restore(const Exits& exits, OrderList* working, OrderList* pending);
  // Takes the list, which has its sequence, among the open ones.
  OrderList& File(std::unique_ptr<OrderList> list);
  void Forget(OrderList& list);
  void ForgetExits(OrderList& list);
  [[nodiscard]] static std::size_t BytesOf(const OrderList& list);

  bool ids_per_market_;
  std::size_t bytes_ = 0;
  std::uint64_t last_sequence_ = 0;
  Chain<&OrderList::placed> placed_;
  Chain<&OrderList::of_state> open_;
  Chain<&OrderList::of_state> ended_;
  std::unique_ptr<Index> index_;
};

}  // namespace ocokit::mock::engine
