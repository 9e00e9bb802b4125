#pragma once

// What a case wants of a JSON value, as it is written in case files: a value as it is, an object of
// the members that must be there, or operators whose names begin with `$`
// (conformance/cases/server.schema.json explains each).

#include <functional>
#include <map>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "conformance/server/json_value.h"

namespace ocokit::conform::server {

// What steps have kept of their replies, by name.
using Saved = std::map<std::string, JsonValue, std::less<>>;

struct Mismatch {
  std::string where;   // JSON pointer into the reply, or "HTTP status", "header X", ...
  std::string wanted;  // in words or JSON
  std::string got;     // what stood there; "nothing" where nothing did
};

// The first thing about `got` that is not as wanted; nullptr stands for a value that is not there.
// A wanted text or member of the case that is itself wrong throws nlohmann::json::exception or
// std::invalid_argument: the case is at fault, not the subject.
[[nodiscard]] std::optional<Mismatch> Match(const nlohmann::json& wanted, const JsonValue* got,
                                            const Saved& saved, const std::string& where = "");

}  // namespace ocokit::conform::server
