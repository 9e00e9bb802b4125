#include "ocokit/base/address.h"

#include <arpa/inet.h>

#include <string>

namespace ocokit {
namespace {

constexpr unsigned char kLoopbackNet = 127;

template <typename Address>
bool Parse(int family, std::string_view text, Address& out) {
  // A zero byte would end it before its end.
  return text.find('\0') == std::string_view::npos &&
         inet_pton(family, std::string(text).c_str(), &out) == 1;
}

}  // namespace

bool IsAddress(std::string_view text) {
  in_addr v4{};
  in6_addr v6{};
  return Parse(AF_INET, text, v4) || Parse(AF_INET6, text, v6);
}

bool IsLoopbackAddress(std::string_view text) {
  in_addr v4{};
  if (Parse(AF_INET, text, v4)) return ntohl(v4.s_addr) >> 24 == kLoopbackNet;
  in6_addr v6{};
  if (!Parse(AF_INET6, text, v6)) return false;
  return IN6_IS_ADDR_LOOPBACK(&v6) || (IN6_IS_ADDR_V4MAPPED(&v6) && v6.s6_addr[12] == kLoopbackNet);
}

}  // namespace ocokit
