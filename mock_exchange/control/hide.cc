#include "mock_exchange/control/hide.h"

#include <algorithm>
#include <utility>

#include "mock_exchange/control/openapi.h"

namespace ocokit::mock::control {
namespace {

// Whether one of the names, apart by blanks, is this one.
bool HasName(std::string_view names, std::string_view name) {
  while (!names.empty()) {
    const std::size_t end = std::min(names.find(' '), names.size());
    if (names.substr(0, end) == name) return true;
    names.remove_prefix(std::min(names.size(), end + 1));
  }
  return false;
}

// Bodies nest 64 deep at most, since deeper ones are refused.
Json Hide(Json value, const SecretFilter& secrets, std::string_view as_it_is) {
  if (value.is_string()) return secrets.Hide(value.get_ref<const std::string&>());
  if (value.is_array()) {
    for (Json& item : value) item = Hide(std::move(item), secrets, as_it_is);
  }
  if (!value.is_object()) return value;
  Json out = Json::object();
  for (auto& [name, member] : value.items()) {
    // A secret that is a word of ours must not take the reply's members away.
    out[IsMemberName(name) ? name : secrets.Hide(name)] =
        member.is_string() && HasName(as_it_is, name) ? std::move(member)
                                                      : Hide(std::move(member), secrets, as_it_is);
  }
  return out;
}

}  // namespace

std::vector<std::string> SecretsIn(const std::string& text) {
  std::vector<std::string> out;
  const Json body = Json::parse(text, nullptr, /*allow_exceptions=*/false);
  if (!body.is_object()) return out;
  if (const auto secret = body.find("secret"); secret != body.end() && secret->is_string()) {
    out.push_back(secret->get<std::string>());
  }
  return out;
}

void HideSecrets(const SecretFilter& secrets, std::string_view as_it_is, Answer& answer) {
  // They hold ids and names of our own making, and what a path said; a response's own hold neither.
  for (Header& header : answer.more_headers) header.value = secrets.Hide(header.value);
  if (!secrets.Finds(answer.response->body)) return;
  Response out = *answer.response;
  Json body = Json::parse(out.body, nullptr, /*allow_exceptions=*/false);
  out.body = body.is_discarded()
                 ? secrets.Hide(out.body)
                 : WriteJson(out.status, Hide(std::move(body), secrets, as_it_is)).response->body;
  answer.response = Share(std::move(out));
}

}  // namespace ocokit::mock::control
