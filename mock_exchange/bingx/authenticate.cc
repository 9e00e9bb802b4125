#include "mock_exchange/bingx/authenticate.h"

#include <algorithm>
#include <charconv>

#include "mock_exchange/bingx/signature.h"

namespace ocokit::mock::bingx {
namespace {

constexpr milliseconds kDefaultRecvWindow{5000};

std::optional<std::int64_t> ReadInteger(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

// Refuses a timestamp that is missing, not whole milliseconds, or further from `now` than the
// window.
std::optional<Refusal> CheckTimestamp(const Parameters& parameters, const Account& account,
                                      TimePoint now) {
  milliseconds window = kDefaultRecvWindow;
  if (const Parameter* given = parameters.Find("recvWindow")) {
    // Typed float64 in the documents of the create call.
    const Result<Decimal> value = Decimal::Parse(given->value);
    if (!value || value->IsNegative()) return Refusal{ErrorId::kInvalidArguments};
    const Decimal most(account.settings.max_recv_window.count());
    const Decimal capped = Min(*value, most).Truncate(0);
    if (!capped.IsZero()) window = milliseconds(static_cast<std::int64_t>(capped.coefficient()));
  }
  const Parameter* given = parameters.Find("timestamp");
  const std::optional<std::int64_t> ms = given ? ReadInteger(given->value) : std::nullopt;
  if (!ms) return Refusal{ErrorId::kTimestamp};
  const std::int64_t now_ms = ToUnixMillis(now);
  // Compared without a difference that could overflow.
  if (*ms < now_ms - window.count() || *ms > now_ms + window.count()) {
    return Refusal{ErrorId::kTimestamp};
  }
  return std::nullopt;
}

bool MayComeFrom(const std::string& address, const std::vector<std::string>& whitelist) {
  return whitelist.empty() || std::ranges::find(whitelist, address) != whitelist.end();
}

}  // namespace

Authentication Authenticate(const Route& route, const Request& request,
                            const Parameters& parameters, const Account& account, TimePoint now) {
  const SignatureCheck signature =
      VerifySignature(parameters, account.sha256, account.settings.strict_signing);
  if (signature.verdict == SignatureVerdict::kMissing)
    return {Refusal{ErrorId::kNullSignature}, {}};
  if (auto refusal = CheckTimestamp(parameters, account, now)) return {refusal, {}};
  if (signature.verdict == SignatureVerdict::kMismatch) return {Refusal{ErrorId::kSignature}, {}};
  const AccountOptions& options = account.options;
  if (!MayComeFrom(request.remote_ip, options.ip_whitelist)) {
    return {Refusal{ErrorId::kIpNotListed}, {}};
  }
  if (route.access == Access::kTrade && !options.can_trade) {
    return {Refusal{ErrorId::kNoTradePermission}, {}};
  }
  if (route.access == Access::kRead && !options.can_read) {
    return {Refusal{ErrorId::kNoReadPermission}, {}};
  }
  return {std::nullopt, signature.rule};
}

}  // namespace ocokit::mock::bingx
