#include "mock_exchange/whitebit/authenticate.h"

#include <algorithm>

#include "mock_exchange/whitebit/signature.h"

namespace ocokit::mock::whitebit {
namespace {

constexpr milliseconds kNonceWindow{5000};
constexpr std::size_t kMaxNonceDigits = 38;

// A whole number, or a string of digits.
std::optional<Int128> ReadNonce(const JsonValue* value) {
  if (value == nullptr) return std::nullopt;
  if (!value->Is(JsonValue::Kind::kNumber) && !value->Is(JsonValue::Kind::kString)) {
    return std::nullopt;
  }
  const std::string& text = value->text;
  const bool digits = std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
  if (text.empty() || text.size() > kMaxNonceDigits || !digits) return std::nullopt;
  Int128 nonce = 0;
  for (const char c : text) nonce = nonce * 10 + (c - '0');
  return nonce;
}

// With the window on, the nonce is a time and order no longer matters.
std::optional<ErrorId> UseInWindow(Int128 nonce, NonceState& state, TimePoint now) {
  const std::int64_t now_ms = ToUnixMillis(now);
  if (nonce < now_ms - kNonceWindow.count()) return ErrorId::kNonceTooOld;
  if (nonce > now_ms + kNonceWindow.count()) return ErrorId::kNonceTooNew;
  // Most are the latest of their key.
  const std::size_t before = state.in_window.size();
  state.in_window.insert(state.in_window.end(), static_cast<std::int64_t>(nonce));
  if (state.in_window.size() == before) return ErrorId::kNonceUsed;
  return std::nullopt;
}

std::optional<ErrorId> UseNonce(const JsonValue& body, NonceState& state, TimePoint now) {
  const std::optional<Int128> nonce = ReadNonce(body.Find("nonce"));
  if (!nonce) return ErrorId::kNonceMissing;
  const JsonValue* window = body.FindGiven("nonceWindow");
  if (window != nullptr && !window->Is(JsonValue::Kind::kBool)) return ErrorId::kNonceWindowInvalid;
  // What has left the window is refused as too old from now on.
  const std::int64_t oldest = ToUnixMillis(now) - kNonceWindow.count();
  while (!state.in_window.empty() && *state.in_window.begin() < oldest) {
    state.in_window.erase(state.in_window.begin());
  }
  if (window != nullptr && window->text == "true") {
    if (auto refusal = UseInWindow(*nonce, state, now)) return refusal;
    state.last = state.last ? std::max(*state.last, *nonce) : *nonce;
    return std::nullopt;
  }
  if (state.last && *nonce <= *state.last) return ErrorId::kNonceUsed;
  state.last = nonce;
  // Used is used, also for a later request with the window on.
  const std::int64_t now_ms = ToUnixMillis(now);
  if (*nonce >= now_ms - kNonceWindow.count() && *nonce <= now_ms + kNonceWindow.count()) {
    state.in_window.insert(static_cast<std::int64_t>(*nonce));
  }
  return std::nullopt;
}

}  // namespace

tl::expected<JsonValue, Refusal> Authenticate(const Route& route, const Request& request,
                                              Account& account, TimePoint now) {
  const auto refuse = [](ErrorId id) { return tl::unexpected<Refusal>(Refusal{id}); };
  if (!account.rights.enabled || !account.MayComeFrom(request.remote_ip)) {
    return refuse(ErrorId::kDisabledKey);
  }
  const auto payload = request.FindHeader("X-TXC-PAYLOAD");
  if (!payload || payload->empty()) return refuse(ErrorId::kPayloadMissing);
  const PayloadCheck by_dialect = account.live() ? PayloadCheck::kCanonical : PayloadCheck::kJson;
  Result<JsonValue> body =
      VerifyPayload(*payload, request.body, account.settings.payload_check.value_or(by_dialect));
  if (!body) return refuse(ErrorId::kPayloadInvalid);
  const auto signature = request.FindHeader("X-TXC-SIGNATURE");
  const Hex hex = account.settings.uppercase_signature ? Hex::kUpperCaseToo : Hex::kLowerCase;
  if (!signature || !VerifySignature(*payload, *signature, account.sha512, hex)) {
    return refuse(ErrorId::kSignatureWrong);
  }
  const JsonValue* path = body->FindGiven("request");
  if (path == nullptr || path->text.empty()) return refuse(ErrorId::kRequestMissing);
  if (!path->Is(JsonValue::Kind::kString) || path->text != route.path) {
    return refuse(ErrorId::kRequestWrong);
  }
  if (auto refusal = UseNonce(*body, account.nonces, now)) return refuse(*refusal);
  return std::move(*body);
}

}  // namespace ocokit::mock::whitebit
