#include "mock_exchange/json/writer.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace ocokit::mock {
namespace {

constexpr bool NeedsEscape(char c) {
  return static_cast<unsigned char>(c) < 0x20 || c == '"' || c == '\\';
}

constexpr auto kNeedsEscape = [] {
  std::array<bool, 256> needs{};
  for (std::size_t c = 0; c < needs.size(); ++c) needs[c] = NeedsEscape(static_cast<char>(c));
  return needs;
}();

void AppendEscaped(char c, std::string& out) {
  constexpr std::string_view kShort = "\"\\\b\f\n\r\t";
  constexpr std::string_view kLetters = "\"\\bfnrt";
  constexpr std::string_view kHex = "0123456789abcdef";
  out += '\\';
  if (const std::size_t at = kShort.find(c); at != std::string_view::npos) {
    out += kLetters[at];
    return;
  }
  out += "u00";
  out += kHex[static_cast<unsigned char>(c) >> 4];
  out += kHex[static_cast<unsigned char>(c) & 15];
}

}  // namespace

void AppendJsonString(std::string_view text, std::string& out) {
  out += '"';
  while (true) {
    const auto plain =
        static_cast<std::size_t>(std::ranges::find_if(text, NeedsEscape) - text.begin());
    out += text.substr(0, plain);
    if (plain == text.size()) break;
    AppendEscaped(text[plain], out);
    text.remove_prefix(plain + 1);
  }
  out += '"';
}

void JsonWriter::Grow(std::size_t size) {
  // The reply of a placement takes about 750 bytes.
  constexpr std::size_t kUsualSize = 1024;
  text_.resize(std::max({size_ + size, 2 * text_.size(), kUsualSize}));
}

std::string JsonWriter::Take() {
  text_.resize(size_);
  return std::move(text_);
}

JsonWriter& JsonWriter::Open(char bracket) {
  char* out = Room(1);
  *out++ = bracket;
  EndName(out);
  return *this;
}

JsonWriter& JsonWriter::Close(char bracket) {
  comma_ = false;
  char* out = Room(1);
  *out++ = bracket;
  EndValue(out);
  return *this;
}

JsonWriter& JsonWriter::Word(std::string_view word) {
  EndValue(std::ranges::copy(word, Room(word.size())).out);
  return *this;
}

JsonWriter& JsonWriter::Key(std::string_view name) {
  String(name);
  comma_ = false;
  char* out = Room(1);
  *out++ = ':';
  EndName(out);
  return *this;
}

JsonWriter& JsonWriter::String(std::string_view value) {
  char* out = Room(value.size() + 2);
  *out++ = '"';
  bool plain = true;
  for (const char c : value) {
    plain &= !kNeedsEscape[static_cast<unsigned char>(c)];
    *out++ = c;
  }
  if (!plain) {
    std::string escaped;
    AppendJsonString(value, escaped);
    return Word(escaped);
  }
  *out++ = '"';
  EndValue(out);
  return *this;
}

JsonWriter& JsonWriter::Integer(std::int64_t value) {
  constexpr std::size_t kLongest = 20;
  char* const out = Room(kLongest);
  EndValue(std::to_chars(out, out + kLongest, value).ptr);
  return *this;
}

JsonWriter& JsonWriter::Number(const Decimal& value) {
  EndValue(value.FormatTo(Room(Decimal::kMaxText)));
  return *this;
}

JsonWriter& JsonWriter::DecimalString(const Decimal& value) {
  char* out = Room(Decimal::kMaxText + 2);
  *out++ = '"';
  out = value.FormatTo(out);
  *out++ = '"';
  EndValue(out);
  return *this;
}

JsonWriter& JsonWriter::Seconds(TimePoint value) {
  const Result<Decimal> time = Decimal::FromParts(value.time_since_epoch().count(), 6);
  return Number(*time);
}

}  // namespace ocokit::mock
