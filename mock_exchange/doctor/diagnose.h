#pragma once

// Diagnose of ocokit/mock/doctor.h for a server: of a request that may hold the secrets of others,
// and with no more work than a budget allows.

#include <string>

#include "mock_exchange/doctor/budget.h"
#include "mock_exchange/doctor/patient.h"
#include "ocokit/mock/doctor.h"

namespace ocokit::mock::doctor {

// What is sent of a request, in bytes.
[[nodiscard]] std::size_t SizeOf(const Request& request);

// With `kCutShort` where the budget ran out. `work`: what it took, in bytes hashed, is added.
[[nodiscard]] Diagnosis Diagnose(Venue venue, const Request& request, const Patient& patient,
                                 const DoctorContext& context, const Budget& budget,
                                 std::size_t& work);

// The same without a word about the request.
struct Names {
  std::string id;
  std::string also;  // may be empty
};
[[nodiscard]] Names NameMistakes(Venue venue, const Request& request, const Patient& patient,
                                 const DoctorContext& context, const Budget& budget);

// That of a request that nobody had time to look at.
[[nodiscard]] Diagnosis NotExamined();

}  // namespace ocokit::mock::doctor
