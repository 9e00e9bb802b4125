#pragma once

// What went through the WebSockets of an account (docs/control.md, `frames`), as the rules look at
// it.

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ocokit/base/result.h"

namespace ocokit::conform {

enum class FrameKind { kOpened, kReceived, kSent, kClosed };

// `opened`, `received`, `sent`, `closed`, as the control API calls them.
[[nodiscard]] std::string_view Name(FrameKind kind);
[[nodiscard]] std::optional<FrameKind> FindFrameKind(std::string_view name);

struct StreamFrame {
  std::int64_t seq = 0;
  std::int64_t at_ms = 0;   // by the account's clock
  std::string stream = {};  // stream-1
  FrameKind kind = FrameKind::kOpened;
  std::string text = {};   // of a message: what it says, unpacked
  bool binary = false;     // whether a message came in a binary frame
  int code = 0;            // of the closing frame; 1006: there was none
  bool by_client = false;  // who has closed

  // `stream-1 received #7`.
  [[nodiscard]] std::string Describe() const;
};

// The frames of a page. Errors: not of that shape.
[[nodiscard]] Result<std::vector<StreamFrame>> ReadFrames(const nlohmann::json& page);

}  // namespace ocokit::conform
