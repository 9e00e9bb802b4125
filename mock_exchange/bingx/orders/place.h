#pragma once

// Placing orders by themselves: one, or a batch.

#include "mock_exchange/bingx/call.h"
#include "mock_exchange/bingx/words.h"

namespace ocokit::mock::bingx {

[[nodiscard]] Reply CreateOrder(const CallContext& call);
[[nodiscard]] Reply CreateBatch(const CallContext& call);

// Why an order was not placed: a refusal of ours, or the error that the settings name.
struct NotPlaced {
  Refusal refusal;
  Stage stage = Stage::kRead;
  const PublishedError* as_set = nullptr;

  [[nodiscard]] Reply Write(const CallContext& call) const;
  [[nodiscard]] std::string Text(const CallContext& call) const;
};

// Places what the parameters ask for.
[[nodiscard]] tl::expected<const Order*, NotPlaced> PlaceOrder(const Parameters& parameters,
                                                               const CallContext& call);

}  // namespace ocokit::mock::bingx
