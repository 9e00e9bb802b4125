#pragma once

// What BingX's messages are about.

#include <string_view>

#include "mock_exchange/streams/gate.h"

namespace ocokit::mock::bingx {

// `text`: of a message that a stream has said, before it was compressed.
[[nodiscard]] streams::FrameFacts FactsOf(std::string_view text);

}  // namespace ocokit::mock::bingx
