#include "mock_exchange/core/account_options.h"

#include <algorithm>
#include <array>

#include "mock_exchange/engine/types.h"
#include "ocokit/base/digest.h"
#include "ocokit/base/encoding.h"

namespace ocokit::mock {
namespace {

using engine::kMaxNumber;
using engine::kMaxScale;

tl::unexpected<Error> OutOfRange(std::string message) {
  return Fail(ErrorKind::kOutOfRange, std::move(message));
}

const MarketSpec* FindMarket(const std::vector<MarketSpec>& markets, const std::string& symbol) {
  const auto it = std::ranges::find(markets, symbol, &MarketSpec::symbol);
  return it == markets.end() ? nullptr : &*it;
}

bool IsStep(const Decimal& step) {
  return step.IsPositive() && step < kMaxNumber && step.scale() <= kMaxScale;
}

bool IsShare(const Decimal& share, const Decimal& most) {
  return !share.IsNegative() && share <= most && share.scale() <= 6;
}

Result<void> CheckMarket(const MarketSpec& spec, Venue venue) {
  const auto wrong = [&](const std::string& what) {
    return OutOfRange("market " + spec.symbol + ": " + what);
  };
  if (spec.symbol.empty() || spec.base.empty() || spec.quote.empty()) {
    return wrong("symbol, base and quote must be given");
  }
  if (HasPositions(spec.kind) != (venue == Venue::kWhitebit)) {
    return wrong("BingX has spot markets here, WhiteBIT margin and futures markets");
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
  if (!IsShare(spec.band_low, Decimal(1)) || !IsShare(spec.band_high, Decimal(1000))) {
    return wrong("band_low must be 0 to 1 and band_high up to 1000, with at most 6 decimals");
  }
  return {};
}

constexpr milliseconds kLongestPath = std::chrono::days(31);

Result<void> CheckShare(const Decimal& fill_share) {
  if (!fill_share.IsPositive() || fill_share > Decimal(1) || fill_share.scale() > kMaxScale) {
    return OutOfRange("fill_share must be above 0, up to 1, with at most 8 decimals, not " +
                      fill_share.Format());
  }
  return {};
}

// Made-up credentials: the same for the same seed and serial.
std::string MakeUp(const char* what, std::uint64_t seed, std::uint64_t serial) {
  const HmacSha256 source("ocokit account " + std::to_string(seed));
  return FormatHex(source.Sign(std::string(what) + " " + std::to_string(serial)));
}

Result<void> CheckPosition(const PositionOptions& position,
                           const std::vector<MarketSpec>& markets) {
  const MarketSpec* spec = FindMarket(markets, position.market);
  if (spec == nullptr || !HasPositions(spec->kind)) {
    return Fail(ErrorKind::kInvalidArgument,
                "positions: " + position.market + " is not a margin market of the account");
  }
  if (!position.amount.IsPositive() || position.amount >= kMaxNumber ||
      position.amount.scale() > kMaxScale) {
    return OutOfRange("positions: the amount of " + position.market +
                      " must be positive, with at most 8 decimals");
  }
  return CheckPrice("positions: base_price of " + position.market, position.base_price);
}

// What the prices that come by themselves must be.
Result<void> CheckSources(const AccountOptions& options) {
  for (const auto& [symbol, path] : options.price_paths) {
    if (FindMarket(*options.markets, symbol) == nullptr) {
      return Fail(ErrorKind::kInvalidArgument, "price_paths: the account has no market " + symbol);
    }
    if (auto ok = CheckPath(symbol, path); !ok) return ok;
  }
  for (const auto& [symbol, walk] : options.price_walks) {
    const auto last = options.last_prices.find(symbol);
    if (last == options.last_prices.end() || !last->second) {
      return Fail(ErrorKind::kInvalidArgument,
                  "price_walks: the account has no market " + symbol + " with a last price");
    }
    if (options.price_paths.contains(symbol)) {
      return Fail(ErrorKind::kInvalidArgument, symbol + " has both a price path and a walk");
    }
    if (auto ok = CheckPriceWalk(symbol, walk); !ok) return ok;
  }
  return {};
}

}  // namespace

Result<void> CheckPrice(const std::string& what, const Decimal& price) {
  if (!price.IsPositive() || price >= kMaxNumber || price.scale() > kMaxScale) {
    return OutOfRange(what + " must be positive, below 10000000000, with at most 8 decimals, not " +
                      price.Format());
  }
  return {};
}

Result<void> CheckBalance(const std::string& asset, const Decimal& amount) {
  if (amount.IsNegative() || amount > Decimal(1'000'000'000'000'000) ||
      amount.scale() > kMaxScale) {
    return OutOfRange("balance of " + asset + " must be 0 to 10^15 with at most 8 decimals, not " +
                      amount.Format());
  }
  return {};
}

Result<void> CheckPriceStep(const std::string& market, const PriceStep& step) {
  if (auto ok = CheckPrice("last price of " + market, step.last); !ok) return ok;
  if (step.after < milliseconds(0) || step.after > kLongestPath) {
    return OutOfRange("path of " + market + ": after must be 0 to 31 days");
  }
  return CheckShare(step.fill_share);
}

Result<void> CheckPath(const std::string& market, const std::vector<PriceStep>& path) {
  milliseconds before{0};
  for (const PriceStep& step : path) {
    if (auto ok = CheckPriceStep(market, step); !ok) return ok;
    if (step.after < before) {
      return OutOfRange("path of " + market + ": the times must not fall");
    }
    before = step.after;
  }
  return {};
}

Result<void> CheckPriceWalk(const std::string& market, const PriceWalk& walk) {
  if (walk.every < milliseconds(1) || walk.every > std::chrono::hours(24)) {
    return OutOfRange("walk of " + market + ": every must be 1 ms to 24 hours");
  }
  if (walk.steps < 1 || walk.steps > 1'000'000) {
    return OutOfRange("walk of " + market + ": steps must be 1 to 1000000");
  }
  if (auto ok = CheckPrice("walk of " + market + ": max_step", walk.max_step); !ok) return ok;
  return CheckShare(walk.fill_share);
}

Result<void> CheckSettings(const Settings& settings, Venue venue) {
  constexpr std::array kLimited = {"oco_create",  "oco_cancel", "oco_query", "order_cancel",
                                   "order_query", "position",   "account",   "market"};
  constexpr milliseconds kLongest = std::chrono::hours(24);
  for (const auto& [name, limit] : settings.custom_rate_limits) {
    if (std::ranges::find(kLimited, name) == kLimited.end()) {
      return Fail(ErrorKind::kInvalidArgument,
                  "custom_rate_limits: there are oco_create, oco_cancel, oco_query, order_cancel, "
                  "order_query, position, account and market, not " +
                      name);
    }
    if (limit.count < 0 || limit.per < milliseconds(1) || limit.per > kLongest) {
      return OutOfRange("custom_rate_limits: " + name +
                        " must have a count of 0 or more in 1 ms to 24 hours");
    }
  }
  if (settings.max_open_orders && *settings.max_open_orders < 0) {
    return OutOfRange("max_open_orders must be 0 (no limit) or more");
  }
  if (settings.max_recv_window < milliseconds(1) || settings.max_recv_window > kLongest) {
    return OutOfRange("max_recv_window must be 1 ms to 24 hours");
  }
  if (settings.block < milliseconds(0) || settings.block > kLongest) {
    return OutOfRange("block must be 0 to 24 hours");
  }
  if (settings.validation_status != 422 && settings.validation_status != 400) {
    return OutOfRange("validation_status must be 422 or 400");
  }
  if (const auto& ban = settings.ban) {
    if ((ban->status != 418 && ban->status != 403) || ban->after < 1 ||
        ban->length < milliseconds(1) || ban->length > kLongest) {
      return OutOfRange("ban: status must be 418 or 403, after 1 or more, length 1 ms to 24 hours");
    }
  }
  const std::vector<std::string> names = RefusalNames(venue);
  if (!settings.refuse_orders.empty() &&
      std::ranges::find(names, settings.refuse_orders) == names.end()) {
    std::string message = "refuse_orders: there are";
    for (const std::string& name : names) message += " " + name;
    return Fail(ErrorKind::kInvalidArgument, message + ", not " + settings.refuse_orders);
  }
  return {};
}

Result<AccountOptions> CompleteOptions(AccountOptions options, std::uint64_t serial) {
  if (auto ok = CheckSettings(options.settings, options.venue); !ok)
    return tl::unexpected<Error>(ok.error());
  // It travels as a header's value, which HTTP trims.
  if (!std::ranges::all_of(options.key, [](char c) { return c > ' ' && c <= '~'; })) {
    return Fail(ErrorKind::kInvalidArgument, "key must be printable ASCII without blanks");
  }
  constexpr std::array kLeverages = {1, 2, 3, 5, 10, 20, 50, 100};
  if (std::ranges::find(kLeverages, options.leverage) == kLeverages.end()) {
    return OutOfRange("leverage must be 1, 2, 3, 5, 10, 20, 50 or 100");
  }
  const std::vector<std::string> paths = EndpointPaths(options.venue);
  for (const std::string& path : options.endpoints) {
    if (std::ranges::find(paths, path) == paths.end()) {
      return Fail(ErrorKind::kInvalidArgument, "endpoints: the venue has no path " + path);
    }
  }
  if (options.venue == Venue::kBingx && options.hedge_mode) {
    return Fail(ErrorKind::kInvalidArgument, "hedge_mode: a BingX spot account has no positions");
  }
  if (options.key.empty()) options.key = MakeUp("key", options.seed, serial);
  if (options.secret.empty()) options.secret = MakeUp("secret", options.seed, serial);
  if (!options.balances) {
    options.balances = {{"USDT", Decimal(1'000'000)}, {"BTC", Decimal(10)}, {"ETH", Decimal(100)}};
  }
  if (!options.markets) options.markets = DefaultMarkets(options.venue);
  for (const auto& [symbol, last] : DefaultLastPrices(options.venue)) {
    if (FindMarket(*options.markets, symbol) != nullptr)
      options.last_prices.try_emplace(symbol, last);
  }
  for (const MarketSpec& spec : *options.markets) {
    if (auto ok = CheckMarket(spec, options.venue); !ok) return tl::unexpected<Error>(ok.error());
    if (std::ranges::count(*options.markets, spec.symbol, &MarketSpec::symbol) > 1) {
      return Fail(ErrorKind::kInvalidArgument, "markets: " + spec.symbol + " is given twice");
    }
  }
  for (const auto& [symbol, last] : options.last_prices) {
    if (FindMarket(*options.markets, symbol) == nullptr) {
      return Fail(ErrorKind::kInvalidArgument, "last_prices: the account has no market " + symbol);
    }
    if (!last) continue;
    if (auto ok = CheckPrice("last_prices: " + symbol, *last); !ok) {
      return tl::unexpected<Error>(ok.error());
    }
  }
  if (auto ok = CheckSources(options); !ok) return tl::unexpected<Error>(ok.error());
  for (const auto& [asset, amount] : *options.balances) {
    if (auto ok = CheckBalance(asset, amount); !ok) return tl::unexpected<Error>(ok.error());
  }
  for (const PositionOptions& position : options.positions) {
    if (auto ok = CheckPosition(position, *options.markets); !ok) {
      return tl::unexpected<Error>(ok.error());
    }
  }
  return options;
}

}  // namespace ocokit::mock
