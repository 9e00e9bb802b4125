#pragma once

// Ledger: what a stream knows of the account's orders. It turns sightings, from frames and from
// REST, into events: a sighting that is lost, doubled, late or out of order changes nothing in the
// end, since an order's fills only rise and its state only goes forward. Pure; for one thread.

#include <cstddef>
#include <deque>
#include <map>
#include <string>
#include <vector>

#include "client/streams/sighting.h"

namespace ocokit::client::streams {

// An order to ask for by its id.
struct Wanted {
  std::string order_id{};
  std::string market{};

  friend bool operator==(const Wanted&, const Wanted&) = default;
};

class Ledger {
 public:
  // Ended orders beyond the latest so many are forgotten.
  explicit Ledger(std::size_t ended_kept = 10'000) : ended_kept_(ended_kept) {}

  // How an order stood before the stream began: what it has filled is not reported any more. An
  // open one is reported as placed. An order that is followed is treated as any other sighting.
  [[nodiscard]] std::vector<OrderEvent> TakeBaseline(const Sighting& seen);
  [[nodiscard]] std::vector<OrderEvent> Take(const Sighting& seen, bool from_rest);

  // A fill by itself. It gives the next rise of the order's sums its price, fee and id, where they
  // agree.
  void Take(Deal deal);
  // Whether a deal has come that no sighting has accounted for.
  [[nodiscard]] bool HasOpenDeals() const { return !deals_.empty(); }
  void ForgetDeals() { deals_.clear(); }

  // Makes the order known by its pair, if any. What it had filled before the stream began is then
  // to be reported. True: it has to be read.
  bool Follow(const Wanted& order, const std::string& pair_id);
  // Orders that have not been seen to end.
  [[nodiscard]] std::vector<Wanted> Open() const;

 private:
  struct Known {
    OrderEvent order{};  // as it was reported last; kind, fill, at and from_rest mean nothing
    bool placed = false;
    bool is_baseline = false;                // what it had filled has not been reported
    std::optional<Decimal> fee = Decimal();  // of `filled`; none: not known any more
  };

  [[nodiscard]] static bool Ended(OrderState state);
  [[nodiscard]] std::vector<Fill> FillsOf(Known& known, const Sighting& seen);
  [[nodiscard]] std::vector<Fill> DealsOf(const std::string& order_id, const Decimal& amount,
                                          const Decimal& money);
  static void Describe(Known& known, const Sighting& seen);
  void Finish(const std::string& order_id);

  std::size_t ended_kept_;
  std::map<std::string, Known> orders_;
  std::map<std::string, std::vector<Fill>> deals_;  // by order; not yet in its `filled`
  std::deque<std::string> ended_;                   // oldest first
};

}  // namespace ocokit::client::streams
