#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "ocokit/base/result.h"

namespace ocokit::conform {

// What one gzip member (RFC 1952) holds. Errors: the bytes are not exactly one, or hold more than
// `most`.
[[nodiscard]] Result<std::string> Gunzip(std::string_view bytes, std::size_t most);

}  // namespace ocokit::conform
