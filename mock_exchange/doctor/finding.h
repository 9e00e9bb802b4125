#pragma once

// Finding: one mistake found in a request, before it gets the words of its catalogue row.

#include <optional>
#include <string>
#include <string_view>

namespace ocokit::mock::doctor {

struct Finding {
  std::string_view id;         // of the catalogue's row
  std::string_view also = {};  // a second row, when two together explain the request
  std::string detail = {};
  std::optional<std::string> signed_text = {};
};

}  // namespace ocokit::mock::doctor
