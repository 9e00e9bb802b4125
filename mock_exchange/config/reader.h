#pragma once

// Reader: takes members of JSON objects that match the schema into options.

#include <chrono>
#include <initializer_list>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>

#include "ocokit/base/decimal.h"
#include "ocokit/mock/account.h"
#include "ocokit/mock/config.h"

namespace ocokit::mock::config {

using Json = nlohmann::json;

// Reads members into places, and keeps the first thing that is wrong.
class Reader {
 public:
  [[nodiscard]] const std::string& error() const { return error_; }
  void Fail(const std::string& where, const std::string& what) {
    if (error_.empty()) error_ = where + " " + what;
  }

  template <typename T>
  void Read(const Json& object, const char* name, T& into) {
    if (object.contains(name)) into = object[name].get<T>();
  }
  template <typename T>
  void Read(const Json& object, const char* name, std::optional<T>& into) {
    if (!object.contains(name)) return;
    into.reset();
    if (!object[name].is_null()) into = object[name].get<T>();
  }
  void ReadMs(const Json& object, const char* name, std::chrono::milliseconds& into) {
    if (object.contains(name)) into = std::chrono::milliseconds(object[name].get<std::int64_t>());
  }
  Decimal ReadNumber(const Json& value, const std::string& where) {
    const Result<Decimal> number = Decimal::Parse(value.get_ref<const std::string&>());
    if (!number) Fail(where, "must be a number of at most 38 digits, not " + value.dump());
    return number.value_or(Decimal());
  }
  void ReadNumber(const Json& object, const char* name, const std::string& where, Decimal& into) {
    if (object.contains(name)) into = ReadNumber(object[name], where + "." + name);
  }
  // A member that is one of a few words.
  template <typename T>
  void ReadWord(const Json& object, const char* name,
                std::initializer_list<std::pair<const char*, std::type_identity_t<T>>> words,
                T& into) {
    if (!object.contains(name)) return;
    for (const auto& [word, value] : words) {
      if (object[name] == word) into = value;
    }
  }
  template <typename T>
  void ReadWord(const Json& object, const char* name,
                std::initializer_list<std::pair<const char*, std::type_identity_t<T>>> words,
                std::optional<T>& into) {
    if (!object.contains(name)) return;
    into.reset();
    if (object[name].is_null()) return;
    T value{};
    ReadWord<T>(object, name, words, value);
    into = value;
  }
  void ReadDialect(const Json& object, const char* name, Dialect& into) {
    ReadWord(object, name, {{"docs", Dialect::kDocs}, {"live", Dialect::kLive}}, into);
  }

 private:
  std::string error_;
};

// Changes the settings that `object` names.
void ReadSettingsInto(const Json& object, Settings& out);

// Changes what `object` says of the key: permissions, ip_whitelist, endpoints, enabled.
void ReadRightsInto(const Json& object, KeyRights& out);

// {"last"}, {"path"}, {"walk"} or {"stop"}.
[[nodiscard]] PriceChange ReadPriceChangeFrom(Reader& reader, const Json& object);

// `where`: as below.
[[nodiscard]] Fault ReadFaultFrom(Reader& reader, const Json& object, const std::string& where);

// `out` with what `object` says of an account. `where`: what comes before a member's name in an
// error, like "accounts[0].".
[[nodiscard]] AccountOptions ReadAccountFrom(Reader& reader, const Json& object,
                                             const std::string& where, AccountOptions out);

}  // namespace ocokit::mock::config
