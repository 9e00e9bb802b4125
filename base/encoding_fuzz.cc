// Every byte string survives the round trip, and a text that decodes is the encoding of what it
// decodes to.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "ocokit/base/check.h"
#include "ocokit/base/encoding.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);

  const std::string base64 = ocokit::FormatBase64(bytes);
  OCOKIT_CHECK(base64.size() == ocokit::Base64Size(size), "base64 has another size");
  OCOKIT_CHECK(ocokit::ParseBase64(base64) == std::string(bytes), "base64 round trip");
  if (const auto decoded = ocokit::ParseBase64(bytes)) {
    OCOKIT_CHECK(ocokit::FormatBase64(*decoded) == bytes, "base64 text has a second reading");
  }

  const std::string hex = ocokit::FormatHex({data, size});
  OCOKIT_CHECK(ocokit::ParseHex(hex) == std::string(bytes), "hex round trip");
  if (const auto decoded = ocokit::ParseHex(bytes)) {
    std::string lower(bytes);
    std::transform(lower.begin(), lower.end(), lower.begin(), [](char c) {
      return c >= 'A' && c <= 'F' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    const auto* begin = reinterpret_cast<const std::uint8_t*>(decoded->data());
    OCOKIT_CHECK(ocokit::FormatHex({begin, decoded->size()}) == lower, "hex has a second reading");
  }
  return 0;
}
