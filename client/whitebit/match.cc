#include "client/whitebit/match.h"

#include <utility>

namespace ocokit::client::whitebit {
namespace {

// How far the venue's clock and the local one may differ: as much as a nonce may.
constexpr seconds kClockTolerance{5};

bool AmountAgrees(const Decimal& placed, const PlaceOcoRequest& request) {
  if (request.reduce_only.value_or(false)) return placed <= request.amount;
  return placed == request.amount;
}

bool CarriesOtherId(const OcoOrder& order, const PlaceOcoRequest& request) {
  for (const std::string* id : {&order.client_order_id, &order.stop_loss.client_order_id,
                                &order.take_profit.client_order_id}) {
    if (!id->empty() && *id != request.client_order_id) return true;
  }
  return false;
}

bool PlacedBefore(const OcoOrder& order, TimePoint sent_at) {
  return order.stop_loss.timestamp && *order.stop_loss.timestamp < sent_at - kClockTolerance;
}

}  // namespace

bool CarriesId(const OcoOrder& order, const PlaceOcoRequest& request) {
  if (request.client_order_id.empty()) return false;
  return order.client_order_id == request.client_order_id ||
         order.stop_loss.client_order_id == request.client_order_id ||
         order.take_profit.client_order_id == request.client_order_id;
}

bool Agrees(const OcoOrder& order, const PlaceOcoRequest& request) {
  const Leg& stop = order.stop_loss;
  const Leg& profit = order.take_profit;
  return stop.market == request.market && profit.market == request.market &&
         stop.side == request.side && profit.side == request.side &&
         AmountAgrees(stop.amount, request) && AmountAgrees(profit.amount, request) &&
         profit.price == request.price && stop.price == request.stop_limit_price &&
         stop.activation_price == request.activation_price && !CarriesOtherId(order, request);
}

Sighting Recognize(const std::vector<OcoOrder>& open, const PlaceOcoRequest& request,
                   std::optional<TimePoint> sent_at) {
  Sighting seen;
  std::size_t candidates = 0;
  const OcoOrder* candidate = nullptr;
  for (const OcoOrder& order : open) {
    if (CarriesId(order, request)) {
      seen.pair = order;
      return seen;
    }
    if (!Agrees(order, request) || (sent_at && PlacedBefore(order, *sent_at))) continue;
    ++candidates;
    candidate = &order;
  }
  const bool time_known = sent_at && candidate != nullptr && candidate->stop_loss.timestamp;
  if (candidates == 1 && time_known) seen.pair = *candidate;
  seen.ambiguous = candidates > 0 && !seen.pair;
  return seen;
}

std::vector<OcoOrder> RecognizeEnded(const std::vector<Order>& ended,
                                     const PlaceOcoRequest& request, TimePoint sent_at) {
  std::vector<OcoOrder> out;
  std::vector<const Order*> profits;
  for (const Order& order : ended) {
    if (!order.activation_price) profits.push_back(&order);
  }
  for (const Order& stop : ended) {
    if (!stop.activation_price || !stop.timestamp) continue;
    for (const Order*& profit : profits) {
      if (profit == nullptr || profit->timestamp != stop.timestamp) continue;
      OcoOrder pair{.reduce_only = stop.reduce_only, .stop_loss = stop, .take_profit = *profit};
      if (!Agrees(pair, request) || PlacedBefore(pair, sent_at)) continue;
      out.push_back(std::move(pair));
      profit = nullptr;  // it belongs to one pair
      break;
    }
  }
  return out;
}

}  // namespace ocokit::client::whitebit
