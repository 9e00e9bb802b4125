#include "mock_exchange/doctor/damage.h"

#include <algorithm>

#include "mock_exchange/doctor/text.h"

namespace ocokit::mock::doctor {

namespace {

Finding NameUnexplained(const Search& search, std::string_view signature, std::size_t digits) {
  const std::string expected = std::to_string(digits) + " hexadecimal digits";
  if (search.well_formed()) {
    return {"secret_or_text_unknown",
            {},
            "The signature has " + expected +
                ", as it should, and no known key, text or hash "
                "gives it."};
  }
  if (IsHex(signature)) {
    return {kNotRecognized,
            {},
            "The signature has " + std::to_string(signature.size()) + " hexadecimal digits where " +
                expected + " were expected, and no known digest explains it."};
  }
  return {"signature_not_hex",
          {},
          "The signature is not " + expected +
              ", and no known way of writing a digest explains "
              "it."};
}

}  // namespace

std::optional<Finding> FindDamage(const Search& search, std::span<const std::string> right_texts) {
  for (const std::string& text : right_texts) {
    switch (search.CompareToRight(text)) {
      case Damage::kNone:
        break;
      case Damage::kCut:
        return Finding{"signature_truncated", {}, "A part of the right signature arrived.", text};
      case Damage::kTooLong:
        return Finding{"signature_too_long",
                       {},
                       "The right signature arrived with something beside it.",
                       text};
      case Damage::kChanged:
        return Finding{"signature_damaged",
                       {},
                       "The signature is the right one but for a digit or two, or it is one digit "
                       "over and over."};
    }
  }
  return std::nullopt;
}

Finding Unexplained(const Search& search, std::string_view signature, std::size_t digits) {
  Finding finding = NameUnexplained(search, signature, digits);
  if (search.cut_off()) {
    finding.detail += " The request is long: some of the known mistakes were not tried.";
  }
  return finding;
}

std::vector<std::string_view> Untried(const Search& search, std::span<const Mistake> catalogue) {
  // The rows of secrets come before those of texts.
  constexpr std::string_view kLastOfSecrets = "secret_encoded";
  auto row = std::ranges::find(catalogue, kLastOfSecrets, &Mistake::id);
  std::vector<std::string_view> texts;
  while (row != catalogue.end() && ++row != catalogue.end()) {
    if (row->id == "secret_or_text_unknown") break;
    texts.push_back(row->id);
  }
  return search.Untried(texts);
}

std::optional<Finding> FromMatch(const Search& search) {
  const Match& match = search.matches().front();
  if (match.rows.empty()) return std::nullopt;
  Finding finding{match.rows[0], match.rows.size() > 1 ? match.rows[1] : "", {}, {}};
  if (match.text_alone) finding.signed_text = match.text;
  if (!match.what.empty()) {
    finding.detail = "What was signed is " + std::string(match.what) + ".";
  }
  if (match.text_is_right) {
    finding.detail = "The signature, " + search.ShowSignature() +
                     ", is exactly what this gives over the text that was expected.";
  }
  return finding;
}

}  // namespace ocokit::mock::doctor
