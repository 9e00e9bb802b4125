#pragma once

// Builds what a fixture scenario is given, for the tests of the simulator.

#include "fixtures/fixtures.h"
#include "mock_exchange/wire/request.h"
#include "ocokit/mock/account.h"

namespace ocokit::mock::testing {

// The number in `text`; ends the test program for what is not one.
[[nodiscard]] Decimal D(std::string_view text);

// The account a scenario starts from, its clock frozen at the scenario's time.
[[nodiscard]] AccountOptions MakeAccountOptions(const fixtures::Scenario& scenario);

[[nodiscard]] Request MakeRequest(const fixtures::Request& request);

}  // namespace ocokit::mock::testing
