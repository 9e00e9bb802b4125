#pragma once

// What a step of a stream sends, as bytes (conformance/cases/server.schema.json).

#include <functional>
#include <nlohmann/json_fwd.hpp>
#include <string>

#include "conformance/net/frame.h"
#include "conformance/server/matcher.h"
#include "conformance/server/request.h"

namespace ocokit::conform::server {

struct StreamBytes {
  std::string bytes;    // all frames, masked
  std::string shown;    // for people, a line for each frame
  bool closes = false;  // whether one of the frames is a closing one
};

using NewKey = std::function<MaskingKey()>;

// Of the member `send`, `text` or `frames` of a step. Throws nlohmann::json::exception or
// std::invalid_argument when the step is wrong.
[[nodiscard]] StreamBytes MakeStreamBytes(const nlohmann::json& step, const Maker& maker,
                                          const Saved& saved, const NewKey& new_key);
[[nodiscard]] StreamBytes BytesOfText(const std::string& text, const NewKey& new_key);

// A frame for people: what it is, and its payload as text or in hexadecimal digits.
[[nodiscard]] std::string ShowFrame(unsigned opcode, const std::string& payload);

}  // namespace ocokit::conform::server
