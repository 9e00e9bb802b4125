#include "conformance/net/loopback.h"

#include <algorithm>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>

#include "ocokit/base/address.h"
#include "ocokit/base/text.h"

namespace ocokit::conform {

namespace ip = boost::asio::ip;

std::vector<std::string> SystemLookUp(const std::string& name) {
  boost::asio::io_context io;
  boost::system::error_code error;
  std::vector<std::string> out;
  for (const auto& entry : ip::tcp::resolver(io).resolve(name, "", error)) {
    out.push_back(entry.endpoint().address().to_string());
  }
  return out;
}

bool IsLoopbackHost(std::string_view host, const LookUp& look_up) {
  if (IsLoopbackAddress(host)) return true;
  if (!EqualIgnoringCase(host, "localhost")) return false;
  const std::vector<std::string> addresses = look_up(std::string(host));
  return !addresses.empty() &&
         std::all_of(addresses.begin(), addresses.end(),
                     [](const std::string& address) { return IsLoopbackAddress(address); });
}

}  // namespace ocokit::conform
