// Rules on BingX's requests. The documents sign the parameters as name=value joined with `&`; where
// pages and samples differ in order and escaping, every documented way fits.

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdlib>
#include <set>

#include "conformance/client/rule_parts.h"
#include "conformance/text/text.h"
#include "ocokit/base/digest.h"
#include "ocokit/base/encoding.h"

namespace ocokit::conform {
namespace {

constexpr std::string_view kOcoOrder = "/openApi/spot/v1/oco/order";

std::string Joined(std::vector<Parameter> parameters, bool sorted, bool raw) {
  if (sorted) {
    std::stable_sort(parameters.begin(), parameters.end(),
                     [](const Parameter& a, const Parameter& b) { return a.name < b.name; });
  }
  std::string text;
  for (const Parameter& parameter : parameters) {
    if (parameter.name == "signature") continue;
    if (!text.empty()) text += '&';
    text += parameter.name + "=" + (raw && !parameter.in_json ? parameter.raw : parameter.value);
  }
  return text;
}

// The texts that the documents let a client sign for these parameters. JSON is sorted.
std::set<std::string> Signable(const Parameters& sent) {
  if (sent.json_body) return {Joined(sent.all, true, false)};
  return {Joined(sent.all, true, false), Joined(sent.all, false, false),
          Joined(sent.all, false, true), Joined(sent.all, true, true)};
}

std::int64_t Number(const std::string& text) { return std::strtoll(text.c_str(), nullptr, 10); }

bool IsDigits(std::string_view text) {
  return !text.empty() &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

Finding BingxSignatureFits(const Evidence& evidence) {
  if (evidence.secret.empty()) return {};
  return ForEachPrivate(
      evidence,
      [&](const JournalEntry& entry) {
        const Parameters sent = ReadParameters(entry);
        const Parameter* signature = sent.Find("signature");
        if (signature == nullptr) return std::string("it has no parameter signature");
        for (const std::string& text : Signable(sent)) {
          const std::string digest = Hmac(HashKind::kSha256, evidence.secret, text);
          const auto* bytes = reinterpret_cast<const std::uint8_t*>(digest.data());
          if (LowerCase(signature->value) == FormatHex({bytes, digest.size()}))
            return std::string();
        }
        return "the signature " + signature->value + " is none of the parameters sent" +
               Diagnosed(entry);
      },
      "hex of HMAC-SHA256 over name=value pairs joined with &, every parameter but signature");
}

Finding BingxSignatureIsLowerHex(const Evidence& evidence) {
  return ForEachPrivate(
      evidence,
      [](const JournalEntry& entry) {
        const std::string signature = ReadParameters(entry).Value("signature");
        const bool fits = signature.size() == 64 && LowerCase(signature) == signature &&
                          ParseHex(signature).has_value();
        return fits ? std::string() : "the signature is " + signature;
      },
      "64 lower-case hexadecimal digits");
}

Finding BingxJsonIsWhole(const Evidence& evidence) {
  return ForEach(
      evidence,
      [&](const JournalEntry& entry) {
        return IsPrivate(evidence.venue, entry) && ReadParameters(entry).json_body;
      },
      [](const JournalEntry& entry) {
        const Parameters sent = ReadParameters(entry);
        if (sent.bad_json) return std::string("its body is no JSON");
        for (const char* name : {"timestamp", "signature"}) {
          const Parameter* there = sent.Find(name);
          if (there == nullptr || !there->in_json) {
            return std::string(name) + " is not in the JSON body";
          }
        }
        return std::string();
      },
      "timestamp and signature inside the JSON object");
}

Finding TimestampIsInMs(const Evidence& evidence) {
  return ForEachPrivate(
      evidence,
      [](const JournalEntry& entry) {
        const Parameter* time = nullptr;
        const Parameters sent = ReadParameters(entry);
        time = sent.Find("timestamp");
        if (time == nullptr) return std::string("it has no timestamp");
        return time->value.size() == 13 && IsDigits(time->value) ? std::string()
                                                                 : "the timestamp is " + time->raw;
      },
      "milliseconds since 1970: 13 digits");
}

Finding TimestampIsInWindow(const Evidence& evidence) {
  return ForEachPrivate(
      evidence,
      [](const JournalEntry& entry) {
        const Parameters sent = ReadParameters(entry);
        const std::int64_t time = Number(sent.Value("timestamp"));
        std::int64_t window = Number(sent.Value("recvWindow"));
        constexpr std::int64_t kDefaultMs = 5000;
        if (window <= 0) window = kDefaultMs;
        const std::int64_t away = time - entry.at_ms;
        return std::abs(away) <= window
                   ? std::string()
                   : "the timestamp is " + std::to_string(away) + " ms from the venue's clock";
      },
      "the time of sending, within recvWindow (5000 ms unless given)");
}

Finding ClientIdsAreDigits(const Evidence& evidence) {
  static constexpr std::array kNames = {"listClientOrderId", "aboveClientOrderId",
                                        "belowClientOrderId"};
  bool exercised = false;
  Finding finding = ForEach(
      evidence, [](const JournalEntry& entry) { return entry.Path() == kOcoOrder; },
      [&](const JournalEntry& entry) {
        const Parameters sent = ReadParameters(entry);
        for (const char* name : kNames) {
          const Parameter* id = sent.Find(name);
          if (id == nullptr || id->value.empty()) continue;
          exercised = true;
          if (!IsDigits(id->value)) return std::string(name) + " is " + id->raw;
        }
        return std::string();
      },
      "digits alone");
  if (finding.kept == Kept::kKept && !exercised) finding.kept = Kept::kNotExercised;
  return finding;
}

}  // namespace ocokit::conform
