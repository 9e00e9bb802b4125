#include "mock_exchange/account/account_options.h"

#include <algorithm>
#include <array>
#include <tuple>

#include "mock_exchange/account/fault_set.h"
#include "mock_exchange/account/order_book.h"
#include "mock_exchange/account/out_of_range.h"
#include "mock_exchange/engine/number.h"
#include "mock_exchange/engine/position.h"
#include "mock_exchange/market/replay.h"
#include "ocokit/base/address.h"
#include "ocokit/base/digest.h"
#include "ocokit/base/encoding.h"

namespace ocokit::mock {
namespace {

// Longer than any venue's, and short enough to be looked for in all that is shown.
constexpr std::size_t kMostOfAName = 256;
constexpr std::size_t kMostOfAKey = 256;
constexpr std::size_t kMostOfASecret = 1024;
constexpr std::size_t kMostOfAnAsset = 32;

using engine::kMaxNumber;
using engine::kMaxScale;

const MarketSpec* FindMarket(const std::vector<MarketSpec>& markets, const std::string& symbol) {
  const auto it = std::ranges::find(markets, symbol, &MarketSpec::symbol);
  return it == markets.end() ? nullptr : &*it;
}

constexpr milliseconds kLongestPath = std::chrono::days(31);
// The last time that BingX's order ids can hold.
constexpr std::int64_t kLatestMs = 3'487'858'230'208;

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

Result<void> CheckPosition(const PositionOptions& position, const AccountOptions& options) {
  const MarketSpec* spec = FindMarket(*options.markets, position.market);
  if (spec == nullptr || !HasPositions(spec->kind)) {
    return Fail(ErrorKind::kInvalidArgument,
                "positions: " + position.market + " is not a margin market of the account");
  }
  if (!position.amount.IsPositive() || position.amount >= kMaxNumber ||
      position.amount.scale() > kMaxScale) {
    return OutOfRange("positions: the amount of " + position.market +
                      " must be positive, with at most 8 decimals");
  }
  const bool hedged = options.hedge_mode && spec->kind == MarketKind::kFutures;
  const auto same = std::ranges::count_if(options.positions, [&](const PositionOptions& other) {
    return other.market == position.market && (!hedged || other.side == position.side);
  });
  if (same > 1) {
    return Fail(ErrorKind::kInvalidArgument,
                "positions: " + position.market + " may have one" +
                    (hedged ? " of each side" : ", or one of each side in hedge mode on futures"));
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
    const MarketSpec* spec = FindMarket(*options.markets, symbol);
    const auto last = options.last_prices.find(symbol);
    if (spec == nullptr || last == options.last_prices.end() || !last->second) {
      return Fail(ErrorKind::kInvalidArgument,
                  "price_walks: the account has no market " + symbol + " with a last price");
    }
    if (options.price_paths.contains(symbol)) {
      return Fail(ErrorKind::kInvalidArgument, symbol + " has both a price path and a walk");
    }
    if (auto ok = CheckPriceWalk(*spec, walk); !ok) return ok;
  }
  return {};
}

// What the prices of the past must be. A file is read when the account is made.
Result<void> CheckReplays(const AccountOptions& options) {
  for (const auto& [symbol, replay] : options.replays) {
    const std::string where = "replay of " + symbol + ": ";
    if (FindMarket(*options.markets, symbol) == nullptr) {
      return Fail(ErrorKind::kInvalidArgument, where + "the account has no such market");
    }
    if (options.price_paths.contains(symbol) || options.price_walks.contains(symbol)) {
      return Fail(ErrorKind::kInvalidArgument, where + "the market has a path or a walk, too");
    }
    if (replay.csv.empty() == replay.file.empty()) {
      return Fail(ErrorKind::kInvalidArgument, where + "it has either a file or csv");
    }
    if (auto ok = CheckReplaySpeed(replay.speed); !ok) {
      return Fail(ok.error().kind, where + ok.error().message);
    }
    if (replay.csv.empty()) continue;
    if (auto rows = ReadReplay(replay.csv); !rows) {
      return Fail(rows.error().kind, where + rows.error().message);
    }
  }
  return {};
}

Result<void> CheckBooks(const AccountOptions& options) {
  const auto no_market = [](const std::string& symbol) {
    return Fail(ErrorKind::kInvalidArgument, "book of " + symbol + ": no such market");
  };
  for (const auto& [symbol, book] : options.books) {
    const MarketSpec* spec = FindMarket(*options.markets, symbol);
    if (spec == nullptr) return no_market(symbol);
    if (options.kept_books.contains(symbol)) {
      return Fail(ErrorKind::kInvalidArgument, "book of " + symbol + ": it is given twice");
    }
    if (auto depth = ReadBook(book, *spec); !depth) return tl::unexpected<Error>(depth.error());
  }
  for (const auto& [symbol, book] : options.kept_books) {
    const MarketSpec* spec = FindMarket(*options.markets, symbol);
    if (spec == nullptr) return no_market(symbol);
    if (auto ok = CheckSyntheticBook(book, *spec); !ok) return ok;
  }
  return {};
}

Result<void> CheckFaults(const std::vector<Fault>& faults) {
  FaultSet tried;
  for (std::size_t i = 0; i < faults.size(); ++i) {
    if (const auto added = tried.Add(faults[i]); !added) {
      return Fail(added.error().kind,
                  "faults[" + std::to_string(i) + "]: " + added.error().message);
    }
  }
  return {};
}

// What can be judged before the defaults are filled in.
Result<void> CheckForm(const AccountOptions& options) {
  if (auto ok = CheckSettings(options.settings, options.venue); !ok) return ok;
  for (const auto& [member, text, most] : {std::tuple("name", &options.name, kMostOfAName),
                                           {"key", &options.key, kMostOfAKey},
                                           {"secret", &options.secret, kMostOfASecret}}) {
    if (text->size() > most) {
      return OutOfRange(std::string(member) + " has " + std::to_string(text->size()) +
                        " characters, and may have " + std::to_string(most) + " at most");
    }
  }
  // It travels as a header's value, which HTTP trims.
  if (!options.key.empty() && !IsWord(options.key)) {
    return Fail(ErrorKind::kInvalidArgument, "key must be printable ASCII without blanks");
  }
  if (std::ranges::find(engine::kLeverages, options.leverage) == engine::kLeverages.end()) {
    return OutOfRange("leverage must be 1, 2, 3, 5, 10, 20, 50 or 100");
  }
  if (auto ok = CheckRights(options.rights, options.venue); !ok) return ok;
  if (options.venue == Venue::kBingx && (options.hedge_mode || options.leverage != 10)) {
    return Fail(ErrorKind::kInvalidArgument,
                std::string(options.hedge_mode ? "hedge_mode" : "leverage") +
                    ": a BingX spot account has no positions");
  }
  if (auto ok = CheckFaults(options.faults); !ok) return ok;
  if (options.frozen_at &&
      (ToUnixMillis(*options.frozen_at) < 0 || ToUnixMillis(*options.frozen_at) > kLatestMs)) {
    return OutOfRange("frozen_at must be between 1970 and the middle of 2080");
  }
  return {};
}

// Markets, and what is in them: prices, money, positions.
Result<void> CheckContents(const AccountOptions& options) {
  for (const MarketSpec& spec : *options.markets) {
    if (auto ok = CheckMarket(spec, options.venue); !ok) return ok;
    if (std::ranges::count(*options.markets, spec.symbol, &MarketSpec::symbol) > 1) {
      return Fail(ErrorKind::kInvalidArgument, "markets: " + spec.symbol + " is given twice");
    }
  }
  for (const auto& [symbol, last] : options.last_prices) {
    if (FindMarket(*options.markets, symbol) == nullptr) {
      return Fail(ErrorKind::kInvalidArgument, "last_prices: the account has no market " + symbol);
    }
    if (!last) continue;
    if (auto ok = CheckPrice("last_prices: " + symbol, *last); !ok) return ok;
  }
  if (auto ok = CheckSources(options); !ok) return ok;
  if (auto ok = CheckReplays(options); !ok) return ok;
  if (auto ok = CheckBooks(options); !ok) return ok;
  for (const auto& [asset, amount] : *options.balances) {
    if (auto ok = CheckBalance(asset, amount); !ok) return ok;
  }
  for (const PositionOptions& position : options.positions) {
    if (auto ok = CheckPosition(position, options); !ok) return ok;
  }
  return {};
}

}  // namespace

Result<void> CheckRights(const KeyRights& rights, Venue venue) {
  const std::vector<std::string> paths = EndpointPaths(venue);
  for (const std::string& path : rights.endpoints) {
    if (std::ranges::find(paths, path) == paths.end()) {
      return Fail(ErrorKind::kInvalidArgument, "endpoints: the venue has no path " + path);
    }
  }
  if (!std::ranges::all_of(rights.ip_whitelist, IsAddress)) {
    return Fail(ErrorKind::kInvalidArgument,
                "ip_whitelist holds addresses like 127.0.0.1 or ::1, without a mask");
  }
  return {};
}

Result<void> CheckPrice(const std::string& what, const Decimal& price) {
  if (!price.IsPositive() || price >= kMaxNumber || price.scale() > kMaxScale) {
    return OutOfRange(what + " must be positive, below 10000000000, with at most 8 decimals, not " +
                      price.Format());
  }
  return {};
}

Result<void> CheckBalance(const std::string& asset, const Decimal& amount) {
  if (asset.size() > kMostOfAnAsset) {
    return OutOfRange("balances: an asset has " + std::to_string(asset.size()) +
                      " characters, and may have " + std::to_string(kMostOfAnAsset) + " at most");
  }
  if (!IsWord(asset)) {
    return Fail(ErrorKind::kInvalidArgument,
                "balances: an asset is printable ASCII without blanks, not \"" + asset + "\"");
  }
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

Result<void> CheckReplaySpeed(const Decimal& speed) {
  if (speed < Decimal::FromParts(1, 3).value() || speed > Decimal(1'000'000) || speed.scale() > 3) {
    return OutOfRange("speed must be 0.001 to 1000000, with at most 3 decimals");
  }
  return {};
}

Result<void> CheckPriceWalk(const MarketSpec& spec, const PriceWalk& walk) {
  const std::string& market = spec.symbol;
  if (walk.every < milliseconds(1) || walk.every > std::chrono::hours(24)) {
    return OutOfRange("walk of " + market + ": every must be 1 ms to 24 hours");
  }
  if (walk.steps < 1 || walk.steps > 1'000'000) {
    return OutOfRange("walk of " + market + ": steps must be 1 to 1000000");
  }
  if (auto ok = CheckPrice("walk of " + market + ": max_step", walk.max_step); !ok) return ok;
  if (walk.max_step < spec.price_step) {
    return OutOfRange("walk of " + market + ": max_step must be a tick, " +
                      spec.price_step.Format() + ", or more");
  }
  return CheckShare(walk.fill_share);
}

Result<AccountOptions> CompleteOptions(AccountOptions options, std::uint64_t serial) {
  if (auto ok = CheckForm(options); !ok) return tl::unexpected<Error>(ok.error());
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
  if (auto ok = CheckContents(options); !ok) return tl::unexpected<Error>(ok.error());
  return options;
}

}  // namespace ocokit::mock
