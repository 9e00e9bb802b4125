#include "cli/option_names.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

namespace ocokit::cli {
namespace {

constexpr std::array kConnectionNames{
    OptionName{"base_url", "--url"},
    OptionName{"ca_file", "--ca-file"},
    OptionName{"api_key", "--key"},
    OptionName{"secret", "--secret-file or OCOKIT_SECRET"},
};

constexpr std::string_view kWordCharacters =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-";

std::string OptionFor(std::string_view word, std::span<const OptionName> names) {
  for (const std::span<const OptionName> list :
       {names, std::span<const OptionName>(kConnectionNames)}) {
    for (const OptionName& name : list) {
      if (word == name.field) return name.option;
    }
  }
  return std::string(word);
}

// A message may name other fields: "must be below triggerPrice".
std::string NameInText(std::string_view text, std::span<const OptionName> names) {
  std::string out;
  while (!text.empty()) {
    const std::size_t word = std::min(text.find_first_not_of(kWordCharacters), text.size());
    out += OptionFor(text.substr(0, word), names);
    text.remove_prefix(word);
    const std::size_t gap = std::min(text.find_first_of(kWordCharacters), text.size());
    out += text.substr(0, gap);
    text.remove_prefix(gap);
  }
  return out;
}

}  // namespace

client::Error NameOptions(client::Error error, std::span<const OptionName> names) {
  const bool from_client = error.http_status == 0 && !error.code && error.fields.size() == 1;
  if (!from_client) return error;
  client::FieldError& field = error.fields.front();
  const std::string option = OptionFor(field.field, names);
  // The error names an option already, or is about no option.
  if (option == field.field) return error;
  field.field = option;
  field.message = NameInText(field.message, names);
  error.message = field.field + " " + field.message;
  return error;
}

}  // namespace ocokit::cli
