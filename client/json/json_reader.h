#pragma once

// ReplyReader: takes members out of a parsed reply and remembers the first that is missing or of
// the wrong type, so that a reader is a list of fields with one check at the end. Unknown members
// are never looked at. Numbers are taken written as a JSON number or as a string, since the venues
// do both.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "client/json/json_value.h"
#include "ocokit/base/clock.h"
#include "ocokit/base/decimal.h"

namespace ocokit::client {

// A member's name in one spelling, or in the two that a venue uses.
struct MemberName {
  // NOLINTNEXTLINE(google-explicit-constructor): a literal is a name
  constexpr MemberName(const char* only) : first(only), second(only) {}
  constexpr MemberName(const char* a, const char* b) : first(a), second(b) {}
  std::string_view first;
  std::string_view second;
};

class ReplyReader {
 public:
  // The member, or null when it is absent or null.
  [[nodiscard]] static const JsonValue* Get(const JsonValue& object, MemberName name);

  // Each returns a default value after noting a member that is missing or not of the type.
  std::string String(const JsonValue& object, MemberName name);
  Decimal Number(const JsonValue& object, MemberName name);
  std::uint64_t Id(const JsonValue& object, MemberName name);

  // The same for members that may be absent or null; a wrong type is noted all the same.
  std::string OptionalString(const JsonValue& object, MemberName name);
  std::optional<Decimal> OptionalNumber(const JsonValue& object, MemberName name);
  // true, false, 0 or 1.
  std::optional<bool> OptionalBool(const JsonValue& object, MemberName name);
  // Unix time in units of 1 / per_second seconds, fraction allowed, kept to the microsecond; none
  // for 0.
  std::optional<TimePoint> OptionalTime(const JsonValue& object, MemberName name,
                                        std::int64_t per_second);

  // Notes that something about `name` is wrong. Only the first note counts.
  void Fail(std::string_view name, std::string_view what);

  [[nodiscard]] bool ok() const { return problem_.empty(); }
  // "member `price` is not a number"
  [[nodiscard]] const std::string& problem() const { return problem_; }

 private:
  std::string problem_;
};

// The value of a JSON number or of a string that holds one, exactly.
[[nodiscard]] std::optional<Decimal> ReadDecimal(const JsonValue& value);
// The same for a whole number.
[[nodiscard]] std::optional<std::int64_t> ReadInteger(const JsonValue& value);

}  // namespace ocokit::client
