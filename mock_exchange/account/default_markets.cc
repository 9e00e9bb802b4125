// The markets and prices of an account that names none. The figures are those the venues' documents
// show for these markets; where they show none, the figure is ours and docs/limits.md says so.

#include "ocokit/base/check.h"
#include "ocokit/mock/account.h"

namespace ocokit::mock {
namespace {

Decimal D(const char* text) {
  const Result<Decimal> value = Decimal::Parse(text);
  OCOKIT_CHECK(value.has_value(), "a default that is not a number");
  return *value;
}

MarketSpec BingxSpot(const char* base, const char* amount_step, const char* min_amount) {
  MarketSpec spec;
  spec.symbol = std::string(base) + "-USDT";
  spec.base = base;
  spec.quote = "USDT";
  spec.kind = MarketKind::kSpot;
  spec.price_step = D("0.01");
  spec.amount_step = D(amount_step);
  spec.min_price = D("0.01");
  spec.min_amount = D(min_amount);
  spec.min_total = D("5");
  spec.max_total = D("500000");
  spec.band_low = D("0.2");
  spec.band_high = D("5");
  spec.maker_fee = spec.taker_fee = D("0.001");
  return spec;
}

MarketSpec WhitebitMarket(MarketKind kind, const char* symbol, const char* base,
                          const char* amount_step, const char* min_amount, const char* min_price) {
  MarketSpec spec;
  spec.symbol = symbol;
  spec.base = base;
  spec.quote = "USDT";
  spec.kind = kind;
  spec.price_step = D("0.01");
  spec.amount_step = D(amount_step);
  spec.min_price = D(min_price);
  spec.min_amount = D(min_amount);
  spec.min_total = D("5.05");
  spec.max_total = D("1000000000");
  spec.band_low = D("0.1");
  spec.band_high = D("10");
  spec.maker_fee = spec.taker_fee = D("0.001");
  spec.max_position = D("1000");
  spec.max_pending_value = D("100000000");
  return spec;
}

}  // namespace

std::vector<MarketSpec> DefaultMarkets(Venue venue) {
  if (venue == Venue::kBingx) {
    return {BingxSpot("BTC", "0.00001", "0.0001"), BingxSpot("ETH", "0.0001", "0.001")};
  }
  return {WhitebitMarket(MarketKind::kMargin, "BTC_USDT", "BTC", "0.000001", "0.001", "10"),
          WhitebitMarket(MarketKind::kMargin, "ETH_USDT", "ETH", "0.00001", "0.01", "1"),
          WhitebitMarket(MarketKind::kFutures, "BTC_PERP", "BTC", "0.000001", "0.001", "10")};
}

std::map<std::string, Decimal> DefaultLastPrices(Venue venue) {
  if (venue == Venue::kBingx) return {{"BTC-USDT", D("64000")}, {"ETH-USDT", D("3200")}};
  return {{"BTC_USDT", D("40500")}, {"ETH_USDT", D("2500")}, {"BTC_PERP", D("40500")}};
}

}  // namespace ocokit::mock
