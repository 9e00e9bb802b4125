#include "mock_exchange/engine/order_store.h"

#include <gtest/gtest.h>

namespace ocokit::mock::engine {
namespace {

// A list of one order or of two; the second has the id after the first, and a pair the one before.
std::unique_ptr<OrderList> Make(OrderId id, bool pair, const std::string& client_id = {}) {
  auto list = std::make_unique<OrderList>();
  if (pair) {
    list->id = id - 1;
    list->client_id = client_id;
  }
  for (std::size_t i = 0; i < (pair ? 2U : 1U); ++i) {
    list->orders.at(i) = std::make_unique<Order>();
    list->orders.at(i)->list = list.get();
    list->orders.at(i)->id = id + i;
  }
  if (!pair) list->orders[0]->client_id = client_id;
  return list;
}

void End(OrderStore& store, OrderList& list) {
  list.open = false;
  store.End(list);
}

TEST(OrderStore, ForgetsTheOldestEndedListsOnly) {
  OrderStore store(false);
  store.Add(Make(1, false));
  for (std::uint64_t i = 0; i <= OrderStore::kMaxEnded; ++i) {
    End(store, store.Add(Make(i + 10, false, std::to_string(i))));
  }
  EXPECT_NE(store.FindOrder(10), nullptr);
  store.Trim();
  EXPECT_NE(store.FindOrder(1), nullptr);
  EXPECT_EQ(store.FindOrder(10), nullptr);
  EXPECT_EQ(store.FindClientId(0, "0"), nullptr);
  EXPECT_NE(store.FindOrder(11), nullptr);
  std::size_t ended = 0;
  store.VisitEnded([&](const OrderList&) { return ++ended != 0; });
  EXPECT_EQ(ended, OrderStore::kMaxEnded);
}

TEST(OrderStore, FindsOrdersByTheirOwnIdsAlone) {
  OrderStore store(false);
  auto made = Make(2, true, "list");
  made->orders[0]->client_id = "limit";
  made->orders[1]->client_id = "stop";
  const OrderList& pair = store.Add(std::move(made));
  const OrderList& single = store.Add(Make(7, false, "single"));

  EXPECT_EQ(store.FindPair(1), &pair);
  EXPECT_EQ(store.FindOrder(2), &pair.limit());
  EXPECT_EQ(store.FindOrder(3), &pair.stop());
  EXPECT_EQ(store.FindOrder(7), &single.single());
  EXPECT_EQ(store.FindClientOrder(0, "limit"), &pair.limit());
  EXPECT_EQ(store.FindClientOrder(0, "stop"), &pair.stop());
  EXPECT_EQ(store.FindClientOrder(0, "single"), &single.single());
  EXPECT_EQ(store.FindClientId(0, "list"), &pair);
  for (const Order* none : {store.FindOrder(1), store.FindOrder(4),
                            store.FindClientOrder(0, "list"), store.FindClientOrder(0, "")}) {
    EXPECT_EQ(none, nullptr);
  }
  EXPECT_EQ(store.FindPair(7), nullptr);
}

TEST(OrderStore, AClientIdIsOfItsMarketAloneWhereTheVenueSaysSo) {
  for (const bool per_market : {true, false}) {
    OrderStore store(per_market);
    OrderList& here = store.Add(Make(1, false, "a"));
    auto there = Make(2, false, "a");
    there->market = 1;
    const OrderList& other = store.Add(std::move(there));
    EXPECT_EQ(store.FindClientId(0, "a"), per_market ? &here : &other);
    EXPECT_EQ(store.FindClientId(1, "a"), &other);
    // The one that had it before takes nothing with it.
    End(store, here);
    EXPECT_EQ(store.ForgetEnded(1), 1U);
    EXPECT_EQ(store.FindClientId(0, "a"), per_market ? nullptr : &other);
    EXPECT_EQ(store.FindClientOrder(1, "a"), &other.single());
  }
}

TEST(OrderStore, ListsByPlacementAndByEnd) {
  OrderStore store(false);
  OrderList& a = store.Add(Make(1, false));
  OrderList& b = store.Add(Make(2, false));
  OrderList& c = store.Add(Make(3, false));
  End(store, b);
  End(store, a);
  const auto ids = [](auto visit) {
    std::vector<OrderId> out;
    visit([&](const OrderList& list) {
      out.push_back(list.single().id);
      return true;
    });
    return out;
  };
  using Ids = std::vector<OrderId>;
  EXPECT_EQ(ids([&](auto each) { store.VisitAll(each); }), (Ids{3, 2, 1}));
  EXPECT_EQ(ids([&](auto each) { store.VisitOpen(each); }), (Ids{3}));
  EXPECT_EQ(ids([&](auto each) { store.VisitEnded(each); }), (Ids{1, 2}));
  EXPECT_EQ(store.Open(), std::vector<OrderList*>{&c});
}

// Fills a store with lists that have ended.
void End(OrderStore& store, std::uint64_t count) {
  for (std::uint64_t i = 0; i < count; ++i) {
    auto made = Make(i + 10, false, std::string(40, 'c') + std::to_string(i));
    made->updated = FromUnixMillis(static_cast<std::int64_t>(i));
    OrderList& list = store.Add(std::move(made));
    End(store, list);
  }
}

TEST(OrderStore, CountsItsBytesAndForgetsTheOldestEndedWhenTold) {
  OrderStore store(false);
  store.Add(Make(1, false));
  const std::size_t one = store.bytes();
  EXPECT_GT(one, sizeof(OrderList) + sizeof(Order));
  EXPECT_EQ(store.OldestEnded(), std::nullopt);
  End(store, 100);
  const std::size_t all = store.bytes();
  EXPECT_GT(all, 100 * one);

  EXPECT_EQ(store.ForgetEnded(40), 40U);
  EXPECT_EQ(store.OldestEnded(), FromUnixMillis(40));
  EXPECT_EQ(store.FindOrder(10), nullptr);
  EXPECT_NE(store.FindOrder(50), nullptr);
  EXPECT_LT(store.bytes(), all * 7 / 10);
  EXPECT_EQ(store.ForgetEnded(1000), 60U);
  // What is open stays, and nothing else is counted.
  EXPECT_NE(store.FindOrder(1), nullptr);
  EXPECT_EQ(store.bytes(), one);
}

}  // namespace
}  // namespace ocokit::mock::engine
