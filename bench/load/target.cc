#include "bench/load/target.h"

#include <boost/asio/io_context.hpp>

namespace ocokit::load {
namespace {

bool IsLoopback(const boost::asio::ip::address& address) {
  if (address.is_v6() && address.to_v6().is_v4_mapped()) {
    return boost::asio::ip::make_address_v4(boost::asio::ip::v4_mapped, address.to_v6())
        .is_loopback();
  }
  return address.is_loopback();
}

}  // namespace

Result<Target> FindTarget(const LoadOptions& options) {
  Result<conform::Url> url = conform::ParseUrl(options.url);
  if (!url) {
    return Fail(ErrorKind::kInvalidArgument,
                "--url must be like http://127.0.0.1:8787: " + url.error().message);
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
    if (!options.own_server && !IsLoopback(entry.endpoint().address())) {
      return Fail(ErrorKind::kInvalidArgument,
                  "--url must lead to this machine: " + target.url.host + " is " +
                      entry.endpoint().address().to_string() +
                      ", no loopback address. A load on somebody else's server is an attack; if it "
                      "is yours, say --i-own-this-server");
    }
    target.endpoints.push_back(entry.endpoint());
  }
  return target;
}

}  // namespace ocokit::load
