#pragma once

// The texts that WhiteBIT clients sign in place of the payload, each under its catalogue row.

#include "mock_exchange/doctor/search.h"
#include "mock_exchange/doctor/whitebit_payload.h"

namespace ocokit::mock::doctor::whitebit {

void TryTexts(const View& view, const Credentials& credentials, Search& search);

}  // namespace ocokit::mock::doctor::whitebit
