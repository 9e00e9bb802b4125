#include "mock_exchange/whitebit/limits.h"

namespace ocokit::mock::whitebit {

bool CountRequest(const Route& route, const Request& request, Account& account, TimePoint now) {
  if (!account.settings.rate_limits) return true;
  RateLimit limit = route.limit;
  const auto custom = account.settings.custom_rate_limits.find(std::string(route.limit_name));
  if (custom != account.settings.custom_rate_limits.end()) limit = custom->second;
  const std::string window = "ip " + request.remote_ip + " " + std::string(route.path);
  return account.limiter.Count({{window, limit}}, now).allowed;
}

}  // namespace ocokit::mock::whitebit
