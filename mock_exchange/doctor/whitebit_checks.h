#pragma once

// What can be wrong with a WhiteBIT request beside payload and signature.

#include <optional>

#include "mock_exchange/doctor/whitebit_payload.h"

namespace ocokit::mock::doctor::whitebit {

// Method, path and headers.
[[nodiscard]] std::optional<Finding> CheckEnvelope(const View& view, const Patient& credentials);
// The header of the signature.
[[nodiscard]] std::optional<Finding> CheckSignatureHeader(const View& view);
// The body's member `request`.
[[nodiscard]] std::optional<Finding> CheckRequest(const View& view, const Patient& credentials);
// The nonce and its window.
[[nodiscard]] std::optional<Finding> CheckNonce(const View& view, const Patient& credentials,
                                                const DoctorContext& context);

}  // namespace ocokit::mock::doctor::whitebit
