#pragma once

// How `ocokit order` reaches a venue, and how it reports what came of a call.

#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <string>

#include "ocokit/client/credentials.h"
#include "ocokit/client/errors.h"

namespace ocokit::cli {

struct ConnectionOptions {
  std::string url = "http://127.0.0.1:8787";
  std::string key = "test-key";
  std::string secret_file;  // empty: OCOKIT_SECRET, or on a loopback url the simulator's own
  std::string ca_file;
  bool json = false;
  // What ReadCredentials read: no error is printed with it.
  std::shared_ptr<std::string> secret = std::make_shared<std::string>();
};

// The key and secret. Errors: kBadRequest saying where a secret was looked for, or that the URL is
// none.
[[nodiscard]] client::Result<client::Credentials> ReadCredentials(const ConnectionOptions& options);

// An error about what stands on the command line: `option` is the option at fault, and `message`
// completes the sentence that it begins. Like the client's own refusals it is retry_safe, since
// nothing was sent.
[[nodiscard]] client::Error UsageError(const std::string& option, const std::string& message);

// Prints the error without the secret, which a venue may have quoted, as JSON on standard output or
// for a person on standard error; returns the exit status that fits it.
[[nodiscard]] int ReportError(client::Error error, const ConnectionOptions& options);

// Prints `value` as one line of JSON on standard output.
void PrintJson(const nlohmann::ordered_json& value);

}  // namespace ocokit::cli
