#pragma once

// AccountOptions: what an account of the simulator starts with. Every account is a tenant of its
// own: balances, orders, last prices, clock, rate-limit windows and seed belong to it alone.

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ocokit/base/clock.h"
#include "ocokit/base/decimal.h"
#include "ocokit/mock/fault.h"
#include "ocokit/mock/market_spec.h"
#include "ocokit/mock/order_book.h"
#include "ocokit/mock/order_view.h"
#include "ocokit/mock/price_source.h"
#include "ocokit/mock/settings.h"

namespace ocokit::mock {

enum class Venue { kBingx, kWhitebit };

// "bingx", "whitebit".
[[nodiscard]] std::string_view Name(Venue venue);

// How the venue speaks: as its documents say, or as later statements and captures say
// (docs/dialects.md).
enum class Dialect { kDocs, kLive };

// A margin position to start with; WhiteBIT only. In hedge mode a futures market may have one of
// each side.
struct PositionOptions {
  std::string market = {};
  Side side = Side::kBuy;   // kBuy: long
  Decimal amount = {};      // base, positive
  Decimal base_price = {};  // quote
};

// What a key may do; may be changed while the server runs.
struct KeyRights {
  bool can_read = true;
  bool can_trade = true;
  bool enabled = true;
  std::vector<std::string> ip_whitelist = {};  // empty: every address
  std::vector<std::string> endpoints = {};     // paths the key may call; empty: every one

  friend bool operator==(const KeyRights&, const KeyRights&) = default;
};

// What of an account may be changed while it is used.
struct AccountChanges {
  Settings settings = {};
  KeyRights rights = {};
};

struct AccountOptions {
  Venue venue = Venue::kBingx;
  Dialect dialect = Dialect::kDocs;
  std::string name = {};    // for people; may be empty
  std::string key = {};     // made up from the seed when empty
  std::string secret = {};  // made up from the seed when empty
  KeyRights rights = {};
  bool hedge_mode = false;  // WhiteBIT
  int leverage = 10;        // WhiteBIT: 1, 2, 3, 5, 10, 20, 50 or 100
  // None: 1,000,000 USDT, 10 BTC, 100 ETH. WhiteBIT: in the trade and in the collateral balance.
  std::optional<std::map<std::string, Decimal>> balances = {};
  std::vector<PositionOptions> positions = {};
  // None: the venue's default markets (DefaultMarkets).
  std::optional<std::vector<MarketSpec>> markets = {};
  // Last prices that differ from the default ones; none: the market has not traded yet.
  std::map<std::string, std::optional<Decimal>> last_prices = {};
  // Prices that come by themselves from the start, as AccountHandle::SetPath and StartWalk.
  std::map<std::string, std::vector<PriceStep>> price_paths = {};
  std::map<std::string, PriceWalk> price_walks = {};
  // Prices of the past that come from the start, as AccountHandle::Replay; of `csv` and `file` one.
  std::map<std::string, PriceReplay> replays = {};
  // What orders find from the start, as AccountHandle::SetBook and KeepBook; of the two one.
  std::map<std::string, OrderBook> books = {};
  std::map<std::string, SyntheticBook> kept_books = {};
  // Order ids to give out before made-up ones, in this order.
  std::vector<std::uint64_t> first_ids = {};
  // Freezes the account's clock at this time; none: it runs with the server's.
  std::optional<TimePoint> frozen_at = {};
  std::uint64_t seed = 0;
  Settings settings = {};
  std::vector<Fault> faults = {};
};

// The markets an account has by default: BTC-USDT and ETH-USDT on BingX; BTC_USDT, ETH_USDT and
// BTC_PERP on WhiteBIT.
[[nodiscard]] std::vector<MarketSpec> DefaultMarkets(Venue venue);

// Their last prices: such that each venue's documented example order is accepted as it stands.
[[nodiscard]] std::map<std::string, Decimal> DefaultLastPrices(Venue venue);

// The paths a venue answers to, as AccountOptions::endpoints may name them.
[[nodiscard]] std::vector<std::string> EndpointPaths(Venue venue);

// What Settings::refuse_orders may be at a venue.
[[nodiscard]] std::vector<std::string> RefusalNames(Venue venue);

}  // namespace ocokit::mock
