#pragma once

// Whom the load is put on.

#include <boost/asio/ip/tcp.hpp>
#include <string>
#include <vector>

#include "bench/load/options.h"
#include "conformance/net/connection.h"
#include "ocokit/base/result.h"

namespace ocokit::load {

struct Target {
  conform::Url url;
  std::vector<boost::asio::ip::tcp::endpoint> endpoints;  // at least one
};

// Resolves the options' URL. Errors: no URL; no such host; an address that is not loopback, unless
// the options say that the server is one's own.
[[nodiscard]] Result<Target> FindTarget(const LoadOptions& options);

}  // namespace ocokit::load
