#include "mock_exchange/engine/image.h"

#include "mock_exchange/engine/engine.h"
#include "ocokit/base/check.h"

namespace ocokit::mock::engine {

Image Engine::TakeImage() const {
  OCOKIT_CHECK(due_exits_.empty() && touched_.empty(), "an image is taken between commands");
  Image out;
  for (const Market& m : markets_) {
    out.markets.push_back({static_cast<const Liquidity&>(m), m.positions});
  }
  out.orders = orders_->TakeImage();
  out.log = log_;
  out.balances = balances_;
  out.trades = trades_;
  out.changes = changes_;
  out.closed = closed_;
  out.next_trade_id = next_trade_id_;
  out.next_position_id = next_position_id_;
  out.hedge_mode = hedge_mode_;
  out.leverage = leverage_;
  return out;
}

Engine::Engine(std::vector<MarketSpec> markets, bool client_ids_per_market, Image image)
    : Engine(std::move(markets), client_ids_per_market, image.next_trade_id) {
  OCOKIT_CHECK(image.markets.size() == markets_.size(), "an image of an engine with other markets");
  for (std::size_t i = 0; i < markets_.size(); ++i) {
    static_cast<Liquidity&>(markets_[i]) = std::move(image.markets[i].liquidity);
    markets_[i].positions = image.markets[i].positions;
  }
  orders_->Restore(std::move(image.orders));
  for (OrderList* list : orders_->Open()) {
    Market& m = markets_[list->market];
    CountOpen(*list, true);
    m.pending_value += list->pending;
    for (const auto& order : list->orders) {
      if (order != nullptr && order->IsWaiting()) m.book.Add(*order);
    }
  }
  log_ = std::move(image.log);
  balances_ = std::move(image.balances);
  trades_ = std::move(image.trades);
  changes_ = std::move(image.changes);
  closed_ = std::move(image.closed);
  next_position_id_ = image.next_position_id;
  hedge_mode_ = image.hedge_mode;
  leverage_ = image.leverage;
}

StoreImage OrderStore::TakeImage() const {
  StoreImage out;
  out.last_sequence = last_sequence_;
  for (const OrderList* list = placed_.oldest(); list != nullptr; list = list->placed.newer) {
    ListImage& image = out.lists.emplace_back();
    image.facts = static_cast<const ListFacts&>(*list);
    for (const auto& order : list->orders) {
      if (order != nullptr) image.orders.emplace_back(*order).list = nullptr;
    }
    // Each OTO once: with its working list, or with the other when that is forgotten.
    const Exits* exits = ExitsOf(*list);
    if (exits == nullptr || (exits->working != nullptr && exits->working != list)) continue;
    ExitsImage& tied = out.exits.emplace_back(ExitsImage{*exits});
    if (exits->working != nullptr) tied.working = exits->working->sequence;
    if (exits->pending != nullptr) tied.pending = exits->pending->sequence;
    tied.exits.working = tied.exits.pending = nullptr;
  }
  for (const OrderList* list = ended_.oldest(); list != nullptr; list = list->of_state.newer) {
    out.ended.push_back(list->sequence);
  }
  return out;
}

void OrderStore::Restore(StoreImage image) {
  OCOKIT_CHECK(placed_.size() == 0, "only an empty store is filled from an image");
  std::map<std::uint64_t, OrderList*> made;
  for (ListImage& kept : image.lists) {
    auto list = std::make_unique<OrderList>();
    static_cast<ListFacts&>(*list) = std::move(kept.facts);
    for (std::size_t i = 0; i < kept.orders.size(); ++i) {
      list->orders.at(i) = std::make_unique<Order>(std::move(kept.orders[i]));
      list->orders.at(i)->list = list.get();
    }
    OrderList& filed = File(std::move(list));
    made[filed.sequence] = &filed;
  }
  for (const std::uint64_t sequence : image.ended) End(*made.at(sequence));
  for (const ExitsImage& kept : image.exits) {
    const auto find = [&](std::uint64_t sequence) {
      return sequence == 0 ? nullptr : made.at(sequence);
    };
    Restore(kept.exits, find(kept.working), find(kept.pending));
  }
  last_sequence_ = image.last_sequence;
}

}  // namespace ocokit::mock::engine
