#pragma once

// Plain values as JSON and back. One function a type names its members, for both directions:
//
//   template <typename Archive>
//   void Members(Archive& archive, Level& level) {
//     archive("price", level.price);
//     archive("amount", level.amount);
//   }
//
// A class names its private ones by a member function Members(archive). A type with many values and
// few members has Row(value), a tuple of references, and is an array. Enumerations and variants are
// kept by number: what is added to one goes to its end. A member that is not there when it is read
// keeps its default, so that a member can be added; one that is there is of its type, or the
// reading fails.

#include <array>
#include <chrono>
#include <concepts>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <unordered_map>
#include <utility>
#include <variant>
#include <vector>

#include "mock_exchange/json/reader.h"
#include "mock_exchange/json/writer.h"
#include "ocokit/base/clock.h"
#include "ocokit/base/decimal.h"

namespace ocokit::mock::state {

template <typename T>
concept IsRow = requires(T& value) {
  Row(value);
};

template <typename T, typename Archive>
concept NamesItsMembers = requires(T& value, Archive& archive) {
  value.Members(archive);
};

// A text of a class of its own.
template <typename T>
concept IsText = requires(T& value, std::string text) {
  { value.str() } -> std::same_as<std::string>;
  value = text;
};
template <typename T>
concept IsList = requires(T& value, typename T::value_type element) {
  value.push_back(element);
}
&&!std::is_same_v<T, std::string>;
template <typename T>
concept IsMap = requires {
  typename T::mapped_type;
};
template <typename T>
concept IsUnordered = IsMap<T> && requires {
  typename T::hasher;
};
template <typename T>
concept IsSet = requires {
  typename T::key_type;
}
&&!IsMap<T>;

template <typename T>
inline constexpr bool kIsOptional = false;
template <typename T>
inline constexpr bool kIsOptional<std::optional<T>> = true;
template <typename T>
inline constexpr bool kIsPair = false;
template <typename A, typename B>
inline constexpr bool kIsPair<std::pair<A, B>> = true;
template <typename T>
inline constexpr bool kIsArray = false;
template <typename T, std::size_t N>
inline constexpr bool kIsArray<std::array<T, N>> = true;
template <typename T>
inline constexpr bool kIsVariant = false;
template <typename... T>
inline constexpr bool kIsVariant<std::variant<T...>> = true;
template <typename T>
inline constexpr bool kIsDuration = false;
template <typename Rep, typename Period>
inline constexpr bool kIsDuration<std::chrono::duration<Rep, Period>> = true;

// Long lists are kept apart from the rest, in pieces of about this many bytes.
inline constexpr std::size_t kPieceBytes = std::size_t{1} << 18;

class Writer {
 public:
  static constexpr bool kReads = false;
  // Given each piece of a long list: a JSON array of some of its elements, in their order.
  using Sink = std::function<void(std::int64_t list, std::string piece)>;

  explicit Writer(Sink sink) : sink_(std::move(sink)) {}

  template <typename T>
  [[nodiscard]] std::string Whole(const T& value) {
    JsonWriter json;
    Write(json, value);
    return json.Take();
  }

  template <typename T>
  void operator()(std::string_view name, const T& value) {
    json_->Key(name);
    Write(*json_, value);
  }

  // A list that may be long.
  template <typename T>
  void Long(std::string_view name, const T& list) {
    const std::int64_t number = ++lists_;
    json_->Key(name).Integer(number);
    JsonWriter piece;
    std::size_t bytes = 0;
    std::size_t count = 0;
    const auto hand_over = [&] {
      if (count == 0) return;
      piece.EndArray();
      sink_(number, piece.Take());
      piece = JsonWriter();
      bytes = count = 0;
    };
    for (const auto& element : list) {
      if (count++ == 0) piece.BeginArray();
      Write(piece, element);
      bytes = piece.size();
      if (bytes > kPieceBytes) hand_over();
    }
    hand_over();
  }

 private:
  template <typename T>
  void Write(JsonWriter& json, const T& value);
  static void WriteText(JsonWriter& json, const std::string& text);

  Sink sink_;
  std::int64_t lists_ = 0;
  JsonWriter* json_ = nullptr;  // of the object whose members are being written
};

class Reader {
 public:
  static constexpr bool kReads = true;
  // Hands the pieces of a list, in their order, to `take`, until it returns false.
  using Source = std::function<void(std::int64_t list,
                                    const std::function<bool(std::string_view piece)>& take)>;

  explicit Reader(Source source) : source_(std::move(source)) {}

