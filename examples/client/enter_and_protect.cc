// Buys at the market with collateral and protects the position with an OCO, at the WhiteBIT or
// simulator that the first argument names.

#include <cstdio>

#include "ocokit/client/whitebit.h"

namespace whitebit = ocokit::client::whitebit;
using ocokit::Decimal;

int main(int argc, char** argv) {
  auto client = whitebit::Client::Make({.base_url = argc > 1 ? argv[1] : "http://127.0.0.1:8787"},
                                       {"test-key", "test-secret"});
  if (!client) return std::fprintf(stderr, "%s\n", client.error().message.c_str()), 2;

  const auto entry = client->PlaceOrder({.market = "BTC_USDT",
                                         .wallet = whitebit::Wallet::kCollateral,
                                         .type = whitebit::OrderType::kMarket,
                                         .side = whitebit::Side::kBuy,
                                         .amount = Decimal::Parse("0.01").value()});
  if (!entry) {
    // A market order is not open in either case: only the position tells whether it was filled.
    const char* advice = entry.error().outcome_unknown ? " (look at the position)" : "";
    return std::fprintf(stderr, "%s%s\n", entry.error().message.c_str(), advice), 1;
  }
  std::printf("bought %s for %s\n", entry->deal_stock.Format().c_str(),
              entry->deal_money.Format().c_str());

  // Reduce-only: it closes what was bought and cannot open anything.
  const whitebit::PlaceOcoRequest exits{.market = "BTC_USDT",
                                        .side = whitebit::Side::kSell,
                                        .amount = entry->deal_stock,
                                        .price = Decimal(45000),
                                        .activation_price = Decimal(38000),
                                        .stop_limit_price = Decimal(37900),
                                        .client_order_id = "exits-1",
                                        .reduce_only = true};
  auto pair = client->PlaceOco(exits);
  if (!pair && pair.error().outcome_unknown) pair = client->Reconcile(exits, pair.error().sent_at);
  if (!pair) return std::fprintf(stderr, "%s\n", pair.error().message.c_str()), 1;
  std::printf("protected by group %llu\n", static_cast<unsigned long long>(pair->id));
  return 0;
}
