#pragma once

// Holds JSON documents against JSON Schemas, and says what is wrong in words.

#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

#include "ocokit/base/result.h"

namespace ocokit::mock::config {

// Why a document does not match.
struct Mismatch {
  std::string member;   // its path, like "settings.ban.status"; empty: the document itself
  std::string message;  // names it, and what it may be
};

// The schemas of one document. Any thread may use it.
class SchemaSet {
 public:
  // `where`: the pointer to the object that has the schemas by name, like "/definitions". What the
  // schemas refer to stands in the same document.
  SchemaSet(nlohmann::json document, const std::string& where);

  // `text` as JSON that matches the schema `part`, or the whole document as a schema when it is
  // empty. Errors: the place in the text that is no JSON, or the member at fault.
  [[nodiscard]] Result<nlohmann::json, Mismatch> Parse(std::string_view text,
                                                       std::string_view part) const;
  [[nodiscard]] Result<void, Mismatch> Check(const nlohmann::json& value,
                                             std::string_view part) const;

 private:
  struct Impl;
  std::shared_ptr<const Impl> impl_;
};

// By the config's schema: `part` is one of its definitions, like "account" or "settings", or
// "changes": settings and rights together. Errors: kInvalidArgument.
[[nodiscard]] Result<nlohmann::json> ParseChecked(std::string_view text, std::string_view part);

}  // namespace ocokit::mock::config
