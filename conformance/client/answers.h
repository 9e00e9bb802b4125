#pragma once

// Holds an adapter's answer against what a case wants of it (`want` in cases/client.schema.json).

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

namespace ocokit::conform {

// Why the answer is not what is wanted, in a sentence; empty when it is. `reply` is the body of the
// venue's latest reply in the step, for wants that speak of it; null where there is none.
[[nodiscard]] std::string Mismatch(const nlohmann::json& want, const nlohmann::json& answer,
                                   const nlohmann::json& reply);

// What a want asks for, for a person.
[[nodiscard]] std::string DescribeWant(const nlohmann::json& want);

}  // namespace ocokit::conform
