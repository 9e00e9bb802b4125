#pragma once

// The texts that WhiteBIT clients sign in place of the payload, each under its catalogue row.

#include "mock_exchange/doctor/search.h"
#include "mock_exchange/doctor/whitebit_payload.h"

namespace ocokit::mock::doctor::whitebit {

void TryTexts(const View& view, const Patient& credentials, Search& search);
// The JSON, signed under a wrong secret or with the wrong use of the right one.
void TryTextsWithKeys(const View& view, Search& search);

}  // namespace ocokit::mock::doctor::whitebit