  // Errors: kInvalidArgument names the member that is not as it should be.
  template <typename T>
  [[nodiscard]] Result<void> Whole(std::string_view text, T& value) {
    const Result<JsonValue> json = ReadJson(text);
    if (!json) return tl::unexpected<Error>(json.error());
    Read(*json, value);
    if (!wrong_.empty()) return Fail(ErrorKind::kInvalidArgument, "\"" + wrong_ + "\" is wrong");
    return {};
  }

  template <typename T>
  void operator()(std::string_view name, T& value) {
    const JsonValue* member = object_->Find(name);
    if (member == nullptr) return;
    Read(*member, value);
  }

  // The member of that name is not as it should be.
  void Refuse(std::string_view name) {
    if (wrong_.empty()) wrong_ = name;
  }

  template <typename T>
  void Long(std::string_view name, T& list) {
    const JsonValue* member = object_->Find(name);
    if (member == nullptr) return;
    std::int64_t number = 0;
    Read(*member, number);
    list.clear();
    source_(number, [&](std::string_view piece) {
      const Result<JsonValue> json = ReadJson(piece);
      if (!json || !json->Is(JsonValue::Kind::kArray)) return Wrong(*member);
      for (const JsonValue& element : json->members) Read(element, list.emplace_back());
      return wrong_.empty();
    });
  }

 private:
  template <typename T>
  void Read(const JsonValue& json, T& value);
  void ReadText(const JsonValue& json, std::string& text);
  [[nodiscard]] bool ReadInteger(const JsonValue& json, std::uint64_t& magnitude, bool& negative);
  // Notes the first thing that is not as it should be.
  bool Wrong(const JsonValue& json);

