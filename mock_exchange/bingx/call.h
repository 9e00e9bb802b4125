#pragma once

// CallContext: a call that may be answered, and the two ways to answer it.

#include <utility>

#include "mock_exchange/account/account.h"
#include "mock_exchange/bingx/errors.h"
#include "mock_exchange/bingx/parameters.h"

namespace ocokit::mock::bingx {

[[nodiscard]] inline Wording WordingFor(const Account& account) {
  return {.live = account.live(), .http_status = account.settings.http_status};
}

// A signed call is authenticated and within its limits; `account` is the caller's. A public one has
// the account whose markets it shows.
struct CallContext {
  const Parameters& parameters;
  Account& account;
  TimePoint now;

  [[nodiscard]] Reply Refuse(const Refusal& refusal, Stage stage) const {
    return WriteRefusal(refusal, stage, now, WordingFor(account));
  }
};

[[nodiscard]] inline Reply Accept(Response response) {
  return {std::move(response), {.stage = Stage::kEngine, .accepted = true, .rule = "accepted"}};
}

}  // namespace ocokit::mock::bingx
