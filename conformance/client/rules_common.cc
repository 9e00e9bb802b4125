// Rules that hold at both venues: where requests go, who signs them, what stands in them.

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <set>
#include <span>

#include "conformance/client/members.h"
#include "conformance/client/rule_parts.h"
#include "conformance/text/text.h"
#include "ocokit/base/decimal.h"

namespace ocokit::conform {
namespace {

// A field of an operation's arguments and what it is called on the wires.
struct Field {
  const char* name;
  std::string_view bingx;
  std::string_view whitebit;
};

constexpr std::array kNumbers = {
    Field{"quantity", "quantity", "amount"},
    Field{"limit_price", "limitPrice", "price"},
    Field{"trigger_price", "triggerPrice", "activation_price"},
    Field{"order_price", "orderPrice", "stop_limit_price"},
};

constexpr std::array kTexts = {
    Field{"symbol", "symbol", "market"},
    Field{"side", "side", "side"},
    Field{"client_order_id", "listClientOrderId", "clientOrderId"},
    Field{"limit_client_order_id", "aboveClientOrderId", ""},
    Field{"stop_client_order_id", "belowClientOrderId", ""},
    Field{"reduce_only", "", "reduceOnly"},
    Field{"position_side", "", "positionSide"},
};

// Of a plain order.
constexpr std::array kOrderNumbers = {
    Field{"quantity", "quantity", "amount"},
    Field{"quote_quantity", "quoteOrderQty", "amount"},
    Field{"price", "price", "price"},
    Field{"trigger_price", "stopPrice", "activation_price"},
};

constexpr std::array kOrderTexts = {
    Field{"symbol", "symbol", "market"},
    Field{"side", "side", "side"},
    Field{"client_order_id", "newClientOrderId", "clientOrderId"},
    Field{"reduce_only", "", "reduceOnly"},
    Field{"position_side", "", "positionSide"},
};

std::string_view WireName(const Field& field, Venue venue) {
  return venue == Venue::kBingx ? field.bingx : field.whitebit;
}

bool IsNumber(std::string_view name, Venue venue) {
  const auto called_so = [&](const Field& field) { return WireName(field, venue) == name; };
  return std::any_of(kNumbers.begin(), kNumbers.end(), called_so) ||
         std::any_of(kOrderNumbers.begin(), kOrderNumbers.end(), called_so);
}

std::string AsText(const nlohmann::json& value) {
  return value.is_string() ? value.get<std::string>() : value.dump();
}

using Look = std::function<std::string(std::span<const Field> fields, const nlohmann::json& args,
                                       const Parameters& sent)>;

// Calls `look` for each placement that an operation has sent, with its arguments and the fields of
// its kind.
Finding ForEachAsked(const Evidence& evidence, std::span<const Field> of_pairs,
                     std::span<const Field> of_orders, const Look& look, std::string_view wanted) {
  Finding finding;
  for (const Intent& intent : evidence.intents) {
    const bool of_pair = intent.op == "place_oco" || intent.op == "reconcile";
    if (!of_pair && intent.op != "place_order" && intent.op != "reconcile_order") continue;
    for (const JournalEntry& entry : evidence.entries) {
      if (entry.seq <= intent.after_seq || entry.seq > intent.until_seq ||
          CallOf(evidence.venue, entry.Path()) != Call::kPlace) {
        continue;
      }
      finding.kept = Kept::kKept;
      if (std::string why =
              look(of_pair ? of_pairs : of_orders, *intent.args, ReadParameters(entry));
          !why.empty()) {
        return {.kept = Kept::kBroken,
                .entry = &entry,
                .why = entry.Name() + ": " + why,
                .wanted = std::string(wanted)};
      }
    }
  }
  return finding;
}

}  // namespace

Finding PathsAreDocumented(const Evidence& evidence) {
  // A refused path that is known to be wrong; others may be documented calls that the simulator
  // does not have.
  const auto mistake = [&](const JournalEntry& entry) -> std::string {
    if (entry.accepted || entry.stage != "route") return "";
    std::string path(entry.Path());
    if (path.find("//") != std::string::npos) return "its path has a doubled slash";
    if (IsKnownPath(evidence.venue, entry.Path())) return "the call has another method";
    if (path.size() > 1 && path.back() == '/') path.pop_back();
    const std::string lower = LowerCase(path);
    const bool near = lower.find("oco") != std::string::npos ||
                      lower.find("/conditional-") != std::string::npos ||
                      IsKnownPath(evidence.venue, path);
    return near ? "no call of the venue has this path" : "";
  };
  return ForEach(
      evidence,
      [&](const JournalEntry& entry) {
        return entry.stage != "route" || entry.accepted || !mistake(entry).empty();
      },
      [&](const JournalEntry& entry) {
        std::string why = mistake(entry);
        return why.empty() ? why : why + Diagnosed(entry);
      },
      "a path as the documents print it, without a slash more or less, and its method");
}

Finding RequestsAreAuthenticated(const Evidence& evidence) {
  return ForEachPrivate(
      evidence,
      [](const JournalEntry& entry) {
        if (entry.accepted || entry.stage != "authenticate") return std::string();
        return "refused for " + entry.rule +
               (entry.code ? " with code " + std::to_string(*entry.code) : "") + Diagnosed(entry);
      },
      "a request that the venue can take for this key's own");
}

Finding KeyIsInItsHeader(const Evidence& evidence) {
  const char* header = evidence.venue == Venue::kBingx ? "X-BX-APIKEY" : "X-TXC-APIKEY";
  return ForEachPrivate(
      evidence,
      [&](const JournalEntry& entry) {
        const std::string* key = entry.FindHeader(header);
        return key != nullptr && !key->empty() ? std::string()
                                               : std::string("it has no header ") + header;
      },
      std::string(header) + " with the API key");
}

Finding SecretStaysHome(const Evidence& evidence) {
  // The journal has put this where the secret stood, whatever form it had.
  constexpr std::string_view kMask = "[secret]";
  constexpr std::string_view kWanted = "a signature, and never the secret itself";
  for (const StreamFrame& frame : evidence.frames) {
    if (frame.kind != FrameKind::kReceived || frame.text.find(kMask) == std::string::npos) continue;
    return {.kept = Kept::kBroken,
            .frame = &frame,
            .why = frame.Describe() + ": the secret stands in it",
            .wanted = std::string(kWanted),
            .broken_by = 1};
  }
  return ForEach(
      evidence, [](const JournalEntry&) { return true; },
      [&](const JournalEntry& entry) {
        return entry.FormatRequest().find(kMask) == std::string::npos
                   ? std::string()
                   : std::string("the secret stands in it");
      },
      kWanted);
}

Finding NoParameterTwice(const Evidence& evidence) {
  return ForEachPrivate(
      evidence,
      [](const JournalEntry& entry) {
        std::set<std::string> names;
        for (const Parameter& parameter : ReadParameters(entry).all) {
          if (!names.insert(parameter.name).second) {
            return "the parameter " + parameter.name + " stands twice";
          }
        }
        return std::string();
      },
      "each parameter once, in the query or in the body");
}

Finding NumbersArePlain(const Evidence& evidence) {
  return ForEach(
      evidence,
      [&](const JournalEntry& entry) {
        return CallOf(evidence.venue, entry.Path()) == Call::kPlace;
      },
      [&](const JournalEntry& entry) {
        const Parameters sent = ReadParameters(entry);
        for (const Parameter& parameter : sent.all) {
          if (!IsNumber(parameter.name, evidence.venue)) continue;
          const Parameter* number = &parameter;
          if (!IsPlainNumber(number->value)) return number->name + " is written " + number->raw;
          // What a decimal looks like that went through a binary fraction: 0.30000000000000004.
          const std::size_t point = number->value.find('.');
          constexpr std::size_t kMostDecimals = 14;
          if (point != std::string::npos && number->value.size() - point - 1 > kMostDecimals) {
            return number->name + " has the digits of a binary fraction: " + number->raw;
          }
        }
        return std::string();
      },
      "digits, and a point where there are decimals: 0.00001");
}

Finding NumbersAreAsAsked(const Evidence& evidence) {
  return ForEachAsked(
      evidence, kNumbers, kOrderNumbers,
      [&](std::span<const Field> fields, const nlohmann::json& args, const Parameters& sent) {
        for (const Field& field : fields) {
          const nlohmann::json& asked = Member(args, field.name);
          if (asked.is_null()) continue;
          const std::string name(WireName(field, evidence.venue));
          const Parameter* there = sent.Find(name);
          if (there == nullptr) return name + " is not in the request";
          const auto want = Decimal::Parse(AsText(asked));
          const auto got = Decimal::Parse(there->value);
          if (!got || !want || *got != *want) {
            return name + " is " + there->raw + ", and " + AsText(asked) + " was asked for";
          }
        }
        return std::string();
      },
      "every amount and price with its exact value");
}

Finding FieldsAreAsAsked(const Evidence& evidence) {
  return ForEachAsked(
      evidence, kTexts, kOrderTexts,
      [&](std::span<const Field> fields, const nlohmann::json& args, const Parameters& sent) {
        for (const Field& field : fields) {
          const nlohmann::json& asked = Member(args, field.name);
          const std::string name(WireName(field, evidence.venue));
          if (asked.is_null() || name.empty()) continue;
          const Parameter* there = sent.Find(name);
          if (there == nullptr && name == "clientOrderId") there = sent.Find("client_order_id");
          if (there == nullptr) return name + " is not in the request";
          const bool any_case = name == "side";
          const std::string want = AsText(asked);
          if (there->value != want && !(any_case && LowerCase(there->value) == LowerCase(want))) {
            return std::string(name)
                .append(" is ")
                .append(there->raw)
                .append(", and ")
                .append(want + " was asked for");
          }
        }
        return std::string();
      },
      "every field as it was asked for");
}

}  // namespace ocokit::conform
