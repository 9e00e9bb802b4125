#pragma once

// What the documents ask of the requests that a client sends, as rules on an account's journal. The
// same rules judge a client that an adapter drives and one that just runs.

#include <nlohmann/json_fwd.hpp>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "conformance/client/frames.h"
#include "conformance/client/journal.h"
#include "conformance/engine/case.h"

namespace ocokit::conform {

// An operation that an adapter was told to do, and what it sent for it.
struct Intent {
  std::string op = {};
  const nlohmann::json* args = nullptr;
  std::int64_t after_seq = 0;  // its entries are those after this one,
  std::int64_t until_seq = 0;  // up to this one
};

struct Evidence {
  Venue venue = Venue::kBingx;
  std::string dialect = {};  // docs or live
  std::string secret = {};   // empty where it is not known
  std::span<const JournalEntry> entries = {};
  std::span<const Intent> intents = {};  // none where nobody knows what was meant
  std::span<const StreamFrame> frames = {};
  // Whether the account's clock stands still: times between entries say nothing.
  bool clock_frozen = false;
  // What the case has given with the rule: null or an object.
  const nlohmann::json* given = nullptr;
};

enum class Kept { kKept, kBroken, kNotExercised };

struct Finding {
  Kept kept = Kept::kNotExercised;
  const JournalEntry* entry = nullptr;  // of a broken rule: the first that broke it,
  const StreamFrame* frame = nullptr;   // or the message, where one did
  std::string why = {};                 // what is wrong with it, in a sentence
  std::string wanted = {};              // what would be right
  int broken_by = 0;                    // entries; 0 where only the first was looked for
};

struct Rule {
  std::string_view name;  // nonce-rises
  std::string_view what;  // what it demands, in a sentence
  Finding (*judge)(const Evidence& evidence);
  // Whether it can be told only when the client has ended: that something was never done.
  bool at_end = false;
};

// All there are, of both venues.
[[nodiscard]] std::span<const Rule> Rules();
// Null: no such rule.
[[nodiscard]] const Rule* FindRule(std::string_view name);

}  // namespace ocokit::conform
