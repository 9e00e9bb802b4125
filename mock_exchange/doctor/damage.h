#pragma once

// What both venues' examinations do with a signature that no mistake of signing explains.

#include <span>
#include <string>

#include "mock_exchange/doctor/finding.h"
#include "mock_exchange/doctor/search.h"

namespace ocokit::mock::doctor {

// The signature is almost the right one of a text.
[[nodiscard]] std::optional<Finding> FindDamage(const Search& search,
                                                std::span<const std::string> right_texts);
// Nothing gives it. `digits`: as many as the venue's signatures have.
[[nodiscard]] Finding Unexplained(const Search& search, std::string_view signature,
                                  std::size_t digits);
// The rows of the texts that were not tried; none of them when all were.
[[nodiscard]] std::vector<std::string_view> Untried(const Search& search,
                                                    std::span<const Mistake> catalogue);
// The first match, or nothing when that is the right signature. There must be one.
[[nodiscard]] std::optional<Finding> FromMatch(const Search& search);

}  // namespace ocokit::mock::doctor
