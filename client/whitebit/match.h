#pragma once

// Recognizes a pair among the open groups of a market, or among its ended orders, for
// Client::Reconcile: replies need not carry the client's id.

#include <optional>
#include <vector>

#include "ocokit/client/whitebit_types.h"

namespace ocokit::client::whitebit {

// Whether the group or a leg carries the request's client id.
[[nodiscard]] bool CarriesId(const OcoOrder& order, const PlaceOcoRequest& request);

// Whether the group agrees with the request in market, side, amount and the three prices, and
// carries no other client id. A reduce-only amount may have been cut to the position.
[[nodiscard]] bool Agrees(const OcoOrder& order, const PlaceOcoRequest& request);

// What a look at the open groups says about the pair.
struct Sighting {
  std::optional<OcoOrder> pair{};  // surely this one
  bool ambiguous = false;          // not sure, but some group agrees
};

// `sent_at`: when the placement was sent, if known; a group placed well before it is another one.
[[nodiscard]] Sighting Recognize(const std::vector<OcoOrder>& open, const PlaceOcoRequest& request,
                                 std::optional<TimePoint> sent_at);

// The pairs among ended orders that agree with the request and were not placed before `sent_at`:
// two orders of one placement, as their times say. Their group's id is not in the history.
[[nodiscard]] std::vector<OcoOrder> RecognizeEnded(const std::vector<Order>& ended,
                                                   const PlaceOcoRequest& request,
                                                   TimePoint sent_at);

}  // namespace ocokit::client::whitebit
