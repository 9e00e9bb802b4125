#pragma once

// What the control API answers: JSON, and errors as application/problem+json (RFC 9457) that name
// the member at fault.

#include <nlohmann/json.hpp>
#include <string>

#include "mock_exchange/wire/answer.h"
#include "ocokit/base/result.h"

namespace ocokit::mock::control {

using Json = nlohmann::ordered_json;

[[nodiscard]] Answer WriteText(int status, const std::string& type, std::string body);
[[nodiscard]] Answer WriteJson(int status, const Json& body);
[[nodiscard]] Answer WriteNothing();  // 204

// `member`: its path in the request's body, or the name of a query parameter; empty: none.
[[nodiscard]] Answer WriteProblem(int status, const std::string& detail,
                                  const std::string& member = {});
// The status by the error's kind. Where `detail` begins with a member's name, that is the member.
[[nodiscard]] Answer WriteProblem(const Error& error);
// The same for what a body names: what it does not find is a bad request.
[[nodiscard]] Answer WriteProblemOfBody(const Error& error);

}  // namespace ocokit::mock::control
