#pragma once

// What can be wrong with a BingX request beside its signature.

#include <optional>

#include "mock_exchange/doctor/bingx_request.h"
#include "mock_exchange/doctor/finding.h"
#include "mock_exchange/doctor/patient.h"
#include "ocokit/mock/doctor.h"

namespace ocokit::mock::doctor::bingx {

// Method, path and key, and a body that cannot be read: what is refused before a signature is
// looked for.
[[nodiscard]] std::optional<Finding> CheckEnvelope(const View& view, const Patient& credentials);
// Why no signature arrived.
[[nodiscard]] std::optional<Finding> CheckPresence(const View& view, const Patient& credentials,
                                                   const DoctorContext& context);
// The timestamp, held against its window.
[[nodiscard]] std::optional<Finding> CheckTime(const View& view, const Patient& credentials,
                                               const DoctorContext& context);
// A window that is no number: looked at once the signature is right.
[[nodiscard]] std::optional<Finding> CheckWindow(const View& view, const Patient& credentials,
                                                 const DoctorContext& context);

}  // namespace ocokit::mock::doctor::bingx
