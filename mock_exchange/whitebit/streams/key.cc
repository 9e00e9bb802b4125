#include "mock_exchange/whitebit/streams/key.h"

#include "mock_exchange/json/response.h"

namespace ocokit::mock::whitebit {
namespace {

// The venue's look like hashes of bcrypt: 60 characters, of which 53 are salt and hash.
std::string MakeToken(Account& account) {
  constexpr std::string_view kPrefix = "$2y$10$";
  constexpr std::string_view kAlphabet =
      "./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  constexpr std::size_t kLength = 60;
  // Accounts may have one secret.
  const auto digest = account.sha512.Sign("websocket_token:" + account.options.key + ":" +
                                          std::to_string(account.stream_keys.NextNumber()));
  std::string out(kPrefix);
  for (const std::uint8_t byte : digest) {
    if (out.size() == kLength) break;
    out.push_back(kAlphabet[byte % kAlphabet.size()]);
  }
  return out;
}

}  // namespace

Reply WebsocketToken(const CallContext& call) {
  Account& account = call.account;
  const std::string token = MakeToken(account);
  account.stream_keys.Add(token, call.now + account.settings.token_life, call.now);
  JsonWriter json;
  json.BeginObject().Key("websocket_token").String(token).EndObject();
  return Accept(JsonResponse(json));
}

}  // namespace ocokit::mock::whitebit
