#include "conformance/net/loopback.h"

#include <algorithm>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/address.hpp>
#include <boost/asio/ip/tcp.hpp>

#include "conformance/text/text.h"

namespace ocokit::conform {

namespace ip = boost::asio::ip;

bool IsLoopbackAddress(std::string_view text) {
  boost::system::error_code error;
  const ip::address address = ip::make_address(std::string(text), error);
  if (error) return false;
  if (address.is_v6() && address.to_v6().is_v4_mapped()) {
    return ip::make_address_v4(ip::v4_mapped, address.to_v6()).is_loopback();
  }
  return address.is_loopback();
}

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
