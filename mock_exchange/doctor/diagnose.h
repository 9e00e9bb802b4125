#pragma once

// Diagnose of ocokit/mock/doctor.h for a request that may hold the secrets of others, too.

#include "mock_exchange/doctor/patient.h"
#include "ocokit/mock/doctor.h"

namespace ocokit::mock::doctor {

[[nodiscard]] Diagnosis Diagnose(Venue venue, const Request& request, const Patient& patient,
                                 const DoctorContext& context);

}  // namespace ocokit::mock::doctor
