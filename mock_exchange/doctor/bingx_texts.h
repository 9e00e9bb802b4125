#pragma once

// The texts that BingX clients sign by mistake, each under its catalogue row.

#include "mock_exchange/doctor/bingx_request.h"
#include "mock_exchange/doctor/search.h"

namespace ocokit::mock::doctor::bingx {

// What is left out, put in, ordered or joined differently.
void TryStructures(const View& view, Search& search);
// Some of it together with what a wrong secret makes of it.
void TryStructuresWithKeys(const View& view, Search& search);
// With more or less than the parameters, and as other venues have it.
void TryJoints(const View& view, const Patient& credentials, Search& search);
// What is written differently: numbers, booleans, nested JSON, percent-encoding, the timestamp.
void TryValues(const View& view, Search& search);
// What takes many tries: one parameter missing or added, one character changed, any order of few.
void TryAtLength(const View& view, Search& search);

}  // namespace ocokit::mock::doctor::bingx
