#include "conformance/adapters/cpp/answer.h"

namespace ocokit::adapter {

using nlohmann::json;

json ErrorAnswer(const client::Error& error) {
  std::string message = error.message;
  for (const client::FieldError& field : error.fields) {
    message += "; " + field.field + ": " + field.message;
  }
  json told = {{"kind", client::KindName(error.kind)},
               {"message", message},
               {"outcome_unknown", error.outcome_unknown}};
  if (error.code) told["code"] = *error.code;
  return {{"error", std::move(told)}};
}

json OkAnswer(json ok) { return {{"ok", std::move(ok)}}; }

client::Error BadArgument(const std::string& name, const std::string& why) {
  return {.kind = client::ErrorKind::kBadRequest, .message = name + " " + why};
}

std::string TextArgument(const json& args, const char* name) {
  const auto found = args.find(name);
  return found != args.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::optional<std::int64_t> NumberArgument(const json& args, const char* name) {
  const auto found = args.find(name);
  if (found == args.end() || !found->is_number_integer()) return std::nullopt;
  return found->get<std::int64_t>();
}

client::Result<Decimal> DecimalArgument(const json& args, const char* name) {
  const auto parsed = Decimal::Parse(TextArgument(args, name));
  if (!parsed) return tl::unexpected(BadArgument(name, parsed.error().message));
  return *parsed;
}

client::Result<void> ReadDecimals(const json& args, std::initializer_list<DecimalInto> decimals) {
  for (const auto& [name, into] : decimals) {
    if (!args.contains(name)) continue;
    const client::Result<Decimal> decimal = DecimalArgument(args, name);
    if (!decimal) return tl::unexpected(decimal.error());
    *into = *decimal;
  }
  return {};
}

void OpenPlacements::Remember(const std::string& client_order_id, const client::Error& error) {
  if (!error.outcome_unknown || !error.sent_at) return;
  const std::lock_guard lock(mutex_);
  sent_at_.insert_or_assign(client_order_id, *error.sent_at);
}

std::optional<TimePoint> OpenPlacements::SentAt(const std::string& client_order_id) const {
  const std::lock_guard lock(mutex_);
  const auto found = sent_at_.find(client_order_id);
  if (found == sent_at_.end()) return std::nullopt;
  return found->second;
}

}  // namespace ocokit::adapter
