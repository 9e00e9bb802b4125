#pragma once

// X-TXC-PAYLOAD against the body: what was encoded, and how it differs from what was sent.

#include <optional>
#include <string>
#include <vector>

#include "mock_exchange/doctor/finding.h"
#include "mock_exchange/doctor/patient.h"
#include "mock_exchange/json/reader.h"
#include "ocokit/mock/doctor.h"

namespace ocokit::mock::doctor::whitebit {

struct View {
  const Request* request = nullptr;
  std::string payload;                   // the header as it came
  std::optional<std::string> decoded;    // what it holds, also when its base64 had to be repaired
  std::optional<JsonValue> signed_json;  // `decoded`, when it is a JSON object
  std::optional<JsonValue> body;         // when it is a JSON object
  // What is wrong with the base64 itself.
  std::optional<Finding> encoding;
};

[[nodiscard]] View ReadView(const Request& request, const Patient& credentials);

// The payload that the body should have been sent with; empty when the body is not a JSON object
// and the header does not say either.
[[nodiscard]] std::string ExpectedPayload(const View& view, PayloadCheck check);

[[nodiscard]] std::optional<Finding> CheckPayload(const View& view, const Patient& credentials,
                                                  PayloadCheck check);

}  // namespace ocokit::mock::doctor::whitebit
