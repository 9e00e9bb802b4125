#include "mock_exchange/whitebit/limits.h"

#include "mock_exchange/whitebit/errors.h"

namespace ocokit::mock::whitebit {
namespace {

// When the call may be made again; none when it may be made now.
std::optional<TimePoint> RefusedUntil(const Route& route, const Request& request, Account& account,
                                      TimePoint now) {
  const Settings& settings = account.settings;
  const std::string window = "ip " + request.remote_ip + " " + std::string(route.path);
  RateLimit limit = route.limit;
  const auto custom = settings.custom_rate_limits.find(std::string(route.limit_name));
  if (custom != settings.custom_rate_limits.end()) limit = custom->second;
  const Admission admission =
      Admit(window, {{window, limit}}, settings.block, account.limiter, account.blocks, now);
  if (admission.window.allowed) return std::nullopt;
  return admission.blocked_until.value_or(now + admission.window.expires_in);
}

}  // namespace

std::optional<Reply> CheckLimits(const Route& route, const Request& request, Account& account,
                                 TimePoint now) {
  const Settings& settings = account.settings;
  if (!settings.rate_limits) return std::nullopt;
  const std::optional<TimePoint> until = RefusedUntil(route, request, account, now);
  if (!until) {
    account.bans.Forgive(request.remote_ip);
    return std::nullopt;
  }
  if (settings.ban) account.bans.Count(request.remote_ip, *settings.ban, now);
  return RefuseFor(*until - now, settings);
}

std::optional<Reply> CheckStreamLimit(const Request& request, Account& account, TimePoint now) {
  constexpr RateLimit kStreams{1000, milliseconds(60000)};
  if (!account.settings.rate_limits) return std::nullopt;
  const std::string window = "ip " + request.remote_ip + " " + std::string(request.Path());
  const WindowState state = account.limiter.Count({{window, kStreams}}, now);
  if (state.allowed) return std::nullopt;
  return RefuseFor(state.expires_in, account.settings);
}

Reply RefuseFor(microseconds wait, const Settings& settings) {
  Reply reply = WriteRateLimited();
  if (settings.retry_after) {
    reply.response.headers.push_back(
        {"Retry-After", std::to_string(std::chrono::ceil<seconds>(wait).count())});
  }
  return reply;
}

std::optional<Reply> FindBan(const Request& request, const Account& account, TimePoint now) {
  const Settings& settings = account.settings;
  if (const auto status = account.bans.Started(request.remote_ip, now)) {
    return WriteBan(*status != 0 ? *status : 403);
  }
  if (!settings.rate_limits || !settings.ban) return std::nullopt;
  if (!account.bans.IsBanned(request.remote_ip, now)) return std::nullopt;
  return WriteBan(settings.ban->status);
}

}  // namespace ocokit::mock::whitebit
