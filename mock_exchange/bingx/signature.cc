#include "mock_exchange/bingx/signature.h"

#include <algorithm>
#include <array>
#include <string>

#include "ocokit/base/encoding.h"

namespace ocokit::mock::bingx {
namespace {

enum class Arrangement { kSorted, kReceived };
enum class Text { kDecoded, kSent, kForm };

struct Reading {
  Arrangement order;
  Text text;
  // The query's text and the body's stand next to each other without `&`, as the older documents'
  // example of mixed parameters has it.
  bool unjoined;
  std::string_view rule;
};

constexpr std::array kReadings = {
    Reading{Arrangement::kSorted, Text::kDecoded, false, kDocumentedRule},
    Reading{Arrangement::kReceived, Text::kDecoded, false, "received_decoded"},
    Reading{Arrangement::kSorted, Text::kSent, false, "sorted_sent"},
    Reading{Arrangement::kReceived, Text::kSent, false, "received_sent"},
    Reading{Arrangement::kSorted, Text::kForm, false, "sorted_form"},
    Reading{Arrangement::kReceived, Text::kForm, false, "received_form"},
    Reading{Arrangement::kReceived, Text::kDecoded, true, "received_decoded_unjoined"},
    Reading{Arrangement::kReceived, Text::kSent, true, "received_sent_unjoined"},
    Reading{Arrangement::kReceived, Text::kForm, true, "received_form_unjoined"},
};

using Pairs = std::vector<const Parameter*>;

// A placement with every parameter signs about 230 characters.
constexpr std::size_t kUsualSize = 256;

void AppendPair(const Parameter& parameter, Text text, std::string& out) {
  switch (text) {
    case Text::kDecoded:
      out += parameter.name;
      out += '=';
      out += parameter.value;
      return;
    case Text::kSent:
      out += parameter.sent;
      return;
    case Text::kForm:
      out += PercentDecode(parameter.sent, /*plus_is_blank=*/true);
      return;
  }
}

std::string Join(const Pairs& pairs, const Reading& reading) {
  std::string out;
  out.reserve(kUsualSize);
  const Parameter* before = nullptr;
  for (const Parameter* parameter : pairs) {
    const bool joint = before != nullptr && before->in_body != parameter->in_body;
    if (before != nullptr && !(joint && reading.unjoined)) out += '&';
    AppendPair(*parameter, reading.text, out);
    before = parameter;
  }
  return out;
}

bool IsMixed(const Pairs& pairs) {
  return !pairs.empty() && pairs.front()->in_body != pairs.back()->in_body;
}

// Whether any reading of the text differs from another.
bool HasEncoding(const Pairs& pairs) {
  return std::ranges::any_of(pairs, [](const Parameter* parameter) {
    return parameter->sent.find_first_of("%+") != std::string::npos ||
           parameter->sent.find('=') == std::string::npos;
  });
}

}  // namespace

SignatureCheck VerifySignature(const Parameters& parameters, const HmacSha256& key, bool strict) {
  const Parameter* given = nullptr;
  Pairs received;
  received.reserve(parameters.all.size());
  for (const Parameter& parameter : parameters.all) {
    if (parameter.name != "signature") {
      received.push_back(&parameter);
    } else if (given == nullptr && !parameter.value.empty() && !parameter.is_null) {
      given = &parameter;
    }
  }
  // The documents put the signature of a JSON body inside it.
  const bool misplaced = strict && parameters.body == BodyKind::kJson && given && !given->in_body;
  if (given == nullptr || misplaced) return {SignatureVerdict::kMissing};
  const Result<std::string> digest = ParseHex(given->value);
  if (!digest || digest->size() != HmacSha256::Digest().size()) {
    return {SignatureVerdict::kMismatch};
  }

  const auto name = [](const Parameter* p) -> const std::string& { return p->name; };
  Pairs sorted = received;
  const bool same_order = std::ranges::is_sorted(sorted, {}, name);
  if (!same_order) std::ranges::stable_sort(sorted, {}, name);
  const bool mixed = IsMixed(received);
  for (const Reading& reading : kReadings) {
    // Readings that give the text of one tried before.
    if (reading.order == Arrangement::kReceived && same_order && !reading.unjoined) continue;
    if (reading.text != Text::kDecoded && !HasEncoding(received)) continue;
    if (reading.unjoined && !mixed) continue;
    const HmacSha256::Digest expected =
        key.Sign(Join(reading.order == Arrangement::kSorted ? sorted : received, reading));
    const std::string_view bytes(reinterpret_cast<const char*>(expected.data()), expected.size());
    if (ConstantTimeEqual(bytes, *digest)) return {SignatureVerdict::kMatch, reading.rule};
    if (strict) break;
  }
  return {SignatureVerdict::kMismatch};
}

}  // namespace ocokit::mock::bingx
