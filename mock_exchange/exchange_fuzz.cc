// Arbitrary requests, as they come and rightly signed: whatever arrives is answered, and no promise
// of the engine is broken on the way.

#include <cstddef>
#include <cstdint>
#include <string>

#include "mock_exchange/exchange.h"
#include "ocokit/base/encoding.h"

namespace {

using namespace ocokit;
using mock::Request;

constexpr std::int64_t kNow = 1'700'000'000'000;

Request Raw(const std::string& target, const std::string& body) {
  Request request;
  request.method = "POST";
  request.target = target;
  request.headers = {{"X-BX-APIKEY", "test-key"}, {"X-TXC-APIKEY", "test-key"}};
  request.body = body;
  request.remote_ip = "127.0.0.1";
  return request;
}

// The parameters, with a timestamp and the signature over their bytes.
Request SignedBingx(const std::string& path, std::string params) {
  static const HmacSha256 hmac("test-secret");
  params += "&timestamp=" + std::to_string(kNow);
  Request request = Raw(path + "?" + params + "&signature=" + FormatHex(hmac.Sign(params)), "");
  if (path.ends_with("List")) request.method = "GET";
  return request;
}

// The members, with the request's path and a nonce before them.
Request SignedWhitebit(const std::string& path, const std::string& members, std::int64_t nonce) {
  static const HmacSha512 hmac("test-secret");
  const std::string body =
      R"({"request":")" + path + R"(","nonce":)" + std::to_string(nonce) + "," + members + "}";
  Request request = Raw(path, body);
  const std::string payload = FormatBase64(body);
  request.headers.push_back({"X-TXC-PAYLOAD", payload});
  request.headers.push_back({"X-TXC-SIGNATURE", FormatHex(hmac.Sign(payload))});
  return request;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  mock::Exchange exchange(std::make_shared<ManualClock>(FromUnixMillis(kNow)));
  for (const mock::Venue venue : {mock::Venue::kBingx, mock::Venue::kWhitebit}) {
    mock::AccountOptions options;
    options.venue = venue;
    options.key = "test-key";
    options.secret = "test-secret";
    options.settings.rate_limits = false;
    if (!exchange.AddAccount(options)) return 0;
  }
  const std::string text(reinterpret_cast<const char*>(data), size);
  const std::size_t line = text.find('\n');
  (void)exchange.Handle(
      Raw("/" + text.substr(0, line), line == std::string::npos ? "" : text.substr(line + 1)));
  for (const char* call : {"order", "cancel", "orderList", "openOrderList", "historyOrderList"}) {
    (void)exchange.Handle(SignedBingx(std::string("/openApi/spot/v1/oco/") + call, text));
    (void)exchange.Handle(Raw(std::string("/openApi/spot/v1/oco/") + call, text));
  }
  std::int64_t nonce = kNow;
  for (const char* call : {"order/collateral/oco", "oco-orders", "conditional-orders",
                           "order/oco-cancel", "order/conditional-cancel"}) {
    (void)exchange.Handle(SignedWhitebit(std::string("/api/v4/") + call, text, ++nonce));
    (void)exchange.Handle(Raw(std::string("/api/v4/") + call, text));
  }
  return 0;
}
