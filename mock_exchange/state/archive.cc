#include "mock_exchange/state/archive.h"

#include <algorithm>
#include <charconv>

#include "ocokit/base/encoding.h"

namespace ocokit::mock::state {

void Writer::WriteText(JsonWriter& json, const std::string& text) {
  const bool plain = std::ranges::all_of(text, [](unsigned char c) { return c < 0x80; });
  if (plain) {
    json.String(text);
  } else {
    // Bytes that may be no UTF-8, which JSON has no place for.
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
    json.BeginArray().String(FormatHex({bytes, text.size()})).EndArray();
  }
}

void Reader::ReadText(const JsonValue& json, std::string& text) {
  if (json.Is(JsonValue::Kind::kString)) {
    text = json.text;
    return;
  }
  const bool bytes = json.Is(JsonValue::Kind::kArray) && json.members.size() == 1;
  if (!bytes) return void(Wrong(json));
  const Result<std::string> decoded = ParseHex(json.members[0].text);
  if (!decoded) return void(Wrong(json));
  text = *decoded;
}

bool Reader::ReadInteger(const JsonValue& json, std::uint64_t& magnitude, bool& negative) {
  std::string_view digits = json.text;
  negative = digits.starts_with('-');
  if (negative) digits.remove_prefix(1);
  const auto [end, error] =
      std::from_chars(digits.data(), digits.data() + digits.size(), magnitude);
  const bool is_number = json.Is(JsonValue::Kind::kNumber) || json.Is(JsonValue::Kind::kString);
  if (is_number && error == std::errc() && end == digits.data() + digits.size()) return true;
  return Wrong(json);
}

bool Reader::Wrong(const JsonValue& json) {
  if (wrong_.empty()) wrong_ = json.name.empty() ? "an element" : json.name;
  return false;
}

}  // namespace ocokit::mock::state
