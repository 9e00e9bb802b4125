#include "client/json/json_reader.h"

#include <charconv>

namespace ocokit::client {
namespace {

using Type = JsonValue::Type;

template <typename Int>
std::optional<Int> ParseInt(std::string_view text) {
  Int value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

bool HoldsText(const JsonValue& value) {
  return value.Is(Type::kNumber) || value.Is(Type::kString);
}

}  // namespace

std::optional<Decimal> ReadDecimal(const JsonValue& value) {
  if (!HoldsText(value)) return std::nullopt;
  auto parsed = Decimal::Parse(value.text);
  if (!parsed) return std::nullopt;
  return *parsed;
}

std::optional<std::int64_t> ReadInteger(const JsonValue& value) {
  if (!HoldsText(value)) return std::nullopt;
  return ParseInt<std::int64_t>(value.text);
}

const JsonValue* ReplyReader::Get(const JsonValue& object, MemberName name) {
  const JsonValue* value = object.Find(name.first, name.second);
  return value == nullptr || value->Is(Type::kNull) ? nullptr : value;
}

void ReplyReader::Fail(std::string_view name, std::string_view what) {
  if (!ok()) return;
  problem_ = "member `";
  problem_ += name;
  problem_ += "` ";
  problem_ += what;
}

std::string ReplyReader::OptionalString(const JsonValue& object, MemberName name) {
  const JsonValue* value = Get(object, name);
  if (value == nullptr) return {};
  // Ids are strings in the documents and numbers in some replies.
  if (HoldsText(*value)) return value->text;
  Fail(name.first, "is not a string");
  return {};
}

std::string ReplyReader::String(const JsonValue& object, MemberName name) {
  if (Get(object, name) == nullptr) Fail(name.first, "is missing");
  return OptionalString(object, name);
}

std::optional<Decimal> ReplyReader::OptionalNumber(const JsonValue& object, MemberName name) {
  const JsonValue* value = Get(object, name);
  if (value == nullptr) return std::nullopt;
  std::optional<Decimal> number = ReadDecimal(*value);
  if (!number) Fail(name.first, "is not a number");
  return number;
}

Decimal ReplyReader::Number(const JsonValue& object, MemberName name) {
  if (Get(object, name) == nullptr) Fail(name.first, "is missing");
  return OptionalNumber(object, name).value_or(Decimal());
}

std::uint64_t ReplyReader::Id(const JsonValue& object, MemberName name) {
  const JsonValue* value = Get(object, name);
  if (value == nullptr) {
    Fail(name.first, "is missing");
    return 0;
  }
  std::optional<std::uint64_t> id;
  if (HoldsText(*value)) id = ParseInt<std::uint64_t>(value->text);
  if (!id) Fail(name.first, "is not an id");
  return id.value_or(0);
}

std::optional<bool> ReplyReader::OptionalBool(const JsonValue& object, MemberName name) {
  const JsonValue* value = Get(object, name);
  if (value == nullptr) return std::nullopt;
  if (value->Is(Type::kBool)) return value->boolean;
  if (value->Is(Type::kNumber) && (value->text == "0" || value->text == "1")) {
    return value->text == "1";
  }
  Fail(name.first, "is not true or false");
  return std::nullopt;
}

std::optional<TimePoint> ReplyReader::OptionalTime(const JsonValue& object, MemberName name,
                                                   std::int64_t per_second) {
  const std::optional<Decimal> value = OptionalNumber(object, name);
  if (!value || value->IsZero()) return std::nullopt;
  const auto micros = Decimal::Multiply(*value, Decimal(1'000'000 / per_second));
  // Year 9999 in microseconds; a larger value is some other unit.
  const Decimal limit(253'402'300'800'000'000);
  if (!micros || micros->IsNegative() || limit < *micros) {
    Fail(name.first, "is not a time");
    return std::nullopt;
  }
  const Decimal whole = micros->Truncate(0);
  return TimePoint(microseconds(static_cast<std::int64_t>(whole.coefficient())));
}

}  // namespace ocokit::client
