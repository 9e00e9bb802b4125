// Rules on what a client does after a placement whose reply was lost.

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "conformance/client/members.h"
#include "conformance/client/rule_parts.h"
#include "conformance/text/bounded_json.h"
#include "ocokit/base/decimal.h"

namespace ocokit::conform {
namespace {

// What orders can be known by in a list: by the client's id, or each leg by its prices.
struct Shape {
  std::string symbol;
  std::string client_order_id;  // of a plain order; empty: not known by it
  Decimal quantity;
  std::vector<std::vector<Decimal>> legs;
};

std::optional<Shape> ShapeOfOrder(Venue venue, const Parameters& sent) {
  const bool bingx = venue == Venue::kBingx;
  Shape shape{.symbol = sent.Value(bingx ? "symbol" : "market"),
              .client_order_id = sent.Value(bingx ? "newClientOrderId" : "clientOrderId"),
              .quantity = {},
              .legs = {{}}};
  const auto quantity = Decimal::Parse(sent.Value(bingx ? "quantity" : "amount"));
  const auto price = Decimal::Parse(sent.Value("price"));
  const auto trigger = Decimal::Parse(sent.Value(bingx ? "stopPrice" : "activation_price"));
  if (price) shape.legs.front().push_back(*price);
  if (trigger) shape.legs.front().push_back(*trigger);
  if (quantity) shape.quantity = *quantity;
  // Without a price it cannot be told from others of its amount.
  const bool known = quantity && (price || trigger);
  if (!known && shape.client_order_id.empty()) return std::nullopt;
  return shape;
}

std::optional<Shape> ShapeOf(Venue venue, const JournalEntry& entry) {
  const bool bingx = venue == Venue::kBingx;
  const Parameters sent = ReadParameters(entry);
  if (PlacesPlainOrder(venue, entry.Path())) return ShapeOfOrder(venue, sent);
  const auto quantity = Decimal::Parse(sent.Value(bingx ? "quantity" : "amount"));
  const auto limit = Decimal::Parse(sent.Value(bingx ? "limitPrice" : "price"));
  const auto trigger = Decimal::Parse(sent.Value(bingx ? "triggerPrice" : "activation_price"));
  if (!quantity || !limit || !trigger) return std::nullopt;
  return Shape{.symbol = sent.Value(bingx ? "symbol" : "market"),
               .client_order_id = {},
               .quantity = *quantity,
               .legs = {{*limit}, {*trigger}}};
}

// Whether an object has a member that is this amount.
bool Has(const nlohmann::json& object, const Decimal& amount) {
  for (const nlohmann::json& member : object) {
    if (!member.is_string() && !member.is_number()) continue;
    const auto value =
        Decimal::Parse(member.is_string() ? member.get<std::string>() : member.dump());
    if (value && *value == amount) return true;
  }
  return false;
}

bool HasText(const nlohmann::json& object, const std::string& text) {
  for (const nlohmann::json& member : object) {
    if (member.is_string() && member.get<std::string>() == text) return true;
  }
  return false;
}

// Looks for an order of the shape's symbol and amount that has the prices, or of its id.
bool ShowsLeg(const nlohmann::json& json, const Shape& shape, const std::vector<Decimal>& prices) {
  if (!json.is_structured()) return false;
  if (json.is_object() && !shape.client_order_id.empty() && HasText(json, shape.client_order_id)) {
    return true;
  }
  if (json.is_object() && shape.client_order_id.empty() &&
      (Text(json, "symbol") == shape.symbol || Text(json, "market") == shape.symbol) &&
      Has(json, shape.quantity) &&
      std::all_of(prices.begin(), prices.end(),
                  [&](const Decimal& price) { return Has(json, price); })) {
    return true;
  }
  return std::any_of(json.begin(), json.end(),
                     [&](const nlohmann::json& member) { return ShowsLeg(member, shape, prices); });
}

bool Shows(const std::string& reply, const std::optional<Shape>& shape) {
  if (!shape) return false;
  const nlohmann::json json = ParseBoundedJson(reply);
  return std::all_of(
      shape->legs.begin(), shape->legs.end(),
      [&](const std::vector<Decimal>& prices) { return ShowsLeg(json, *shape, prices); });
}

struct LostPlacement {
  std::string name;
  std::string with_ids;
  std::optional<Shape> shape;
  std::int64_t seen_at_ms = 0;  // when a reply has shown it; 0: none has
};

// WhiteBIT refuses an id that an open group or order has: sending the very same again makes no
// second one. Where a client was told what to do, it has to have looked first.
bool IsSafeAgain(const Evidence& evidence, const JournalEntry& entry, const LostPlacement& lost) {
  return (evidence.intents.empty() || lost.seen_at_ms != 0) && evidence.venue == Venue::kWhitebit &&
         WhatIsAsked(entry) == lost.with_ids &&
         !ReadParameters(entry).Value("clientOrderId").empty();
}

}  // namespace

Finding LostPlacementIsNotRepeated(const Evidence& evidence) {
  // After this long an equal order may well be meant.
  constexpr std::int64_t kSeenMs = 10'000;
  Finding finding;
  std::map<std::string, LostPlacement> lost;  // by what was asked, ids of the client aside
  for (const JournalEntry& entry : evidence.entries) {
    const Call call = CallOf(evidence.venue, entry.Path());
    if (call == Call::kCancel) {
      std::erase_if(lost, [](const auto& one) { return one.second.seen_at_ms != 0; });
    }
    // That there is no such order is an answer, too.
    const bool answered = entry.accepted || entry.stage == "engine";
    if (call == Call::kLookUp && !entry.ReplyWasLost() && answered) {
      for (auto& [asked, placement] : lost) {
        if (Shows(entry.reply, placement.shape)) placement.seen_at_ms = entry.at_ms;
      }
      std::erase_if(lost, [](const auto& one) { return one.second.seen_at_ms == 0; });
    }
    if (call != Call::kPlace) continue;
    const std::string asked = WhatIsAsked(entry, /*with_client_ids=*/false);
    if (const auto found = lost.find(asked); found != lost.end()) {
      const LostPlacement& before = found->second;
      const bool seen = before.seen_at_ms != 0;
      const bool long_ago = seen && entry.at_ms - before.seen_at_ms >= kSeenMs;
      if (!long_ago && !IsSafeAgain(evidence, entry, before)) {
        return {.kept = Kept::kBroken,
                .entry = &entry,
                .why = entry.Name() + ": the same order went out in " + before.name +
                       ", whose reply was lost, and " +
                       (seen ? "a reply since has shown that it was placed"
                             : "the client has not looked what came of it"),
                .wanted = "a look at the orders, and the placement only if it is not among them"};
      }
      if (long_ago) lost.erase(found);
    }
    if (entry.ReplyWasLost()) {
      finding.kept = Kept::kKept;
      lost.insert_or_assign(asked, LostPlacement{.name = entry.Name(),
                                                 .with_ids = WhatIsAsked(entry),
                                                 .shape = ShapeOf(evidence.venue, entry)});
    }
  }
  return finding;
}

Finding OutcomeIsLookedUp(const Evidence& evidence) {
  const JournalEntry* lost = nullptr;
  Finding finding;
  for (const JournalEntry& entry : evidence.entries) {
    const Call call = CallOf(evidence.venue, entry.Path());
    if (call == Call::kPlace && entry.ReplyWasLost()) lost = &entry;
    if (call == Call::kLookUp && lost != nullptr) {
      lost = nullptr;
      finding.kept = Kept::kKept;
    }
  }
  if (lost == nullptr) return finding;
  return {.kept = Kept::kBroken,
          .entry = lost,
          .why = lost->Name() + ": its reply was lost, and the client never asked for its orders",
          .wanted = "a look at the orders of the account"};
}

}  // namespace ocokit::conform
