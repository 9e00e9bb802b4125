#pragma once

// A BingX request as the doctor looks at it: the pairs of query and body with what each was before
// decoding, and the texts that are right to sign.

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mock_exchange/json/reader.h"
#include "ocokit/mock/message.h"

namespace ocokit::mock::doctor::bingx {

struct Pair {
  std::string name;   // percent-decoded
  std::string value;  // percent-decoded; of JSON a string unquoted, the rest by its compact text
  std::string sent;   // `name=value` as it arrived
  bool in_body = false;
  bool is_null = false;         // a JSON null
  bool is_json_string = false;  // in quotes in a JSON body

  friend bool operator==(const Pair&, const Pair&) = default;
};

using Pairs = std::vector<Pair>;

enum class Body { kEmpty, kForm, kJson, kBrokenJson };

struct View {
  const Request* request = nullptr;
  Pairs pairs;   // as received, without `signature`
  Pairs sorted;  // the same by name
  // Of the first pair `signature` that is not empty.
  std::optional<std::string> signature;
  bool signature_in_body = false;
  Body body = Body::kEmpty;
  JsonValue json;  // of a JSON body

  // The first pair of this name that is not empty, as the venue reads it.
  [[nodiscard]] const Pair* Find(std::string_view name) const;
  [[nodiscard]] std::size_t Count(std::string_view name) const;
};

[[nodiscard]] View ReadView(const Request& request);

// `name=value` for each, joined by `between`.
[[nodiscard]] std::string Join(const Pairs& pairs, std::string_view between = "&");
// The same with `write` in place of the values.
using Writer = std::function<std::string(const Pair&)>;
[[nodiscard]] std::string JoinWritten(const Pairs& pairs, const Writer& write);
[[nodiscard]] Pairs Sorted(Pairs pairs);

// The documented text: names sorted, values decoded.
[[nodiscard]] std::string DocumentedText(const View& view);
// Every text whose signature the venue accepts, the documented one first; that one alone when
// `strict`.
[[nodiscard]] std::vector<std::string> RightTexts(const View& view, bool strict);

}  // namespace ocokit::mock::doctor::bingx
