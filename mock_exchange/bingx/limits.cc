#include "mock_exchange/bingx/limits.h"

namespace ocokit::mock::bingx {
namespace {

// By address: each call, and the whole group. Documented since 2025-09-10.
constexpr RateLimit kByAddressAndCall{300, milliseconds(10000)};
constexpr RateLimit kByAddress{2000, milliseconds(10000)};

}  // namespace

std::optional<WindowState> CountRequest(const Route& route, const Request& request,
                                        Account& account, TimePoint now) {
  if (!account.settings.rate_limits) return std::nullopt;
  RateLimit by_uid = route.limit;
  const auto custom = account.settings.custom_rate_limits.find(std::string(route.limit_name));
  if (custom != account.settings.custom_rate_limits.end()) by_uid = custom->second;
  const std::string path(route.path);
  return account.limiter.Count({{"uid " + path, by_uid},
                                {"ip " + request.remote_ip + " " + path, kByAddressAndCall},
                                {"ip " + request.remote_ip, kByAddress}},
                               now);
}

void AddLimitHeaders(const WindowState& state, Response& response) {
  response.headers.push_back({"X-RateLimit-Requests-Remain", std::to_string(state.remaining)});
  response.headers.push_back(
      {"X-RateLimit-Requests-Expire", std::to_string(state.expires_in.count())});
}

}  // namespace ocokit::mock::bingx
