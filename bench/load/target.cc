#include "bench/load/target.h"

#include <boost/asio/io_context.hpp>

#include "ocokit/base/address.h"

namespace ocokit::load {
namespace {

tl::unexpected<Error> NotHere(const std::string& what) {
  return Fail(ErrorKind::kInvalidArgument,
              "--url must lead to this machine: " + what +
                  ". A load on somebody else's server is an attack; if it is yours, say "
                  "--i-own-this-server");
}

}  // namespace

Result<Target> FindTarget(const LoadOptions& options) {
  Result<conform::Url> url = conform::ParseUrl(options.url);
  if (!url) {
    return Fail(ErrorKind::kInvalidArgument,
                "--url must be like http://127.0.0.1:8787: " + url.error().message);
  }
  if (!options.own_server && !url->IsLoopback()) {
    return NotHere(url->host + " is neither a loopback address nor localhost");
  }
  boost::asio::io_context io;
  boost::asio::ip::tcp::resolver resolver(io);
  boost::system::error_code error;
  const auto found = resolver.resolve(url->host, url->port, error);
  if (error || found.empty()) {
    return Fail(ErrorKind::kUnavailable,
                "no address of " + url->host + " was found: " + error.message());
  }
  Target target{std::move(*url), {}};
  for (const auto& entry : found) {
    // These are connected to: what the name has a moment later is not asked.
    const std::string address = entry.endpoint().address().to_string();
    if (!options.own_server && !IsLoopbackAddress(address)) {
      return NotHere(target.url.host + " is " + address + ", no loopback address");
    }
    target.endpoints.push_back(entry.endpoint());
  }
  return target;
}

}  // namespace ocokit::load
