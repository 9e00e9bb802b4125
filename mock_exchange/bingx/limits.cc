#include "mock_exchange/bingx/limits.h"

namespace ocokit::mock::bingx {
namespace {

// By address, in the account groups: each call, and all calls of the group.
constexpr RateLimit kByAddressAndCall{300, milliseconds(10000)};
constexpr RateLimit kByAddress{2000, milliseconds(10000)};
// By address, in the market group: all calls of it.
constexpr RateLimit kMarketMinute{1000, milliseconds(60000)};

// What a call is counted by: a path may have several.
std::string CallOf(const Route& route) {
  return std::string(route.method) + " " + std::string(route.path);
}

std::vector<NamedLimit> MarketWindows(const std::string& address, const std::string& path,
                                      const RateLimit& limit, bool by_call) {
  // The documents limit the group in total; the venue was seen to count each call for itself.
  return {{"ip " + address + (by_call ? " " + path : " group 1"), limit},
          {"ip " + address + " group 1 minute", kMarketMinute}};
}

std::vector<NamedLimit> Windows(const Route& route, const std::string& address,
                                const Account& account) {
  const std::string path = CallOf(route);
  const auto& custom_limits = account.settings.custom_rate_limits;
  const auto custom = custom_limits.find(std::string(route.limit_name));
  const bool is_custom = custom != custom_limits.end();
  const RateLimit limit = is_custom ? custom->second : route.limit;
  if (route.group == IpGroup::kMarket) {
    return MarketWindows(address, path, limit, account.live() || is_custom);
  }
  const std::string group = std::to_string(static_cast<int>(route.group));
  return {{"uid " + path, limit},
          {"ip " + address + " " + path, kByAddressAndCall},
          {"ip " + address + " group " + group, kByAddress}};
}

Refusal Blocked(TimePoint until) {
  return {ErrorId::kBlocked,
          "code:100410:The endpoint trigger frequency limit rule is currently in the disabled "
          "period and will be unblocked after " +
              std::to_string(ToUnixMillis(until))};
}

Refusal Flooded(const Flood& flood) {
  return {ErrorId::kErrorFlood,
          "over 20 error code:" + std::to_string(flood.code) +
              " requests within 480000 ms for this api, please verify and fix it ,can retry after "
              "time: " +
              std::to_string(ToUnixMillis(flood.until))};
}

LimitCheck Check(const Route& route, const Request& request, Account& account, TimePoint now) {
  const Settings& settings = account.settings;
  const std::string path = CallOf(route);
  if (settings.error_flood) {
    if (const auto flood = account.error_flood.Check(path, now)) {
      LimitCheck refused{std::nullopt, Flooded(*flood)};
      if (settings.rate_limits) {
        const auto left = std::chrono::ceil<milliseconds>(flood->until - now);
        refused.window = {.allowed = false, .remaining = 0, .expires_in = left};
      }
      return refused;
    }
  }
  if (!settings.rate_limits) return {};
  const Admission admission = Admit(path, Windows(route, request.remote_ip, account),
                                    settings.block, account.limiter, account.blocks, now);
  if (admission.window.allowed) return {admission.window, std::nullopt};
  const auto& until = admission.blocked_until;
  return {admission.window, until ? Blocked(*until) : Refusal{ErrorId::kRateLimited}};
}

}  // namespace

LimitCheck CheckLimits(const Route& route, const Request& request, Account& account,
                       TimePoint now) {
  LimitCheck check = Check(route, request, account, now);
  const Settings& settings = account.settings;
  if (settings.rate_limits && settings.ban) {
    if (check.refusal) {
      account.bans.Count(request.remote_ip, *settings.ban, now);
    } else {
      account.bans.Forgive(request.remote_ip);
    }
  }
  return check;
}

void NoteError(const Route& route, int code, Account& account, TimePoint now) {
  if (account.settings.error_flood) account.error_flood.Add(CallOf(route), code, now);
}

std::optional<Reply> FindBan(const Request& request, const Account& account, TimePoint now) {
  const Settings& settings = account.settings;
  if (const auto status = account.bans.Started(request.remote_ip, now)) {
    return WriteBan(*status != 0 ? *status : 418);
  }
  if (!settings.rate_limits || !settings.ban) return std::nullopt;
  if (!account.bans.IsBanned(request.remote_ip, now)) return std::nullopt;
  return WriteBan(settings.ban->status);
}

void AddLimitHeaders(const WindowState& state, Response& response) {
  response.headers.push_back({"X-RateLimit-Requests-Remain", std::to_string(state.remaining)});
  response.headers.push_back(
      {"X-RateLimit-Requests-Expire", std::to_string(state.expires_in.count())});
}

}  // namespace ocokit::mock::bingx
