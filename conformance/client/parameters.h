#pragma once

// The parameters of a request to either venue, as they stand on the wire. The rules read them; how
// they must be is the rules' matter.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "conformance/client/journal.h"

namespace ocokit::conform {

struct Parameter {
  std::string name;
  std::string raw;    // as it came: percent-encoded in a query; JSON text in a body
  std::string value;  // percent-decoded; a JSON string unquoted, a JSON number by its text
  bool text = false;  // a JSON string
  bool in_json = false;
};

struct Parameters {
  // Those of the query, then those of the body, in their order; of equal names all.
  std::vector<Parameter> all;
  bool json_body = false;
  bool bad_json = false;  // the body begins like a JSON object and is none

  [[nodiscard]] const Parameter* Find(std::string_view name) const;  // the first, or nullptr
  [[nodiscard]] std::string Value(std::string_view name) const;      // "" when it is not there
};

// A body that begins with `{` is JSON, another one a form.
[[nodiscard]] Parameters ReadParameters(const JournalEntry& entry);

// The members of a JSON object with their values' own text, in their order. None: no JSON object.
[[nodiscard]] std::optional<std::vector<Parameter>> ReadJsonMembers(std::string_view text);

// Blanks between the tokens of JSON.
[[nodiscard]] bool HasBlanksBetweenTokens(std::string_view json);

}  // namespace ocokit::conform
