// Places BingX's documented example order at the venue or simulator that the first argument names.

#include <cstdio>

#include "ocokit/client/bingx.h"

namespace bingx = ocokit::client::bingx;
using ocokit::Decimal;

int main(int argc, char** argv) {
  auto client = bingx::Client::Make({.base_url = argc > 1 ? argv[1] : "http://127.0.0.1:8787"},
                                    {"test-key", "test-secret"});
  if (!client) return std::fprintf(stderr, "%s\n", client.error().message.c_str()), 2;

  const bingx::PlaceOcoRequest request{.symbol = "BTC-USDT",
                                       .side = bingx::Side::kBuy,
                                       .quantity = Decimal::Parse("0.001").value(),
                                       .limit_price = Decimal(48000),
                                       .order_price = Decimal(88000),
                                       .trigger_price = Decimal(87000),
                                       .list_client_order_id = "12345610030"};
  auto pair = client->PlaceOco(request);
  // A reply was lost: find out whether the pair exists, and place it only if it does not.
  if (!pair && pair.error().outcome_unknown) {
    pair = client->Reconcile(request, pair.error().sent_at);
  }
  if (!pair) return std::fprintf(stderr, "%s\n", pair.error().message.c_str()), 1;
  std::printf("limit order %s, stop-limit order %s\n", pair->limit.order_id.c_str(),
              pair->stop_limit.order_id.c_str());
  return 0;
}
