// Arbitrary requests, as they come and rightly signed: whatever arrives is answered, and no promise
// of the engine is broken on the way.

#include <cstddef>
#include <cstdint>
#include <string>

#include "mock_exchange/bingx/routes.h"
#include "mock_exchange/exchange/exchange.h"
#include "mock_exchange/testing/signed_request.h"
#include "mock_exchange/whitebit/routes.h"
#include "ocokit/base/encoding.h"

namespace {

using namespace ocokit;
using mock::Request;

constexpr std::int64_t kNow = 1'700'000'000'000;
constexpr const char* kBingxOrder =
    "limitPrice=48000&listClientOrderId=7&orderPrice=88000&quantity=0.001&side=BUY&"
    "symbol=BTC-USDT&triggerPrice=87000";
constexpr const char* kWhitebitOrder =
    R"("market":"BTC_USDT","side":"buy","amount":"0.001","price":"40000",)"
    R"("activation_price":"41000","stop_limit_price":"42000","clientOrderId":"a")";

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
Request SignedBingx(std::string_view method, const std::string& path, std::string params) {
  static const HmacSha256 hmac("test-secret");
  params += "&timestamp=" + std::to_string(kNow);
  Request request = Raw(path + "?" + params + "&signature=" + FormatHex(hmac.Sign(params)), "");
  request.method = method;
  return request;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  mock::Exchange exchange(std::make_shared<ManualClock>(FromUnixMillis(kNow)));
  std::shared_ptr<mock::Tenant> tenant;
  for (const mock::Venue venue : {mock::Venue::kBingx, mock::Venue::kWhitebit}) {
    mock::AccountOptions options;
    options.venue = venue;
    options.key = "test-key";
    options.secret = "test-secret";
    options.settings.rate_limits = false;
    // What arrives decides the dialect and the mode, too.
    options.dialect = size % 2 == 0 ? mock::Dialect::kDocs : mock::Dialect::kLive;
    options.hedge_mode = venue == mock::Venue::kWhitebit && size % 3 == 0;
    const auto added = exchange.AddAccount(options);
    if (!added) return 0;
    tenant = *added;
  }
  // Of the account that was added last, WhiteBIT's.
  std::int64_t nonce = kNow;
  const auto signed_whitebit = [&](const std::string& path, const std::string& members) {
    Request request = mock::testing::SignedWhitebit(tenant->account, path, members, ++nonce);
    request.headers.push_back({"X-TXC-APIKEY", tenant->account.options.key});
    return request;
  };
  const std::string text(reinterpret_cast<const char*>(data), size);
  const std::size_t line = text.find('\n');
  (void)exchange.Handle(
      Raw("/" + text.substr(0, line), line == std::string::npos ? "" : text.substr(line + 1)));
  // Orders that the calls can then find.
  (void)exchange.Handle(SignedBingx("POST", "/openApi/spot/v1/oco/order", kBingxOrder));
  (void)exchange.Handle(signed_whitebit("/api/v4/order/collateral/oco", kWhitebitOrder));
  for (const auto& route : mock::bingx::Routes()) {
    const std::string path(route.path);
    (void)exchange.Handle(SignedBingx(route.method, path, text));
    (void)exchange.Handle(Raw(path, text));
  }
  for (const auto& route : mock::whitebit::Routes()) {
    const std::string path(route.path);
    Request get = Raw(path + "?" + text, "");
    get.method = "GET";
    (void)exchange.Handle(get);
    (void)exchange.Handle(signed_whitebit(path, text));
    (void)exchange.Handle(Raw(path, text));
  }
  return 0;
}
