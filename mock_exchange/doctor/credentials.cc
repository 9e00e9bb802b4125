#include "mock_exchange/doctor/credentials.h"

#include <algorithm>

#include "mock_exchange/doctor/text.h"
#include "ocokit/base/text.h"

namespace ocokit::mock::doctor {

namespace {

// Names are not case-sensitive, and some servers' languages write `_` for `-`.
std::string Plain(std::string_view name) { return Replaced(Lower(name), "_", "-"); }

bool HoldsKey(std::string_view value, const Patient& credentials) {
  // A shorter key may stand in anything by chance.
  constexpr std::size_t kShortest = 8;
  const std::string& key = credentials.key;
  if (key.size() < kShortest) return !key.empty() && value == key;
  return value.find(key) != std::string_view::npos;
}

Finding NameMissingKey(const Request& request, const HeaderNames& names,
                       const Patient& credentials) {
  const std::string right(names.right);
  const std::string_view wrong = FindMisnamed(
      request, names, [&](std::string_view value) { return HoldsKey(value, credentials); });
  if (!wrong.empty()) {
    return {"key_header_misnamed",
            {},
            "There is a header " + std::string(wrong) + ", and none named " + right + "."};
  }
  if (HoldsKey(request.Query(), credentials) || HoldsKey(request.body, credentials)) {
    return {"key_header_misnamed",
            {},
            "The API key stands among the parameters, and there is no header " + right + "."};
  }
  return {"key_header_missing", {}, "There is no header " + right + "."};
}

}  // namespace

std::string_view FindMisnamed(const Request& request, const HeaderNames& names,
                              const Holds& holds) {
  for (const Header& header : request.headers) {
    if (Lower(header.name) != Lower(names.right) && holds(header.value)) return header.name;
  }
  const auto is_wrong = [&](const std::string& plain) {
    return std::ranges::any_of(names.wrong,
                               [&](std::string_view wrong) { return plain == Plain(wrong); });
  };
  for (const Header& header : request.headers) {
    const std::string plain = Plain(header.name);
    const bool right = Lower(header.name) == Lower(names.right);
    if (!right && (plain == Lower(names.right) || is_wrong(plain))) return header.name;
  }
  return {};
}

std::optional<Finding> CheckKey(const Request& request, const HeaderNames& names,
                                const Patient& credentials) {
  const auto key = request.FindHeader(names.right);
  const std::string right(names.right);
  if (!key || key->empty()) return NameMissingKey(request, names, credentials);
  if (*key == credentials.key) return std::nullopt;
  if (Trim(*key) == credentials.key) {
    return Finding{"key_with_blank",
                   {},
                   "The header " + right + " has " + std::to_string(key->size()) +
                       " bytes, and the key " + std::to_string(credentials.key.size()) +
                       ": a blank, line break or quotation mark stands around it."};
  }
  if (HoldsKey(*key, credentials)) {
    return Finding{"key_with_blank",
                   {},
                   "The header " + right + " has " + std::to_string(key->size()) +
                       " bytes, and the key " + std::to_string(credentials.key.size()) +
                       ": something else stands beside it."};
  }
  if (Trim(*key) == credentials.secret && !credentials.secret.empty()) {
    return Finding{"key_and_secret_swapped",
                   {},
                   "The header " + right + " holds the secret. Whoever saw this request knows it."};
  }
  if (Lower(*key) == Lower(credentials.key)) {
    return Finding{
        "key_in_other_case", {}, "The header " + right + " has the key's letters in another case."};
  }
  return Finding{"key_unknown",
                 {},
                 "The header " + right + " has " + std::to_string(key->size()) +
                     " characters that are not this account's key of " +
                     std::to_string(credentials.key.size()) + "."};
}

}  // namespace ocokit::mock::doctor
