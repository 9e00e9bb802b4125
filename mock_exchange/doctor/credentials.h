#pragma once

// Whose key a request carries, and what is wrong with where it stands. Common to both venues.

#include <optional>
#include <span>
#include <string_view>

#include "mock_exchange/doctor/finding.h"
#include "ocokit/mock/doctor.h"

namespace ocokit::mock::doctor {

// The names by which a header is misnamed, and what is looked for.
struct HeaderNames {
  std::string_view right;
  std::span<const std::string_view> wrong;
};

// The first header under a wrong name; empty when there is none.
[[nodiscard]] std::string_view FindMisnamed(const Request& request, const HeaderNames& names);

// What is wrong with the key header, if anything is.
[[nodiscard]] std::optional<Finding> CheckKey(const Request& request, const HeaderNames& names,
                                              const Credentials& credentials);

}  // namespace ocokit::mock::doctor
