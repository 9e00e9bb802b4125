#include "mock_exchange/doctor/credentials.h"

#include "mock_exchange/doctor/text.h"

namespace ocokit::mock::doctor {

std::string_view FindMisnamed(const Request& request, const HeaderNames& names) {
  for (const std::string_view name : names.wrong) {
    if (request.FindHeader(name)) return name;
  }
  return {};
}

std::optional<Finding> CheckKey(const Request& request, const HeaderNames& names,
                                const Credentials& credentials) {
  const auto key = request.FindHeader(names.right);
  const std::string right(names.right);
  if (!key || key->empty()) {
    const std::string_view wrong = FindMisnamed(request, names);
    if (wrong.empty()) {
      return Finding{"key_header_missing", {}, "There is no header " + right + "."};
    }
    return Finding{"key_header_misnamed",
                   {},
                   "There is a header " + std::string(wrong) + ", and none named " + right + "."};
  }
  if (*key == credentials.key) return std::nullopt;
  if (Trim(*key) == credentials.key) {
    return Finding{"key_with_blank",
                   {},
                   "The header " + right + " has " + std::to_string(key->size()) +
                       " bytes, and the key " + std::to_string(credentials.key.size()) +
                       ": a blank, line break or quotation mark stands around it."};
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
