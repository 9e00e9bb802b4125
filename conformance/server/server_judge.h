#pragma once

// Judges a server over sockets: every request is written byte by byte, so that it can be one that
// no good client sends.

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "conformance/engine/case.h"
#include "conformance/engine/run.h"
#include "conformance/net/connection.h"
#include "conformance/net/control_api.h"

namespace ocokit::conform {

struct ServerTarget {
  Venue venue = Venue::kBingx;
  Url url = {};
  // Where its streams are, if not there: a real venue has them on another host.
  std::optional<Url> stream_url = {};
  // Of the account to judge with, where there is no `control`.
  std::string key = {};
  std::string secret = {};
  // docs, live, or empty where it is not known: either is right then.
  std::string dialect = {};
  // With it every case has an account of its own, which is removed when it ends. Without, cases use
  // the one given, one at a time, and those that need one of their own, a price or a clock are
  // skipped.
  std::optional<ControlAddress> control = {};
  std::string ca_file = {};
  // How long a reply, and a connection, may take.
  std::chrono::milliseconds timeout{2000};
  // The keys of the accounts follow from it.
  std::uint64_t seed = 1;
  // Whether orders may be placed with the key that is given, where there is no `control`. What a
  // case has placed it cancels at its end.
  bool may_order = false;
  // A real venue: harmless cases alone, and nothing is sent that could become an order.
  bool live = false;
};

// Its workers cannot be made when the server, or its control API, is not reached; when there is
// neither `control` nor a key; and for the address of a real venue without `live`.
[[nodiscard]] std::unique_ptr<Judge> JudgeOfServer(ServerTarget target);

}  // namespace ocokit::conform
