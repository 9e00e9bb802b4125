// Rules on plain orders and on the calls that need no key.

#include <algorithm>
#include <array>
#include <cstdlib>
#include <map>
#include <nlohmann/json.hpp>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "conformance/client/members.h"
#include "conformance/client/rule_parts.h"

namespace ocokit::conform {
namespace {

using nlohmann::json;

// A word of an operation's arguments and one that is right for it on the wire.
struct Word {
  std::string_view asked;
  std::string_view sent;
};

constexpr std::array kCollateralCalls = {
    Word{"limit", "limit"},
    Word{"market", "market"},
    Word{"stop_limit", "stop-limit"},
    Word{"stop_market", "trigger-market"},
};

// The two families of stop orders differ in their names alone.
constexpr std::array kBingxTypes = {
    Word{"limit", "LIMIT"},
    Word{"market", "MARKET"},
    Word{"stop_limit", "TAKE_STOP_LIMIT"},
    Word{"stop_limit", "TRIGGER_LIMIT"},
    Word{"stop_market", "TAKE_STOP_MARKET"},
    Word{"stop_market", "TRIGGER_MARKET"},
};

constexpr std::array kBingxForces = {
    Word{"gtc", "GTC"},
    Word{"ioc", "IOC"},
    Word{"fok", "FOK"},
    Word{"post_only", "PostOnly"},
};

std::vector<std::string> WordsFor(std::span<const Word> words, std::string_view asked) {
  std::vector<std::string> sent;
  for (const Word& word : words) {
    if (word.asked == asked) sent.emplace_back(word.sent);
  }
  return sent;
}

bool Holds(const std::vector<std::string>& texts, std::string_view text) {
  return std::find(texts.begin(), texts.end(), text) != texts.end();
}

std::string Listed(const std::vector<std::string>& texts) {
  std::string listed;
  for (const std::string& text : texts) listed += (listed.empty() ? "" : " or ") + text;
  return listed;
}

// The calls of WhiteBIT that place such an order; none: there is no such order.
std::vector<std::string> PathsFor(const json& args) {
  const std::string type = Text(args, "type");
  const std::string order = "/api/v4/order/";
  if (Text(args, "wallet") == "collateral") {
    std::vector<std::string> paths = WordsFor(kCollateralCalls, type);
    for (std::string& path : paths) path.insert(0, order + "collateral/");
    return paths;
  }
  if (type == "limit") return {order + "new"};
  if (type != "market") return {order + type};
  // What order/market takes is money in a purchase and stock in a sale.
  if (args.contains("quote_quantity")) return {order + "market"};
  if (Text(args, "side") == "buy") return {order + "stock_market"};
  return {order + "market", order + "stock_market"};
}

std::string WrongAtWhitebit(const JournalEntry& entry, const json& args, const Parameters& sent) {
  const std::vector<std::string> paths = PathsFor(args);
  const std::string path(entry.Path());
  if (!Holds(paths, path)) {
    return "it went to " + path + ", and " + Listed(paths) + " places what was asked for";
  }
  const std::string force = Text(args, "time_in_force");
  const std::pair<const char*, bool> flags[] = {{"ioc", force == "ioc"},
                                                {"postOnly", force == "post_only"}};
  for (const auto& [name, wanted] : flags) {
    if ((sent.Value(name) == "true") == wanted) continue;
    return std::string(name) + (wanted ? " is not true" : " is true, which nobody asked for");
  }
  return "";
}

std::string WrongAtBingx(const JournalEntry& entry, const json& args, const Parameters& sent) {
  if (entry.Path() != "/openApi/spot/v1/trade/order") {
    return "it went to " + std::string(entry.Path());
  }
  const std::string type = sent.Value("type");
  if (!Holds(WordsFor(kBingxTypes, Text(args, "type")), type)) {
    return "its type is " + type + ", and " + Text(args, "type") + " was asked for";
  }
  const std::string there = sent.Value("timeInForce");
  const std::vector<std::string> asked = WordsFor(kBingxForces, Text(args, "time_in_force"));
  // Left out, it is GTC.
  const std::string wanted = asked.empty() ? "GTC" : asked.front();
  if ((there.empty() ? "GTC" : there) != wanted) {
    return "timeInForce is " + (there.empty() ? std::string("left out") : there) + ", and " +
           wanted + " was asked for";
  }
  if (args.contains("quote_quantity") && !sent.Value("quantity").empty()) {
    return "it has a quantity, which counts in place of the money that was asked for";
  }
  return "";
}

// The documented most that a public call gives at once; 0: nothing is known.
std::int64_t MostOf(Venue venue, std::string_view path) {
  const auto has = [&](std::string_view part) { return path.find(part) != std::string_view::npos; };
  if (has("kline")) return 1440;
  if (venue == Venue::kBingx && path == "/openApi/spot/v1/market/depth") return 1000;
  if (venue == Venue::kBingx && path == "/openApi/spot/v1/market/trades") return 500;
  if (venue == Venue::kWhitebit && has("/public/orderbook/")) return 100;
  return 0;
}

}  // namespace

Finding OrderIsAsAsked(const Evidence& evidence) {
  Finding finding;
  for (const Intent& intent : evidence.intents) {
    if (intent.op != "place_order" && intent.op != "reconcile_order") continue;
    for (const JournalEntry& entry : evidence.entries) {
      if (entry.seq <= intent.after_seq || entry.seq > intent.until_seq ||
          CallOf(evidence.venue, entry.Path()) != Call::kPlace) {
        continue;
      }
      finding.kept = Kept::kKept;
      const Parameters sent = ReadParameters(entry);
      const std::string why = evidence.venue == Venue::kBingx
                                  ? WrongAtBingx(entry, *intent.args, sent)
                                  : WrongAtWhitebit(entry, *intent.args, sent);
      if (why.empty()) continue;
      return {.kept = Kept::kBroken,
              .entry = &entry,
              .why = entry.Name() + ": " + why,
              .wanted = "the call, type, time in force and unit of the amount as asked for"};
    }
  }
  return finding;
}

Finding ClientIdsAreNew(const Evidence& evidence) {
  struct Use {
    std::string what;
    std::string name;
    bool lost;
  };
  std::map<std::string, Use> used;
  Finding finding;
  for (const JournalEntry& entry : evidence.entries) {
    if (!PlacesPlainOrder(evidence.venue, entry.Path())) continue;
    const Parameters sent = ReadParameters(entry);
    const bool bingx = evidence.venue == Venue::kBingx;
    const std::string id = sent.Value(bingx ? "newClientOrderId" : "clientOrderId");
    if (id.empty()) continue;
    if (finding.kept == Kept::kNotExercised) finding.kept = Kept::kKept;
    const std::string what = WhatIsAsked(entry);
    if (const auto before = used.find(id); before != used.end()) {
      // The same order once more, of which nobody knew what had become of it.
      const bool same = before->second.lost && before->second.what == what;
      // WhiteBIT wants an id to be new among the open orders alone, and says so with code 36.
      const bool refused = bingx || entry.ToldCode() == 36;
      if (!same && refused) {
        return {.kept = Kept::kBroken,
                .entry = &entry,
                .why = entry.Name() + ": " + before->second.name + " has the id " + id + ", too",
                .wanted = "an id of its own for each order"};
      }
    }
    if (entry.accepted || entry.ReplyWasLost()) {
      used.insert_or_assign(id, Use{what, entry.Name(), entry.ReplyWasLost()});
    }
  }
  return finding;
}

Finding PlacementsHaveIds(const Evidence& evidence) {
  return ForEach(
      evidence,
      [&](const JournalEntry& entry) {
        return CallOf(evidence.venue, entry.Path()) == Call::kPlace && entry.accepted;
      },
      [](const JournalEntry& entry) {
        const Parameters sent = ReadParameters(entry);
        const bool has_id = std::any_of(sent.all.begin(), sent.all.end(), [](const Parameter& one) {
          return IsClientId(one.name) && !one.value.empty();
        });
        return has_id ? std::string() : std::string("it has no id of the client's");
      },
      "an id that the client has made up for the order");
}

Finding MarketDataIsUnsigned(const Evidence& evidence) {
  return ForEach(
      evidence,
      [&](const JournalEntry& entry) {
        return CallOf(evidence.venue, entry.Path()) == Call::kPublic;
      },
      [](const JournalEntry& entry) {
        static constexpr std::array kHeaders = {"X-BX-APIKEY", "X-TXC-APIKEY", "X-TXC-PAYLOAD",
                                                "X-TXC-SIGNATURE"};
        for (const char* header : kHeaders) {
          if (entry.FindHeader(header) != nullptr)
            return std::string("it has the header ") + header;
        }
        return ReadParameters(entry).Find("signature") == nullptr
                   ? std::string()
                   : std::string("it has a signature");
      },
      "a request without key and signature");
}

Finding MarketDataLimitsAreKept(const Evidence& evidence) {
  return ForEach(
      evidence,
      [&](const JournalEntry& entry) {
        return CallOf(evidence.venue, entry.Path()) == Call::kPublic &&
               MostOf(evidence.venue, entry.Path()) != 0 &&
               ReadParameters(entry).Find("limit") != nullptr;
      },
      [&](const JournalEntry& entry) {
        const std::string limit = ReadParameters(entry).Value("limit");
        const std::int64_t most = MostOf(evidence.venue, entry.Path());
        return std::strtoll(limit.c_str(), nullptr, 10) <= most
                   ? std::string()
                   : "limit is " + limit + ", and the call gives at most " + std::to_string(most);
      },
      "a limit within the documented one");
}

}  // namespace ocokit::conform
