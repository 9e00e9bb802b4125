#pragma once

// One function per venue: what is wrong with a request, before the words of the catalogue and
// before redaction.

#include <string>
#include <string_view>
#include <vector>

#include "mock_exchange/doctor/finding.h"
#include "mock_exchange/doctor/patient.h"
#include "mock_exchange/doctor/search.h"
#include "ocokit/mock/doctor.h"

namespace ocokit::mock::doctor {

struct Examination {
  std::optional<Finding> finding;  // none: nothing is wrong
  std::string expected;
  // Every row that explains the signature, when all were asked for; for tests.
  std::vector<Match> matches;
  // The rows that a long request left no time for.
  std::vector<std::string_view> untried;
  // The budget ran out before the signature was explained.
  bool cut_short = false;
  std::size_t spent = 0;  // bytes hashed
};

enum class Extent { kFirst, kAll };

[[nodiscard]] Examination ExamineBingx(const Request& request, const Patient& credentials,
                                       const DoctorContext& context,
                                       const Budget& budget = kThoroughBudget,
                                       Extent extent = Extent::kFirst);
[[nodiscard]] Examination ExamineWhitebit(const Request& request, const Patient& credentials,
                                          const DoctorContext& context,
                                          const Budget& budget = kThoroughBudget,
                                          Extent extent = Extent::kFirst);

[[nodiscard]] std::span<const Mistake> BingxCatalogue();
[[nodiscard]] std::span<const Mistake> WhitebitCatalogue();

}  // namespace ocokit::mock::doctor
