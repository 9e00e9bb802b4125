#pragma once

// The parameters of a BingX request: those of the query string, then those of a form or JSON body,
// whatever the Content-Type says.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mock_exchange/json/reader.h"
#include "mock_exchange/wire/request.h"

namespace ocokit::mock::bingx {

struct Parameter {
  std::string name;   // percent-decoded
  std::string value;  // percent-decoded; of JSON: a string unquoted, a number by its source text
  std::string sent;   // `name=value` as received
  bool in_body = false;
  bool is_null = false;  // a JSON null
};

enum class BodyKind { kEmpty, kForm, kJson, kMalformedJson };

struct Parameters {
  std::vector<Parameter> all;  // as received, `signature` included
  BodyKind body = BodyKind::kEmpty;

  // The first of this name, so that the query wins over the body; null when it is absent or empty
  // or a JSON null.
  [[nodiscard]] const Parameter* Find(std::string_view name) const;
};

[[nodiscard]] Parameters ReadParameters(const Request& request);
// Those that an object has as its members.
[[nodiscard]] Parameters ReadParameters(JsonValue object);

}  // namespace ocokit::mock::bingx
