#pragma once

// Whose key a request carries, and what is wrong with where it stands. Common to both venues.

#include <functional>
#include <optional>
#include <span>
#include <string_view>

#include "mock_exchange/doctor/finding.h"
#include "mock_exchange/doctor/patient.h"
#include "ocokit/mock/doctor.h"

namespace ocokit::mock::doctor {

// The names by which a header is misnamed, and what is looked for.
struct HeaderNames {
  std::string_view right;
  std::span<const std::string_view> wrong;
};

// The name of a header that holds what is looked for, whatever it is called, or that has one of the
// wrong names, also with `_` for `-`; empty when there is none.
using Holds = std::function<bool(std::string_view value)>;
[[nodiscard]] std::string_view FindMisnamed(const Request& request, const HeaderNames& names,
                                            const Holds& holds);

// What is wrong with the key header, if anything is.
[[nodiscard]] std::optional<Finding> CheckKey(const Request& request, const HeaderNames& names,
                                              const Patient& credentials);

}  // namespace ocokit::mock::doctor
