// Rules on WhiteBIT's requests: the body, the payload that repeats it, the signature over the
// payload's text, and the nonce.

#include <array>
#include <cctype>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <set>

#include "conformance/client/rule_parts.h"
#include "ocokit/base/digest.h"
#include "ocokit/base/encoding.h"
#include "ocokit/base/text.h"

namespace ocokit::conform {
namespace {

std::string HeaderOf(const JournalEntry& entry, std::string_view name) {
  const std::string* value = entry.FindHeader(name);
  return value == nullptr ? std::string() : *value;
}

// What the payload header holds, or nothing where it is no base64.
std::string DecodedPayload(const JournalEntry& entry) {
  return ParseBase64(HeaderOf(entry, "X-TXC-PAYLOAD")).value_or(std::string());
}

std::int64_t WholeNumber(const std::string& text) {
  return std::strtoll(text.c_str(), nullptr, 10);
}

bool HasWindow(const JournalEntry& entry) {
  return ReadParameters(entry).Value("nonceWindow") == "true";
}

}  // namespace

Finding WhitebitSignatureFits(const Evidence& evidence) {
  if (evidence.secret.empty()) return {};
  return ForEachPrivate(
      evidence,
      [&](const JournalEntry& entry) {
        const std::string payload = HeaderOf(entry, "X-TXC-PAYLOAD");
        const std::string digest = Hmac(HashKind::kSha512, evidence.secret, payload);
        const auto* bytes = reinterpret_cast<const std::uint8_t*>(digest.data());
        const std::string signature = HeaderOf(entry, "X-TXC-SIGNATURE");
        if (signature == FormatHex({bytes, digest.size()})) return std::string();
        return "X-TXC-SIGNATURE " + signature + " is not that of the payload sent" +
               Diagnosed(entry);
      },
      "lower-case hex of HMAC-SHA512 over the text of X-TXC-PAYLOAD");
}

Finding PayloadIsBody(const Evidence& evidence) {
  return ForEachPrivate(
      evidence,
      [](const JournalEntry& entry) {
        const auto body = ReadJsonMembers(entry.body);
        if (!body) return std::string("its body is no JSON object");
        const auto payload = ReadJsonMembers(DecodedPayload(entry));
        if (!payload) return "X-TXC-PAYLOAD is not the base64 of a JSON object" + Diagnosed(entry);
        if (body->size() != payload->size()) {
          return "payload and body have not the same members" + Diagnosed(entry);
        }
        for (const Parameter& member : *body) {
          bool same = false;
          for (const Parameter& other : *payload) {
            same = same || (other.name == member.name && other.value == member.value &&
                            other.text == member.text);
          }
          if (!same) return "the payload has not the body's " + member.name + Diagnosed(entry);
        }
        return std::string();
      },
      "the base64 of the body that is sent");
}

Finding PayloadIsCompact(const Evidence& evidence) {
  return ForEachPrivate(
      evidence,
      [](const JournalEntry& entry) {
        const std::string payload = DecodedPayload(entry);
        if (HasBlanksBetweenTokens(payload)) return std::string("the payload's JSON has blanks");
        if (payload.find("\\/") != std::string::npos) {
          return std::string("the payload's JSON has escaped slashes");
        }
        return std::string();
      },
      "compact JSON: no blanks after colons and commas, no escaped slashes");
}

Finding PayloadIsTheBodysBytes(const Evidence& evidence) {
  return ForEachPrivate(
      evidence,
      [](const JournalEntry& entry) {
        return DecodedPayload(entry) == entry.body
                   ? std::string()
                   : std::string("payload and body are not the same bytes");
      },
      "the very bytes that were signed");
}

Finding RequestIsPath(const Evidence& evidence) {
  return ForEachPrivate(
      evidence,
      [](const JournalEntry& entry) {
        const std::string request = ReadParameters(entry).Value("request");
        return request == entry.Path() ? std::string() : "`request` is \"" + request + "\"";
      },
      "the path of the call, with its leading slash and version");
}

Finding NonceRises(const Evidence& evidence) {
  std::int64_t last = 0;
  return ForEachPrivate(
      evidence,
      [&](const JournalEntry& entry) {
        const std::string text = ReadParameters(entry).Value("nonce");
        const std::int64_t nonce = WholeNumber(text);
        if (nonce <= 0) return "the nonce is " + (text.empty() ? std::string("missing") : text);
        const bool wrong = nonce <= last && !HasWindow(entry);
        const std::string before = std::to_string(last);
        last = std::max(last, nonce);
        return wrong ? "the nonce " + text + " is not above " + before + ", the one before"
                     : std::string();
      },
      "a nonce above every earlier one of the key");
}

Finding NonceIsUnused(const Evidence& evidence) {
  std::set<std::string> used;
  return ForEachPrivate(
      evidence,
      [&](const JournalEntry& entry) {
        const std::string nonce = ReadParameters(entry).Value("nonce");
        if (nonce.empty()) return std::string("it has no nonce");
        return used.insert(nonce).second ? std::string()
                                         : "the nonce " + nonce + " was sent before";
      },
      "a new nonce, and so a new signature, for each request");
}

Finding NonceIsInMs(const Evidence& evidence) {
  return ForEachPrivate(
      evidence,
      [](const JournalEntry& entry) {
        const std::int64_t away = WholeNumber(ReadParameters(entry).Value("nonce")) - entry.at_ms;
        // A day: whatever clock a client goes by; seconds and microseconds are centuries away.
        constexpr std::int64_t kDayMs = 86'400'000;
        return std::abs(away) <= kDayMs ? std::string()
                                        : "the nonce is " + ReadParameters(entry).Value("nonce") +
                                              ", which is no time in milliseconds";
      },
      "milliseconds since 1970");
}

Finding ContentTypeIsJson(const Evidence& evidence) {
  return ForEachPrivate(
      evidence,
      [](const JournalEntry& entry) {
        const std::string type = HeaderOf(entry, "Content-Type");
        // Before the parameters: a media type is the same in any case.
        std::string media = type.substr(0, type.find(';'));
        while (!media.empty() && media.back() == ' ') media.pop_back();
        return EqualIgnoringCase(media, "application/json") ? std::string()
                                                            : "Content-Type is \"" + type + "\"";
      },
      "Content-Type: application/json");
}

Finding AmountsAreTexts(const Evidence& evidence) {
  return ForEach(
      evidence,
      [&](const JournalEntry& entry) {
        return CallOf(evidence.venue, entry.Path()) == Call::kPlace;
      },
      [](const JournalEntry& entry) {
        const Parameters sent = ReadParameters(entry);
        for (const char* name : {"amount", "price", "activation_price", "stop_limit_price"}) {
          const Parameter* number = sent.Find(name);
          if (number != nullptr && !number->text) {
            return std::string(name) + " is the number " + number->raw;
          }
        }
        return std::string();
      },
      "amounts and prices in quotes, which no serializer rounds");
}

Finding ClientIdIsCamelCase(const Evidence& evidence) {
  return ForEach(
      evidence,
      [&](const JournalEntry& entry) {
        const Parameters sent = ReadParameters(entry);
        return CallOf(evidence.venue, entry.Path()) == Call::kPlace &&
               (sent.Find("clientOrderId") != nullptr || sent.Find("client_order_id") != nullptr);
      },
      [](const JournalEntry& entry) {
        return ReadParameters(entry).Find("clientOrderId") != nullptr
                   ? std::string()
                   : std::string("the id is sent as client_order_id, which the venue drops");
      },
      "clientOrderId");
}

}  // namespace ocokit::conform
