#include "mock_exchange/control/call.h"

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>

#include "mock_exchange/control/hide.h"

namespace ocokit::mock::control {

Or<std::shared_ptr<Tenant>> Call::FindTenant() const {
  std::shared_ptr<Tenant> tenant = exchange.FindId(arguments.front());
  if (tenant != nullptr) return tenant;
  return tl::unexpected<Answer>(WriteProblem(
      404, "there is no account \"" + arguments.front() + "\"; GET /accounts lists them"));
}

Or<nlohmann::json> Call::ReadBody(std::string_view schema) const {
  Result<nlohmann::json, config::Mismatch> parsed = schemas.Parse(request.body, schema);
  if (parsed) return std::move(*parsed);
  // The message may show the beginning of a member, and so a part of a secret, which nobody could
  // find in it any more. That of a body without secrets says the same.
  SecretFilter given;
  for (const std::string& secret : SecretsIn(request.body)) given.Add(secret);
  const std::string clean = given.Hide(exchange.secrets().Hide(request.body));
  if (clean != request.body) {
    Result<nlohmann::json, config::Mismatch> again = schemas.Parse(clean, schema);
    if (!again && again.error().member == parsed.error().member) {
      parsed = std::move(again);
    } else {
      // Without the secret it is another text, or none that is JSON: leaves out what is quoted.
      std::string& message = parsed.error().message;
      message.resize(std::min(message.size(), message.find(", not ")));
    }
  }
  return tl::unexpected<Answer>(WriteProblem(400, parsed.error().message, parsed.error().member));
}

Or<std::uint64_t> Call::ReadNumber(const std::string& name, std::uint64_t otherwise,
                                   std::uint64_t least, std::uint64_t most) const {
  const auto given = parameters.find(name);
  if (given == parameters.end()) return otherwise;
  const std::string& text = given->second;
  std::uint64_t out = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  if (error == std::errc() && end == text.data() + text.size() && out >= least && out <= most) {
    return out;
  }
  return tl::unexpected<Answer>(WriteProblem(400,
                                             name + " must be a whole number from " +
                                                 std::to_string(least) + " to " +
                                                 std::to_string(most) + ", not \"" + text + "\"",
                                             name));
}

Or<bool> Call::ReadFlag(const std::string& name) const {
  const auto given = parameters.find(name);
  if (given == parameters.end() || given->second == "false") return false;
  if (given->second == "true") return true;
  return tl::unexpected<Answer>(
      WriteProblem(400, name + " must be true or false, not \"" + given->second + "\"", name));
}

}  // namespace ocokit::mock::control
