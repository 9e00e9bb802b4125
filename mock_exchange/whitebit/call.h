#pragma once

// One call that is authenticated, permitted and within its limits, and how it is answered.

#include "mock_exchange/account/account.h"
#include "mock_exchange/json/reader.h"
#include "mock_exchange/whitebit/errors.h"

namespace ocokit::mock::whitebit {

struct CallContext {
  const JsonValue& body;
  Account& account;
  TimePoint now;
};

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
