#pragma once

// One call of a running server's control API.

#include <functional>
#include <string>
#include <string_view>

#include "ocokit/base/result.h"

namespace ocokit::cli {

struct ControlOptions {
  std::string url = "http://127.0.0.1:8787";  // of the server, with or without /control/v1
  std::string token_file;                     // empty: OCOKIT_CONTROL_TOKEN, or none
  std::string ca_file;                        // PEM of who vouches for an https:// url
  int timeout_ms = 30'000;                    // for a whole reply; Follow's has none
};

struct ControlCall {
  std::string method = "GET";
  std::string path = {};  // below `base`, with the query
  std::string body = {};
  std::string base = "/control/v1";
};

struct ControlReply {
  int status = 0;
  std::string body = {};
};

// Errors: kInvalidArgument for an option at fault, kUnavailable when no whole reply came in time,
// or one of more than 256 MiB.
[[nodiscard]] Result<ControlReply> Send(const ControlOptions& options, const ControlCall& call);

// The same for a reply that comes as time goes on: each piece of it is handed to `on_piece` until
// that returns false. The reply's body is that of an error alone. Errors: the same; kUnavailable
// when the server ends it, too.
[[nodiscard]] Result<ControlReply> Follow(const ControlOptions& options, const ControlCall& call,
                                          const std::function<bool(std::string_view)>& on_piece);

}  // namespace ocokit::cli
