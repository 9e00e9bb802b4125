#pragma once

// Requests signed with an account's own secret, for tests of a venue without HTTP.

#include <cstdint>
#include <string>

#include "mock_exchange/account/account.h"
#include "mock_exchange/wire/request.h"
#include "ocokit/base/encoding.h"

namespace ocokit::mock::testing {

// A WhiteBIT call: `members` stand beside request and nonce, "\"market\":\"BTC_USDT\"".
[[nodiscard]] inline Request SignedWhitebit(const Account& account, const std::string& path,
                                            const std::string& members, std::int64_t nonce) {
  Request request;
  request.method = "POST";
  request.target = path;
  request.body = R"({"request":")" + path + R"(","nonce":)" + std::to_string(nonce) +
                 (members.empty() ? "" : "," + members) + "}";
  const std::string payload = FormatBase64(request.body);
  request.headers = {{"X-TXC-PAYLOAD", payload},
                     {"X-TXC-SIGNATURE", FormatHex(account.sha512.Sign(payload))}};
  return request;
}

}  // namespace ocokit::mock::testing
