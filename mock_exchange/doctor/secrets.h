#pragma once

// The secrets that clients use by mistake in place of the right one.

#include <string>
#include <string_view>
#include <vector>

#include "ocokit/mock/doctor.h"

namespace ocokit::mock::doctor {

struct WrongSecret {
  std::string_view row;
  std::string text;
  std::string_view also = {};  // a second row, where it takes two to make the text
};

// One thing wrong with it, those that are used most first; none is the right one.
[[nodiscard]] std::vector<WrongSecret> WrongSecrets(const Credentials& credentials);
// Two things around it, as a byte order mark and a line end of one file; and what is rare.
[[nodiscard]] std::vector<WrongSecret> RareSecrets(const Credentials& credentials);

}  // namespace ocokit::mock::doctor
