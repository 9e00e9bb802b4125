#pragma once

// For tests: the fixtures' requests as the doctor is given them.

#include <string>
#include <vector>

#include "fixtures/fixtures.h"
#include "ocokit/mock/doctor.h"

namespace ocokit::mock::testing {

// One request, what its venue knew, and the row that alone explains it.
struct DoctorCase {
  std::string id;
  Venue venue = Venue::kBingx;
  Request request;
  Credentials credentials;
  DoctorContext known;  // but for the earlier requests
  std::vector<Request> before;
  std::string want;
  std::string also;
  std::optional<std::string> signed_text;

  // What is known, the earlier requests included; points into this case.
  [[nodiscard]] DoctorContext Context() const;
};

[[nodiscard]] Request ToRequest(const fixtures::Request& from);

// Every row of signing/, the two mistakes-*.json included.
[[nodiscard]] std::vector<DoctorCase> DoctorCases();

}  // namespace ocokit::mock::testing
