#pragma once

// A step of a case as the request that it sends: the venue's right request, with what the step
// changes about it (conformance/cases/server.schema.json).

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <string>

#include "conformance/engine/case.h"
#include "conformance/net/connection.h"
#include "conformance/server/calls.h"
#include "conformance/server/matcher.h"
#include "conformance/server/signature.h"

namespace ocokit::conform::server {

// What a request is made from beside the step.
struct Maker {
  Venue venue = Venue::kBingx;
  Keys keys;
  std::string authority;        // of the Host header
  std::string base_path;        // before the venue's own paths
  std::int64_t now_ms = 0;      // of the account's clock
  std::int64_t next_nonce = 0;  // WhiteBIT: one that may come next
  std::int64_t last_nonce = 0;  // the latest that was accepted
};

struct Request {
  std::string method;
  std::string target;
  Headers headers;
  std::string body;
  std::string nonce;      // digits of it, where there is one
  std::string signature;  // as sent; empty where there is none
  std::string right_signature;
  std::string bytes;  // all of it as it is sent
};

// Throws nlohmann::json::exception or std::invalid_argument when the step is wrong.
[[nodiscard]] Request MakeRequest(const Call& call, const nlohmann::json& step, const Maker& maker,
                                  const Saved& saved);

}  // namespace ocokit::conform::server