  Source source_;
  std::string wrong_;  // the name of the first member that is
  const JsonValue* object_ = nullptr;
};

template <typename T>
void Writer::Write(JsonWriter& json, const T& value) {
  if constexpr (std::is_same_v<T, bool>) {
    json.Bool(value);
  } else if constexpr (std::is_same_v<T, Decimal>) {
    json.DecimalString(value);
  } else if constexpr (std::is_same_v<T, std::string>) {
    WriteText(json, value);
  } else if constexpr (IsText<T>) {
    WriteText(json, value.str());
  } else if constexpr (std::is_same_v<T, Int128>) {
    json.BeginArray();
    Write(json, static_cast<std::int64_t>(value >> 64));
    Write(json, static_cast<std::uint64_t>(value));
    json.EndArray();
  } else if constexpr (std::is_enum_v<T>) {
    json.Integer(static_cast<std::int64_t>(value));
  } else if constexpr (std::is_integral_v<T>) {
    if (std::in_range<std::int64_t>(value)) {
      json.Integer(static_cast<std::int64_t>(value));
    } else {
      json.String(std::to_string(value));
    }
  } else if constexpr (kIsDuration<T>) {
    json.Integer(value.count());
  } else if constexpr (std::is_same_v<T, TimePoint>) {
    json.Integer(value.time_since_epoch().count());
  } else if constexpr (kIsOptional<T>) {
    value ? Write(json, *value) : void(json.Null());
  } else if constexpr (kIsPair<T>) {
    json.BeginArray();
    Write(json, value.first);
    Write(json, value.second);
    json.EndArray();
  } else if constexpr (kIsVariant<T>) {
    json.BeginArray();
    json.Integer(static_cast<std::int64_t>(value.index()));
    std::visit([&](const auto& held) { Write(json, held); }, value);
    json.EndArray();
  } else if constexpr (IsUnordered<T>) {
    // Equal ones are written alike.
    Write(json,
          std::map<typename T::key_type, typename T::mapped_type>(value.begin(), value.end()));
  } else if constexpr (IsList<T> || kIsArray<T> || IsMap<T> || IsSet<T>) {
    json.BeginArray();
    for (const auto& element : value) Write(json, element);
    json.EndArray();
  } else if constexpr (IsRow<const T> || IsRow<T>) {
    json.BeginArray();
    std::apply([&](const auto&... part) { (Write(json, part), ...); },
               Row(const_cast<T&>(value)));  // NOLINT(cppcoreguidelines-pro-type-const-cast)
    json.EndArray();
  } else {
    // The function that names the members is for both directions.
    T& named = const_cast<T&>(value);  // NOLINT(cppcoreguidelines-pro-type-const-cast)
    JsonWriter* const outer = std::exchange(json_, &json);
    json.BeginObject();
    if constexpr (NamesItsMembers<T, Writer>) {
      named.Members(*this);
    } else {
      Members(*this, named);
    }
    json.EndObject();
    json_ = outer;
  }
}

template <typename T>
void Reader::Read(const JsonValue& json, T& value) {
  using Kind = JsonValue::Kind;
  if (!wrong_.empty()) return;
  // Elements of an array of so many.
  const auto has = [&](std::size_t count) {
    return (json.Is(Kind::kArray) && json.members.size() == count) || Wrong(json);
  };
  if constexpr (std::is_same_v<T, bool>) {
    if (!json.Is(Kind::kBool)) return void(Wrong(json));
    value = json.text == "true";
  } else if constexpr (std::is_same_v<T, Decimal>) {
    const Result<Decimal> number = Decimal::Parse(json.text);
    if (!json.Is(Kind::kString) || !number) return void(Wrong(json));
    value = *number;
  } else if constexpr (std::is_same_v<T, std::string>) {
    ReadText(json, value);
  } else if constexpr (IsText<T>) {
    std::string text;
    ReadText(json, text);
    value = text;
  } else if constexpr (std::is_same_v<T, Int128>) {
    if (!has(2)) return;
    std::int64_t high = 0;
    std::uint64_t low = 0;
    Read(json.members[0], high);
    Read(json.members[1], low);
    value = (static_cast<Int128>(high) << 64) | low;
  } else if constexpr (std::is_enum_v<T>) {
    std::underlying_type_t<T> number = 0;
    Read(json, number);
    value = static_cast<T>(number);
  } else if constexpr (std::is_integral_v<T>) {
    std::uint64_t magnitude = 0;
    bool negative = false;
    if (!ReadInteger(json, magnitude, negative)) return;
    const T number = negative ? static_cast<T>(0 - magnitude) : static_cast<T>(magnitude);
    // One that the type does not hold has become another.
    const bool same_sign = negative == std::cmp_less(number, 0) || magnitude == 0;
    const std::uint64_t back =
        negative ? 0 - static_cast<std::uint64_t>(number) : static_cast<std::uint64_t>(number);
    if (!same_sign || back != magnitude) return void(Wrong(json));
    value = number;
  } else if constexpr (kIsDuration<T>) {
    std::int64_t count = 0;
    Read(json, count);
    value = T(count);
  } else if constexpr (std::is_same_v<T, TimePoint>) {
    std::int64_t count = 0;
    Read(json, count);
    value = TimePoint(microseconds(count));
  } else if constexpr (kIsOptional<T>) {
    if (json.Is(Kind::kNull)) return value.reset();
    Read(json, value.emplace());
  } else if constexpr (kIsPair<T>) {
    if (!has(2)) return;
    Read(json.members[0], const_cast<std::remove_const_t<typename T::first_type>&>(value.first));
    Read(json.members[1], value.second);
  } else if constexpr (kIsVariant<T>) {
    if (!has(2)) return;
    std::size_t index = 0;
    Read(json.members[0], index);
    const auto make = [&]<std::size_t... I>(std::index_sequence<I...>) {
      return ((I == index && (Read(json.members[1], value.template emplace<I>()), true)) || ...);
    };
    if (!make(std::make_index_sequence<std::variant_size_v<T>>())) Wrong(json);
  } else if constexpr (kIsArray<T>) {
    if (!has(value.size())) return;
    for (std::size_t i = 0; i < value.size(); ++i) Read(json.members[i], value[i]);
  } else if constexpr (IsList<T>) {
    if (!json.Is(Kind::kArray)) return void(Wrong(json));
    value.clear();
    for (const JsonValue& element : json.members) Read(element, value.emplace_back());
  } else if constexpr (IsMap<T>) {
    if (!json.Is(Kind::kArray)) return void(Wrong(json));
    value.clear();
    for (const JsonValue& element : json.members) {
      std::pair<typename T::key_type, typename T::mapped_type> entry;
      Read(element, entry);
      value.insert(std::move(entry));
    }
  } else if constexpr (IsSet<T>) {
    if (!json.Is(Kind::kArray)) return void(Wrong(json));
    value.clear();
    for (const JsonValue& element : json.members) {
      typename T::key_type key{};
      Read(element, key);
      value.insert(std::move(key));
    }
  } else if constexpr (IsRow<T>) {
    auto row = Row(value);
    if (!has(std::tuple_size_v<decltype(row)>)) return;
    std::size_t i = 0;
    std::apply([&](auto&... part) { (Read(json.members[i++], part), ...); }, row);
  } else {
    if (!json.Is(Kind::kObject)) return void(Wrong(json));
    const JsonValue* const outer = std::exchange(object_, &json);
    if constexpr (NamesItsMembers<T, Reader>) {
      value.Members(*this);
    } else {
      Members(*this, value);
    }
    object_ = outer;
  }
}

}  // namespace ocokit::mock::state
