#pragma once

// Signing of BingX requests (BingX API, "Signature description"): lower-case hexadecimal
// HMAC-SHA256 with the API secret over `name=value` pairs joined by `&`, values raw, `signature`
// left out. Usable without a Client:
//
//   Signer signer(secret);
//   Params params;
//   params.Add("orderId", "1735964079647111280");
//   params.Add("timestamp", std::int64_t{1702721073626});
//   std::string query = signer.WriteSigned(params, ParamFormat::kQuery);

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "ocokit/base/decimal.h"
#include "ocokit/base/digest.h"

namespace ocokit::client::bingx {

// How the parameters travel. The string that is signed is the same for all three.
enum class ParamFormat {
  kQuery,  // in the URL, with an empty body; values percent-encoded where a URL needs it
  kForm,   // application/x-www-form-urlencoded body, values as in kQuery
  kJson,   // application/json body, timestamp and signature inside the object
};

// Parameters in the order they are added, held as the very string that is signed. The documents
// ask for ascending order of names in a JSON body; the Client adds all of its own that way.
// A plain value.
class Params {
 public:
  static constexpr std::size_t kMaxParams = 64;

  // Adds a string, a number, or a whole number. At most kMaxParams in all. `name` must outlive this
  // object (names are literals) and need no escape in JSON or a URL.
  void Add(std::string_view name, std::string_view value);
  void Add(std::string_view name, const Decimal& value);
  void Add(std::string_view name, std::int64_t value);
  // Adds text that stands in JSON as it is, without quotes: a number, `true`, an array.
  void AddJson(std::string_view name, std::string_view json);

  // Leaves it as it was made, but for the memory, which the next request then need not get.
  void Clear();

  // The view ends with the next change of this object.
  [[nodiscard]] std::string_view string_to_sign() const { return {text_.data(), size_}; }

 private:
  friend class Signer;
  // Left uninitialized until it is used: a request sets a dozen of them.
  struct Entry {
    const char* name;
    std::uint32_t name_size;
    std::uint32_t offset;  // of the value in text_
    std::uint32_t size;
    bool quoted;  // a string, for JSON
  };
  void Append(std::string_view name, std::string_view value, bool quoted);
  // Writes the name, makes room for a value of at most `room` characters, and returns where it is
  // to stand; End takes where it ended.
  [[nodiscard]] char* Begin(std::string_view name, std::size_t room);
  void End(const char* end, bool quoted);
  [[nodiscard]] std::string_view NameOf(const Entry& entry) const {
    return {entry.name, entry.name_size};
  }
  [[nodiscard]] std::string_view ValueOf(const Entry& entry) const {
    return {text_.data() + entry.offset, entry.size};
  }

  std::string text_;      // longer than what is used of it
  std::size_t size_ = 0;  // how much that is
  std::array<Entry, kMaxParams> entries_;
  std::size_t count_ = 0;
  // Whether every value is the same raw, in a URL and in JSON, as all values of OCO calls are.
  bool plain_ = true;
};

// Signs with one secret. Immutable; any number of threads may use one at once.
class Signer {
 public:
  using Signature = std::array<char, 64>;

  // Keeps the state of the digest, not the secret.
  explicit Signer(std::string_view secret) : hmac_(secret) {}

  // Lower-case hexadecimal. Allocates nothing.
  [[nodiscard]] Signature Sign(std::string_view string_to_sign) const;

  // The query (without `?`) or body that goes on the wire, `signature` last.
  [[nodiscard]] std::string WriteSigned(const Params& params, ParamFormat format) const;
  // The same, appended to `out`. Allocates nothing where `out` has the room.
  void AppendSigned(const Params& params, ParamFormat format, std::string& out) const;

 private:
  static void AppendUrl(const Params& params, std::string& out);
  static void AppendJson(const Params& params, std::string& out);

  HmacSha256 hmac_;
};

}  // namespace ocokit::client::bingx
