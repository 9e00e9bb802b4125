#include "mock_exchange/bingx/authenticate.h"

#include <algorithm>

#include "mock_exchange/bingx/fields.h"
#include "mock_exchange/bingx/signature.h"
#include "mock_exchange/wire/read_whole.h"

namespace ocokit::mock::bingx {
namespace {

// How long a timestamp is good when recvWindow does not say; the setting's largest binds it, too.
milliseconds DefaultWindow(const Settings& settings) {
  return std::min(milliseconds(5000), settings.max_recv_window);
}

// How long a timestamp is good; none when recvWindow is not a number that could be one.
std::optional<milliseconds> ReadWindow(const Parameters& parameters, const Settings& settings) {
  const Parameter* given = parameters.Find("recvWindow");
  if (given == nullptr) return DefaultWindow(settings);
  // Typed float64 in the documents of the create call.
  const std::optional<Decimal> value = ReadNumber(given->value);
  if (!value || value->IsNegative()) return std::nullopt;
  const Decimal capped = Min(*value, Decimal(settings.max_recv_window.count())).Truncate(0);
  if (capped.IsZero()) return DefaultWindow(settings);
  return milliseconds(static_cast<std::int64_t>(capped.coefficient()));
}

// Whether the timestamp is whole milliseconds, and no further from `now` than the window.
bool IsTimely(const Parameters& parameters, milliseconds window, TimePoint now) {
  const Parameter* given = parameters.Find("timestamp");
  const std::optional<std::int64_t> ms =
      given ? ReadWhole<std::int64_t>(given->value) : std::nullopt;
  const std::int64_t now_ms = ToUnixMillis(now);
  return ms && *ms >= now_ms - window.count() && *ms <= now_ms + window.count();
}

Refusal NotListed(const Account& account, const std::string& address) {
  if (!account.live()) return {ErrorId::kIpNotListed};
  return {ErrorId::kIpNotListed, "your current request IP is " + address +
                                     " does not match IP whitelist , please go to "
                                     "https://bingx.com/en/account/api/ to verify the ip you have "
                                     "set"};
}

// Whether the key may be used from where the request came, and for this call.
std::optional<Refusal> CheckRights(const Route& route, const Request& request,
                                   const Account& account) {
  if (!account.MayComeFrom(request.remote_ip)) return NotListed(account, request.remote_ip);
  const bool trades = route.access == Access::kTrade;
  if (!(trades ? account.rights.can_trade : account.rights.can_read) ||
      !account.MayCall(route.path)) {
    return Refusal{trades ? ErrorId::kNoTradePermission : ErrorId::kNoReadPermission};
  }
  return std::nullopt;
}

}  // namespace

Authentication Authenticate(const Route& route, const Request& request,
                            const Parameters& parameters, const Account& account, TimePoint now) {
  const SignatureCheck signature =
      VerifySignature(parameters, account.sha256, account.settings.strict_signing);
  const bool may_be_unsigned = route.access == Access::kKey || route.access == Access::kStreamKey;
  if (signature.verdict == SignatureVerdict::kMissing && may_be_unsigned) {
    const std::optional<Refusal> refusal = CheckRights(route, request, account);
    return {refusal, kDocumentedRule};
  }
  if (signature.verdict == SignatureVerdict::kMissing)
    return {Refusal{ErrorId::kNullSignature}, {}};
  const std::optional<milliseconds> window = ReadWindow(parameters, account.settings);
  if (!IsTimely(parameters, window.value_or(DefaultWindow(account.settings)), now)) {
    return {Refusal{ErrorId::kTimestamp}, {}};
  }
  if (signature.verdict == SignatureVerdict::kMismatch) return {Refusal{ErrorId::kSignature}, {}};
  if (const auto refusal = CheckRights(route, request, account)) return {refusal, {}};
  if (!window) return {Refusal{ErrorId::kInvalidArguments}, {}};
  return {std::nullopt, signature.rule};
}

}  // namespace ocokit::mock::bingx
