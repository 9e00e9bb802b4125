#include <algorithm>

#include "mock_exchange/config/reader.h"

namespace ocokit::mock::config {
namespace {

// Changes the market that has the symbol, or adds one.
void ReadMarket(Reader& r, const Json& object, const std::string& where,
                std::vector<MarketSpec>& markets, Venue venue) {
  const std::string symbol = object["symbol"].get<std::string>();
  auto spec = std::ranges::find(markets, symbol, &MarketSpec::symbol);
  if (spec == markets.end()) {
    // A new one has the rules of the venue's first.
    MarketSpec added = DefaultMarkets(venue).front();
    added.symbol = symbol;
    added.base.clear();
    added.quote.clear();
    spec = markets.insert(markets.end(), added);
  }
  r.Read(object, "base", spec->base);
  r.Read(object, "quote", spec->quote);
  if (spec->base.empty() || spec->quote.empty()) {
    r.Fail(where, "is a new market and needs \"base\" and \"quote\"");
  }
  r.ReadWord(object, "kind",
             {{"spot", MarketKind::kSpot},
              {"margin", MarketKind::kMargin},
              {"futures", MarketKind::kFutures}},
             spec->kind);
  const std::pair<const char*, Decimal*> numbers[] = {
      {"price_step", &spec->price_step},
      {"amount_step", &spec->amount_step},
      {"min_price", &spec->min_price},
      {"min_amount", &spec->min_amount},
      {"max_amount", &spec->max_amount},
      {"min_total", &spec->min_total},
      {"max_total", &spec->max_total},
      {"band_low", &spec->band_low},
      {"band_high", &spec->band_high},
      {"maker_fee", &spec->maker_fee},
      {"taker_fee", &spec->taker_fee},
      {"max_position", &spec->max_position},
      {"max_pending_value", &spec->max_pending_value}};
  for (const auto& [name, into] : numbers) r.ReadNumber(object, name, where, *into);
  r.Read(object, "status", spec->status);
  r.Read(object, "trades_enabled", spec->trading_enabled);
}

std::vector<PriceStep> ReadPath(Reader& r, const Json& steps, const std::string& where) {
  std::vector<PriceStep> out;
  for (const Json& step : steps) {
    const std::string place = where + "[" + std::to_string(out.size()) + "]";
    PriceStep& added = out.emplace_back();
    r.ReadMs(step, "after_ms", added.after);
    r.ReadNumber(step, "last", place, added.last);
    r.ReadNumber(step, "fill", place, added.fill_share);
  }
  return out;
}

PriceWalk ReadWalk(Reader& r, const Json& walk, const std::string& where) {
  PriceWalk out;
  r.ReadNumber(walk, "max_step", where, out.max_step);
  r.ReadMs(walk, "every_ms", out.every);
  r.Read(walk, "steps", out.steps);
  r.ReadNumber(walk, "fill", where, out.fill_share);
  r.Read(walk, "seed", out.seed);
  return out;
}

PriceReplay ReadReplay(Reader& r, const Json& replay, const std::string& where) {
  PriceReplay out;
  if (replay.contains("file") == replay.contains("csv")) {
    r.Fail(where, "must have either file or csv");
  }
  r.Read(replay, "file", out.file);
  r.Read(replay, "csv", out.csv);
  r.ReadNumber(replay, "speed", where, out.speed);
  if (replay.contains("at_ms")) out.at = FromUnixMillis(replay["at_ms"].get<std::int64_t>());
  return out;
}

std::vector<BookLevel> ReadSide(Reader& r, const Json& book, const char* side,
                                const std::string& where) {
  std::vector<BookLevel> out;
  if (!book.contains(side)) return out;
  for (const Json& pair : book[side]) {
    const std::string place = where + "." + side + "[" + std::to_string(out.size()) + "]";
    out.push_back({r.ReadNumber(pair[0], place + "[0]"), r.ReadNumber(pair[1], place + "[1]")});
  }
  return out;
}

void ReadBook(Reader& r, const std::string& market, const Json& book, const std::string& where,
              AccountOptions& out) {
  const bool levels = book.contains("bids") || book.contains("asks");
  const bool kept = book.contains("amount_per_level");
  if (levels == kept) r.Fail(where, "must have bids or asks, or else amount_per_level, not both");
  if (levels && (book.contains("spread") || book.contains("levels"))) {
    r.Fail(where, "has bids or asks; spread and levels go with amount_per_level alone");
  }
  if (levels) {
    out.books[market] = {.bids = ReadSide(r, book, "bids", where),
                         .asks = ReadSide(r, book, "asks", where)};
    return;
  }
  SyntheticBook& added = out.kept_books[market];
  r.ReadNumber(book, "spread", where, added.spread);
  r.ReadNumber(book, "amount_per_level", where, added.amount_per_level);
  r.Read(book, "levels", added.levels);
}

void ReadPrice(Reader& r, const std::string& market, const Json& object, const std::string& where,
               AccountOptions& out) {
  if (object.is_null()) {
    out.last_prices[market] = std::nullopt;
    return;
  }
  const int sources = static_cast<int>(object.contains("path")) +
                      static_cast<int>(object.contains("walk")) +
                      static_cast<int>(object.contains("replay"));
  if (sources > 1) r.Fail(where, "may have one of path, walk and replay");
  if (object.contains("last")) {
    out.last_prices[market] = r.ReadNumber(object["last"], where + ".last");
  }
  if (object.contains("path")) {
    out.price_paths[market] = ReadPath(r, object["path"], where + ".path");
  }
  if (object.contains("walk")) {
    out.price_walks[market] = ReadWalk(r, object["walk"], where + ".walk");
  }
  if (object.contains("replay")) {
    out.replays[market] = ReadReplay(r, object["replay"], where + ".replay");
  }
  if (object.contains("book")) ReadBook(r, market, object["book"], where + ".book", out);
}

void ReadMoney(Reader& r, const Json& object, const std::string& where, AccountOptions& out) {
  if (object.contains("balances")) {
    out.balances.emplace();
    for (const auto& [asset, amount] : object["balances"].items()) {
      (*out.balances)[asset] =
          r.ReadNumber(amount, std::string(where).append("balances.").append(asset));
    }
  }
  if (!object.contains("positions")) return;
  for (const Json& position : object["positions"]) {
    const std::string place = where + "positions[" + std::to_string(out.positions.size()) + "]";
    PositionOptions& added = out.positions.emplace_back();
    added.market = position["market"].get<std::string>();
    added.side = position["side"] == "long" ? Side::kBuy : Side::kSell;
    r.ReadNumber(position, "amount", place, added.amount);
    r.ReadNumber(position, "base_price", place, added.base_price);
  }
}

}  // namespace

void ReadRightsInto(const Json& object, KeyRights& out) {
  Reader r;
  if (object.contains("permissions")) {
    const Json& allowed = object["permissions"];
    out.can_read = std::ranges::find(allowed, "read") != allowed.end();
    out.can_trade = std::ranges::find(allowed, "trade") != allowed.end();
  }
  r.Read(object, "ip_whitelist", out.ip_whitelist);
  r.Read(object, "endpoints", out.endpoints);
  r.Read(object, "enabled", out.enabled);
}

PriceChange ReadPriceChangeFrom(Reader& r, const Json& object) {
  PriceChange out;
  if (object.contains("last")) {
    PriceStep& step = out.last.emplace();
    step.last = r.ReadNumber(object["last"], "last");
    if (object.contains("fill")) step.fill_share = r.ReadNumber(object["fill"], "fill");
  }
  if (object.contains("path")) out.path = ReadPath(r, object["path"], "path");
  if (object.contains("walk")) out.walk = ReadWalk(r, object["walk"], "walk");
  r.Read(object, "stop", out.stop);
  const int given =
      (out.last ? 1 : 0) + (out.path ? 1 : 0) + (out.walk ? 1 : 0) + (out.stop ? 1 : 0);
  if (given != 1) r.Fail("the document", "needs one of last, path, walk and stop: true");
  if (object.contains("fill") && !out.last) r.Fail("fill", "is for last alone");
  return out;
}

AccountOptions ReadAccountFrom(Reader& r, const Json& object, const std::string& where,
                               AccountOptions out) {
  r.ReadWord(object, "venue", {{"bingx", Venue::kBingx}, {"whitebit", Venue::kWhitebit}},
             out.venue);
  r.Read(object, "name", out.name);
  r.Read(object, "key", out.key);
  r.Read(object, "secret", out.secret);
  r.ReadDialect(object, "dialect", out.dialect);
  ReadRightsInto(object, out.rights);
  r.Read(object, "hedge_mode", out.hedge_mode);
  r.Read(object, "leverage", out.leverage);
  r.Read(object, "seed", out.seed);
  if (object.contains("frozen_at_ms")) {
    out.frozen_at = FromUnixMillis(object["frozen_at_ms"].get<std::int64_t>());
  }
  ReadMoney(r, object, where, out);
  if (object.contains("markets")) {
    out.markets = DefaultMarkets(out.venue);
    std::size_t index = 0;
    for (const Json& market : object["markets"]) {
      ReadMarket(r, market, where + "markets[" + std::to_string(index++) + "]", *out.markets,
                 out.venue);
    }
  }
  if (object.contains("prices")) {
    for (const auto& [market, price] : object["prices"].items()) {
      ReadPrice(r, market, price, std::string(where).append("prices.").append(market), out);
    }
  }
  if (object.contains("settings")) ReadSettingsInto(object["settings"], out.settings);
  if (object.contains("faults")) {
    for (const Json& fault : object["faults"]) {
      const std::string place = where + "faults[" + std::to_string(out.faults.size()) + "].";
      out.faults.push_back(ReadFaultFrom(r, fault, place));
    }
  }
  return out;
}

}  // namespace ocokit::mock::config
