// Rules on what a client does next: after a refusal, a limit, with the ids of replies.

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdlib>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "conformance/client/members.h"
#include "conformance/client/rule_parts.h"
#include "conformance/text/bounded_json.h"

namespace ocokit::conform {
namespace {

// A refusal that passes by itself, or with a new timestamp or nonce or another signature: the order
// may be sent again.
bool MayBeRepeated(Venue venue, const JournalEntry& entry) {
  if (entry.stage == "limit" || entry.stage == "authenticate") return true;
  if (venue == Venue::kWhitebit && entry.status == 429) return true;
  // Limits, time, a venue that is busy or not there.
  static constexpr std::array<std::int64_t, 4> kBingx = {100410, 100421, 100500, 100503};
  static constexpr std::array<std::int64_t, 2> kWhitebit = {15, 16};
  const std::int64_t code = entry.ToldCode().value_or(0);
  const auto among = [&](const auto& codes) {
    return std::find(codes.begin(), codes.end(), code) != codes.end();
  };
  return venue == Venue::kBingx ? among(kBingx) : among(kWhitebit);
}

// Refused for what it asks, by the venue or by a fault that speaks in the venue's place.
bool IsRefused(Venue venue, const JournalEntry& entry) {
  if (entry.ReplyWasLost() || MayBeRepeated(venue, entry)) return false;
  const nlohmann::json reply = ParseBoundedJson(entry.reply);
  if (venue == Venue::kWhitebit) return entry.status >= 400 && reply.is_object();
  return Member(reply, "code").is_number() && Integer(reply, "code") != 0;
}

// Texts and whole numbers that the client may have its ids from, as texts.
struct Ids {
  std::set<std::string> all;
  std::set<std::string> of_pairs;  // and of nothing else
  std::set<std::string> of_legs;
};

// `role` is the name of the member that holds the value.
void CollectIds(const nlohmann::json& json, const std::string& role, Ids& into) {
  if (json.is_object()) {
    // WhiteBIT's group has its two legs as members.
    const bool group = json.contains("stop_loss") || json.contains("take_profit");
    for (const auto& [name, member] : json.items()) {
      CollectIds(member, group && name == "id" ? "orderListId" : name, into);
    }
    return;
  }
  if (json.is_array()) {
    for (const nlohmann::json& element : json) CollectIds(element, role, into);
    return;
  }
  if (!json.is_string() && !json.is_number_integer()) return;
  const std::string id = json.is_string() ? json.get<std::string>() : json.dump();
  into.all.insert(id);
  if (role == "orderListId") into.of_pairs.insert(id);
  if (role == "orderId" || role == "order_id") into.of_legs.insert(id);
}

// Whether one was made of the other by a double, or by a number of fewer digits, which ends in
// zeros.
bool IsRounded(const std::string& id, const std::string& known) {
  constexpr std::size_t kExact = 15;  // digits that every double holds
  constexpr std::size_t kLong = 9;
  const auto digits = [](const std::string& text) {
    return std::all_of(text.begin(), text.end(),
                       [](unsigned char c) { return std::isdigit(c) != 0; });
  };
  if (id == known || id.size() != known.size() || !digits(id) || !digits(known)) return false;
  const std::size_t size = id.size();
  if (size > kExact && std::strtod(id.c_str(), nullptr) == std::strtod(known.c_str(), nullptr)) {
    return true;
  }
  return size > kLong && id.compare(size - 3, 3, "000") == 0 &&
         id.compare(0, size - 4, known, 0, size - 4) == 0;
}

// What is wrong with the id of a cancel that was refused; empty where nothing is known to be.
// `by_pair`: the call takes the id of a pair, else that of an order.
std::string Misspelt(const Ids& ids, bool by_pair, const Parameter& id) {
  const auto& wrong = by_pair ? ids.of_legs : ids.of_pairs;
  const auto& right = by_pair ? ids.of_pairs : ids.of_legs;
  if (wrong.count(id.value) != 0 && right.count(id.value) == 0) {
    return by_pair ? "which is a leg's and not the group's" : "which is the list's and not a leg's";
  }
  if (ids.all.count(id.value) != 0) return "";
  for (const std::string& known : ids.all) {
    if (IsRounded(id.value, known)) return "and the venue gave " + known;
    // With quotes of its own, as a fraction, as JavaScript writes a BigInt.
    const bool decorated = id.value == '"' + known + '"' || id.value == known + ".0" ||
                           id.value == known + "n" || id.value == ' ' + known ||
                           id.value == known + ' ';
    if (!known.empty() && decorated) return "and the venue gave " + known;
    // 1.8279e18
    if (known.size() > 15 && id.value.find_first_of("eE") != std::string::npos &&
        std::strtod(id.value.c_str(), nullptr) == std::strtod(known.c_str(), nullptr)) {
      return "and the venue gave " + known;
    }
  }
  return "";
}

}  // namespace

Finding RefusedIsNotRepeated(const Evidence& evidence) {
  // Money, prices and positions change without the client; after this long nobody can tell that
  // nothing has.
  constexpr std::int64_t kHoldsMs = 2000;
  struct Refusal {
    std::string what;
    std::int64_t at_ms;
  };
  std::map<std::string, Refusal> refused;  // by what was asked
  Finding finding;
  for (const JournalEntry& entry : evidence.entries) {
    const Call call = CallOf(evidence.venue, entry.Path());
    // The client has seen, or made, another state of the account.
    if (call == Call::kLookUp || call == Call::kCancel) refused.clear();
    if (call != Call::kPlace) continue;
    const std::string asked = WhatIsAsked(entry);
    if (const auto before = refused.find(asked); before != refused.end()) {
      if (!entry.accepted && entry.at_ms - before->second.at_ms < kHoldsMs) {
        return {.kept = Kept::kBroken,
                .entry = &entry,
                .why = entry.Name() + ": the same order had been refused in " + before->second.what,
                .wanted = "the refusal told to the caller, and nothing sent again"};
      }
      refused.erase(before);
    }
    if (!IsRefused(evidence.venue, entry)) continue;
    finding.kept = Kept::kKept;
    refused[asked] = {entry.Name() + " with " + entry.reply, entry.at_ms};
  }
  return finding;
}

Finding PausesAfterLimit(const Evidence& evidence) {
  // By a clock that stands still nobody has waited.
  if (evidence.clock_frozen) return {};
  // Shorter than this nobody has waited: the time that a round trip takes. A case may give more.
  constexpr std::int64_t kLeastMs = 45;
  const nlohmann::json* given = evidence.given;
  const std::int64_t least =
      given != nullptr && Integer(*given, "least_ms") > 0 ? Integer(*given, "least_ms") : kLeastMs;
  std::map<std::string, std::int64_t> limited;  // by path, when it was refused
  bool exercised = false;
  Finding finding = ForEach(
      evidence, [&](const JournalEntry& entry) { return IsPrivate(evidence.venue, entry); },
      [&](const JournalEntry& entry) {
        const std::string path(entry.Path());
        std::string why;
        if (const auto before = limited.find(path); before != limited.end()) {
          const std::int64_t after = entry.at_ms - before->second;
          if (after >= 0 && after < least) {  // a clock that was set back tells nothing
            why =
                "the same call had been refused by a limit " + std::to_string(after) + " ms before";
          }
          limited.erase(before);
        }
        if (entry.stage == "limit") {
          exercised = true;
          limited[path] = entry.at_ms;
        }
        return why;
      },
      "a pause of at least " + std::to_string(least) + " ms, or the limit told to the caller");
  if (finding.kept == Kept::kKept && !exercised) finding.kept = Kept::kNotExercised;
  return finding;
}

Finding CancelsKnownIds(const Evidence& evidence) {
  Ids ids;
  for (const Intent& intent : evidence.intents) CollectIds(*intent.args, "", ids);
  Finding finding;
  for (const JournalEntry& entry : evidence.entries) {
    const Parameters sent = ReadParameters(entry);
    if (CallOf(evidence.venue, entry.Path()) == Call::kCancel) {
      const bool by_pair =
          evidence.venue == Venue::kWhitebit && entry.Path() != "/api/v4/order/cancel";
      for (const char* name :
           {"orderId", "clientOrderId", "clientOrderID", "client_order_id", "id"}) {
        const Parameter* id = sent.Find(name);
        if (id == nullptr) continue;
        std::string why = entry.accepted ? "" : Misspelt(ids, by_pair, *id);
        // Where a client was told what to do, there is nothing else that it could know.
        const bool all_known = !evidence.intents.empty();
        if (why.empty() && !entry.accepted && all_known && ids.all.count(id->value) == 0) {
          why = "which no reply and no request before has had";
        }
        if (!why.empty()) {
          return {.kept = Kept::kBroken,
                  .entry = &entry,
                  .why = entry.Name() + ": " + name + " is " + id->raw + ", " + why,
                  .wanted = "an id exactly as the venue gave it"};
        }
        // Another one may be of a reply that the journal has not.
        if (entry.accepted || ids.all.count(id->value) != 0) finding.kept = Kept::kKept;
      }
    } else {
      for (const Parameter& parameter : sent.all) ids.all.insert(parameter.value);
    }
    CollectIds(ParseBoundedJson(entry.reply), "", ids);
  }
  return finding;
}

Finding LimitsAreKept(const Evidence& evidence) {
  return ForEachPrivate(
      evidence,
      [](const JournalEntry& entry) {
        return entry.stage == "limit" && entry.faults.empty()
                   ? std::string("it went over the limit of its call")
                   : std::string();
      },
      "no more requests than the documents allow");
}

}  // namespace ocokit::conform
