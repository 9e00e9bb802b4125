#pragma once

// An order as a frame or a REST reply has shown it, in the words of neither venue.

#include <optional>
#include <string>

#include "ocokit/client/user_stream.h"

namespace ocokit::client::streams {

struct Sighting {
  std::string order_id{};
  std::string client_order_id{};
  std::string pair_id{};
  std::string market{};
  OrderSide side = OrderSide::kBuy;
  OrderState state = OrderState::kOpen;
  bool is_stop = false;
  Decimal price{};
  Decimal trigger_price{};
  Decimal amount{};
  // All fills so far: they only rise, so that an older sighting is known for one.
  Decimal filled{};
  Decimal money{};
  std::optional<Decimal> fee{};
  std::string fee_asset{};
  // The fill that this frame is about, the last one of `filled`.
  std::optional<Fill> last{};
  std::optional<TimePoint> at{};

  friend bool operator==(const Sighting&, const Sighting&) = default;
};

// A fill by itself, without the order's sums.
struct Deal {
  std::string order_id{};
  Fill fill{};

  friend bool operator==(const Deal&, const Deal&) = default;
};

}  // namespace ocokit::client::streams
