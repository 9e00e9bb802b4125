#include "cli/connection.h"

#include <cstdio>
#include <cstdlib>
#include <nlohmann/json.hpp>

#include "cli/exit_codes.h"
#include "cli/read_file.h"
#include "cli/terminal.h"
#include "conformance/net/connection.h"
#include "conformance/text/printable.h"
#include "ocokit/base/text.h"
#include "ocokit/mock/doctor.h"

namespace ocokit::cli {
namespace {

using Json = nlohmann::ordered_json;

client::Result<std::string> ReadSecret(const ConnectionOptions& options) {
  if (!options.secret_file.empty()) {
    Result<std::string> secret = ReadFirstLine(options.secret_file, "--secret-file");
    if (secret) return std::move(*secret);
    constexpr std::string_view kOption = "--secret-file ";
    return tl::unexpected(
        UsageError("--secret-file", secret.error().message.substr(kOption.size())));
  }
  if (const char* secret = std::getenv("OCOKIT_SECRET"); secret != nullptr && *secret != '\0') {
    return std::string(secret);
  }
  const Result<conform::Url> url = conform::ParseUrl(options.url);
  if (!url) {
    return tl::unexpected(UsageError("--url", "must be a base URL: " + url.error().message));
  }
  if (url->IsLoopback()) return std::string("test-secret");
  return tl::unexpected(
      UsageError("--secret-file", "or OCOKIT_SECRET is required, with the secret"));
}

int ExitStatus(const client::Error& error) {
  switch (error.kind) {
    case client::ErrorKind::kTransport:
      return kEnvironment;
    case client::ErrorKind::kBadRequest:
      // Refused by ourselves before it was sent, or by the venue.
      return error.http_status == 0 ? kUsage : kFailed;
    default:
      return kFailed;
  }
}

Json ToJson(const client::Error& error) {
  Json fields = Json::array();
  for (const client::FieldError& field : error.fields) {
    fields.push_back({{"field", field.field}, {"message", field.message}});
  }
  return {{"kind", client::KindName(error.kind)},
          {"code", error.code ? Json(*error.code) : Json(nullptr)},
          {"message", error.message},
          {"http_status", error.http_status},
          {"fields", fields},
          {"retry_safe", error.retry_safe},
          {"outcome_unknown", error.outcome_unknown},
          {"retry_after_ms", error.retry_after.count()}};
}

}  // namespace

client::Result<client::Credentials> ReadCredentials(const ConnectionOptions& options) {
  client::Result<std::string> secret = ReadSecret(options);
  if (!secret) return tl::unexpected<client::Error>(secret.error());
  *options.secret = *secret;
  return client::Credentials(options.key, std::move(*secret));
}

client::Error UsageError(const std::string& option, const std::string& message) {
  client::Error error;
  error.kind = client::ErrorKind::kBadRequest;
  error.message = option + " " + message;
  error.fields = {{option, message}};
  error.retry_safe = true;
  return error;
}

int ReportError(client::Error error, const ConnectionOptions& options) {
  error.message = mock::HideSecret(error.message, *options.secret);
  for (client::FieldError& field : error.fields) {
    field.field = mock::HideSecret(field.field, *options.secret);
    field.message = mock::HideSecret(field.message, *options.secret);
  }
  if (options.json) {
    PrintJson({{"error", ToJson(error)}});
    return ExitStatus(error);
  }
  std::string text = std::string(client::KindName(error.kind));
  if (error.code) text += " (code " + std::to_string(*error.code) + ")";
  text += ": " + error.message;
  PrintError(text);
  // A field of our own finding is named in the message already.
  if (error.http_status != 0) {
    for (const client::FieldError& field : error.fields) {
      std::fprintf(stderr, "  %s: %s\n", Printable(field.field).c_str(),
                   Replaced(conform::ForTerminal(field.message), "\n", "\n    ").c_str());
    }
  }
  if (error.outcome_unknown) {
    std::fprintf(stderr, "  It may have taken effect all the same: list before you repeat it.\n");
  } else if (error.http_status != 0 && !error.retry_safe) {
    std::fprintf(stderr, "  An equal order exists: list it, and cancel it to place it anew.\n");
  }
  return ExitStatus(error);
}

void PrintJson(const Json& value) {
  // A venue's text may hold bytes that are not UTF-8; they are replaced, not thrown at the caller.
  PrintData(value.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n");
}

}  // namespace ocokit::cli
