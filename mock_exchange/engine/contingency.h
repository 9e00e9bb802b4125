#pragma once

// Contingency: what follows for a list from what happens to one of its orders. The only place that
// knows the rules of "one cancels the other".

#include <cstdint>

#include "ocokit/mock/settings.h"

namespace ocokit::mock::engine {

// What has happened to an order.
enum class Happening : std::uint8_t { kTriggered, kFilledInPart, kFilled, kCancelled };

// What is to be done to the rest of its list.
enum class Effect : std::uint8_t {
  kNothing,
  kShrinkSibling,  // the other order is for what is left
  kCancelSibling,
  kEndList,
};

[[nodiscard]] Effect Follow(Happening happening, CancelSiblingOn rule);

}  // namespace ocokit::mock::engine
