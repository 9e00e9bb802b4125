#pragma once

// One call that is authenticated, permitted and within its limits, and how it is answered.

#include <optional>

#include "mock_exchange/account/account.h"
#include "mock_exchange/json/reader.h"
#include "mock_exchange/whitebit/errors.h"
#include "tl/expected.hpp"

namespace ocokit::mock::whitebit {

struct CallContext {
  const JsonValue& body;
  Account& account;
  TimePoint now;
};

// Why an order was not placed. `reason` is the engine's, where the engine has refused it.
struct NotPlaced {
  Refusal refusal;
  Stage stage = Stage::kRead;
  std::optional<engine::Rejection> reason = {};
};
[[nodiscard]] inline tl::unexpected<NotPlaced> Unplaced(
    Refusal refusal, Stage stage, std::optional<engine::Rejection> reason = std::nullopt) {
  return tl::unexpected<NotPlaced>(NotPlaced{std::move(refusal), stage, std::move(reason)});
}
template <typename T>
using Placed = tl::expected<T, NotPlaced>;

// `lenient`: what was accepted beyond the documents' own rule; empty: nothing.
[[nodiscard]] inline Reply Accept(Response response, std::string lenient = {}) {
  return {std::move(response),
          {.stage = Stage::kEngine,
           .accepted = true,
           .rule = "accepted",
           .lenient = std::move(lenient)}};
}

[[nodiscard]] inline Reply Refuse(const CallContext& call, Stage stage, const Refusal& refusal) {
  return WriteRefusal(refusal, stage, call.account.settings);
}

}  // namespace ocokit::mock::whitebit
