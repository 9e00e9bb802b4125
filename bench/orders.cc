#include "bench/orders.h"

#include <memory>

#include "mock_exchange/exchange/exchange.h"
#include "ocokit/base/clock.h"
#include "ocokit/client/bingx_signer.h"
#include "ocokit/client/whitebit_signer.h"

namespace ocokit::bench {
namespace {

namespace bingx = client::bingx;
namespace whitebit = client::whitebit;

Decimal Small() { return Decimal::Parse("0.001").value(); }

mock::Request Signed(mock::Venue venue, const whitebit::Stamp& stamp, std::string_view key) {
  static const bingx::Signer bingx_signer(kSecret);
  static const whitebit::Signer whitebit_signer(kSecret);
  mock::Request request;
  request.method = "POST";
  request.remote_ip = "127.0.0.1";
  if (venue == mock::Venue::kBingx) {
    bingx::PlaceOcoRequest order = BingxOrder();
    order.list_client_order_id.clear();
    request.target = kBingxPath;
    request.headers = {{"X-BX-APIKEY", std::string(key)}};
    request.body = bingx_signer.WriteSigned(bingx::Write(order, {.timestamp_ms = kNow}),
                                            bingx::ParamFormat::kJson);
  } else {
    whitebit::PlaceOcoRequest order = WhitebitOrder();
    order.client_order_id.clear();
    request.target = kWhitebitPath;
    request.body = whitebit::Write(order, stamp);
    const whitebit::SignedPayload headers = whitebit_signer.Sign(request.body);
    request.headers = {{"X-TXC-APIKEY", std::string(key)},
                       {"X-TXC-PAYLOAD", headers.payload},
                       {"X-TXC-SIGNATURE", headers.signature}};
  }
  request.headers.push_back({"Content-Type", "application/json"});
  return request;
}

}  // namespace

bingx::PlaceOcoRequest BingxOrder() {
  return {.symbol = "BTC-USDT",
          .side = bingx::Side::kBuy,
          .quantity = Small(),
          .limit_price = Decimal(48000),
          .order_price = Decimal(88000),
          .trigger_price = Decimal(87000),
          .list_client_order_id = "12345610030"};
}

whitebit::PlaceOcoRequest WhitebitOrder() {
  return {.market = "BTC_USDT",
          .side = whitebit::Side::kBuy,
          .amount = Small(),
          .price = Decimal(40000),
          .activation_price = Decimal(41000),
          .stop_limit_price = Decimal(42000),
          .client_order_id = "order1987111",
          .reduce_only = false};
}

whitebit::Stamp WhitebitStamp(std::int64_t nonce) {
  return {.path = kWhitebitPath, .nonce = nonce};
}

std::string BingxText() {
  return std::string(bingx::Write(BingxOrder(), {.timestamp_ms = kNow}).string_to_sign());
}

std::string WhitebitBody() { return whitebit::Write(WhitebitOrder(), WhitebitStamp()); }

mock::AccountOptions Unlimited(mock::Venue venue, std::size_t journal_bytes) {
  mock::AccountOptions options;
  options.venue = venue;
  options.key = kKey;
  options.secret = kSecret;
  options.settings.rate_limits = false;
  options.settings.journal_bytes = journal_bytes;
  options.settings.max_open_orders = 0;
  options.balances = {{"USDT", Decimal(1'000'000'000'000)}};
  options.markets = mock::DefaultMarkets(venue);
  for (mock::MarketSpec& spec : *options.markets) {
    spec.max_position = spec.max_pending_value = Decimal();
  }
  return options;
}

mock::Request SignedCreate(mock::Venue venue, std::int64_t i, std::string_view key) {
  return Signed(venue, WhitebitStamp(kNow + i), key);
}

mock::Request SignedUnordered(mock::Venue venue, std::int64_t i, std::string_view key) {
  whitebit::Stamp stamp = WhitebitStamp(kNow - kNonceWindow + i);
  stamp.nonce_window = true;
  return Signed(venue, stamp, key);
}

std::string WriteHttp(const mock::Request& request) {
  std::string out = request.method + ' ' + request.target + " HTTP/1.1\r\nHost: 127.0.0.1\r\n";
  for (const mock::Header& header : request.headers) {
    out += header.name + ": " + header.value + "\r\n";
  }
  return out + "Content-Length: " + std::to_string(request.body.size()) + "\r\n\r\n" + request.body;
}

std::string PlacedReply(mock::Venue venue) {
  mock::Exchange exchange(std::make_shared<ManualClock>(FromUnixMillis(kNow)));
  if (!exchange.AddAccount(Unlimited(venue, 0))) return {};
  return exchange.AnswerTo(SignedCreate(venue, 0)).response->body;
}

}  // namespace ocokit::bench
