// What a market of an account may be.

#include <algorithm>

#include "mock_exchange/account/account_options.h"
#include "mock_exchange/engine/number.h"

namespace ocokit::mock {
namespace {

using engine::kMaxNumber;
using engine::kMaxScale;

bool IsStep(const Decimal& step) {
  return step.IsPositive() && step < kMaxNumber && step.scale() <= kMaxScale;
}

bool IsShare(const Decimal& share, const Decimal& most) {
  return !share.IsNegative() && share <= most && share.scale() <= 6;
}

bool IsAmount(const Decimal& amount, const Decimal& most) {
  return !amount.IsNegative() && amount <= most && amount.scale() <= kMaxScale;
}

}  // namespace

bool IsBingxSymbol(std::string_view text) {
  const std::size_t dash = text.find('-');
  const auto letter = [](char c) { return c >= 'A' && c <= 'Z'; };
  const auto letter_or_digit = [&](char c) { return letter(c) || (c >= '0' && c <= '9'); };
  return text.size() <= 20 && dash != std::string_view::npos && dash > 0 &&
         dash + 1 < text.size() && std::ranges::all_of(text.substr(0, dash), letter_or_digit) &&
         std::ranges::all_of(text.substr(dash + 1), letter);
}

bool IsWord(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c > ' ' && c <= '~'; });
}

Result<void> CheckMarket(const MarketSpec& spec, Venue venue) {
  const auto wrong = [&](const std::string& what) {
    return Fail(ErrorKind::kOutOfRange, "market " + spec.symbol + ": " + what);
  };
  if (!IsWord(spec.symbol) || !IsWord(spec.base) || !IsWord(spec.quote)) {
    return wrong("symbol, base and quote must be given, in printable ASCII without blanks");
  }
  if (HasPositions(spec.kind) != (venue == Venue::kWhitebit)) {
    return wrong("BingX has spot markets here, WhiteBIT margin and futures markets");
  }
  if (venue == Venue::kBingx && !IsBingxSymbol(spec.symbol)) {
    return wrong("a BingX symbol is like BTC-USDT, in capitals, of at most 20 characters");
  }
  if (!IsStep(spec.price_step) || !IsStep(spec.amount_step)) {
    return wrong("price_step and amount_step must be positive, with at most 8 decimals");
  }
  if (spec.price_step.scale() + spec.amount_step.scale() > engine::kMaxValueScale) {
    return wrong("price_step and amount_step may have 12 decimals together");
  }
  if (!IsShare(spec.maker_fee, Decimal(1)) || !IsShare(spec.taker_fee, Decimal(1))) {
    return wrong("fees must be 0 to 1, with at most 6 decimals");
  }
  if (!IsShare(spec.band_low, Decimal(1)) || !IsShare(spec.band_high, Decimal(1000)) ||
      spec.band_high < Decimal(1)) {
    return wrong("band_low must be 0 to 1 and band_high 1 to 1000, with at most 6 decimals");
  }
  for (const Decimal& number :
       {spec.min_price, spec.min_amount, spec.max_amount, spec.max_position}) {
    if (!IsAmount(number, kMaxNumber)) {
      return wrong(
          "min_price, min_amount, max_amount and max_position must be 0 to 10^10, with at "
          "most 8 decimals");
    }
  }
  for (const Decimal& number : {spec.min_total, spec.max_total, spec.max_pending_value}) {
    if (!IsAmount(number, engine::kMaxPendingValue)) {
      return wrong(
          "min_total, max_total and max_pending_value must be 0 to 10^18, with at most 8 "
          "decimals");
    }
  }
  const auto below = [](const Decimal& most, const Decimal& least) {
    return !most.IsZero() && most < least;
  };
  if (below(spec.max_amount, spec.min_amount) || below(spec.max_total, spec.min_total)) {
    return wrong(
        "max_amount and max_total must be 0 (no limit), or at least min_amount and "
        "min_total");
  }
  return {};
}

}  // namespace ocokit::mock
