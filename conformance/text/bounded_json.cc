#include "conformance/text/bounded_json.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace ocokit::conform {
namespace {

// Brackets outside of texts; of what is no JSON, some number.
int CountLevels(std::string_view text) {
  int level = 0;
  int deepest = 0;
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (quoted) {
      if (c == '\\') ++i;
      if (c == '"') quoted = false;
    } else if (c == '"') {
      quoted = true;
    } else if (c == '[' || c == '{') {
      deepest = std::max(deepest, ++level);
    } else if (c == ']' || c == '}') {
      --level;
    }
  }
  return deepest;
}

}  // namespace

nlohmann::json ParseBoundedJson(std::string_view text) {
  if (CountLevels(text) > kMostJsonLevels)
    return nlohmann::json(nlohmann::json::value_t::discarded);
  return nlohmann::json::parse(text, nullptr, /*allow_exceptions=*/false);
}

}  // namespace ocokit::conform
