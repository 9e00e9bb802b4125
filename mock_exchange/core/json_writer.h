#pragma once

// JsonWriter: compact JSON straight into a string, members in the order they are written. Numbers
// come from exact decimals and integers, never from a double.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "ocokit/base/clock.h"
#include "ocokit/base/decimal.h"

namespace ocokit::mock {

// Appends `text` quoted; escapes what RFC 8259 requires and leaves `/` and UTF-8 as they are.
void AppendJsonString(std::string_view text, std::string& out);

class JsonWriter {
 public:
  JsonWriter() { out_.reserve(kUsualSize); }

  JsonWriter& BeginObject() { return Begin('{'); }
  JsonWriter& EndObject() { return End('}'); }
  JsonWriter& BeginArray() { return Begin('['); }
  JsonWriter& EndArray() { return End(']'); }
  JsonWriter& Key(std::string_view name);
  // A literal, which needs no escape.
  template <std::size_t N>
  JsonWriter& Key(const char (&name)[N]) {
    return PlainKey({name, N - 1});
  }
  JsonWriter& String(std::string_view value);
  JsonWriter& Integer(std::int64_t value);
  JsonWriter& Number(const Decimal& value);
  // The decimal as a string, "0.001".
  JsonWriter& DecimalString(const Decimal& value);
  JsonWriter& Bool(bool value);
  JsonWriter& Null();
  // Seconds since the epoch with up to six decimals.
  JsonWriter& Seconds(TimePoint value);

  [[nodiscard]] std::string Take() { return std::move(out_); }

 private:
  // The reply of a placement takes about 750 bytes.
  static constexpr std::size_t kUsualSize = 1024;

  JsonWriter& Begin(char bracket);
  JsonWriter& End(char bracket);
  JsonWriter& PlainKey(std::string_view name);
  // A comma where another value stands before.
  void Separate();

  std::string out_;
};

}  // namespace ocokit::mock
