#pragma once

// Messages that go out compressed, as BingX sends all of its own.

#include <string>
#include <string_view>

#include "mock_exchange/wire/channel.h"

namespace ocokit::mock::streams {

// One whole gzip member (RFC 1952).
[[nodiscard]] std::string Gzip(std::string_view text);

// A binary message of it.
[[nodiscard]] Message Compressed(std::string text);

}  // namespace ocokit::mock::streams
