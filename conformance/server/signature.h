#pragma once

// Signatures as the venues' documents have them, and wrong in every way a case may want.

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

#include "conformance/engine/case.h"

namespace ocokit::conform::server {

struct Keys {
  std::string key;
  std::string secret;
};

// `text` signed: BingX by HMAC-SHA256 and WhiteBIT by HMAC-SHA512, both in lower-case hexadecimal,
// unless `changes`, the member `signing` of a step, says otherwise: hash, encoding, key, flip,
// value. `changes` may be null. Throws std::invalid_argument for a word that is none of theirs.
[[nodiscard]] std::string Sign(Venue venue, const Keys& keys, std::string_view text,
                               const nlohmann::json& changes);

}  // namespace ocokit::conform::server
