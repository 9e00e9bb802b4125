#pragma once

// The addresses of a host, in a bounded time.

#include <boost/asio/ip/tcp.hpp>
#include <chrono>
#include <functional>
#include <string>
#include <vector>

#include "ocokit/base/result.h"

namespace ocokit::conform {

using Endpoints = std::vector<boost::asio::ip::tcp::endpoint>;
using Resolve = std::function<Endpoints(const std::string& host, const std::string& port,
                                        boost::system::error_code& error)>;

// Asks the system.
[[nodiscard]] Endpoints SystemResolve(const std::string& host, const std::string& port,
                                      boost::system::error_code& error);

// Errors: the name has no address, or none was found until then. The system's look-up cannot be
// called off: one that hangs goes on in a thread that is left to itself. An address starts none.
[[nodiscard]] Result<Endpoints> LookUpEndpoints(const std::string& host, const std::string& port,
                                                std::chrono::steady_clock::time_point until,
                                                const Resolve& resolve = SystemResolve);

}  // namespace ocokit::conform
