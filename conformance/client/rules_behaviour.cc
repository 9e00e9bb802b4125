// Rules on what a client does next: after a refusal, a lost reply, a limit.

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "conformance/client/members.h"
#include "conformance/client/rule_parts.h"

namespace ocokit::conform {
namespace {

bool IsPlacement(const Evidence& evidence, const JournalEntry& entry) {
  return CallOf(evidence.venue, entry.Path()) == Call::kPlace;
}

// A refusal that passes by itself, or with a new timestamp or nonce: the order may be sent again.
bool MayBeRepeated(Venue venue, const JournalEntry& entry) {
  if (entry.stage == "limit") return true;
  if (venue == Venue::kWhitebit) return entry.status == 429;
  return entry.reply.find("100410") != std::string::npos ||
         entry.reply.find("100421") != std::string::npos;
}

// Refused for what it asks, by the venue or by a fault that speaks in the venue's place.
bool IsRefused(Venue venue, const JournalEntry& entry) {
  if (entry.ReplyWasLost() || MayBeRepeated(venue, entry)) return false;
  const nlohmann::json reply = nlohmann::json::parse(entry.reply, nullptr, false);
  if (venue == Venue::kWhitebit) return entry.status >= 400 && reply.is_object();
  return Member(reply, "code").is_number() && Integer(reply, "code") != 0;
}

// Every text and number of a JSON value, as texts.
void CollectValues(const nlohmann::json& json, std::set<std::string>& into) {
  if (json.is_string()) into.insert(json.get<std::string>());
  if (json.is_number_integer()) into.insert(json.dump());
  if (json.is_structured()) {
    for (const nlohmann::json& element : json) CollectValues(element, into);
  }
}

}  // namespace

Finding RefusedIsNotRepeated(const Evidence& evidence) {
  std::map<std::string, std::string> refused;  // what was asked, and the entry that refused it
  bool exercised = false;
  Finding finding = ForEach(
      evidence, [&](const JournalEntry& entry) { return IsPlacement(evidence, entry); },
      [&](const JournalEntry& entry) {
        const std::string asked = WhatIsAsked(entry);
        if (const auto before = refused.find(asked); before != refused.end()) {
          return "the same order had been refused in " + before->second;
        }
        if (IsRefused(evidence.venue, entry)) {
          exercised = true;
          refused.emplace(asked, entry.Name() + " with " + entry.reply);
        }
        return std::string();
      },
      "the refusal told to the caller, and nothing sent again");
  if (finding.kept == Kept::kKept && !exercised) finding.kept = Kept::kNotExercised;
  return finding;
}

Finding LostPlacementIsNotRepeated(const Evidence& evidence) {
  Finding finding;
  std::map<std::string, std::string> lost;  // what was asked, and the entry whose reply was lost
  for (const JournalEntry& entry : evidence.entries) {
    const Call call = CallOf(evidence.venue, entry.Path());
    if (call == Call::kLookUp && !entry.ReplyWasLost()) lost.clear();
    if (call != Call::kPlace) continue;
    const std::string asked = WhatIsAsked(entry);
    if (const auto before = lost.find(asked); before != lost.end()) {
      return {.kept = Kept::kBroken,
              .entry = &entry,
              .why = entry.Name() + ": the same order went out in " + before->second +
                     ", whose reply was lost, and the client has not looked what came of it",
              .wanted = "a look at the orders, and the placement only if it is not among them"};
    }
    if (entry.ReplyWasLost()) {
      finding.kept = Kept::kKept;
      lost.emplace(asked, entry.Name());
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

Finding PausesAfterLimit(const Evidence& evidence) {
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
          if (after < least) {
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
  std::set<std::string> known;
  for (const Intent& intent : evidence.intents) CollectValues(*intent.args, known);
  Finding finding;
  for (const JournalEntry& entry : evidence.entries) {
    const Parameters sent = ReadParameters(entry);
    if (CallOf(evidence.venue, entry.Path()) == Call::kCancel) {
      for (const char* name : {"orderId", "clientOrderId", "client_order_id", "id"}) {
        const Parameter* id = sent.Find(name);
        if (id == nullptr) continue;
        finding.kept = Kept::kKept;
        if (known.count(id->value) == 0) {
          return {.kept = Kept::kBroken,
                  .entry = &entry,
                  .why = entry.Name() + ": " + name + " is " + id->raw +
                         ", which no reply and no request before has had",
                  .wanted = "an id exactly as the venue gave it"};
        }
      }
    }
    for (const Parameter& parameter : sent.all) known.insert(parameter.value);
    CollectValues(nlohmann::json::parse(entry.reply, nullptr, false), known);
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
