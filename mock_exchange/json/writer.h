#pragma once

// JsonWriter: compact JSON straight into a string, members in the order they are written. Numbers
// come from exact decimals and integers, never from a double.

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

#include "ocokit/base/clock.h"
#include "ocokit/base/decimal.h"

namespace ocokit::mock {

// Appends `text` quoted; escapes what RFC 8259 requires and leaves `/` and UTF-8 as they are.
void AppendJsonString(std::string_view text, std::string& out);

class JsonWriter {
 public:
  JsonWriter& BeginObject() { return Open('{'); }
  JsonWriter& EndObject() { return Close('}'); }
  JsonWriter& BeginArray() { return Open('['); }
  JsonWriter& EndArray() { return Close(']'); }
  JsonWriter& Key(std::string_view name);
  // A literal, which needs no escape.
  template <std::size_t N>
  JsonWriter& Key(const char (&name)[N]) {
    char* out = Room(N + 2);
    *out++ = '"';
    std::memcpy(out, name, N - 1);
    out += N - 1;
    *out++ = '"';
    *out++ = ':';
    EndName(out);
    return *this;
  }
  JsonWriter& String(std::string_view value);
  JsonWriter& Integer(std::int64_t value);
  JsonWriter& Number(const Decimal& value);
  // The decimal as a string, "0.001".
  JsonWriter& DecimalString(const Decimal& value);
  JsonWriter& Bool(bool value) { return Word(value ? "true" : "false"); }
  JsonWriter& Null() { return Word("null"); }
  // Seconds since the epoch with up to six decimals.
  JsonWriter& Seconds(TimePoint value);

  // Characters so far.
  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] std::string Take();

 private:
  // Room for so many characters behind what is written, and behind a comma where another value
  // stands before; returns where they are to stand. The two below take where they ended.
  [[nodiscard]] char* Room(std::size_t size) {
    if (size_ + size + 1 > text_.size()) Grow(size + 1);
    char* out = text_.data() + size_;
    if (comma_) *out++ = ',';
    return out;
  }
  void EndValue(const char* end) { EndAt(end, true); }
  void EndName(const char* end) { EndAt(end, false); }
  void EndAt(const char* end, bool comma) {
    size_ = static_cast<std::size_t>(end - text_.data());
    comma_ = comma;
  }
  void Grow(std::size_t size);
  JsonWriter& Open(char bracket);
  JsonWriter& Close(char bracket);
  JsonWriter& Word(std::string_view word);

  std::string text_;      // longer than what is used of it
  std::size_t size_ = 0;  // how much that is
  bool comma_ = false;    // a value stands before
};

}  // namespace ocokit::mock
